"""From a report to its outcome, as each of the three people sees it."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_axe import examine
from tests.browser.test_keyboard import press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def comment(course, ada, bob):
    factories.make_norm(course, "Discuss the text", "Quote the sentence you mean.")
    return factories.make_comment(bob, factories.make_post(ada, course, "Ties"), "You never read.")


def open_fold(page, name):
    page.locator(".report-acts summary").filter(has_text=name).click()


def to_what_waits(page):
    """Follow the word in the masthead and the one on the course home."""
    page.get_by_role("link", name="Course waiting").click()
    page.get_by_role("link", name="Moderation waiting").click()


def test_from_a_report_to_its_outcome(window, course, ada, bob, instructor, comment):
    reporter = window(ada)
    reporter.goto(comment.get_absolute_url())
    reporter.locator("summary").filter(has_text="the comment by Bob Student").click()
    press(reporter, "link", "Report… The comment by Bob Student")
    reporter.get_by_label("Discuss the text").check()
    reporter.get_by_label("In your own words").fill("He means me.")
    reporter.get_by_role("button", name="Report").click()
    expect(reporter.get_by_text("Waits for the teaching team")).to_be_visible()

    team = window(instructor)
    team.goto(course.get_absolute_url())
    to_what_waits(team)
    expect(team.get_by_text("Reported by Ada Student")).to_be_visible()
    open_fold(team, "Ask for a change")
    open_fold(team, "Hide")  # one is open at a time
    expect(team.get_by_label("Why?").locator("visible=true")).to_have_count(1)
    team.get_by_label("Why?").locator("visible=true").fill("It is about a person.")
    team.get_by_role("button", name="Decide: hide it").click()
    expect(team.get_by_role("button", name="Undo the last decision")).to_be_visible()

    author = window(bob)
    author.goto(comment.get_absolute_url())
    expect(author.get_by_text("It is about a person.")).to_be_visible()
    press(author, "link", "Explain, object, or see the log")
    expect(author.get_by_text("Reported by a member of the course.")).to_be_visible()
    author.get_by_label("Your sentence to the teaching team").fill("I mean the second chapter.")
    author.get_by_role("button", name="Object to the decision").click()
    expect(author.get_by_text("Waits for a decision")).to_be_visible()

    team.goto(course.get_absolute_url())
    to_what_waits(team)
    expect(team.get_by_text("I mean the second chapter.")).to_be_visible()
    open_fold(team, "Show again")
    team.get_by_label("Why?").locator("visible=true").fill("Then say which one.")
    team.get_by_role("button", name="Decide: leave it").click()
    expect(team.get_by_role("link", name="Course", exact=True)).to_be_visible()

    author.goto(comment.get_absolute_url())
    expect(author.get_by_text("Then say which one.")).to_be_visible()
    reporter.reload()
    expect(reporter.get_by_text("decided to hide it.")).to_be_visible()
    expect(reporter.get_by_text("decided to show it again.")).to_be_visible()
    assert list(examine(team)) == []
