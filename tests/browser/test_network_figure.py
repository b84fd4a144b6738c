"""A learner puts a figure of their network into a post, and goes on writing around it."""

import pytest
from playwright.sync_api import expect

from network import ties
from tests import factories
from tests.browser.steps import button, heading, settled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_figure_goes_from_my_network_into_a_post(window, course, ada, bob):
    ada.editor = ""  # she has not chosen: visual
    ada.save()
    factories.make_draft_post(ada, course, "My year", "I met people.")
    factories.make_comment(bob, factories.make_post(ada, course, "Earlier"))
    ties.rebuild(course)
    page = window(ada)
    page.goto(f"/c/{course.slug}/network/")

    page.get_by_role("link", name="Put my network into a post").click()
    expect(page.get_by_role("row", name="Peer 1 Bob")).to_be_visible()
    page.get_by_label("Post").select_option("My year")
    button(page, "Put it into this post").click()

    expect(heading(page, "Edit “My year”")).to_be_attached()
    settled(page)
    text = page.get_by_role("textbox", name="Text of the post")
    expect(text.locator("td", has_text="Peer 1")).to_be_visible()
    picture = text.locator('img[src*="/pictures/"]')
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(shown) => shown.naturalWidth") > 1000
    expect(text).not_to_contain_text("Bob")
