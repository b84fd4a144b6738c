"""Delete files of grades that somebody uploaded a day ago or earlier."""

from blog.models import GradeImport, LmsFile


def delete_old_grade_files() -> int:
    """Delete files of an LMS, and files whose grades nobody imported; return their number."""
    old = LmsFile.objects.old().delete()[0]
    return old + GradeImport.objects.abandoned().delete()[0]
