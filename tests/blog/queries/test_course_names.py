"""Whether a course name would do, and what the answer tells of others: nothing that is withheld."""

import pytest
from django.utils import timezone

from blog.actions.accounts import save_profile
from blog.exceptions import Refused
from blog.models import Membership, User
from blog.queries.course_names import looks_like_member, needs_another_course_name
from blog.queries.memberships import looks_like_teacher
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleo(course):
    """A member of Ada's course."""
    person = factories.make_user("Cleo Lovelace", username="quiet-heron-4821")
    factories.add_member(course, person)
    return person


def withhold(person, **fields):
    """Withhold somebody's name in all their courses, as it is stored."""
    Membership.objects.filter(user=person).update(is_confidential=True, **fields)
    User.objects.filter(pk=person.pk).update(is_confidential=True)


def answer_to(person, name):
    """Return what somebody is told who chooses a course name: "" if it is saved."""
    chooser = User.objects.get(pk=person.pk)
    chooser.course_name = name
    try:
        save_profile(chooser, by=chooser)
    except Refused as refusal:
        return str(refusal)
    return ""


def test_a_name_that_is_read_here_is_refused(ada, cleo):
    assert "has a name that looks the same" in answer_to(ada, "C1eo Lovelace")


@pytest.mark.parametrize("left", [False, True])
def test_the_answer_is_the_same_for_a_withheld_name_and_for_an_unknown_one(ada, cleo, left):
    withhold(cleo, ended_at=timezone.now() if left else None)

    assert answer_to(ada, "Cleo Lovelace") == answer_to(ada, "Dora Lovelace") == ""


def test_what_is_read_instead_is_refused(ada, cleo):
    withhold(cleo)

    assert "has a name that looks the same" in answer_to(ada, "Quiet Heron")


def test_a_name_withheld_in_one_course_is_so_for_its_members_in_all(ada, cleo):
    other = factories.make_course()
    for person in (ada, cleo):
        factories.add_member(other, person)
    Membership.objects.filter(user=cleo, course=other).update(is_confidential=True)

    assert answer_to(ada, "Cleo Lovelace") == ""


def test_a_name_withheld_elsewhere_is_read_here_and_counts(ada, cleo, course):
    elsewhere = factories.make_course()
    factories.add_member(elsewhere, cleo)
    Membership.objects.filter(user=cleo, course=elsewhere).update(is_confidential=True)

    assert looks_like_member(ada, "Cleo Lovelace", [course])


def test_instructors_are_told_of_withheld_names_too(ada, cleo, course):
    withhold(cleo)
    User.objects.filter(pk=ada.pk).update(course_name="Cleo Lovelace")

    assert needs_another_course_name(course.memberships.get(user=ada))


@pytest.mark.parametrize("is_member", [True, False])
def test_a_teacher_whose_name_is_withheld_is_not_told_of_either(ada, cleo, course, is_member):
    """As who has become an assistant since."""
    withhold(cleo, role=Membership.Role.ASSISTANT)
    chooser = ada if is_member else factories.make_user("Zoe")

    assert not looks_like_teacher(chooser, "Cleo Lovelace", [course])
    assert looks_like_teacher(chooser, "Quiet Heron", [course])
