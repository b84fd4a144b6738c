"""A course of an LMS that is disconnected, and connected again: what the LMS has of it is known."""

import pytest
from django.urls import reverse

from blog.actions.platform_courses import connect_course, disconnect_course, start_sending_grades
from blog.actions.platforms import save_platform
from blog.actions.releases import release_prompt, take_back_release
from blog.models import PlatformCourse, PlatformMember, PlatformScore
from blog.queries.platform_scores import NOT_TOLD, TAKEN_BACK, told_to_lms
from blog.tasks import send_due_scores
from tests import factories
from tests.blog.tasks.platform_score_steps import connect, grade_comments, sent, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def connected(lms, course, instructor, ada):
    return connect(lms, course, instructor, ada)


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def release(lms, connected, prompt, instructor, ada):
    """Release a grade of Ada for comments, which the LMS gets; return when."""
    grade_comments(ada, prompt, instructor)
    released_at = release_prompt(prompt, by=instructor)[0].released_at
    send_due_scores()
    assert sent(lms)[-1][3] == "FullyGraded"
    return released_at


@pytest.fixture
def reconnect(connected, instructor):
    """Return a function that connects the course of the LMS again, with one here."""

    def reconnect(course):
        launch = factories.make_launch(
            instructor,
            connected.platform,
            role="instructor",
            context_id=connected.context_id,
            services={"lineitems": connected.lineitems_url},
        )
        again = connect_course(launch, course, by=instructor)
        start_sending_grades(again, by=instructor)
        return again

    return reconnect


def test_release_taken_back_meanwhile_is_named_and_taken_back_later(
    client, lms, connected, release, reconnect, course, instructor, ada, prompt
):
    disconnect_course(connected, by=instructor)
    assert told_to_lms(prompt, [ada]) == NOT_TOLD
    take_back_release(prompt, release, by=instructor)

    assert send_due_scores() == 0
    assert shown(course) == [("sent", TAKEN_BACK)]
    client.force_login(instructor)
    page = client.get(reverse("connected_course_list", args=[course.slug])).content.decode()
    assert "disconnected" in page
    assert "which was taken back here. Delete it there." in page

    reconnect(course)

    assert send_due_scores() == 1
    assert sent(lms)[-1] == ("1", "s-a", None, "NotReady")
    assert shown(course) == [("sent", "")]


def test_key_that_is_anothers_by_then_is_handed_over(
    lms, connected, release, reconnect, course, instructor, bob
):
    disconnect_course(connected, by=instructor)

    PlatformMember.objects.keep(reconnect(course), {bob.pk: "s-a"})

    send_due_scores()
    assert sent(lms)[-1] == ("1", "s-a", None, "NotReady")


def test_nothing_is_shown_of_one_where_all_is_right(connected, release, course, instructor):
    disconnect_course(connected, by=instructor)

    assert shown(course) == []
    assert PlatformCourse.objects.count() == 1


def test_course_that_is_connected_elsewhere_keeps_its_columns(
    connected, release, reconnect, course, instructor, prompt
):
    disconnect_course(connected, by=instructor)
    reconnect(factories.make_course("other", instructor=instructor))
    take_back_release(prompt, release, by=instructor)

    assert shown(course) == [("sent", TAKEN_BACK)]


def test_page_of_one_that_is_disconnected_is_gone(client, connected, course, instructor):
    disconnect_course(connected, by=instructor)
    client.force_login(instructor)

    for name in ("start", "stop"):
        where = reverse(f"connected_course_grades_{name}", args=[course.slug, connected.pk])
        assert client.post(where).status_code == 404


def test_deployment_of_one_can_go(connected, instructor):
    disconnect_course(connected, by=instructor)
    staff = factories.make_user("root", is_staff=True, is_superuser=True)

    save_platform(connected.platform, ["another"], by=staff)

    assert [one.deployment_id for one in connected.platform.deployments.all()] == ["another"]


def test_what_never_went_is_forgotten_and_what_may_be_on_its_way_is_not(
    connected, prompt, instructor, ada, bob, course
):
    """Until the LMS has answered, nobody can tell whether it has a grade."""
    for student in (ada, bob):
        grade_comments(student, prompt, instructor)
    release_prompt(prompt, by=instructor)
    under_way = PlatformScore.objects.filter(student=ada).first()
    under_way.note_key("s-a")

    disconnect_course(connected, by=instructor)

    assert list(PlatformScore.objects.all()) == [under_way]
