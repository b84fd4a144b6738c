"""A member connects a blog in a browser; a classmate comments on the post that comes of it."""

from datetime import timedelta

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Post
from blog.tasks import read_own_blogs
from tests.browser.steps import button
from tests.own_blogs import blog_site, item, lay_feed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

ASK = """async () => (await axe.run()).violations
  .map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(" "))])"""
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_a_blog_is_connected_by_keyboard_and_read(window, course, ada, bob):
    own_blog = reverse("own_blog", args=[course.slug])
    day = f"{timezone.now() - timedelta(days=1):%Y-%m-%d}"
    with blog_site() as site:
        lay_feed(site, item(1, "Walking to the library", day=day))
        link = '<link rel="alternate" type="application/atom+xml" href="/feed/">'
        site.lay("/", f"<html><head>{link}</head></html>", Content_Type="text/html")
        page = window(ada)
        page.add_init_script(AXE_SCRIPT)
        page.goto(own_blog)

        page.get_by_label("Address of your blog").fill(site.url)
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="Is this your blog?")).to_be_visible()
        expect(page.get_by_text("Walking to the library")).to_be_visible()
        assert page.evaluate(ASK) == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(FITS)

        button(page, "Connect this blog").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Not read yet")).to_be_visible()
        assert read_own_blogs() == 1

    page.goto(own_blog)
    page.get_by_role("link", name="Walking to the library").click()
    expect(page.get_by_text("Change it there")).to_be_visible()
    expect(page.get_by_role("link", name="Edit", exact=True)).to_have_count(0)

    other = window(bob)
    other.goto(Post.objects.get().get_absolute_url())
    expect(other.get_by_role("link", name="from 127.0.0.1")).to_have_attribute(
        "href", f"{site.url}/1"
    )
    other.get_by_label("Your comment").fill("I met them too.")
    button(other, "Comment").click()
    expect(other.get_by_text("I met them too.")).to_be_visible()

    page.goto(own_blog)
    page.get_by_role("link", name="Stop taking entries…").click()
    page.get_by_label("Keep them.").check()
    button(page, "Stop").click()
    expect(page.get_by_label("Address of your blog")).to_be_visible()
