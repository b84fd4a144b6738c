"""The name under which a reader knows a person."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.models import User, name_for
from tests import factories


@pytest.fixture
def cleo(course):
    """Return a student whose classmates do not see her name."""
    user = factories.make_user("Cleo Confidential", username="quiet-heron-4821")
    factories.add_member(course, user, is_confidential=True)
    return user


def fresh(user):
    """Return the person as the next request finds them, with nothing loaded yet."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        ("ada", "Quiet Heron"),
        ("observer", "Quiet Heron"),
        ("assistant", "Quiet Heron"),
        ("instructor", "Quiet Heron"),
        ("cleo", "Cleo Confidential"),
    ],
)
def test_name_for_a_confidential_member(request, cleo, reader, expected):
    assert name_for(cleo, fresh(request.getfixturevalue(reader))) == expected


@pytest.mark.parametrize("who", ["assistant", "instructor"])
def test_team_reads_a_withheld_name_on_the_pages_of_its_lists(request, cleo, course, who):
    reader = fresh(request.getfixturevalue(who))
    assert name_for(cleo, reader) == "Quiet Heron"

    reader.read_list_of(course)

    assert name_for(cleo, reader) == "Cleo Confidential"


def test_a_withheld_name_is_not_printed_where_no_reader_is_known(cleo, ada):
    assert [str(cleo), name_for(cleo), name_for(ada)] == ["Quiet Heron", "Quiet Heron", str(ada)]


def test_the_course_name_is_the_one_they_chose(cleo, ada):
    cleo.course_name = "Sea Glass"

    assert name_for(cleo, fresh(ada)) == cleo.signed_name == "Sea Glass"


def test_name_for_a_confidential_member_in_another_course(cleo, eve):
    elsewhere = eve.memberships.get().course
    factories.add_member(elsewhere, cleo)
    classmate = factories.make_user()
    factories.add_member(elsewhere, classmate)

    assert name_for(cleo, fresh(classmate)) == "Cleo Confidential"


def test_name_for_a_confidential_member_who_has_left(cleo, course, ada):
    course.memberships.filter(user=cleo).update(ended_at=timezone.now())

    assert name_for(cleo, fresh(ada)) == "Quiet Heron"


def test_name_for_hides_no_other_name(cleo, ada, bob):
    assert name_for(bob, fresh(ada)) == "Bob Student"


def test_name_for_confidential_members_to_each_other(cleo, course):
    other = factories.make_user("Dora Discreet", username="calm-otter-1234")
    factories.add_member(course, other, is_confidential=True)

    assert name_for(cleo, fresh(other)) == "Quiet Heron"
    assert name_for(other, fresh(cleo)) == "Calm Otter"


def test_name_for_the_public_is_the_public_name_unless_a_course_withholds_it(cleo, ada, bob):
    bob.public_name = cleo.public_name = "B. S."

    assert name_for(bob, public=True) == "B. S."
    assert name_for(ada, AnonymousUser(), public=True) == "A student"
    assert name_for(cleo, public=True) == "Quiet Heron"


def test_name_for_a_guest():
    assert name_for(None) == "A guest"


def test_name_for_costs_no_query_where_no_name_is_withheld(
    ada, bob, instructor, django_assert_num_queries
):
    reader = fresh(ada)
    people = [bob, instructor, ada]
    assert reader.memberships_now

    with django_assert_num_queries(0):
        names = [name_for(person, reader) for person in people]

    assert names == ["Bob Student", "Ines Instructor", "Ada Student"]


def test_name_for_costs_one_query_where_a_name_is_withheld(
    ada, bob, cleo, instructor, django_assert_num_queries
):
    reader = fresh(ada)
    people = [bob, cleo, instructor]
    assert reader.memberships_now

    with django_assert_num_queries(1):
        names = [name_for(person, reader) for person in people]

    assert names == ["Bob Student", "Quiet Heron", "Ines Instructor"]


@pytest.mark.parametrize(
    ("username", "expected"), [("quiet-heron-4821", "Quiet Heron"), ("4821", "4821")]
)
def test_neutral_name(username, expected):
    assert User(username=username, display_name="Cleo").neutral_name == expected
