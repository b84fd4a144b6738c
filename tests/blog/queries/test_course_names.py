"""Check of a course name; its answer tells nothing withheld of others."""

import pytest
from django.utils import timezone

from blog.actions.accounts import save_profile
from blog.actions.withheld_names import withhold_name
from blog.exceptions import Refused
from blog.models import Membership, User, name_for
from blog.models.people import USERNAME_FIRST, USERNAME_SECOND
from blog.queries.course_names import (
    has_own_name,
    looks_like_member,
    name_to_give,
    name_to_read,
    names_of,
    needs_another_course_name,
)
from blog.queries.memberships import looks_like_teacher
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleo(course):
    """Return a member of Ada's course."""
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


@pytest.fixture
def robin(course):
    """Return somebody whose username has, by chance, a word of their name."""
    person = factories.make_user("Robin Hart", username="quiet-robin-4821")
    factories.add_member(course, person)
    return person


def test_a_given_name_is_of_the_username_where_that_tells_nothing(cleo):
    assert name_to_give(cleo) == name_to_read(cleo) == "Quiet Heron"


def test_a_given_name_has_no_word_of_ones_own(robin):
    given = name_to_give(robin)

    assert given == name_to_give(robin) == name_to_read(robin)
    assert "Robin" not in given
    first, second = given.lower().split()
    assert (first in USERNAME_FIRST.split(), second in USERNAME_SECOND.split()) == (True, True)


def test_no_words_of_usernames_are_given_to_who_has_them(robin):
    robin.display_name = f"Robin {USERNAME_FIRST}"[:80]

    assert not has_own_name(name_to_give(robin), robin.display_name)


@pytest.mark.parametrize("chosen", ["", "Robin the Great"])
def test_withholding_a_name_stores_the_one_that_was_announced(
    course, instructor, robin, bob, chosen
):
    User.objects.filter(pk=robin.pk).update(course_name=chosen)
    member = course.memberships.select_related("user").get(user=robin)
    announced = names_of(member)["read_name"]

    withhold_name(member, by=instructor, gives_name=bool(chosen))

    stored = User.objects.get(pk=robin.pk)
    assert stored.neutral_name == stored.course_name == announced
    assert name_for(stored, bob) == announced
    assert names_of(course.memberships.get(user=robin))["read_name"] == announced


def test_who_gives_up_a_course_name_gets_one_that_tells_nothing(course, instructor, robin):
    withhold_name(course.memberships.get(user=robin), by=instructor)
    given = User.objects.get(pk=robin.pk).course_name

    assert answer_to(robin, "") == ""

    assert User.objects.get(pk=robin.pk).course_name == given


def test_who_takes_a_name_with_a_word_of_the_given_one_gets_another(course, instructor, cleo):
    withhold_name(course.memberships.get(user=cleo), by=instructor)
    person = User.objects.get(pk=cleo.pk)
    person.display_name = "Heron Hart"

    save_profile(person, by=person)

    stored = User.objects.get(pk=cleo.pk)
    assert stored.course_name
    assert not has_own_name(stored.neutral_name, "Heron Hart")


@pytest.mark.parametrize(
    "name", ["Robin_Lark", "RobinHart", "Hart-Robin", "HART", "R0bin the Great", "Robin2"]
)
def test_a_part_of_ones_own_name_is_refused_however_it_is_written(robin, name):
    assert "A part of your name is in this course name" in answer_to(robin, name)


def test_a_given_name_has_no_part_of_a_joined_name_either(course):
    person = factories.make_user("Robin-Ann Hart", username="quiet-robin-4821")
    factories.add_member(course, person)

    assert "Robin" not in name_to_give(person)


@pytest.mark.parametrize("fields", [{"listed_name": "Hart, Roberta"}, {"family_name": "Hart"}])
@pytest.mark.parametrize("chosen", ["Roberta Hart", "Hart-Lark"])
def test_the_name_on_the_list_of_the_university_counts_for_instructors(course, fields, chosen):
    person = factories.make_user("Bobby", course_name=chosen)
    member = factories.add_member(course, person, **fields)

    assert needs_another_course_name(member)
    assert answer_to(person, "Roberta Lark") == ""  # nobody is told how they are listed


@pytest.mark.parametrize("fields", [{"listed_name": "Hart, Roberta"}, {"family_name": "Hart"}])
@pytest.mark.parametrize("chosen", ["Roberta Hart", "Hart-Lark"])
def test_the_name_on_any_list_counts_once_it_is_withheld(course, fields, chosen):
    person = factories.make_user("Bobby", username="quiet-heron-4821")
    factories.add_member(course, person)
    factories.add_member(factories.make_course(), person, **fields)
    withhold(person)

    assert "A part of your name is in this course name" in answer_to(person, chosen)
    assert answer_to(person, "Quiet Lark") == ""
    User.objects.filter(pk=person.pk).update(course_name=chosen)
    assert needs_another_course_name(course.memberships.get(user=person))


def test_a_given_name_has_no_part_of_a_listed_name(course):
    person = factories.make_user("Bobby", username="quiet-robin-4821")
    factories.add_member(course, person, listed_name="Hart, Robin")

    given = name_to_give(person)

    assert given == name_to_give(person) != "Quiet Robin"
    assert "Robin" not in given


def test_two_whose_names_are_withheld_get_different_ones(course, instructor, cleo):
    other = factories.make_user("Ben Two", username="quiet-heron-1111")
    for person in (cleo, other):
        membership = course.memberships.filter(user=person).first()
        withhold_name(membership or factories.add_member(course, person), by=instructor)

    names = {User.objects.get(pk=person.pk).neutral_name for person in (cleo, other)}
    assert len(names) == 2


@pytest.mark.parametrize(
    "fields",
    [{}, {"ended_at": timezone.now()}, {"is_confidential": True}],
    ids=["there", "gone", "confidential"],
)
@pytest.mark.parametrize("name", ["Robin Moss", "Robin Moss (she/her)", "ROBIN-MOSS"])
def test_nobody_is_given_the_name_of_a_classmate(course, instructor, name, fields):
    factories.add_member(course, factories.make_user(name), **fields)
    ann = factories.make_user("Ann One", username="robin-moss-4821")
    member = factories.add_member(course, ann)
    announced = names_of(member)["read_name"]

    withhold_name(member, by=instructor)

    stored = User.objects.get(pk=ann.pk)
    assert stored.neutral_name == announced != "Robin Moss"


def test_the_name_of_somebody_in_no_course_of_theirs_is_given(course):
    factories.make_user("Robin Moss")
    ann = factories.make_user("Ann One", username="robin-moss-4821")
    factories.add_member(course, ann)

    assert name_to_give(ann) == "Robin Moss"


def test_giving_a_name_asks_twice(course, cleo, django_assert_num_queries):
    for number in range(3):
        factories.add_member(course, factories.make_user(f"Person {number}"))

    with django_assert_num_queries(2):
        name_to_give(cleo)
