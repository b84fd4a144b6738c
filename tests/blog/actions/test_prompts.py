from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post, republish_post
from blog.actions.prompts import (
    archive_prompts,
    copy_prompts,
    delete_prompts,
    move_prompt,
    order_prompts_by_due_date,
    restore_prompts,
    save_prompt,
)
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Prompt
from tests import factories


def in_days(days):
    return timezone.now() + timedelta(days=days)


def make_draft_prompt(course, **fields):
    return factories.make_prompt(course, is_draft=True, **fields)


def publish(post, **fields):
    fields.setdefault("audience", Audience.COURSE)
    return publish_post(post, by=post.author, title="T", text="Words.", **fields)


def order(course):
    return list(Prompt.objects.in_course(course).values_list("number", flat=True))


def test_only_the_teaching_team_sees_a_draft(course, ada, assistant, instructor, observer):
    draft = make_draft_prompt(course)

    seen = {
        person.display_name: Prompt.objects.visible_to(person).contains(draft)
        for person in (ada, observer, assistant, instructor)
    }

    assert list(seen.values()) == [False, False, True, True]
    assert not Prompt.objects.opened().exists()


def test_a_draft_takes_no_posts(course, ada):
    with pytest.raises(Refused, match="not open yet"):
        start_post(course, by=ada, prompt=make_draft_prompt(course))


def test_an_open_prompt_with_posts_cannot_become_a_draft(course, prompt, ada, instructor):
    factories.make_draft_post(ada, course, prompt=prompt)
    prompt.is_draft = True

    with pytest.raises(Refused, match="Someone has started a post") as refusal:
        save_prompt(prompt, by=instructor, works=[], pasted=[])

    prompt.refresh_from_db()
    assert (refusal.value.field, prompt.is_draft) == ("is_draft", False)


def test_an_open_prompt_with_posts_cannot_open_later(course, prompt, ada, instructor):
    factories.make_post(ada, course, prompt=prompt)
    prompt.opens_at = in_days(1)

    with pytest.raises(Refused) as refusal:
        save_prompt(prompt, by=instructor, works=[], pasted=[])

    assert refusal.value.field == "opens_at"


def test_a_prompt_without_posts_can_become_a_draft_again(prompt, instructor):
    prompt.is_draft = True

    save_prompt(prompt, by=instructor, works=[], pasted=[])

    assert Prompt.objects.get().is_draft


def test_prompts_are_moved_up_and_down_and_stay_at_the_ends(course, instructor):
    first, _second, third = (factories.make_prompt(course) for _each in range(3))

    move_prompt(first, by=instructor, up=True)
    assert order(course) == [1, 2, 3]
    move_prompt(first, by=instructor, up=False)
    assert order(course) == [2, 1, 3]
    move_prompt(third, by=instructor, up=True)
    assert order(course) == [2, 3, 1]


def test_prompts_are_ordered_by_their_due_dates(course, instructor):
    for days in (9, 3, 6):
        factories.make_prompt(course, due_at=in_days(days))

    order_prompts_by_due_date(course, by=instructor)

    assert order(course) == [2, 3, 1]


def test_a_new_prompt_is_the_last_one(course, instructor):
    factories.make_prompt(course, position=5)
    new = factories.make_prompt(course)
    new.pk, new._state.adding, new.question, new.link_name = None, True, "Why?", "new"

    save_prompt(new, by=instructor, works=[], pasted=[])

    assert order(course)[-1] == new.number == 3


def test_a_copy_is_a_draft_with_the_same_rules_and_reading(course, instructor):
    work = factories.make_work(course, shared_at=timezone.now())
    prompt = factories.make_prompt(course, late_posts="close", late_days=3, words_max=400)
    prompt.required_works.add(work)

    [copy] = copy_prompts([prompt], by=instructor)

    copy.refresh_from_db()
    assert (copy.number, copy.title, copy.is_draft) == (2, "Copy of Blog post 1", True)
    assert (copy.late_posts, copy.late_days, copy.words_max) == ("close", 3, 400)
    assert copy.due_at == prompt.due_at
    assert list(copy.required_works.all()) == [work]
    assert Prompt.objects.get(pk=prompt.pk).title == "Blog post 1"


def test_an_archived_prompt_leaves_the_lists_and_keeps_its_posts(course, prompt, ada, instructor):
    post = factories.make_post(ada, course, prompt=prompt)

    archive_prompts([prompt], by=instructor)

    assert not Prompt.objects.listed().exists()
    assert Prompt.objects.visible_to(ada).contains(prompt)
    assert type(post).objects.visible_to(ada).contains(post)
    prompt.refresh_from_db()
    with pytest.raises(Refused, match="archived"):
        start_post(course, by=instructor, prompt=prompt)


