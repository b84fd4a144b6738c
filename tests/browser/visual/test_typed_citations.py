"""Citations typed by hand are offered as citations, and changed only when one asks."""

import pytest
from playwright.sync_api import expect

from blog.actions.works import add_work
from blog.models import Post, Reference
from tests import factories
from tests.browser.visual.steps import caret_after, source, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = "So it is (see Granovetter, 1973, p. 3) indeed."
MARA = {"author": [{"family": "Mara", "given": "E."}], "issued": {"date-parts": [[2012]]}}
LINKED = "So it is [see @granovetter1973, p. 3] indeed."


def typed(page):
    return page.locator(".page-text .chip-typed")


def test_what_one_types_is_marked_listed_and_left_alone(write):
    page = write("So it is")
    caret_after(page, "So it is")

    page.keyboard.type(" (Granovetter, 1973).")

    expect(typed(page)).to_have_text("(Granovetter, 1973)")
    section = page.get_by_role("region", name="Before you publish")
    expect(section).to_contain_text("“(Granovetter, 1973)” in ¶1 is typed by hand")
    expect(page.locator(".shelf")).to_contain_text("Cited in ¶1")
    expect(source(page)).to_have_value("So it is (Granovetter, 1973).")


def test_a_click_links_it_and_one_undo_takes_it_back(write):
    page = write(TEXT)

    typed(page).click()

    expect(page.get_by_role("img", name="Citation (see Granovetter, 1973, p. 3)")).to_be_visible()
    expect(source(page)).to_have_value(LINKED)
    page.keyboard.press("Control+z")
    expect(source(page)).to_have_value(TEXT)


def test_enter_in_it_links_it_too(write):
    page = write("As Granovetter (1973) says.")
    caret_after(page, "As Grano")

    page.keyboard.press("Enter")

    expect(page.get_by_role("img", name="Citation Granovetter (1973)")).to_be_visible()
    expect(source(page)).to_have_value("As @granovetter1973 says.")


@pytest.mark.parametrize("mode", ["visual", "markdown"])
def test_the_panel_links_it_in_place(write, mode):
    page = write(TEXT)
    if mode == "markdown":
        page.get_by_role("radio", name="Markdown").check()
    page.evaluate("window.isSamePage = true")

    page.get_by_role("button", name="Link it").click()

    expect(page.locator("textarea[name=text]")).to_have_value(LINKED)
    expect(page.get_by_role("button", name="Link it")).to_have_count(0)
    assert page.evaluate("window.isSamePage") is True


def test_in_code_and_in_links_nothing_is_marked(write):
    page = write("(Granovetter, 1973) and `(Granovetter, 1973)`")

    expect(typed(page)).to_have_count(1)
    expect(text_of(page).locator("code")).to_have_text("(Granovetter, 1973)")


def test_a_citation_without_a_reference_leads_to_the_field_beside(write):
    page = write("So it is (Calder, 2014).")

    page.get_by_role("button", name="Add the reference : Calder, 2014").click()

    expect(page.get_by_label("Find a reference")).to_have_value("Calder, 2014")
    expect(page.get_by_role("list", name="Results")).to_be_visible()


def test_a_work_that_the_course_alone_has_is_added_and_cited(write, course, bob):
    factories.share_work(add_work(course, factories.ARTICLE | {"DOI": "10.1000/m"} | MARA, by=bob))
    page = write("")
    text_of(page).focus()
    page.keyboard.type("So it is (Mara, 2012, p. 3).")

    page.get_by_role("button", name="Add and cite").click()

    expect(page.get_by_role("img", name="Citation (Mara, 2012, p. 3)")).to_be_visible()
    expect(page.locator(".shelf")).to_contain_text("Cited in ¶1")
    expect(source(page)).to_have_value("So it is [@mara2012, p. 3].")


LINK = "[Granovetter (1973)](https://example.org/a) and `(Mara, 2012)` at https://example.org/M_a_b"
ALL = (
    f"The Granovetter (1973) study and (Granovetter, 1973, my *own*), so (Mara, 2012). {LINK}\n\n"
    "Granovetter (1973)."
)
ALL_LINKED = (
    f"The @granovetter1973 study and [@granovetter1973, my *own*], so [@mara2012]. {LINK}\n\n"
    "@granovetter1973."
)


@pytest.mark.parametrize("mode", ["visual", "markdown"])
def test_all_are_linked_at_once_and_one_undo_takes_them_back(write, course, mode):
    page = write(ALL)
    work = factories.make_work(course, factories.ARTICLE | {"DOI": "10.1000/m"} | MARA)
    Reference.objects.create(post=Post.objects.get(), work=work, key="mara2012")
    page.reload()
    expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")
    if mode == "markdown":
        page.get_by_role("radio", name="Markdown").check()

    page.evaluate("window.isSamePage = true")
    page.get_by_role("button", name="Link all").click()

    field = page.locator("textarea[name=text]")
    expect(field).to_have_value(ALL_LINKED)
    expect(page.get_by_role("button", name="Link it")).to_have_count(0)
    expect(page.get_by_role("button", name="Link all")).to_have_count(0)
    assert page.evaluate("window.isSamePage") is True
    page.keyboard.press("Control+z")
    expect(field).to_have_value(ALL)
