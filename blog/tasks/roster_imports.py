"""Delete lists of people that somebody uploaded and did not add."""

from blog.models import RosterImport
from blog.tasks.due_rows import delete_due


def delete_abandoned_imports() -> int:
    """Delete the lists that were not added within a day, with their files; return their number."""
    return delete_due(RosterImport.objects.abandoned())
