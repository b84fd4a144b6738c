"""Delete lists of people that somebody uploaded and did not add."""

from blog.models import RosterImport


def delete_abandoned_imports() -> int:
    """Delete the lists that were not added within a day, with their files; return their number."""
    return RosterImport.objects.abandoned().delete()[0]
