"""A list that comes after a name was withheld: the course name has no part of what it says."""

import pytest
from django.core import mail

from blog.actions.accounts import save_profile
from blog.actions.invitations import accept_invitation
from blog.actions.roster_imports import add_listed_people
from blog.actions.withheld_names import withhold_name
from blog.models import AuditEvent, Membership, OutboxMessage, User
from blog.tasks import send_due_mail
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def quill(course, instructor):
    """Return a student whose name is withheld, with a part of another name as course name."""
    person = factories.make_user("Robin Hart", username="quiet-heron-4821")
    withhold_name(factories.add_member(course, person), by=instructor)
    person = User.objects.get(pk=person.pk)
    person.course_name = "Quill Feather"
    save_profile(person, by=person)
    OutboxMessage.objects.all().delete()
    return person


def invited(course, instructor, person, **names):
    other = factories.make_course("second", instructor=instructor)
    return factories.make_invitation(other, instructor, person.email, **names)


def given_to(person):
    return User.objects.get(pk=person.pk).course_name


def test_an_invitation_that_names_them_otherwise_gives_another(
    course, instructor, quill, django_capture_on_commit_callbacks
):
    invitation = invited(course, instructor, quill, name="Feather, Robin", family_name="Feather")

    with django_capture_on_commit_callbacks(execute=True):
        accept_invitation(invitation, by=User.objects.get(pk=quill.pk))

    person = User.objects.get(pk=quill.pk)
    assert (person.course_name, person.neutral_name) == ("", "Quiet Heron")
    event = AuditEvent.objects.get(action="course_name_given")
    assert (event.actor, event.course) == (None, course)
    send_due_mail()
    [told] = [each for each in mail.outbox if each.to == [quill.email]]
    assert told.subject == f"You have another course name in {course.title}"
    assert "Others see Quiet Heron instead from now on." in " ".join(told.body.split())


def test_a_list_of_the_course_gives_another(
    course, instructor, quill, django_capture_on_commit_callbacks
):
    listed = f"Family name,Given name,Email\nFeather,Robin,{quill.email}\n"
    roster_import = factories.make_roster_import(course, instructor, pasted=listed)

    with django_capture_on_commit_callbacks(execute=True):
        add_listed_people(roster_import, by=instructor)

    assert Membership.objects.get(user=quill, course=course).family_name == "Feather"
    assert given_to(quill) == ""


@pytest.mark.parametrize("family_name", ["Hart", ""])
def test_a_course_name_that_tells_nothing_stays(
    course, instructor, quill, family_name, django_capture_on_commit_callbacks
):
    names = {"name": f"Robin {family_name}".strip(), "family_name": family_name}
    invitation = invited(course, instructor, quill, **names)

    with django_capture_on_commit_callbacks(execute=True):
        accept_invitation(invitation, by=User.objects.get(pk=quill.pk))

    assert given_to(quill) == "Quill Feather"
    assert not AuditEvent.objects.filter(action="course_name_given").exists()


def test_whose_name_is_printed_keeps_theirs(course, instructor, django_capture_on_commit_callbacks):
    person = factories.make_user("Robin Hart", course_name="Quill Feather")
    factories.add_member(course, person)
    invitation = invited(course, instructor, person, name="Robin Feather", family_name="Feather")

    with django_capture_on_commit_callbacks(execute=True):
        accept_invitation(invitation, by=person)

    assert given_to(person) == "Quill Feather"
