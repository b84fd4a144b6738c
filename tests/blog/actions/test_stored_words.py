"""Words that the site stores are in the language of their course, not of whoever made them."""

from uuid import uuid4

import pytest
from django.utils import timezone, translation

from blog.actions.erasure import erase_account
from blog.actions.guest_comments import import_guest_comment
from blog.actions.guest_moderation import refuse_spam
from blog.actions.pods import draw_pods
from blog.actions.prompts import copy_prompts
from blog.models import Audience, Course, GuestComments, Post, User
from tests import factories
from tests.made_languages import ARABIC, FRENCH, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("languages")]


@pytest.fixture(autouse=True)
def _elsewhere():
    """Activate Arabic for whoever acts."""
    with translation.override(ARABIC):
        yield


@pytest.fixture(params=[FRENCH, ""], ids=["French", "none"])
def course(request, instructor):
    fields = {"language": request.param, "guest_comments": GuestComments.MODERATED}
    return factories.make_course("networks", instructor=instructor, **fields)


def of(course) -> str:
    return course.language or "en"


def test_names_of_drawn_pods(ada, instructor, course):
    [pod] = draw_pods(course, by=instructor, size=2, by_section=False, seed=1)

    assert pod.name == said(of(course), "Pod %(number)d", number=1)


def test_titles_of_copied_prompts(instructor, course):
    prompt = factories.make_prompt(course, title="Ties")

    [copy] = copy_prompts([prompt], by=instructor)

    assert copy.title == said(of(course), "Copy of %(title)s", title="Ties")


def test_what_is_left_of_an_erased_account_and_its_posts(ada, course):
    post = factories.make_post(ada, course)

    erase_account(ada, by=ada)

    post = Post.objects.select_related("revision").get(pk=post.pk)
    assert post.revision.title == said(of(course), "A post by a former member")
    assert User.objects.get(pk=ada.pk).display_name == said("en", "A former member")


def test_names_of_nameless_guests(ada, instructor, course):
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)

    comment = import_guest_comment(
        post, by=instructor, text="Well.", name="", day=timezone.localdate()
    )

    assert comment.guest_name == said(of(course), "Anonymous guest")


def test_the_reason_that_a_guest_reads_of_spam(ada, instructor, course):
    post = factories.make_post(ada, Course.objects.get(pk=course.pk), audience=Audience.PUBLIC)
    comment = factories.make_guest_comment(post, key=uuid4())

    refuse_spam(comment, by=instructor)

    comment.guest.refresh_from_db()
    assert comment.guest.reason == said(of(course), "It is spam.")
