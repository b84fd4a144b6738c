"""Answers of a production site to a first and a second visit, and its joined files."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from blog.models import User
from tests import factories
from tests.browser.sites import Site
from tests.browser.steps import session_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server has a copy of a file"),
]

MOST_REQUESTS, MOST_BYTES = 8, 60_000
PARAGRAPH = "The door of the back room is cut in two, and what is said there stays there. "


class Wire:
    """The bytes over the network for a page; those in the browser's cache do not count."""

    def __init__(self, page):
        self.requests, self.cached, self.bytes = {}, set(), 0
        session = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", self._hear)
        session.on("Network.requestServedFromCache", lambda one: self.cached.add(one["requestId"]))
        session.on("Network.loadingFinished", self._end)
        session.send("Network.enable")

    def _hear(self, event):
        response = event["response"]
        if response["url"].startswith("data:"):
            return
        if response.get("fromDiskCache"):
            self.cached.add(event["requestId"])
        self.requests[event["requestId"]] = response["url"]

    def _end(self, event):
        self.bytes += event["encodedDataLength"]

    def visit(self, page, address):
        """Return the paths that were asked for, and the number of bytes that came."""
        page.goto("about:blank")  # what the page before still asks for is no part of this visit
        self.requests, self.cached, self.bytes = {}, set(), 0
        page.goto(address, wait_until="networkidle")
        came = [url for number, url in self.requests.items() if number not in self.cached]
        return [re.sub(r"^https?://[^/]+", "", url) for url in came], self.bytes


@pytest.fixture
def post(transactional_db, course, ada, bob):
    post = factories.make_post(bob, course, "Doors", (PARAGRAPH * 8 + "\n\n") * 5)
    for number in range(20):
        factories.make_comment(ada if number % 2 else bob, post, f"{number}: {PARAGRAPH}")
    User.objects.filter(pk=ada.pk).update(editor="markdown")
    return post


@pytest.fixture
def page(tmp_path, new_context, ada, post, collected_files):
    """Yield a window of Ada's on a production site that has collected its files."""
    site = Site(
        tmp_path,
        DJANGO_SETTINGS_MODULE="tests.browser.production",
        TEST_STATIC_ROOT=str(collected_files),
        SECRET_KEY=settings.SECRET_KEY,
        ALLOWED_HOSTS="127.0.0.1",
        HTTPS="0",
    )
    context = new_context(base_url=site.url)
    context.add_cookies([session_of(ada, site.url)])
    site.fill()
    site.start()
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: line.type == "error" and page.complaints.append(line.text),
    )
    yield page
    context.close()
    site.server.terminate()
    site.server.wait()


def test_a_first_visit_takes_few_requests_and_a_second_the_page_alone(page, post):
    wire, address = Wire(page), post.get_absolute_url()

    first, size = wire.visit(page, address)
    second, _size = wire.visit(page, address)

    assert (len(first) <= MOST_REQUESTS, size <= MOST_BYTES) == (True, True)
    assert not [path for path in first if "/editor/" in path or "/writing." in path]
    assert second == [address]


def test_joined_scripts_let_people_comment_and_write(page, post, course):
    page.goto(post.get_absolute_url())
    text = page.locator("form[data-talk] textarea[name=text]").first
    text.scroll_into_view_if_needed()
    expect(
        page.locator("form[data-talk] .toolbar, form[data-talk] [role=toolbar]").first
    ).to_be_visible()
    text.press_sequentially("A comment on a production site.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("Comment added.")).to_be_visible()

    page.goto(reverse("post_new", args=[course.slug]))
    page.get_by_role("radio", name="Visual").check()
    box = page.get_by_role("textbox", name="Text of the post")
    box.press_sequentially("A post from there.")
    expect(page.locator("[data-state]").first).to_have_text(re.compile(r"^\s*Saved"))

    assert page.complaints == []
