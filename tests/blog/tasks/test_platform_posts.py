"""Posts that come from elsewhere: an LMS is told of them as of others, and when they are gone."""

import pytest

from blog.actions.blog_entries import change_imported_post
from blog.actions.wordpress_imports import undo_wordpress_import
from blog.models import Audience, PlatformScore, Post
from blog.tasks import send_due_scores
from tests import factories
from tests.blog.actions.wordpress_steps import bring, key_of
from tests.blog.tasks.platform_score_steps import connect
from tests.wordpress_files import item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def connected(lms, course, instructor, ada):
    return connect(lms, course, instructor, ada)


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course)


@pytest.fixture
def own_post(course, ada, prompt):
    """Return a post of Ada's own blog, which is for a prompt, as the LMS knows."""
    post = factories.make_imported_post(factories.make_own_blog(ada, course))
    change_imported_post(post, by=ada, prompt=prompt, audience=Audience.COURSE)
    send_due_scores()
    return Post.objects.get()


def told(lms):
    """Return the prompts of what was sent, by their columns, and whether it names a post."""
    prompts = {item["id"].split("/")[-1].split("?")[0]: item["label"] for item in lms.line_items}
    return [(prompts[number], "submission" in score) for number, score in lms.scores]


@pytest.mark.parametrize("is_told_before", [True, False])
def test_post_of_a_wordpress_blog_is_told_and_that_an_undo_deleted_it(
    lms, prompt, course, instructor, ada, is_told_before
):
    done = bring(
        course,
        instructor,
        item(1),
        author_0=key_of(course, ada),
        post_0=f"prompt-{prompt.pk}",
    )
    if is_told_before:
        assert (send_due_scores(), told(lms)) == (1, [(prompt.title, True)])
        told_at = Post.objects.get().published_at.isoformat(timespec="milliseconds")
        assert lms.scores[0][1]["submission"] == {"submittedAt": told_at}

    undo_wordpress_import(done, by=instructor)

    assert not Post.objects.exists()
    assert send_due_scores() == is_told_before
    assert told(lms)[1:] == [(prompt.title, False)][:is_told_before]


def test_post_that_an_undo_leaves_is_not_told_again(lms, prompt, course, instructor, ada):
    done = bring(
        course,
        instructor,
        item(1),
        author_0=key_of(course, ada),
        post_0=f"prompt-{prompt.pk}",
    )
    send_due_scores()
    factories.make_grading(Post.objects.get(), instructor)

    undo_wordpress_import(done, by=instructor)

    assert Post.objects.exists()
    assert not PlatformScore.objects.waiting().exists()


def test_post_that_changes_its_prompt_is_told_in_both_columns(lms, course, ada, prompt, own_post):
    other = factories.make_prompt(course, title="Pods")

    change_imported_post(own_post, by=ada, prompt=other, audience=Audience.COURSE)

    assert send_due_scores() == 2
    assert sorted(told(lms)[1:]) == sorted([(prompt.title, False), ("Pods", True)])


def test_post_that_has_no_prompt_any_more_is_taken_back(lms, ada, prompt, own_post):
    change_imported_post(own_post, by=ada, prompt=None, audience=Audience.COURSE)

    assert send_due_scores() == 1
    assert told(lms) == [(prompt.title, True), (prompt.title, False)]


def test_audience_alone_tells_nothing(lms, ada, prompt, own_post):
    change_imported_post(own_post, by=ada, prompt=prompt, audience=Audience.INSTRUCTORS)

    assert send_due_scores() == 0
