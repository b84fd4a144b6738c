"""The people of a list as it was uploaded, read with what somebody answered about it."""

from blog.models import RosterImport
from blog.roster_files import Roster, read_pasted, read_roster


def read_import(roster_import: RosterImport) -> Roster:
    """Return the people of a list; raise TableRefused where there are none in it."""
    data, answers = bytes(roster_import.data), roster_import.answers
    if roster_import.is_pasted:
        return read_pasted(data.decode("utf-8", "replace"), answers)
    return read_roster(data, roster_import.name, answers)
