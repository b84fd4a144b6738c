"""Citations of an erased post: neither title nor address nor key tells what it was."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from blog.actions.erasure import erase_account
from blog.actions.posts import publish_post
from blog.actions.references import cite_post
from blog.models import Audience, Draft, Post, User, Work
from tests import factories
from tests.written import snapshot

TITLE = "Zebrafinches"


@pytest.fixture
def cited(course, ada, bob):
    """Return a post of Ada's that Bob cites by a key with its title, in a version and a draft."""
    cited = factories.make_post(ada, course, TITLE, "My words.")
    post = factories.make_draft_post(bob, course)
    url = f"https://pln.example.edu{cited.get_absolute_url()}"
    cite_post(cited, by=bob, onto=post, url=url)
    post.references.update(key="zebrafinches2026")
    text = "As [@zebrafinches2026] has it."
    publish_post(post, by=bob, title="Citing", text=text, audience=Audience.COURSE)
    Draft.objects.create(user=bob, post=post, title="Citing", text=f"Again: {text}", version=1)
    return cited


def erase_author(cited):
    erase_account(User.objects.get(pk=cited.author_id), by=cited.author)


def outlive(cited):
    Post.objects.filter(pk=cited.pk).update(deleted_at=timezone.now() - timedelta(days=90))
    call_command("retention", stdout=StringIO())


@pytest.mark.parametrize("erase", [erase_author, outlive])
def test_the_title_of_an_erased_post_is_nowhere(cited, erase):
    version = Work.objects.get().version

    erase(cited)

    assert [table for table, rows in snapshot().items() if TITLE.lower() in f"{rows}".lower()] == []
    work = Work.objects.get()
    assert "URL" not in work.csl
    assert work.version > version
    citing = Post.objects.get(title="Citing").revision
    assert citing.references[0]["csl"] == work.csl


def test_one_that_stays_for_its_comments_has_its_new_address(cited, bob, settings):
    factories.make_comment(bob, cited, "Bob asks.")

    erase_author(cited)

    cited.refresh_from_db()
    page = reverse("post_page", args=[cited.course.slug, cited.slug])
    assert Work.objects.get().csl["URL"] == settings.SITE_URL + page
