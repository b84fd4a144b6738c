"""A citation stands where it was asked for, whatever is typed until the site has its reference."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visual import late
from tests.browser.visual.late import MODES, has, held_back, open_at_end
from tests.browser.visual.steps import markdown, source, text_of
from tests.browser.visual.test_cite_list import LINE, SOL, cite_in_course, option
from tests.browser.visual.test_typed_citations import LINKED, typed
from tests.browser.visual.test_typed_citations import TEXT as TYPED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

ADD = "**/find/add/"
UNCITED = "but not cited in your text."
PLACES = [
    pytest.param(late.write_behind, "So it is [@sol2019] and on", id="behind"),
    pytest.param(late.write_before, "Well, So it is [@sol2019]", id="before"),
    pytest.param(late.write_title, "So it is [@sol2019]", id="title"),
]


@pytest.fixture
def cite(write, bob, course):
    """Return a function that asks for a citation of a course work, and holds the site back."""
    cite_in_course(bob, course, SOL)

    def ask(mode):
        page = open_at_end(write, mode, "So it is")
        page.keyboard.type(" @open windows")
        expect(option(page, "(Sol & Luna, 2019)")).to_have_attribute("aria-selected", "true")
        with held_back(page, ADD) as answer:
            page.keyboard.press("Enter")
        return page, answer

    return ask


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("write_on", "expected"), PLACES)
def test_it_stands_where_it_was_asked_for(cite, mode, write_on, expected):
    page, answer = cite(mode)

    write_on(page)
    answer()

    has(page, expected)
    expect(page.locator(".shelf")).to_contain_text("Sol & Luna, 2019")
    page.keyboard.type("!")  # the caret is still with what one types
    has(page, expected.replace("and on", "and on!").replace("Well, ", "Well, !"))
    title = "Ties and!" if write_on == late.write_title else "Ties"
    expect(page.get_by_label("Title", exact=True)).to_have_value(title)


@pytest.mark.parametrize("mode", MODES)
def test_a_paragraph_that_is_begun_meanwhile_is_below_it(cite, mode):
    page, answer = cite(mode)

    late.write_below(page)
    answer()

    gap = "\n" if mode == "markdown" else "\n\n"
    has(page, f"So it is [@sol2019]{gap}Next")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("write_on", [late.write_inside, late.undo_all])
def test_what_is_not_there_any_more_is_said_to_be_uncited(cite, mode, write_on):
    page, answer = cite(mode)
    write_on(page)
    before = markdown(page)
    answer()

    expect(page.get_by_text(UNCITED)).to_be_visible()
    expect(page.locator(".shelf")).to_contain_text("Sol & Luna, 2019")
    expect(source(page)).to_have_value(before)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("act", [late.refuse, Route.abort])
def test_a_site_that_refuses_takes_no_key_of_somebody_who_writes_on(cite, mode, act):
    page, answer = cite(mode)

    late.write_behind(page)
    answer(act)
    expect(page.get_by_text("What you typed is still in your text.").last).to_be_visible()
    expect(page.locator("[data-cite-box]")).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.type("Next")

    assert markdown(page).split() == ["So", "it", "is", "@open", "windows", "and", "on", "Next"]


@pytest.mark.parametrize("mode", MODES)
def test_a_line_that_is_looked_up_is_cited_where_it_was(write, mode):
    page = open_at_end(write, mode, "So it is")
    page.keyboard.type(" @")
    page.keyboard.insert_text(LINE)
    with held_back(page, "**/find/") as answer:
        page.keyboard.press("Enter")

    late.write_behind(page)
    answer()

    has(page, "So it is [@calder2014] and on")


@pytest.mark.parametrize("mode", MODES)
def test_results_of_a_search_take_no_key_of_somebody_who_writes_on(write, mode):
    page = open_at_end(write, mode, "So it is")
    page.keyboard.type(" @zzz")
    expect(option(page, "Add “zzz”")).to_be_visible()
    page.keyboard.press("ArrowDown")
    with held_back(page, "**/find/") as answer:
        page.keyboard.press("Enter")

    late.write_below(page)
    answer()

    expect(page.get_by_text("We could not read this as a reference.").last).to_be_visible()
    page.keyboard.press("Enter")
    assert markdown(page).split() == ["So", "it", "is", "@zzz", "Next"]


def test_escape_is_no_citation(cite):
    page, answer = cite("visual")

    page.keyboard.press("Escape")
    answer()

    expect(page.get_by_text(UNCITED)).to_be_visible()
    expect(source(page)).to_have_value("So it is @open windows")


def test_a_typed_citation_is_linked_while_one_writes_behind_it(write):
    page = open_at_end(write, "visual", TYPED)
    expect(typed(page)).to_have_count(1)
    with held_back(page, "**/visual/") as answer:
        typed(page).click()

    page.keyboard.press("End")
    late.write_behind(page)
    answer()

    has(page, f"{LINKED} and on")


def test_a_typed_citation_that_the_site_does_not_link_is_said_to_be_unlinked(write):
    page = open_at_end(write, "visual", TYPED)
    expect(typed(page)).to_have_count(1)
    with held_back(page, "**/visual/") as answer:
        typed(page).click()

    answer(late.refuse)

    expect(page.get_by_text("The citation was not linked. Try again.")).to_be_visible()
    expect(text_of(page)).to_be_focused()
    typed(page).click()
    has(page, LINKED)


@pytest.mark.parametrize("leave", ["Control+s", "Tab"])
@pytest.mark.parametrize("mode", MODES)
def test_a_page_number_is_in_the_text_however_the_card_is_left(write, mode, leave):
    page = write("So [@granovetter1973] it is.")
    if mode == "visual":
        page.locator(".page-text .chip").click()
    else:
        late.use(page, mode)
        field = late.field_of(page, mode)
        field.evaluate("(field) => { field.focus(); field.setSelectionRange(8, 8); }")
        page.get_by_role("button", name="Cite a reference").click()
    card = page.get_by_role("dialog", name="Citation")
    expect(card.get_by_label("Page")).to_be_focused()
    page.keyboard.type("47")

    if leave == "Tab":
        while card.is_visible():
            page.keyboard.press("Tab")
    else:
        with page.expect_navigation():
            page.keyboard.press(leave)

    has(page, "So [@granovetter1973, p. 47] it is.")
    expect(card).to_be_hidden()
