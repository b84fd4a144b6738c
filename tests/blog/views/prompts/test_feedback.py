"""Feedback that a student has seen: stored by a POST, and for them alone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import AuditEvent, SeenFeedback
from tests import factories

LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


@pytest.fixture
def grading(post, instructor):
    return factories.make_grading(post, instructor, released_at=timezone.now())


def seen_address(prompt):
    return reverse("feedback_seen", args=[prompt.course.slug, prompt.number])


def home(client, course):
    return client.get(reverse("course_home", args=[course.slug])).content.decode()


def test_released_feedback_is_announced_and_leads_to_its_panel(client, ada, course, post, grading):
    client.force_login(ada)

    html = home(client, course)

    assert "is ready, from Ines Instructor." in html
    assert f'href="{post.get_absolute_url()}#feedback"' in html
    assert 'id="feedback"' in client.get(post.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "has_number"),
    [("course_home", False), ("prompt_list", False), ("prompt_page", True), ("course_work", False)],
)
def test_every_link_to_feedback_leads_to_its_panel(
    client, ada, course, prompt, post, grading, name, has_number
):
    client.force_login(ada)
    address = reverse(name, args=[course.slug, prompt.number] if has_number else [course.slug])

    html = client.get(address).content.decode()

    to_feedback = {href for href, words in LINK.findall(html) if "feedback" in words}
    assert to_feedback == {f"{post.get_absolute_url()}#feedback"}


def test_the_panel_stands_before_the_text(client, ada, post, grading):
    client.force_login(ada)

    html = client.get(post.get_absolute_url()).content.decode()

    assert html.index('id="post-title"') < html.index('id="feedback"') < html.index("<article")


def test_reading_a_page_stores_nothing(client, ada, course, post, grading):
    client.force_login(ada)

    client.get(post.get_absolute_url())

    assert not SeenFeedback.objects.exists()
    assert "is ready" in home(client, course)


def test_feedback_that_was_seen_is_not_announced_again(client, ada, course, prompt, post, grading):
    client.force_login(ada)

    response = client.post(seen_address(prompt))

    assert response.url == f"{post.get_absolute_url()}#feedback"
    assert "is ready" not in home(client, course)
    assert "Got it" not in client.get(post.get_absolute_url()).content.decode()
    assert not AuditEvent.objects.exists()


def test_the_form_of_a_page_names_the_kind_of_its_feedback(client, ada, post, grading):
    client.force_login(ada)

    html = client.get(post.get_absolute_url()).content.decode()

    assert f'name="kind" value="{grading.kind}"' in html


def test_an_edit_after_that_is_announced(client, ada, course, prompt, grading):
    client.force_login(ada)
    client.post(seen_address(prompt))
    grading.edited_at = timezone.now()
    grading.save()

    assert "Ines Instructor changed the feedback on" in home(client, course)


def test_an_edit_that_the_page_did_not_show_stays_unread(client, ada, course, prompt, grading):
    shown_at = timezone.now()
    grading.edited_at = shown_at + timedelta(seconds=1)
    grading.save()
    client.force_login(ada)

    client.post(seen_address(prompt), {"shown_at": shown_at.isoformat()})

    assert "changed the feedback" in home(client, course)


@pytest.mark.parametrize("shown_at", ["", "yesterday", "2026-02-31T10:00:00", "2026-01-01T10:00"])
def test_a_time_that_is_none_counts_as_now(client, ada, course, prompt, grading, shown_at):
    client.force_login(ada)

    client.post(seen_address(prompt), {"shown_at": shown_at})

    assert "is ready" not in home(client, course)


def test_a_time_ahead_counts_as_now(client, ada, prompt, grading):
    client.force_login(ada)

    ahead = timezone.now() + timedelta(days=9)
    client.post(seen_address(prompt), {"shown_at": ahead.isoformat()})

    assert SeenFeedback.objects.get().seen_at <= timezone.now()


def test_before_the_release_there_is_nothing_to_see(client, ada, course, prompt, post, instructor):
    tomorrow = timezone.now() + timedelta(days=1)
    factories.make_grading(post, instructor, released_at=tomorrow)
    client.force_login(ada)

    assert client.post(seen_address(prompt)).status_code == 404
    assert "is ready" not in home(client, course)


@pytest.mark.parametrize("address", ["grading_student", "post_page"])
def test_the_teaching_team_sees_the_same_before_and_after(
    client, ada, instructor, course, prompt, post, grading, address
):
    page_address = reverse("post_page", args=[course.slug, post.slug])
    url = page_address if address == "post_page" else factories.desk_address(post)

    def page():
        client.force_login(instructor)
        html = client.get(url).content.decode()
        chance = ("csrf", 'name="key"', 'name="tab"')
        return [line for line in html.splitlines() if not any(word in line for word in chance)]

    before = page()
    client.force_login(ada)
    client.post(seen_address(prompt))

    assert page() == before


def test_feedback_of_a_deleted_post_is_seen_on_the_page_of_its_prompt(
    client, ada, course, prompt, post, grading
):
    post.deleted_at = timezone.now()
    post.save()
    client.force_login(ada)

    html = client.get(prompt.get_absolute_url()).content.decode()
    response = client.post(seen_address(prompt))

    assert 'id="feedback"' in html
    assert seen_address(prompt) in html
    assert response.url == f"{prompt.get_absolute_url()}#feedback"
