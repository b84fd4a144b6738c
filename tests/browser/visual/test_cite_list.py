"""Citing without leaving the text: one list at the caret, the typed text looked up and added."""

import re

import pytest
from playwright.sync_api import expect

from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Audience, Reference
from tests import factories
from tests.blog.lookup.stub import BUI
from tests.browser.steps import holding_back
from tests.browser.test_axe import examine
from tests.browser.visual.steps import caret_after, ending, markdown, source, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

SOL = {
    "type": "book",
    "title": "Small rooms, open windows",
    "author": [{"family": "Sol", "given": "B."}, {"family": "Luna", "given": "A."}],
    "issued": {"date-parts": [[2019]]},
}
LINE = "Calder, B. (2014). Half-open doors. Harbour Press."


def citations_list(page):
    return page.get_by_role("listbox", name="Your references")


def option(page, name):
    return citations_list(page).get_by_role("option", name=name, exact=True)


def cite_in_course(author, course, csl):
    """Let a classmate publish a post that cites a work."""
    post = factories.make_draft_post(author, course, "Rooms")
    key = add_reference(post, add_work(course, csl, by=author), by=author).key
    publish_post(post, by=author, title="Rooms", text=f"So [@{key}].", audience=Audience.COURSE)


def use_markdown(page):
    page.get_by_role("radio", name="Markdown").check()
    field = page.get_by_label("Post, in Markdown")
    field.focus()
    page.keyboard.press("Control+End")


def test_each_reference_has_a_target_for_brackets_and_one_for_the_sentence(write):
    page = write("So it is")
    caret_after(page, "So it is")

    page.keyboard.type(" @gra")
    expect(option(page, "(Granovetter, 1973)")).to_be_visible()
    option(page, "Granovetter (1973)").click()

    expect(source(page)).to_have_value("So it is @granovetter1973")
    expect(text_of(page)).to_be_focused()


@pytest.mark.parametrize("mode", ["visual", "markdown"])
def test_a_work_of_the_course_is_added_and_cited(write, bob, course, mode):
    cite_in_course(bob, course, SOL)
    page = write("So it is")
    caret_after(page, "So it is")
    if mode == "markdown":
        use_markdown(page)

    page.keyboard.type(" @open windows")
    row = page.get_by_role("group").filter(has_text="Small rooms, open windows")
    expect(row).to_contain_text("In your course, cited by Bob")
    expect(option(page, "(Sol & Luna, 2019)")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(page.locator(".shelf")).to_contain_text("Sol & Luna, 2019")
    expect(source(page)).to_have_value("So it is [@sol2019]")
    if mode == "visual":
        expect(page.get_by_role("img", name="Citation (Sol & Luna, 2019)")).to_be_visible()
        page.keyboard.press("Control+z")
        expect(source(page)).to_have_value("So it is @open windows")


@pytest.mark.parametrize("mode", ["visual", "markdown"])
def test_a_typed_doi_is_looked_up_added_and_cited_where_the_caret_was(write, crossref, mode):
    crossref.lay_work(BUI)
    page = write("So it is")
    caret_after(page, "So it is")
    if mode == "markdown":
        use_markdown(page)

    page.keyboard.type(f" @{BUI['DOI']}")
    expect(option(page, f"Add “{BUI['DOI']}”")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(page.locator(".shelf")).to_contain_text("Hung et al., 2023")
    key = Reference.objects.exclude(key="granovetter1973").get().key
    expect(source(page)).to_have_value(f"So it is [@{key}]")
    expect(page.locator("[data-cite-box]")).to_be_hidden()


@pytest.mark.parametrize("mode", ["visual", "markdown"])
def test_a_pasted_line_is_added_without_a_service(write, mode):
    page = write("So it is")
    caret_after(page, "So it is")
    if mode == "markdown":
        use_markdown(page)

    page.keyboard.type(" @")
    page.keyboard.insert_text(LINE)
    page.keyboard.press("Enter")

    expect(page.locator(".shelf")).to_contain_text("Calder, 2014")
    expect(source(page)).to_have_value("So it is [@calder2014]")


def test_what_is_not_found_stays_and_can_be_typed_in(write):
    page = write("So it is")
    caret_after(page, "So it is")

    page.keyboard.type(" @zzz")
    expect(option(page, "Add “zzz”")).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We could not read this as a reference.").first).to_be_visible()
    expect(source(page)).to_have_value("So it is @zzz")
    option(page, "Type it in").click()

    expect(page.get_by_role("heading", name="Add a reference")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("zzz")


def test_axe_finds_nothing_on_the_list_and_the_results(write, bob, course):
    cite_in_course(bob, course, SOL)
    page = write("So it is", viewport={"width": 320, "height": 640})
    caret_after(page, "So it is")

    page.keyboard.type(" @so")
    expect(option(page, "(Sol & Luna, 2019)")).to_be_visible()
    found = list(examine(page))
    page.keyboard.press("Escape")
    page.get_by_label("Find a reference").fill("windows")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("list", name="Results")).to_contain_text("Small rooms")
    page.get_by_text("From your course", exact=True).click()
    found += examine(page)

    assert found == []


def test_a_reference_found_beside_the_text_is_added_in_place(write):
    page = write("So it is")
    caret_after(page, "So it is")
    page.evaluate("window.isSamePage = true")

    page.get_by_label("Find a reference").fill(LINE)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add Calder, 2014").click()

    expect(page.locator(".shelf")).to_contain_text("Calder, 2014")
    expect(page.get_by_label("Find a reference")).to_be_focused()
    expect(page.get_by_text("Calder, 2014 added to your references.")).to_be_visible()
    page.get_by_role("button", name="Cite Calder, 2014").click()
    expect(source(page)).to_have_value(ending("[@calder2014]"))
    assert page.evaluate("window.isSamePage") is True


def test_enter_begins_a_line_after_a_name_that_nothing_matches(write):
    page = write("So it is")
    caret_after(page, "So it is")

    page.keyboard.type(" @nytimes")
    expect(option(page, "Add “nytimes”")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("More")

    expect(source(page)).to_have_value("So it is @nytimes\n\nMore")
    expect(page.locator("[data-cite-box]")).to_be_hidden()


def test_escape_lets_one_write_on_in_peace(write):
    page = write("So it is")
    caret_after(page, "So it is")

    page.keyboard.type(" @gra")
    page.keyboard.press("Escape")
    page.keyboard.type("ham said so")

    expect(page.locator("[data-cite-box]")).to_be_hidden()
    assert re.search("@graham said so$", markdown(page))


@pytest.mark.parametrize("mode", ["visual", "markdown"])
def test_a_reference_that_comes_when_one_has_left_the_text_is_said_to_be_uncited(
    write, bob, course, mode
):
    cite_in_course(bob, course, SOL)
    page = write("So it is")
    caret_after(page, "So it is")
    if mode == "markdown":
        use_markdown(page)
    page.keyboard.type(" @open windows")
    expect(option(page, "(Sol & Luna, 2019)")).to_have_attribute("aria-selected", "true")
    with holding_back(page, "**/find/add/") as waiting:
        page.keyboard.press("Enter")
    other = "Visual" if mode == "markdown" else "Markdown"
    page.get_by_role("radio", name=other).check()
    expect(page.locator(".frame")).to_have_attribute("data-mode", other.lower())
    waiting[0].continue_()

    expect(page.get_by_text("but not cited in your text.")).to_be_visible()
    expect(page.locator(".shelf")).to_contain_text("Sol & Luna, 2019")
    expect(source(page)).to_have_value("So it is @open windows")
