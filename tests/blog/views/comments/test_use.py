"""“I’ll use this”: the button, the revision plan beside the draft, and what the commenter sees."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Comment, CommentUse
from tests import factories
from tests.blog.views.editor.buttons import button

OFFER, WANTS, PLAN = "I’ll use this", "wants to use your comment", "Your plan for the next version"
EARLIER = "Comments on your earlier posts"


@pytest.fixture
def post(ada, course):
    at = timezone.now() - timedelta(days=3)
    return factories.make_post(ada, course, "Of ties", "They carry news.", at=at)


@pytest.fixture
def comment(bob, post):
    at = timezone.now() - timedelta(days=2)
    return factories.make_comment(bob, post, "Add the bakery.", at=at)


@pytest.fixture
def page_of(client):
    def read(reader, url):
        client.force_login(reader)
        return client.get(url, follow=True).content.decode()

    return read


def use(comment, verb="comment_use"):
    return reverse(verb, args=[comment.post.course.slug, comment.pk])


def edit(post):
    return reverse("post_edit", args=[post.course.slug, post.slug])


def text(words, **fields):
    return {"title": "Of ties", "text": words, "audience": Audience.COURSE, **fields}


def test_the_author_marks_a_comment_and_two_people_see_it(
    client, page_of, ada, bob, instructor, post, comment
):
    assert OFFER in page_of(ada, post.get_absolute_url())

    response = client.post(use(comment))

    assert response.url == comment.get_absolute_url()
    own = page_of(ada, post.get_absolute_url())
    assert (OFFER in own, "In your plan" in own) == (False, True)
    assert WANTS in page_of(bob, post.get_absolute_url())
    teachers = page_of(instructor, post.get_absolute_url())
    assert [words in teachers for words in (OFFER, WANTS, "your plan")] == [False] * 3


def test_nobody_else_is_offered_it_nor_for_an_own_or_hidden_comment(
    page_of, ada, bob, instructor, post, comment
):
    assert OFFER not in page_of(bob, post.get_absolute_url())
    assert OFFER not in page_of(instructor, post.get_absolute_url())
    Comment.objects.update(author=ada)
    assert OFFER not in page_of(ada, post.get_absolute_url())
    Comment.objects.update(author=bob, state=Comment.State.HIDDEN)
    assert OFFER not in page_of(ada, post.get_absolute_url())


def test_a_mark_is_undone(client, ada, comment):
    client.force_login(ada)
    client.post(use(comment))

    client.post(use(comment, "comment_use_undo"))

    assert not CommentUse.objects.exists()


def test_the_plan_is_beside_the_draft_of_its_post(page_of, ada, post, comment):
    factories.make_comment_use(comment)

    page = page_of(ada, edit(post))

    assert [words in page for words in (PLAN, EARLIER, "Add the bakery.")] == [True, False, True]
    assert comment.get_absolute_url() in page


def test_beside_the_next_post_the_plan_is_folded(page_of, ada, course, post, comment):
    factories.make_comment_use(comment)
    new = reverse("post_new", args=[course.slug])

    for address in (new, edit(factories.make_draft_post(ada, course))):
        page = page_of(ada, address)
        _before, folded = page.split(EARLIER)
        shown = [words in page for words in (PLAN, "Your plan for this post")]
        assert shown == [False, True]
        assert f'<span dir="auto">{post}</span>' in folded
        assert comment.get_absolute_url() in folded
    assert "Your plan for this post" not in page_of(
        ada, edit(factories.make_post(ada, course, at=post.published_at - timedelta(days=1)))
    )


def test_another_post_that_uses_a_comment_leads_to_itself(
    client, page_of, ada, bob, course, post, comment
):
    factories.make_comment_use(comment)
    draft = factories.make_draft_post(ada, course, "More ties", "They carry bread.")
    client.force_login(ada)

    fields = text("They carry bread.", used_comments=[comment.pk]) | {"title": "More ties"}
    client.post(button("post_publish", draft), fields)

    draft.refresh_from_db()
    assert CommentUse.objects.get().revision == draft.revision
    own = page_of(ada, post.get_absolute_url())
    assert f'You used this in your post <a href="{draft.get_absolute_url()}">More ties</a>.' in own
    page = page_of(bob, post.get_absolute_url())
    used = f'used your comment in the post <a href="{draft.get_absolute_url()}">More ties</a>.'
    assert used in page
    change = use(comment, "comment_use_change")
    assert change not in page
    assert client.get(change).url == draft.get_absolute_url()
    draft.audience = Audience.INSTRUCTORS
    draft.save()
    assert client.get(change).status_code == 404
    assert "More ties" not in page_of(bob, post.get_absolute_url())


def test_nothing_asks_about_comments_on_earlier_posts(client, ada, course, comment):
    factories.make_comment_use(comment)
    draft = factories.make_draft_post(ada, course)
    client.force_login(ada)

    response = client.post(button("post_publish", draft), text("They carry bread."))

    assert (response.status_code, CommentUse.objects.get().is_planned) == (302, True)


def test_publishing_names_what_is_checked_and_the_commenter_sees_the_change(
    client, page_of, ada, bob, instructor, post, comment
):
    factories.make_comment_use(comment)
    client.force_login(ada)

    client.post(button("post_publish", post), text("They carry bread.", used_comments=[comment.pk]))

    post.refresh_from_db()
    assert CommentUse.objects.get().revision == post.revision
    change = use(comment, "comment_use_change")
    assert change in page_of(bob, post.get_absolute_url())
    page = page_of(bob, change)
    assert [words in page for words in ("bread", "news", "Add the bakery.")] == [True] * 3
    assert "Ada Student used your comment in the version of" in page
    assert "You used the comment by Bob Student in the version of" in page_of(ada, change)
    client.force_login(instructor)
    assert client.get(change).status_code == 404


def test_publishing_asks_once_and_nothing_checked_is_nothing_said(client, ada, post, comment):
    factories.make_comment_use(comment)
    client.force_login(ada)
    publish = button("post_publish", post)

    question = client.post(publish, text("They carry bread."), follow=True)
    assert question.content.decode().count('name="used_comments"') == 1
    assert f'id="used-{comment.pk}"' in question.content.decode()
    answer = client.post(publish, text("They carry bread.", confirm="1"))
    assert (answer.status_code, CommentUse.objects.get().revision) == (302, None)
    again = client.post(publish, text("They carry more bread."))

    assert (again.status_code, CommentUse.objects.get().revision) == (302, None)


def test_a_box_stays_checked_on_a_page_that_comes_back(client, ada, post, comment):
    factories.make_comment_use(comment)
    client.force_login(ada)

    page = client.post(
        button("post_publish", post), text("Words.", title="", used_comments=[comment.pk])
    )

    assert page.status_code == 422
    assert "checked>" in page.content.decode().replace("\n", "").replace(" ", "")


def test_a_new_audience_alone_asks_nothing_and_names_nothing(client, ada, post, comment):
    factories.make_comment_use(comment)
    client.force_login(ada)
    fields = text("They carry news.", audience=Audience.INSTRUCTORS, used_comments=[comment.pk])

    response = client.post(button("post_publish", post), fields)

    assert response.status_code == 302
    assert CommentUse.objects.get().is_planned


@pytest.mark.parametrize("used_comments", ["x", "-1", "9" * 30, ""])
def test_what_is_no_comment_is_passed_over(client, ada, post, comment, used_comments):
    client.force_login(ada)

    response = client.post(
        button("post_publish", post), text("They carry bread.", used_comments=used_comments)
    )

    assert response.status_code == 302
