"""A post that opens in the visual editor."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.views.editor import visual
from tests import factories


@pytest.fixture
def writer(ada):
    """Return a person who has not chosen an editor yet."""
    ada.editor = ""
    ada.save()
    return ada


@pytest.fixture
def _no_limit(monkeypatch):
    monkeypatch.setattr(visual, "OPENINGS", 1_000)


@pytest.fixture
def write(window, writer, course, _no_limit):
    """Return a function that opens a post with a text and one reference; it returns the page."""

    def open_text(text="", **options):
        post = start_post(course, by=writer, title="Ties", text=text)
        factories.make_reference(post, key="granovetter1973")
        page = window(writer, **options)
        page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
        expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")
        return page

    return open_text
