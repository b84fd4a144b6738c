"""The small editor of comments and feedback: the same two ways to write, loaded when one writes."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Comment, Draft, Grading
from tests import factories
from tests.browser.steps import wait_until
from tests.browser.test_axe import examine
from tests.browser.visual.test_module import MODULE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


# Whether the words of a choice have room in its box, in the lines that a browser breaks them into.
LINES_THAT_FIT = """(select) => {
  const style = getComputedStyle(select);
  const words = document.createElement("div");
  words.textContent = select.selectedOptions[0].textContent;
  words.style.font = style.font;
  const arrow = 24;
  const inside = select.clientWidth - Number.parseFloat(style.paddingInlineStart) * 2 - arrow;
  words.style.inlineSize = `${inside}px`;
  document.body.append(words);
  const room = select.clientHeight - Number.parseFloat(style.paddingBlockStart) * 2;
  const fits = [style.whiteSpaceCollapse === "collapse", words.offsetHeight <= room + 1];
  words.remove();
  return fits;
}"""


@pytest.fixture
def post(bob, course):
    post = factories.make_post(bob, course, "Ties")
    post.revision.html = '<p id="p1">One.</p><p id="p2">Two.</p><p id="p3">Three.</p>'
    post.revision.paragraphs = ["One.", "Two.", "Three."]
    post.revision.save()
    return post


@pytest.fixture
def read(window, writer, post):
    """Return a function that opens the post; it returns the page."""

    def open_post(**options):
        page = window(writer, **options)
        page.goto(post.get_absolute_url())
        return page

    return open_post


def box(page, label="Your comment"):
    return page.get_by_role("textbox", name=label)


def write(page, label="Your comment"):
    """Put the caret into the box and wait for the visual editor."""
    box(page, label).click()
    expect(page.locator(".page-text")).to_be_focused()
    return page.locator(".page-text")


def test_a_comment_is_written_as_on_a_page_and_sent_by_its_key(read, post):
    page = read()
    write(page)

    page.keyboard.type("A ")
    page.get_by_role("button", name="Bold", exact=True).click()
    page.keyboard.type("bold")
    page.keyboard.press("Control+b")
    page.keyboard.type(" word* # no heading")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Comment added.")).to_be_visible()
    expect(page.locator(".comment strong")).to_have_text("bold")
    comment = Comment.objects.get()
    assert comment.text == "A **bold** word\\* # no heading"
    assert "bold</strong> word* # no heading" in comment.html


def test_the_module_is_loaded_when_somebody_begins_to_write(read):
    loaded = []
    page = read()
    page.on("request", lambda request: loaded.append(request.url))
    page.reload()
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()

    assert [url for url in loaded if MODULE in url] == []
    write(page)
    assert len([url for url in loaded if MODULE in url]) == 1


def test_without_the_module_a_comment_is_markdown(read):
    page = read()
    page.route(f"**/{MODULE}*", lambda route: route.abort())

    box(page).click()

    expect(page.get_by_text("The visual editor could not open.")).to_be_visible()
    page.keyboard.type("*Words*")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment em")).to_have_text("Words")


def test_markdown_is_one_click_away_and_remembered(read, writer):
    page = read()
    write(page)
    page.keyboard.type("A line\n")
    page.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("one")

    with page.expect_response("**/me/editor/"):
        page.get_by_role("radio", name="Markdown").check()

    expect(page.locator("textarea[name=text]")).to_have_value("A line\n\n- one")
    writer.refresh_from_db()
    assert writer.editor == "markdown"


@pytest.mark.parametrize("editor", ["visual", "markdown"])
def test_a_person_is_mentioned_in_both_editors(read, writer, course, editor):
    writer.editor = editor
    writer.save()
    page = read()
    if editor == "visual":
        write(page)
    else:
        box(page).click()

    page.keyboard.type("See @in")
    people = page.get_by_role("listbox", name="People who can read this").get_by_role("option")
    option = people.filter(has_text="Ines Instructor")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.type("and @bob s")
    expect(people).to_have_text(["Bob Student"])
    people.click()
    page.keyboard.type("and ada@x.org")

    expect(people).to_have_count(0)
    expect(page.locator("textarea[name=text]")).to_have_value(
        "See @Ines Instructor and @Bob Student and ada@x.org"
    )


@pytest.mark.parametrize("status", [403, 404])
def test_the_next_mention_asks_again_where_the_people_did_not_come(read, status):
    page = read()
    refused = []

    def refuse(route):
        refused.append(route)
        route.fulfill(status=status)

    page.route("**/comments/people/", refuse)
    write(page)
    with page.expect_response("**/comments/people/"):
        page.keyboard.type("See @in")
    page.keyboard.type("es")
    page.unroute("**/comments/people/")

    page.keyboard.type(" or so. And @in")

    people = page.get_by_role("listbox", name="People who can read this").get_by_role("option")
    expect(people.filter(has_text="Ines Instructor")).to_be_visible()
    assert len(refused) == 1


@pytest.mark.parametrize("editor", ["visual", "markdown"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_click_on_a_number_names_the_paragraph(read, writer, editor, width):
    writer.editor = editor
    writer.save()
    page = read(viewport={"width": width, "height": 800})
    box(page).click()
    if editor == "visual":
        expect(page.locator(".page-text")).to_be_focused()
    page.keyboard.type("In")

    first_line = page.locator("#p3").evaluate(
        """(paragraph) => {
          const words = document.createRange();
          words.selectNodeContents(paragraph);
          const [line] = words.getClientRects();
          const box = paragraph.getBoundingClientRect();
          const number = getComputedStyle(paragraph, "::before");
          const inset = Number.parseFloat(number.insetInlineStart);
          const x = number.position === "static" ? 2 : inset + 8;
          return { x, y: line.top + line.height / 2 - box.top };
        }"""
    )
    page.locator("#p3").click(position=first_line, force=True)
    page.keyboard.type("you say so")

    expect(page.locator("textarea[name=text]")).to_have_value("In ¶3 you say so")
    page.locator("#p3").click()  # the words themselves do nothing
    expect(page.locator("textarea[name=text]")).to_have_value("In ¶3 you say so")


@pytest.mark.parametrize("editor", ["visual", "markdown"])
def test_a_number_before_all_words_stands_apart_from_them(read, writer, editor):
    writer.editor = editor
    writer.save()
    page = read()

    page.get_by_role("button", name="Link to a paragraph").click()
    page.get_by_role("dialog").get_by_role("button", name="¶2").click()
    expect(page.locator(".frame")).to_have_attribute("data-mode", editor)
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile("^¶2 ?$"))
    page.keyboard.type("is new.")

    expect(page.locator("textarea[name=text]")).to_have_value("¶2 is new.")


def test_what_is_written_saves_itself_and_opens_again_as_it_was(read):
    page = read()
    write(page)
    page.keyboard.type("Half a thought")
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    wait_until(page, lambda: Draft.objects.get().text == "Half a thought")
    draft = Draft.objects.get()
    draft.text = "Half  a __thought__\nand\n\n\n* more"
    draft.save()

    asked = []
    page.goto(page.url)
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".page-text")).to_be_visible()  # where there are words it opens by itself
    page.get_by_role("radio", name="Markdown").check()

    expect(page.locator("textarea[name=text]")).to_have_value(draft.text)
    assert [url for url in asked if "/draft/" in url] == []


def test_a_reply_opens_with_the_same_editor(read, bob, post):
    factories.make_comment(bob, post, "First.")
    page = read()
    page.get_by_role("link", name="Reply to Bob").click()

    expect(page.locator(".comment .page-text")).to_be_focused()
    page.keyboard.type("@ad")
    page.keyboard.press("Escape")
    page.keyboard.type(" and I agree")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Comment added.")).to_be_visible()
    assert Comment.objects.latest("pk").text == "@ad and I agree"


def test_axe_finds_nothing_while_one_writes_and_the_list_is_open(read):
    page = read()
    write(page)
    page.keyboard.type("See @")
    expect(page.get_by_role("option", name="Bob Student")).to_be_visible()

    assert list(examine(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_keys_lead_out_of_the_text_to_its_tools_and_on(read):
    page = read()
    write(page)
    page.keyboard.type("Words")

    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bold", exact=True)).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Mention a person")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-starters] summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("summary", has_text="Content note")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Who can see it")).to_be_focused()


def test_the_switch_between_the_editors_comes_before_the_text(read):
    page = read()
    write(page)

    page.keyboard.press("Shift+Tab")

    expect(page.get_by_role("radio", name="Visual")).to_be_focused()


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_the_tools_are_one_row_and_no_choice_is_cut(read, bob, post, width):
    factories.make_comment(bob, post, "First.")
    page = read(viewport={"width": width, "height": 800}, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Reply to Bob").tap()
    reply = page.locator(".comment form")
    expect(reply.get_by_role("toolbar")).to_be_visible()

    for form in (reply, page.locator("#say form")):
        tools = [tool.bounding_box() for tool in form.locator("[role=toolbar] button").all()]
        frame = form.locator(".frame").bounding_box()
        assert len(tools) == 7
        assert len({tool["y"] for tool in tools}) == 1
        assert min(tool["width"] for tool in tools) >= 24
        assert tools[-1]["x"] + tools[-1]["width"] < frame["x"] + frame["width"]
        label = form.locator(".label-line .form-label").bounding_box()
        switch = form.locator("[data-modes]").bounding_box()
        assert label["x"] + label["width"] <= switch["x"]
        assert switch["y"] + switch["height"] <= frame["y"]
        audience = form.get_by_label("Who can see it")
        assert audience.evaluate(LINES_THAT_FIT) == [True, True]
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_feedback_keeps_the_keys_of_its_desk(window, course, bob, instructor, prompt):
    prompt.rubric = factories.make_rubric(course)
    prompt.save()
    post = factories.make_post(bob, course, "Ties", prompt=prompt)
    instructor.editor = ""
    instructor.save()
    page = window(instructor)
    page.goto(factories.desk_address(post))

    write(page, re.compile("^Feedback for"))
    page.keyboard.type("Say 1, 2 and ")
    page.keyboard.press("Control+i")
    page.keyboard.type("3")

    expect(page.locator("input[type=radio][name^=criterion]:checked")).to_have_count(0)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert Grading.objects.get().text == "Say 1, 2 and *3*"
