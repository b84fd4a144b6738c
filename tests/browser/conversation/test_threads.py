"""Long threads: what is new in them, folded branches, and the place to which one comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import SeenComments
from tests import factories
from tests.browser.steps import button, loading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
WORDS = "Weak ties carry news, and who has many of them hears of work before the others do. " * 2


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Ties", at=timezone.now() - timedelta(days=2))


def say(author, post, number, **fields):
    """Write the comment of a minute, counted from a day ago."""
    at = timezone.now() - timedelta(days=1) + timedelta(minutes=number)
    return factories.make_comment(author, post, f"{number}. {WORDS}", at=at, **fields)


def talk(people, post, count=60):
    """Return comments of which the first has replies of ten levels, and a last one without."""
    comments = [say(people[0], post, 0)]
    for number in range(1, count):
        parent = comments[-1] if number % 10 else comments[0]
        comments.append(say(people[number % len(people)], post, number, parent=parent))
    return [*comments, say(people[0], post, count)]


def place(page, comment):
    return page.locator(f"#c{comment.pk}")


def test_new_comments_are_seen_once_they_were_on_the_screen(window, ada, bob, post):
    comments = talk([ada, bob], post)
    for number in range(61, 76):  # more than a screen between the two that are to come
        say(bob, post, number)
    page = window(ada)
    page.goto(post.get_absolute_url())
    with page.expect_response("**/comments/seen/"):
        page.get_by_role("heading", name="Comments", exact=True).scroll_into_view_if_needed()
    expect(button(page, "Mark as read")).to_have_count(0)
    before = SeenComments.objects.get().seen_at
    reply = factories.make_comment(bob, post, "A late reply.", parent=comments[30])
    later = factories.make_comment(bob, post, "One more thing.")

    page.reload()
    line = page.get_by_text("New since your last visit", exact=True)
    expect(line).to_have_count(1)
    expect(place(page, reply).get_by_text("New", exact=True)).to_be_attached()
    page.get_by_role("link", name="New comments since your last visit").click()
    expect(place(page, reply)).to_be_in_viewport()
    assert SeenComments.objects.get().seen_at == before
    with page.expect_response("**/comments/seen/"):
        place(page, later).scroll_into_view_if_needed()
    expect(line).to_have_count(1)
    page.reload()

    expect(button(page, "Mark as read")).to_have_count(0)
    expect(line).to_have_count(0)
    assert SeenComments.objects.get().seen_at == later.created_at


def test_after_each_act_one_is_back_at_the_comment(window, ada, bob, post):
    comments = talk([ada, bob], post)
    deep = comments[45]  # by Bob, in a branch that is folded
    page = window(bob)

    page.goto(deep.get_absolute_url())
    expect(place(page, deep)).to_be_in_viewport()
    expect(place(page, deep)).to_be_focused()

    place(page, deep).get_by_role("link", name="Reply to Bob").click()
    page.get_by_label("Your reply").fill("To be exact.")
    with loading(page):
        page.keyboard.press("Control+Enter")
    own = page.locator(".comment", has_text="To be exact.")
    expect(own).to_be_in_viewport()
    expect(own).to_be_focused()

    own.locator("summary").click()
    own.get_by_role("link", name="Edit").click()
    page.get_by_label("Your reply").fill("To be quite exact.")
    with loading(page):
        button(page, "Save").click()
    own = page.locator(".comment", has_text="To be quite exact.")
    expect(own).to_be_in_viewport()
    expect(own).to_be_focused()

    own.locator("summary").click()
    own.get_by_role("link", name="Delete").click()
    with loading(page):
        button(page, "Delete").click()
    gone = page.locator(".comment.is-gone")
    expect(gone).to_be_in_viewport()
    expect(gone).to_be_focused()
    with loading(page):
        button(gone, "Undo").click()
    expect(own).to_be_in_viewport()
    expect(own).to_be_focused()

    # A branch that its reader folded stays so when they come back.
    page.goto(post.get_absolute_url())
    page.locator("summary", has_text="Replies to").first.click()
    last = place(page, comments[-1])
    last.scroll_into_view_if_needed()
    with loading(page):
        last.get_by_role("link", name="Ada Student").click()
    page.go_back()
    expect(last).to_be_in_viewport()
    expect(place(page, comments[1])).to_be_hidden()


def test_at_level_ten_lines_are_as_long_as_at_level_two_on_a_phone(window, ada, bob, post):
    comments = talk([ada, bob], post, count=500)
    page = window(bob, **PHONE)
    page.goto(comments[499].get_absolute_url())

    first, second, tenth = (
        place(page, comments[number]).locator(".prose").bounding_box()["width"]
        for number in (0, 10, 499)
    )

    assert tenth == second
    assert second >= 0.8 * first >= 230
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(place(page, comments[499]).get_by_role("link", name="to Ada Student")).to_be_visible()
