"""A button that is clicked twice in a row is answered the second time as the first."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from blog.models import AuditEvent, Membership, Post, WorkMerge
from tests import factories


def click_twice(client, name, *args, query="", **data):
    """Send a button's form twice; return for each where it led to and what the page said."""
    answers = []
    for _click in range(2):
        answer = client.post(reverse(name, args=["networks", *args]) + query, data)
        assert answer.status_code == 302
        said = [str(message).split("<form")[0] for message in get_messages(answer.wsgi_request)]
        answers.append((answer.url, said[-1:]))
    return answers


def events(action):
    return AuditEvent.objects.filter(action=action).count()


@pytest.fixture
def post(course, ada):
    return factories.make_post(ada, course)


@pytest.mark.parametrize(
    ("name", "event"), [("post_withdraw", "post_withdrawn"), ("post_delete", "post_deleted")]
)
def test_a_post_is_withdrawn_or_deleted(client, ada, post, name, event):
    client.force_login(ada)

    first, second = click_twice(client, name, post.slug)

    assert first == second
    assert first[1]
    assert events(event) == 1


def test_the_question_of_a_deleted_post_is_not_asked_again(client, ada, post):
    client.force_login(ada)
    click_twice(client, "post_delete", post.slug)

    assert client.get(reverse("post_delete", args=["networks", post.slug])).status_code == 404


def test_nobody_else_learns_that_a_post_was_deleted(client, ada, bob, post):
    client.force_login(ada)
    click_twice(client, "post_delete", post.slug)
    client.force_login(bob)

    assert client.post(reverse("post_delete", args=["networks", post.slug])).status_code == 404


def test_a_draft_is_still_not_withdrawn(client, ada, course):
    draft = factories.make_draft_post(ada, course)
    client.force_login(ada)

    [(_url, said), _second] = click_twice(client, "post_withdraw", draft.slug)

    assert said == ["Only a published post can be withdrawn."]
    assert Post.objects.get(pk=draft.pk).is_draft


@pytest.mark.parametrize(
    ("name", "is_gone", "event"),
    [("member_remove", False, "member_removed"), ("member_restore", True, "member_restored")],
)
def test_a_member_is_removed_or_let_back_in(client, course, instructor, bob, name, is_gone, event):
    client.force_login(instructor)
    if is_gone:
        click_twice(client, "member_remove", bob.username)

    first, second = click_twice(client, name, bob.username)

    assert first == second
    assert events(event) == 1
    member = Membership.objects.get(course=course, user=bob)
    assert (member.ended_at is None) == is_gone


@pytest.mark.parametrize("is_duplicate", [False, True])
def test_two_works_are_merged(client, course, instructor, post, is_duplicate):
    works = [
        factories.share_work(
            factories.make_work(course, factories.ARTICLE | {"DOI": doi}, added_by=post.author)
        )
        for doi in ("10.1234/a", "10.1234/b")
    ]
    for key, work in zip("ab", works, strict=True):
        factories.make_reference(post, work, key, cited=True)
    client.force_login(instructor)
    kept, merged = works if is_duplicate else works[::-1]

    first, second = click_twice(
        client, "work_merge", works[0].pk, query=f"?with={works[1].pk}", keep=kept.pk, is_same="on"
    )

    assert first == second == (reverse("work_page", args=["networks", kept.pk]), first[1])
    assert [(one.duplicate, one.canonical) for one in WorkMerge.objects.all()] == [(merged, kept)]


def test_an_old_page_that_keeps_the_other_work_hears_which_one_was_kept(
    client, course, instructor, post
):
    works = [
        factories.share_work(
            factories.make_work(course, factories.ARTICLE | {"DOI": doi}, added_by=post.author)
        )
        for doi in ("10.1234/a", "10.1234/b")
    ]
    for key, work in zip("ab", works, strict=True):
        factories.make_reference(post, work, key, cited=True)
    client.force_login(instructor)
    path = reverse("work_merge", args=["networks", works[0].pk]) + f"?with={works[1].pk}"
    client.post(path, {"keep": works[0].pk, "is_same": "on"})

    page = client.post(path, {"keep": works[1].pk, "is_same": "on"}, follow=True)

    assert page.redirect_chain == [(reverse("work_page", args=["networks", works[0].pk]), 302)]
    assert "were already merged into the one on this page" in page.content.decode()
    assert [one.canonical for one in WorkMerge.objects.all()] == [works[0]]
