from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.prompts import archive_prompts
from blog.models import Audience, Calibration, Prompt, Rubric, SecondGradingDraw
from tests import factories
from tests.submitted import fields_of


def path(name, *args):
    return reverse(name, args=["networks", *args])


def moment(days, hour=23, minute=59):
    at = timezone.now().replace(hour=hour, minute=minute, second=0, microsecond=0)
    return at + timedelta(days=days)


@pytest.fixture
def prompts(course):
    """Return three prompts of a course in Vancouver, which are due in 3, 6 and 9 days."""
    course.starts_on, course.time_zone = date(2026, 1, 1), "America/Vancouver"
    course.save()
    return [
        factories.make_prompt(course, due_at=moment(days), comments_due_at=moment(days + 2))
        for days in (3, 6, 9)
    ]


@pytest.fixture
def teacher(client, course, prompts, instructor):
    client.force_login(instructor)
    return client


def page_of(client):
    return fields_of(client.get(path("prompt_list")), "days")


def local_day(value, days=0):
    return f"{(timezone.localtime(value, timezone=zone()) + timedelta(days=days)):%Y-%m-%d}"


def zone():
    from zoneinfo import ZoneInfo

    return ZoneInfo("America/Vancouver")


def due(prompt):
    return Prompt.objects.get(pk=prompt.pk).due_at


def test_many_prompts_are_changed_at_once(teacher, course, prompts):
    first, second, third = prompts
    rubric = factories.make_rubric(course)
    sent = page_of(teacher) | {
        f"p{first.pk}-due_at": local_day(first.due_at, 1),
        f"p{second.pk}-widest_audience": str(int(Audience.COURSE)),
        f"p{second.pk}-late_posts": "close",
        f"p{third.pk}-rubric": str(rubric.pk),
    }

    answer = teacher.post(path("prompts_save"), sent, follow=True)

    assert "3 prompts changed." in answer.content.decode()
    assert due(first) == first.due_at + timedelta(days=1)
    changed = Prompt.objects.get(pk=second.pk)
    assert (changed.widest_audience, changed.late_posts) == (Audience.COURSE, "close")
    assert Prompt.objects.get(pk=third.pk).rubric == rubric
    versions = Prompt.objects.order_by("pk").values_list("version", flat=True)
    assert list(versions) == [2, 2, 2]


def test_a_save_without_changes_changes_nothing(teacher, prompts):
    teacher.post(path("prompts_save"), page_of(teacher))

    assert set(Prompt.objects.values_list("version", flat=True)) == {1}


