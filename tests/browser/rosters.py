"""Lists of people and invitations of the demo course, which has none of its own."""

from django.urls import reverse

from blog.actions.roster_imports import add_listed_people, start_roster_import
from blog.models import Course, Invitation, RosterImport, User
from tests.browser.wordpress_imports import wordpress_places


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


MEMBER_PAGES = ("member_edit", "member_name", "member_name_print", "member_remove")


def roster_places(course: Course, by: User) -> dict[str, str]:
    """Return the places of the roster, and of imports, that instructors see."""

    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    section = course.sections.get_or_create(name="A01")[0]
    return {
        "roster": at("roster"),
        "roster not joined": at("roster") + "?state=invited",
        "roster_import_new": at("roster_import_new"),
        "roster_import": at("roster_import", waiting_list(course, by).pk),
        "roster_import added": at("roster_import", added_list(course, by).pk),
        "invitation_edit": at("invitation_edit", invited(course, by).pk),
        "section_list": at("section_list"),
        "section_edit": at("section_edit", section.pk),
        **wordpress_places(course, by),
    }