def test_an_archived_prompt_can_be_restored(prompt, instructor):
    archive_prompts([prompt], by=instructor)

    restore_prompts([prompt], by=instructor)

    assert Prompt.objects.listed().get() == prompt
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["prompt_archived", "prompt_restored"]


def test_an_unused_prompt_is_deleted(course, prompt, ada, instructor):
    delete_prompts([prompt], by=instructor)

    assert not Prompt.objects.exists()


def test_no_number_comes_twice(course, instructor):
    """A link in an LMS names a prompt by its number."""
    first, second, third = copy_prompts([factories.make_prompt(course)] * 3, by=instructor)

    delete_prompts([third, first], by=instructor)
    [new] = copy_prompts([second], by=instructor)

    assert new.number == third.number + 1


@pytest.mark.parametrize("make", [factories.make_post, factories.make_draft_post])
def test_a_prompt_with_posts_or_drafts_is_not_deleted_nor_are_others(
    course, prompt, ada, instructor, make
):
    unused = factories.make_prompt(course)
    make(ada, course, prompt=prompt)

    with pytest.raises(Refused, match="Blog post 1"):
        delete_prompts([prompt, unused], by=instructor)

    assert Prompt.objects.count() == 2


@pytest.mark.parametrize(
    ("policy", "is_late"), [("accept", False), ("late", True)], ids=["accept", "late"]
)
def test_a_late_post_is_published_and_shown_as_its_prompt_says(course, ada, policy, is_late):
    prompt = factories.make_prompt(course, due_at=in_days(-1), late_posts=policy)
    post = factories.make_draft_post(ada, course, prompt=prompt)

    publish(post)

    assert (post.is_published, post.is_late) == (True, is_late)


def test_a_closed_prompt_takes_no_first_version_and_keeps_the_draft(course, ada):
    prompt = factories.make_prompt(course, due_at=in_days(-1), late_posts="close")
    post = factories.make_draft_post(ada, course, prompt=prompt)

    with pytest.raises(Refused, match="Your draft is saved. Ask an instructor for more time"):
        publish(post)

    assert post.drafts.get().text == "Half a thought."


def test_a_closing_prompt_takes_a_first_version_until_its_minute_is_over(course, ada, bob):
    due = timezone.now().replace(second=0, microsecond=0)
    prompt = factories.make_prompt(course, due_at=due, late_posts="close")
    on_time = factories.make_draft_post(ada, course, prompt=prompt)
    late = factories.make_draft_post(bob, course, prompt=prompt)

    publish(on_time, at=due + timedelta(seconds=59))

    with pytest.raises(Refused):
        publish(late, at=due + timedelta(seconds=60))


def test_a_prompt_takes_late_posts_for_some_days_and_shows_them_as_late(course, ada, bob):
    due = timezone.now().replace(second=0, microsecond=0)
    prompt = factories.make_prompt(course, due_at=due, late_posts="late", late_days=2)
    late = factories.make_draft_post(ada, course, prompt=prompt)
    too_late = factories.make_draft_post(bob, course, prompt=prompt)

    publish(late, at=due + timedelta(days=2, seconds=59))

    assert (late.is_published, late.is_late) == (True, True)
    with pytest.raises(Refused, match=f"closed on .*{due + timedelta(days=2):%-d} "):
        publish(too_late, at=due + timedelta(days=2, seconds=60))


def test_what_was_published_before_can_be_changed_after_a_prompt_closed(course, ada):
    prompt = factories.make_prompt(course, due_at=in_days(-1), late_posts="close")
    post = factories.make_post(ada, course, prompt=prompt, at=in_days(-2))
    withdrawn = factories.make_withdrawn_post(
        ada, course, prompt=factories.make_prompt(course, due_at=in_days(-1), late_posts="close")
    )

    publish(post)
    republish_post(withdrawn, by=ada)

    assert post.revision.number == 2
    assert withdrawn.is_published


def test_the_widest_audience_of_a_prompt_limits_its_posts(course, ada):
    prompt = factories.make_prompt(course, widest_audience=Audience.COURSE)
    post = factories.make_draft_post(ada, course, prompt=prompt)

    with pytest.raises(Refused, match="The widest audience allowed for this prompt is: course."):
        publish(post, audience=Audience.PUBLIC)

    publish(post, audience=Audience.COURSE)


def test_a_new_post_begins_no_wider_than_its_prompt_allows(course, ada):
    prompt = factories.make_prompt(course, widest_audience=Audience.POD)

    assert start_post(course, by=ada, prompt=prompt).audience == Audience.POD
