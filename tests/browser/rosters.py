"""Lists of people and invitations of the demo course, which has none of its own."""

from blog.actions.roster_imports import add_listed_people, start_roster_import
from blog.models import Course, Invitation, RosterImport, User


def invited(course: Course, by: User) -> Invitation:
    """Return an invitation that nobody has accepted; in the demo nobody is invited."""
    fields = {"name": "Ruth Abara", "invited_by": by}
    found, _is_new = Invitation.objects.get_or_create(
        course=course, email="ruth.abara@example.edu", defaults=fields
    )
    return found


def waiting_list(course: Course, by: User) -> RosterImport:
    """Return a list of people to look at, with one of each kind of line."""
    noor = User.objects.get(email__startswith="noor.")
    rows = [
        "Name,Email,Section,Role,Status",
        f"Noor Haddadin,{noor.email},A01,Student,active",
        "Ruth Abara,ruth.abara@example.edu,B02,Student,active",
        "Milo Quist,milo.quist@example.edu,B02,Student,active",
        "Uma Lindqvist,uma.lindqvist at example,B02,Student,active",
        "Dana Frost,dana.frost@example.edu,B02,Student,dropped",
        ",,,,",
    ]
    data = "\n".join(rows).encode()
    return start_roster_import(course, by=by, data=data, name="class-list.csv")


def added_list(course: Course, by: User) -> RosterImport:
    """Return a list whose people were added."""
    data = b"Ida Brandt, ida.brandt@example.edu"
    started = start_roster_import(course, by=by, data=data, is_pasted=True)
    return add_listed_people(started, by=by)
