"""A button that is clicked twice in a row is answered the second time as the first."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from blog.actions.draft_conflicts import keep_conflict_copy
from blog.actions.drafts import start_post
from blog.actions.paste import insert_paste
from blog.models import AuditEvent, Draft, Membership, Pod, Post, PostTarget, WorkMerge
from blog.paste import Paste
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


def test_a_pod_is_deleted(client, course, instructor):
    pod = Pod.objects.create(course=course, name="Harbour")
    client.force_login(instructor)

    answers = click_twice(client, "pod_delete", pod.pk)
    edited = client.post(reverse("pod_edit", args=["networks", pod.pk]), {"name": "Moor"})

    pods = reverse("pod_list", args=["networks"])
    assert answers == [
        (pods, ["Harbour deleted."]),
        (pods, ["This pod is already deleted."]),
    ]
    assert (edited.status_code, edited.url, events("pod_deleted")) == (302, pods, 1)


def test_a_pod_of_another_course_is_none_of_this_one(client, course, instructor):
    other = Pod.objects.create(course=factories.make_course("other"), name="Harbour")
    client.force_login(instructor)

    answer = client.post(reverse("pod_delete", args=["networks", other.pk]))

    assert (answer.status_code, Pod.objects.count()) == (404, 1)


def test_two_works_are_split(client, course, instructor, ada):
    duplicate, canonical = (
        factories.share_work(
            factories.make_work(course, factories.ARTICLE | {"DOI": doi}, added_by=ada)
        )
        for doi in ("10.1234/a", "10.1234/b")
    )
    WorkMerge.objects.create(duplicate=duplicate, canonical=canonical, made_by=instructor)
    client.force_login(instructor)

    answers = click_twice(client, "work_split", duplicate.pk)

    assert answers == [
        (
            reverse("work_page", args=["networks", canonical.pk]),
            ["The two references are separate again."],
        ),
        (
            reverse("work_page", args=["networks", duplicate.pk]),
            ["The two references are already separate."],
        ),
    ]
    assert events("work_split") == 1


def test_a_paste_is_undone(client, course, ada):
    post = start_post(course, by=ada, title="Ties", text="Before.")
    archived = insert_paste(post, Paste("Pasted."), by=ada, replace=True, version=None)
    client.force_login(ada)

    [first, second] = click_twice(client, "post_paste_undo", post.slug, archived=archived.pk)

    assert first[0] == reverse("post_edit", args=["networks", post.slug])
    assert second == (first[0], ["There is nothing to undo."])
    assert post.drafts.current().get().text == "Before."


def test_one_of_two_versions_is_chosen_and_that_is_undone(client, course, ada):
    target = PostTarget(start_post(course, by=ada, title="Ties", text="One."))
    draft = target.draft_by(ada)
    copy = keep_conflict_copy(target, by=ada, content=draft.content | {"text": "Two."}, tab=None)
    choice = {"choice": "other", "title": "", "text": "", "version": target.version_of(draft)}
    client.force_login(ada)

    [chosen, again] = click_twice(client, "draft_compare", copy.pk, **choice)
    archived = Draft.objects.archived().get()
    [undone, undone_again] = click_twice(client, "draft_restore", archived.pk)
    compared = client.get(reverse("draft_compare", args=["networks", copy.pk]))

    work = reverse("course_work", args=["networks"])
    assert chosen[0] == reverse("post_edit", args=["networks", target.post.slug])
    assert again == (work, ["You have already chosen: there is one version of this text."])
    assert undone[0] == reverse("draft_compare", args=["networks", archived.pk])
    assert undone_again == undone
    assert (compared.status_code, compared.url) == (302, work)


def test_nobody_else_chooses_between_versions(client, course, ada, bob):
    target = PostTarget(start_post(course, by=ada, title="Ties", text="One."))
    content = target.draft_by(ada).content | {"text": "Two."}
    copy = keep_conflict_copy(target, by=ada, content=content, tab=None)
    client.force_login(bob)

    for name in ("draft_compare", "draft_restore"):
        for pk in (copy.pk, copy.pk + 99):
            answer = client.post(reverse(name, args=["networks", pk]), {"choice": "other"})
            assert answer.url == reverse("course_work", args=["networks"])
    assert Draft.objects.get(pk=copy.pk).content == content


@pytest.mark.parametrize("name", ["reference_edit", "reference_accept"])
def test_a_reference_that_is_removed_is_said_to_be(client, course, ada, name):
    post = factories.make_draft_post(ada, course)
    reference = factories.make_reference(post)
    client.force_login(ada)
    click_twice(client, "reference_remove", post.slug, reference.key)

    [answer, _again] = click_twice(client, name, post.slug, reference.key)

    assert answer == (
        reverse("post_edit", args=["networks", post.slug]),
        ["This reference is not in your post any more."],
    )
