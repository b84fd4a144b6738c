"""Forms without autosave: typed text stays in the browser until the site has it."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from blog.exceptions import Refused
from blog.models import Grading, Prompt, User
from blog.views.grading import autosave
from tests import factories
from tests.browser.steps import button, log_in, wait_for_copy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
WITHOUT_STORAGE = "Object.defineProperty(window, 'indexedDB', { value: { open() { throw 0 } } })"


@pytest.fixture
def desk(window, instructor):
    """Return a browser of the instructor, with all dialogs that it showed."""
    page = window(instructor)
    page.asked = []
    page.on("dialog", lambda dialog: (page.asked.append(dialog.message), dialog.accept()))
    return page


@pytest.fixture
def grading_path(course, ada):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, prompt=prompt)
    return factories.desk_address(post)


def banner(page: Page):
    return page.get_by_text("This browser has text from")


def leave(page: Page, words: str) -> None:
    """Go to another page as soon as the words are in the browser."""
    wait_for_copy(page, words)
    page.goto("/about/")


@pytest.fixture
def no_words_are_kept(monkeypatch):
    """Let the site refuse words while they are typed, so that only the browser has them."""

    def refuse(*args, **kwargs):
        raise Refused("Not now.")

    monkeypatch.setattr(autosave, "keep_typed", refuse)


def test_feedback_comes_back_and_is_forgotten_once_saved_and_levels_stay(
    desk, grading_path, no_words_are_kept
):
    desk.goto(grading_path)
    desk.get_by_label("Partly").first.check()
    expect(desk.get_by_text(re.compile("^Saved "))).to_be_visible()
    desk.get_by_label("Feedback for").press_sequentially("Well argued.")
    leave(desk, "Well argued.")

    desk.goto(grading_path)
    expect(banner(desk)).to_be_visible()
    expect(desk.get_by_label("Feedback for")).to_have_value("")
    desk.get_by_text("Show the text").click()
    expect(desk.locator("[data-kept-text] pre")).to_have_text("Feedback for Ada\nWell argued.")
    button(desk, "Use this text").click()
    expect(desk.get_by_label("Feedback for")).to_have_value("Well argued.")
    expect(desk.get_by_label("Partly").first).to_be_checked()
    button(desk, "Save").click()
    expect(desk.get_by_text("Feedback for Ada Student saved.")).to_be_visible()

    desk.goto(grading_path)
    expect(desk.get_by_label("Feedback for")).to_have_value("Well argued.")
    expect(banner(desk)).to_be_hidden()
    assert Grading.objects.get().text == "Well argued."
    assert desk.asked == []


def test_levels_of_a_rubric_that_was_exchanged_meanwhile_are_shown(desk, grading_path, course):
    desk.goto(grading_path)
    desk.get_by_label("Partly").first.check()
    desk.get_by_label("Feedback for").press_sequentially("Well argued.")
    wait_for_copy(desk, "Well argued.")
    expect(desk.locator("[data-not-kept]")).to_have_count(0)  # the site has the words, too
    desk.goto("/about/")
    Prompt.objects.update(rubric=factories.make_rubric(course, "New", criteria=["Voice"]))

    desk.goto(grading_path)
    desk.get_by_text("Show the text").click()

    kept = desk.locator("[data-kept-text] pre")
    expect(desk.get_by_label("Feedback for")).to_have_value("Well argued.")
    expect(kept).to_contain_text("Answers the prompt: Partly")


def test_a_new_prompt_comes_back_and_is_forgotten_once_created(desk, course):
    path = "/c/networks/prompts/new/"
    desk.goto(path)
    desk.get_by_label("Question").fill("What is a network?")
    leave(desk, "What is a network?")
    desk.goto(path)
    button(desk, "Use this text").click()
    button(desk, "Create prompt").click()
    expect(desk.get_by_text("Prompt created.")).to_be_visible()

    desk.goto(path)

    expect(desk.get_by_label("Question")).to_have_value("")
    expect(banner(desk)).to_be_hidden()
    assert Prompt.objects.get().question == "What is a network?"


def test_a_refused_form_stays_in_the_browser(desk, course):
    path = "/c/networks/prompts/new/"
    desk.goto(path)
    desk.get_by_label("Question").fill("What is a network?")
    desk.get_by_label("Short title").fill("")
    button(desk, "Create prompt").click()
    expect(desk.get_by_text("This field is required.")).to_be_visible()
    leave(desk, "What is a network?")

    desk.goto(path)

    expect(banner(desk)).to_be_visible()
    assert desk.asked == []


def test_a_profile_outlives_the_session_and_nobody_else_sees_it(desk, instructor, ada):
    desk.goto("/me/")
    desk.get_by_label("About you").fill("I teach networks.")
    Session.objects.all().delete()
    button(desk, "Save").click()
    expect(desk.get_by_text("You are signed out, so this was not saved")).to_be_visible()

    log_in(desk, ada.email, factories.PASSWORD)
    desk.goto("/me/")
    expect(banner(desk)).to_be_hidden()
    Session.objects.all().delete()
    log_in(desk, instructor.email, factories.PASSWORD)
    desk.goto("/me/")
    button(desk, "Use this text").click()
    button(desk, "Save").click()

    expect(desk.get_by_text("Profile saved.")).to_be_visible()
    expect(banner(desk)).to_be_hidden()
    assert User.objects.get(pk=instructor.pk).about == "I teach networks."


def test_a_typed_reference_comes_back_and_is_forgotten_once_added(window, ada, course):
    post = factories.make_draft_post(ada, course)
    path = f"/c/networks/posts/{post.slug}/references/"
    page = window(ada)
    title = page.get_by_role("textbox", name=re.compile("^Title"))
    page.goto(path)
    title.fill("Small rooms")
    leave(page, "Small rooms")
    page.goto(path)
    button(page, "Use this text").click()
    expect(title).to_have_value("Small rooms")
    button(page, "Add to my references").click()
    expect(page.get_by_text("added to your references.")).to_be_visible()

    page.goto(path)

    expect(title).to_have_value("")
    expect(banner(page)).to_be_hidden()


def test_what_is_pasted_to_be_looked_up_comes_back_and_is_forgotten_once_added(window, ada, course):
    post = factories.make_draft_post(ada, course)
    path = f"/c/networks/posts/{post.slug}/references/"
    page = window(ada)
    box = page.get_by_label("Paste what you have")
    page.goto(path)
    box.fill("Luna, A. (2020). Quiet networks. Heron Press.")
    leave(page, "Luna, A. (2020). Quiet networks. Heron Press.")
    page.goto(path)
    button(page, "Use this text").click()
    button(page, "Look it up").click()
    expect(page.get_by_role("heading", name="Results")).to_be_visible()
    leave(page, "Luna, A. (2020). Quiet networks. Heron Press.")
    page.goto(path)
    button(page, "Use this text").click()
    button(page, "Look it up").click()
    expect(page.get_by_role("heading", name="Results")).to_be_visible()

    button(page, "Add to my references").first.click()

    expect(page.get_by_text("1 reference added.")).to_be_visible()
    page.goto(path)
    expect(box).to_have_value("")
    expect(banner(page).filter(visible=True)).to_have_count(0)


def test_what_a_look_up_did_not_find_is_forgotten_once_typed_in(window, ada, course):
    post = factories.make_draft_post(ada, course)
    path = f"/c/networks/posts/{post.slug}/references/"
    page = window(ada)
    title = page.get_by_role("textbox", name=re.compile("^Title"))
    page.goto(path)
    page.get_by_label("Paste what you have").fill("978-3-16-148410-0")
    button(page, "Look it up").click()
    expect(page.get_by_text("We can’t look up ISBNs on this site.")).to_be_visible()
    title.fill("Small rooms")
    wait_for_copy(page, "Small rooms")

    button(page, "Add to my references").click()

    expect(page.get_by_text("added to your references.")).to_be_visible()
    page.goto(path)
    expect(title).to_have_value("")
    expect(banner(page).filter(visible=True)).to_have_count(0)


def test_pasted_text_comes_back(window, ada, course):
    post = factories.make_draft_post(ada, course)
    path = f"/c/networks/posts/{post.slug}/paste/"
    page = window(ada)
    page.goto(path)
    page.get_by_role("textbox").first.fill("A text from Word.")
    leave(page, "A text from Word.")

    page.goto(path)
    button(page, "Use this text").click()

    expect(page.get_by_role("textbox").first).to_have_value("A text from Word.")


def test_leaving_asks_only_where_the_browser_cannot_store(desk, course):
    desk.add_init_script(WITHOUT_STORAGE)
    desk.goto("/me/")
    desk.get_by_label("About you").press_sequentially("I teach")
    desk.goto("/about/")
    assert len(desk.asked) == 1

    desk.goto("/me/")
    desk.get_by_label("About you").press_sequentially("I teach")
    button(desk, "Save").click()
    expect(desk.get_by_text("Profile saved.")).to_be_visible()
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/me/", "About you"),
        ("/c/networks/settings/", "About the course"),
        ("/c/networks/prompts/new/", "Question"),
        ("/c/networks/settings/rubrics/new/", "What you look for"),
    ],
)
@pytest.mark.parametrize("is_stored", [True, False])
def test_leaving_by_a_link_asks_only_where_words_are_not_in_the_browser(
    desk, course, path, label, is_stored
):
    """A click on a link leaves the field first, which changes nothing."""
    if not is_stored:
        desk.add_init_script(WITHOUT_STORAGE)
    desk.goto(path)
    field = desk.get_by_role("textbox", name=label, exact=False).first
    field.press_sequentially(" and I teach")
    if is_stored:
        wait_for_copy(desk, " and I teach")

    desk.get_by_role("link", name="Accessibility").click()

    expect(desk.get_by_role("heading", name="Accessibility", exact=True)).to_be_visible()
    assert len(desk.asked) == int(not is_stored)


def test_the_conflict_page_asks_nothing_where_words_are_in_the_browser(desk, course, instructor):
    desk.goto("/me/")
    desk.get_by_label("About you").press_sequentially("I teach")
    instructor.version += 1
    instructor.save(update_fields=["version"])
    button(desk, "Save").click()
    expect(desk.get_by_text("This was saved somewhere else")).to_be_visible()
    desk.get_by_label("About you").press("End")
    desk.get_by_label("About you").press_sequentially(" networks")
    wait_for_copy(desk, "I teach networks")

    desk.get_by_role("link", name="Accessibility").click()

    expect(desk.get_by_role("heading", name="Accessibility", exact=True)).to_be_visible()
    assert desk.asked == []


def test_the_copy_is_dated_in_the_zone_of_the_page(window, course, instructor):
    """The course's on its pages, one's own elsewhere, whatever zone the computer has."""
    course.time_zone = "America/Bogota"
    course.save(update_fields=["time_zone"])
    instructor.time_zone = "Asia/Tokyo"
    instructor.save(update_fields=["time_zone"])
    page = window(instructor, timezone_id="Africa/Accra")
    page.clock.set_system_time("2026-11-26T20:05:00Z")
    for path, label in [("/c/networks/settings/", "About the course"), ("/me/", "About you")]:
        page.goto(path)
        page.get_by_label(label).fill(f"{label}: half a thought")
        leave(page, f"{label}: half a thought")
    page.clock.set_system_time("2026-11-27T20:05:00Z")

    page.goto("/c/networks/settings/")
    expect(page.get_by_text("This browser has text from Thu 26 Nov, 15:05 ")).to_be_visible()

    page.goto("/me/")
    expect(page.get_by_text("This browser has text from Fri 27 Nov, 05:05 ")).to_be_visible()


def test_two_clicks_on_save_are_no_conflict(desk, course):
    desk.goto("/c/networks/settings/")
    desk.get_by_label("About the course").fill("Networks.")

    button(desk, "Save").dblclick()

    expect(desk.get_by_text("Settings saved.")).to_be_visible()
    expect(desk.get_by_text("This was saved somewhere else")).to_be_hidden()
