"""The list of notifications: finite, without numbers, and of what its reader can see now."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.comments import add_comment, delete_comment, hide_comment, show_comment
from blog.actions.courses import remove_member
from blog.actions.feedback import mark_feedback_seen
from blog.actions.releases import release_prompt
from blog.actions.seen_comments import mark_comments_seen
from blog.models import Audience, Comment, Grading, Notification, Post, User, notify
from blog.queries.notifications import notifications_of
from tests import factories

PAGE = "/me/notifications/"
SEEN = "/me/notifications/seen/"


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Half-open doors")


@pytest.fixture
def comment(bob, post):
    return add_comment(post, by=bob, text="And who opens it?")


def page_of(client, person):
    client.force_login(person)
    return client.get(PAGE).content.decode()


def listed(person):
    """Return the keys of what is new and of what is earlier, for somebody as they are now."""
    found = notifications_of(User.objects.get(pk=person.pk))
    return [each.event for each in found.new], [each.event for each in found.earlier]


def test_a_comment_is_listed_with_its_first_words(client, ada, comment):
    html = page_of(client, ada)

    assert "Bob Student commented on Half-open doors" in html
    assert "And who opens it?" in html
    assert f"{comment.post.get_absolute_url()}#c{comment.pk}" in html
    assert "That’s all that is new. You are caught up." in html


def test_reading_the_list_records_nothing(client, ada, comment):
    page_of(client, ada)

    assert Notification.objects.unseen().count() == 1


def test_what_was_seen_is_earlier(client, ada, comment):
    key = Notification.objects.get().pk
    client.force_login(ada)

    answer = client.post(SEEN, {"seen": key})

    assert (answer.status_code, answer.url) == (302, PAGE)
    assert listed(ada) == ([], [f"comment:{comment.pk}"])
    assert "Nothing new. You are caught up." in page_of(client, ada)


def test_what_comes_after_the_page_was_opened_stays_new(client, ada, bob, post, comment):
    key = Notification.objects.get().pk
    later = add_comment(post, by=bob, text="Another thought.")
    client.force_login(ada)

    client.post(SEEN, {"seen": key})

    assert listed(ada) == ([f"comment:{later.pk}"], [f"comment:{comment.pk}"])


def test_comments_that_were_seen_on_their_page_are_not_new(ada, bob, post, comment):
    mark_comments_seen(post, by=ada)
    later = add_comment(post, by=bob, text="Another thought.")

    assert listed(ada) == ([f"comment:{later.pk}"], [f"comment:{comment.pk}"])


def open_thread_of(client, person, post):
    """Return the form by which a thread says until when its reader has seen its comments."""
    client.force_login(person)
    page = client.get(post.get_absolute_url())
    return {"until": page.context["new_comments"].shown_until.isoformat()}


def mark_thread_seen(client, post, form):
    client.post(reverse("comments_seen", args=[post.course.slug, post.slug]), form)


def test_the_newest_comment_of_a_thread_is_not_new_once_it_was_seen_there(client, ada, bob, post):
    first, second = [add_comment(post, by=bob, text=text) for text in ("One.", "Two.")]
    form = open_thread_of(client, ada, post)
    later = add_comment(post, by=bob, text="Three.")

    mark_thread_seen(client, post, form)

    assert listed(ada) == (
        [f"comment:{later.pk}"],
        [f"comment:{second.pk}", f"comment:{first.pk}"],
    )


def test_a_comment_that_is_opened_after_the_page_stays_new(client, ada, bob, instructor, post):
    waiting = factories.make_comment(
        None, post, guest_name="Gus", state=Comment.State.WAITING, tied=False
    )
    seen = add_comment(post, by=bob, text="One.")
    form = open_thread_of(client, ada, post)
    show_comment(waiting, by=instructor)

    mark_thread_seen(client, post, form)

    assert listed(ada) == ([f"comment:{waiting.pk}"], [f"comment:{seen.pk}"])


def test_a_thread_tells_nothing_of_a_later_decision(client, ada, bob, post):
    mine = add_comment(post, by=ada, text="One.")
    form = open_thread_of(client, bob, post)
    notify([bob], Notification.Kind.REPORT, mine, event="decision:1")

    mark_thread_seen(client, post, form)

    assert listed(bob) == (["decision:1"], [])


def test_only_what_was_listed_is_seen_where_there_is_more(client, ada, bob, post, monkeypatch):
    monkeypatch.setattr("blog.queries.notifications.MAX_LISTED", 2)
    oldest, *listed_first = [add_comment(post, by=bob, text="A thought.") for _ in range(3)]
    client.force_login(ada)
    page = client.get(PAGE)
    html = page.content.decode()

    client.post(SEEN, {"seen": page.context["listed"].unseen})

    assert "There is more. It appears here once you have seen these." in html
    assert "caught up" not in html
    assert "data-seen" not in html
    assert listed(ada) == (
        [f"comment:{oldest.pk}"],
        [f"comment:{comment.pk}" for comment in reversed(listed_first)],
    )
    assert "You are caught up." in client.get(PAGE).content.decode()


@pytest.mark.parametrize("sent", ["", "x", "-1", "²", "9" * 30])
def test_an_odd_key_records_nothing(client, ada, comment, sent):
    client.force_login(ada)

    answer = client.post(SEEN, {"seen": sent})

    assert answer.status_code == 302
    assert Notification.objects.unseen().count() == 1


def test_nobody_sees_or_changes_those_of_others(client, bob, ada, comment):
    html = page_of(client, bob)
    client.post(SEEN, {"seen": Notification.objects.get().pk})

    assert "Half-open doors" not in html
    assert Notification.objects.unseen().count() == 1


def delete(comment, instructor):
    delete_comment(comment, by=comment.author)


def remove(comment, instructor):
    remove_member(comment.post.course.memberships.get(user=comment.post.author), by=instructor)


def give_away(comment, instructor):
    Post.objects.update(author=instructor, audience=Audience.INSTRUCTORS)


def hide_and_give_away(comment, instructor):
    hide_comment(comment, by=instructor)
    Post.objects.update(author=instructor)


@pytest.mark.parametrize("change", [delete, remove, give_away, hide_and_give_away])
def test_what_its_reader_cannot_see_any_more_is_not_listed(ada, comment, instructor, change):
    change(comment, instructor)

    assert listed(ada) == ([], [])


def test_the_sign_in_the_masthead_has_no_number(client, ada, bob, post, comment):
    add_comment(post, by=bob, text="Another thought.")
    home = reverse("course_home", args=["networks"])
    client.force_login(ada)
    assert "There is something new" in client.get(home).content.decode()

    client.post(SEEN, {"seen": list(Notification.objects.values_list("pk", flat=True))})

    assert "There is something new" not in client.get(home).content.decode()


def test_no_sign_for_a_course_that_its_reader_has_left(client, ada, comment, instructor):
    remove(comment, instructor)
    client.force_login(ada)

    assert "There is something new" not in client.get("/").content.decode()


def test_feedback_leads_to_its_panel_and_shows_none_of_it(client, ada, course, instructor):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)
    factories.make_grading(post, instructor, "Read with interest.", level=3)
    release_prompt(prompt, by=instructor)

    html = page_of(client, ada)
    mark_feedback_seen(Grading.objects.get(), by=ada)

    assert notifications_of(ada).new == []
    assert "Feedback on Of ties" in html
    assert f"{post.get_absolute_url()}#feedback" in html
    assert "Read with interest" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_page(client, ada, bob, post, count, django_assert_num_queries):
    for _each in range(count):
        add_comment(post, by=bob, text="A thought.")
    Notification.objects.filter(pk=Notification.objects.first().pk).update(seen_at=timezone.now())
    client.force_login(ada)

    with django_assert_num_queries(6):  # one of them: whom the reader has muted
        client.get(PAGE)
