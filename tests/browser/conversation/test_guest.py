"""A guest on a public post, from the form to the published comment."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from blog.models import Audience, GuestComments
from tests import factories
from tests.browser.steps import button, heading, wait_for_copy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post(ada, course):
    course.guest_comments = GuestComments.MODERATED
    course.save()
    return factories.make_post(ada, course, "Half-open doors", audience=Audience.PUBLIC)


def test_a_guests_comment_from_the_form_to_the_page(window, post, instructor, monkeypatch):
    monkeypatch.setattr("blog.forms.comments.guest.MIN_SECONDS", 3600)
    address = reverse("post_public", args=[post.pk, post.slug])
    guest = window()
    guest.goto(address)
    guest.get_by_label("Comment*").fill("We had such a door at the dairy.")
    guest.get_by_label("Name*").fill("Wilma")
    guest.get_by_label("Email*").fill("wilma@example.org")
    guest.keyboard.press("Enter")
    expect(guest.get_by_text("That was very fast")).to_be_visible()
    monkeypatch.setattr("blog.forms.comments.guest.MIN_SECONDS", 0)
    button(guest, "Send the comment").click()
    expect(heading(guest, "Your comment is waiting")).to_be_visible()
    status = guest.url

    team = window(instructor)
    team.goto(post.get_absolute_url())
    team.get_by_role("link", name="Decide about it").click()
    button(team, "Publish the comment by Wilma").click()
    expect(team.get_by_text("No comment by a guest is waiting.")).to_be_visible()

    guest.reload()
    expect(heading(guest, "Your comment is published")).to_be_visible()
    guest.get_by_role("link", name="Read it under the post").click()
    expect(guest.get_by_text("We had such a door at the dairy.")).to_be_visible()
    expect(guest.get_by_label("Name*")).to_have_value("")

    guest.goto(status)
    button(guest, "Withdraw it").click()
    expect(heading(guest, "Your comment is withdrawn")).to_be_visible()
    guest.goto(address)
    expect(guest.get_by_text("This post has no public comments.")).to_be_visible()


def test_what_a_guest_typed_outlives_a_reload_and_a_missing_connection(window, post, monkeypatch):
    monkeypatch.setattr("blog.forms.comments.guest.MIN_SECONDS", 0)
    address = reverse("post_public", args=[post.pk, post.slug])
    guest = window()
    guest.goto(address)
    text, email = guest.get_by_label("Comment*"), guest.get_by_label("Email*")
    text.fill("We had such a door at the dairy.")
    guest.get_by_label("Name*").fill("Wilma")
    email.fill("wilma@example.org")

    guest.reload()
    expect(email).to_have_value("wilma@example.org")
    expect(text).to_have_value("We had such a door at the dairy.")
    guest.context.set_offline(True)
    button(guest, "Send the comment").click()
    expect(guest.get_by_text("Nothing was sent, and your text is still here.")).to_be_in_viewport()

    wait_for_copy(guest, "We had such a door")
    guest.context.set_offline(False)
    another_tab = guest.context.new_page()
    another_tab.goto(address)
    button(another_tab, "Use this text").click()
    expect(another_tab.get_by_label("Comment*")).to_have_value("We had such a door at the dairy.")
    expect(another_tab.get_by_label("Email*")).to_have_value("")
    another_tab.close()

    button(guest, "Send the comment").click()
    expect(heading(guest, "Your comment is waiting")).to_be_visible()
    guest.goto(address)
    expect(text).to_have_value("")
    expect(email).to_have_value("")