def test_an_error_stands_at_its_field_and_nothing_is_changed(teacher, course, prompts):
    first, second, _third = prompts
    sent = page_of(teacher) | {
        f"p{first.pk}-due_at": local_day(first.due_at, 1),
        f"p{second.pk}-comments_due_at": f"{course.ends_on + timedelta(days=1)}",
    }

    answer = teacher.post(path("prompts_save"), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    errors = {
        cell.html_name: cell.error
        for row in answer.context["table"].rows
        for cell in row.cells.values()
        if cell.error
    }
    assert list(errors) == [f"p{second.pk}-comments_due_at"]
    assert "The course ends on" in errors[f"p{second.pk}-comments_due_at"]
    assert f'value="{local_day(first.due_at, 1)}"' in page  # the typed text is still there
    assert due(first) == first.due_at


def test_what_somebody_else_saved_meanwhile_is_refused_with_both_values(teacher, prompts):
    first, second, _third = prompts
    sent = page_of(teacher) | {
        f"p{first.pk}-due_at": local_day(first.due_at, 2),
        f"p{second.pk}-late_posts": "close",
    }
    others = first.due_at + timedelta(days=1)
    Prompt.objects.filter(pk=first.pk).update(due_at=others, version=2)

    answer = teacher.post(path("prompts_save"), sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "saved now:" in page
    assert f'value="{local_day(first.due_at, 2)}"' in page
    assert due(first) == others
    assert Prompt.objects.get(pk=second.pk).late_posts == "late"
    again = teacher.post(path("prompts_save"), fields_of(answer, "days"))
    assert again.status_code == 302
    assert due(first) == first.due_at + timedelta(days=2)
    assert Prompt.objects.get(pk=second.pk).late_posts == "close"


def test_what_nobody_touched_here_follows_what_was_saved_elsewhere(teacher, prompts):
    first, second, _third = prompts
    sent = page_of(teacher) | {f"p{second.pk}-late_posts": "close"}
    others = first.due_at + timedelta(days=1)
    Prompt.objects.filter(pk=first.pk).update(due_at=others, version=2)

    answer = teacher.post(path("prompts_save"), sent)

    assert answer.status_code == 302
    assert due(first) == others
    assert Prompt.objects.get(pk=second.pk).late_posts == "close"


def test_chosen_rows_are_moved_by_days_and_say_what_they_were(teacher, prompts):
    first, second, third = prompts
    sent = page_of(teacher) | {"chosen": [second.pk, third.pk], "days": "7"}

    moved = teacher.post(path("prompts_shift"), sent)

    assert due(second) == second.due_at
    assert moved.context["table"].change_count == 6
    assert "was " in moved.content.decode()
    teacher.post(path("prompts_save"), fields_of(moved, "days"))
    assert [due(one) - one.due_at for one in prompts] == [
        timedelta(0),
        timedelta(days=7),
        timedelta(days=7),
    ]


def test_moved_dates_keep_their_clock_time_when_the_clocks_change(teacher, course, prompts):
    first = prompts[0]
    Prompt.objects.filter(pk=first.pk).update(
        opens_at="2026-10-01T07:00Z",
        due_at="2026-10-30T06:59Z",
        comments_due_at="2026-10-31T06:59Z",
    )
    sent = page_of(teacher) | {"chosen": first.pk, "days": "7"}

    moved = teacher.post(path("prompts_shift"), sent)
    teacher.post(path("prompts_save"), fields_of(moved, "days"))

    local = due(first).astimezone(zone())
    assert f"{local:%m-%d %H:%M}" == "11-05 23:59"


@pytest.mark.parametrize("days", ["", "many", "100000"])
def test_odd_numbers_of_days_are_refused(teacher, prompts, days):
    answer = teacher.post(
        path("prompts_shift"), page_of(teacher) | {"chosen": prompts[0].pk, "days": days}
    )

    assert answer.status_code == 422
    assert "Enter how many days to move the dates" in answer.content.decode()


@pytest.mark.parametrize("name", ["prompts_copy", "prompts_archive", "prompts_delete"])
def test_nothing_is_done_while_changes_are_not_saved(teacher, prompts, name):
    sent = page_of(teacher) | {
        "chosen": prompts[0].pk,
        f"p{prompts[1].pk}-late_posts": "close",
    }

    answer = teacher.post(path(name), sent)

    assert answer.status_code == 422
    assert "Save your changes first" in answer.content.decode()
    assert answer.context["table"].change_count == 1
    assert Prompt.objects.listed().count() == 3


def test_a_page_that_is_sent_twice_copies_once(teacher, prompts):
    sent = page_of(teacher) | {"chosen": [prompts[0].pk, prompts[1].pk]}

    for _twice in range(2):
        teacher.post(path("prompts_copy"), sent)

    copies = Prompt.objects.filter(is_draft=True).values_list("title", flat=True)
    assert list(copies) == ["Copy of Blog post 1", "Copy of Blog post 2"]


def test_chosen_prompts_are_archived_and_restored(teacher, prompts):
    teacher.post(path("prompts_archive"), page_of(teacher) | {"chosen": prompts[0].pk})
    page = teacher.get(path("prompt_list"))

    assert [row.prompt for row in page.context["table"].rows] == prompts[1:]
    assert "Archived prompts" in page.content.decode()
    teacher.post(path("prompt_restore", prompts[0].number))
    assert Prompt.objects.listed().count() == 3


def test_deleting_asks_first_and_refuses_what_is_used(teacher, course, prompts, ada):
    factories.make_draft_post(ada, course, prompt=prompts[1])
    sent = page_of(teacher) | {"chosen": prompts[0].pk}

    asked = teacher.post(path("prompts_delete"), sent)
    assert Prompt.objects.count() == 3
    teacher.post(path("prompts_delete"), fields_of(asked, "confirm"))
    assert Prompt.objects.count() == 2
    refused = teacher.post(path("prompts_delete"), {"chosen": prompts[1].pk, "confirm": "1"})
    assert refused.status_code == 422
    assert "Prompts with posts, grades or messages cannot be deleted" in refused.content.decode()


@pytest.mark.parametrize("use", ["message", "calibration", "draw"])
def test_what_somebody_began_for_a_prompt_keeps_it(teacher, instructor, prompts, ada, use):
    prompt = prompts[1]
    if use == "message":
        factories.make_message(prompt, instructor, ada)
    elif use == "calibration":
        Calibration.objects.create(prompt=prompt, begun_by=instructor)
    else:
        SecondGradingDraw.objects.create(prompt=prompt, seed=1, drawn_by=instructor)

    refused = teacher.post(path("prompts_delete"), {"chosen": prompt.pk, "confirm": "1"})

    assert refused.status_code == 422
    assert prompt in Prompt.objects.all()


def test_a_prompt_that_was_archived_meanwhile_stays_where_it_is(teacher, prompts, instructor):
    sent = page_of(teacher)
    archive_prompts([prompts[1]], by=instructor)

    answer = teacher.post(path("prompt_up", 2), sent, follow=True)

    assert "This prompt is archived" in answer.content.decode()


def test_prompts_are_put_in_another_order(teacher, prompts):
    teacher.post(path("prompt_up", 3), page_of(teacher))
    assert list(Prompt.objects.values_list("number", flat=True)) == [1, 3, 2]

    teacher.post(path("prompts_by_due_date"), page_of(teacher))
    assert list(Prompt.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_an_open_prompt_with_posts_is_not_hidden(teacher, course, prompts, ada):
    factories.make_draft_post(ada, course, prompt=prompts[0])
    tomorrow = local_day(timezone.now(), 2)

    answer = teacher.post(
        path("prompts_save"), page_of(teacher) | {f"p{prompts[0].pk}-opens_at": tomorrow}
    )

    assert answer.status_code == 422
    assert answer.context["table"].rows[0].cells["opens_at"].error


def test_the_rubric_of_a_graded_prompt_is_no_field(teacher, course, prompts, ada, instructor):
    post = factories.make_post(ada, course, prompt=prompts[0])
    factories.make_grading(post, instructor)

    table = teacher.get(path("prompt_list")).context["table"]

    assert "rubric" not in table.rows[0].cells
    assert "rubric" in table.rows[1].cells


def test_the_states_are_words(teacher, course, prompts, ada, instructor):
    past = {"due_at": moment(-5), "comments_due_at": moment(-2)}
    to_release = factories.make_prompt(course, **past)
    over = factories.make_prompt(course, **past)
    factories.make_prompt(course, is_draft=True)
    factories.make_prompt(course, opens_at=moment(1), due_at=moment(2))
    for prompt in (to_release, over):
        post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, released_at=timezone.now())

    rows = teacher.get(path("prompt_list")).context["table"].rows

    assert [row.use.state for row in rows] == [
        "open", "open", "open", "to_release", "over", "draft", "scheduled",
    ]  # fmt: skip


def test_students_and_assistants_keep_their_list(client, prompts, ada, assistant, observer):
    for person in (ada, assistant, observer):
        client.force_login(person)
        page = client.get(path("prompt_list"))
        assert "table" not in page.context
        assert page.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_takes_the_same_number_of_queries(
    client, course, instructor, ada, count, django_assert_num_queries
):
    for _each in range(count):
        prompt = factories.make_prompt(course, rubric=factories.make_rubric(course, f"R {_each}"))
        factories.make_post(ada, course, prompt=prompt)
    client.force_login(instructor)

    with django_assert_num_queries(5):
        client.get(path("prompt_list"))


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_at_the_ends_of_the_calendar_are_refused_in_words(teacher, course, prompts, day):
    field = f"p{prompts[0].pk}-due_at"
    sent = page_of(teacher) | {field: day, "chosen": prompts[0].pk, "days": "7"}

    moved = teacher.post(path("prompts_shift"), sent)
    saved = teacher.post(path("prompts_save"), sent)

    assert f'value="{day}"' in moved.content.decode()
    assert saved.status_code == 422
    assert "This day is too far away." in saved.content.decode()
    assert due(prompts[0]) == prompts[0].due_at


def test_an_archived_rubric_is_offered_to_those_alone_who_have_it(teacher, course, prompts):
    rubric = factories.make_rubric(course, title="Old rubric")
    Rubric.objects.update(archived_at=timezone.now())
    assert "Old rubric" not in teacher.get(path("prompt_list")).content.decode()

    Prompt.objects.filter(pk=prompts[0].pk).update(rubric=rubric)

    assert "Old rubric" in teacher.get(path("prompt_list")).content.decode()
