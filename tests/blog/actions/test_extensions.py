from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.courses import change_course
from blog.actions.extensions import give_extension, take_back_extension
from blog.actions.posts import publish_post
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Extension, Prompt
from blog.queries.calendar import Kind, calendar_dates
from blog.queries.grading_queue import grading_queue
from blog.queries.my_work import my_work
from tests import factories

THIS_MINUTE = timezone.now().replace(second=0, microsecond=0)


def in_days(days):
    return THIS_MINUTE + timedelta(days=days)


@pytest.fixture
def past(course):
    """Return a prompt that closed two days ago."""
    return factories.make_prompt(
        course, due_at=in_days(-2), comments_due_at=in_days(5), late_posts="close"
    )


def own(prompt, person):
    person.__dict__.pop("memberships_now", None)
    return Prompt.objects.visible_to(person).get(pk=prompt.pk)


def test_an_extension_moves_the_due_date_of_its_student_alone(past, ada, bob, instructor):
    give_extension(past, ada, by=instructor, until=in_days(1))

    assert own(past, ada).own_due_at == in_days(1)
    assert not own(past, ada).is_closed
    assert own(past, bob).own_due_at == past.due_at
    assert own(past, bob).is_closed
    assert own(past, instructor).extended_until is None


def test_its_student_publishes_in_a_closed_prompt_and_is_on_time(
    course, past, ada, bob, instructor
):
    give_extension(past, ada, by=instructor, until=in_days(1))
    posts = [factories.make_draft_post(person, course, prompt=past) for person in (ada, bob)]

    publish_post(posts[0], by=ada, title="T", text="Words.", audience=Audience.COURSE)
    with pytest.raises(Refused, match="This prompt closed on"):
        publish_post(posts[1], by=bob, title="T", text="Words.", audience=Audience.COURSE)

    [item] = [one for one in grading_queue(past, instructor) if one.member.user_id == ada.pk]
    assert item.is_published
    assert not item.is_late


def test_a_post_after_the_extension_is_late_by_its_days(course, ada, instructor):
    prompt = factories.make_prompt(course, due_at=in_days(-5))
    factories.make_extension(prompt, ada, instructor, days=2)
    factories.make_post(ada, course, prompt=prompt, at=in_days(-1))

    [item] = grading_queue(prompt, instructor)

    assert (item.is_late, item.days_late) == (True, 2)


def test_my_work_and_calendar_follow_an_extension(course, past, ada, bob, instructor):
    before = {date.uid: date for date in calendar_dates(ada)}
    extension = give_extension(past, ada, by=instructor, until=in_days(1))

    ada.__dict__.pop("memberships_now", None)
    [due] = [one for one in my_work(ada, course)["dates"] if not one.is_for_comments]
    after = {date.uid: date for date in calendar_dates(ada)}
    uid = f"prompt-{past.pk}-{Kind.POST}"
    of_bob = next(date for date in calendar_dates(bob) if date.uid == uid)

    assert due.at == in_days(1)
    assert (after[uid].at, of_bob.at) == (in_days(1), past.due_at)
    assert after[uid].sequence == before[uid].sequence + 1
    assert after[uid].changed_at == extension.changed_at
    assert of_bob.sequence == before[uid].sequence


def test_an_extension_is_changed_by_giving_another(past, ada, instructor):
    first = give_extension(past, ada, by=instructor, until=in_days(1))
    give_extension(past, ada, by=instructor, until=in_days(1))
    second = give_extension(past, ada, by=instructor, until=in_days(3))

    assert first == second == Extension.objects.get()
    assert (second.until, second.version) == (in_days(3), 2)
    assert AuditEvent.objects.filter(action="extension_given").count() == 2


def test_an_extension_is_taken_back_and_given_again(past, ada, instructor):
    extension = give_extension(past, ada, by=instructor, until=in_days(1))

    take_back_extension(extension, by=instructor)
    take_back_extension(extension, by=instructor)
    assert own(past, ada).is_closed
    give_extension(past, ada, by=instructor, until=in_days(1))

    assert not own(past, ada).is_closed
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["extension_given", "extension_taken_back", "extension_given"]


def test_an_extension_that_ends_before_the_due_date_has_no_effect(course, ada, instructor):
    prompt = factories.make_prompt(course)
    factories.make_extension(prompt, ada, instructor, days=-1)

    assert own(prompt, ada).own_due_at == prompt.due_at
    assert not own(prompt, ada).is_extended


@pytest.mark.parametrize(
    ("who", "days", "field"), [("ada", -3, "until"), ("ada", 60, "until"), ("eve", 1, "student")]
)
def test_what_cannot_be_an_extension_is_refused_at_its_field(
    request, past, ada, instructor, who, days, field
):
    student = request.getfixturevalue(who)

    with pytest.raises(Refused) as refusal:
        give_extension(past, student, by=instructor, until=in_days(days))

    assert refusal.value.field == field
    assert not Extension.objects.exists()


def test_a_time_that_is_over_is_no_extension(past, ada, instructor):
    until = timezone.now() - timedelta(minutes=1)

    with pytest.raises(Refused) as refusal:
        give_extension(past, ada, by=instructor, until=until)

    assert refusal.value.field == "until"


@pytest.mark.parametrize("keeps", [True, False])
def test_an_extension_moves_with_the_dates_of_its_course(course, ada, instructor, keeps):
    prompt = factories.make_prompt(course)
    extension = factories.make_extension(prompt, ada, instructor)
    course.time_zone = "America/Phoenix"  # seven hours behind UTC all year

    change_course(course, by=instructor, keep_clock_times=keeps)

    moved = Extension.objects.get().until - extension.until
    assert moved == (timedelta(hours=7) if keeps else timedelta(0))
