"""Delete files of grades that somebody uploaded a day ago or earlier."""

from blog.models import GradeImport, LmsFile
from blog.tasks.due_rows import delete_due


def delete_old_grade_files() -> int:
    """Delete files of an LMS, and files whose grades nobody imported; return their number."""
    return delete_due(LmsFile.objects.old()) + delete_due(GradeImport.objects.abandoned())
