"""A comment on a passage: by mouse, by keyboard, by finger."""

import re

import pytest
from playwright.sync_api import expect

from blog.actions.comments import add_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Passage
from blog.text.passages import Selection
from tests.browser.steps import loading
from tests.browser.test_axe import examine
from tests.browser.test_keyboard import press, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
TEXT = """One 😀 **bold word** and [a link](https://example.org/).[^1] The end, the end.

Second of all.

| who | what |
|---|---|
| Ada | bread |

[^1]: A note.
"""
# Where the first and the last letter of some words are on the screen.
ENDS_OF = """([text, first, last]) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const point = (words, isEnd) => {
    walker.currentNode = text;
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      const at = node.data.lastIndexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, isEnd ? at + words.length - 1 : at);
      range.setEnd(node, isEnd ? at + words.length : at + 1);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return [isEnd ? right - 1 : left + 1, (top + bottom) / 2];
    }
  };
  return [point(first, false), point(last, true)];
}"""
# What handles under fingers do: the selection itself, with no event of a pointer.
SELECT = """([text, words]) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
}"""


@pytest.fixture
def post(bob, course):
    post = start_post(course, by=bob)
    publish_post(post, by=bob, title="Ties", text=TEXT, audience=Audience.COURSE)
    return post


@pytest.fixture
def read(window, ada, post):
    def open_post(**options):
        page = window(ada, **options)
        page.goto(post.get_absolute_url())
        return page

    return open_post


def text_of(page):
    return page.locator(".numbered")


def drag(page, first, last):
    """Select from the first letter of some words to the last letter of others."""
    text_of(page).scroll_into_view_if_needed()
    start, end = page.evaluate(ENDS_OF, [text_of(page).element_handle(), first, last])
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.mouse.up()


def opener(page):
    return page.get_by_role("button", name="Comment on this passage")


def composer(page):
    return page.locator("#say")


def write(page, words):
    expect(
        page.locator("#say .page-text, #say textarea[name=text]").locator("visible=true")
    ).to_be_focused()
    page.keyboard.type(words)
    with loading(page):
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Comment added.")).to_be_visible()


def passages():
    return list(Passage.objects.order_by("pk").values_list("exact", flat=True))


def test_by_mouse_a_passage_is_selected_and_its_comment_stands_beside_it(read):
    page = read(viewport={"width": 1280, "height": 900})

    drag(page, "😀", "link")
    opener(page).click()
    expect(composer(page).locator("q")).to_have_text("😀 bold word and a link")
    expect(opener(page)).to_be_hidden()
    write(page, "Why bold?")
    drag(page, "the end", "Second")
    opener(page).click()
    write(page, "Is that so?")
    drag(page, "what", "bread")
    opener(page).click()
    write(page, "And butter?")

    assert passages() == ["😀 bold word and a link", "the end.\nSecond", "what\nAda\nbread"]
    boxes = [note.bounding_box() for note in page.locator(".passage-notes").all()]
    text = text_of(page).bounding_box()
    notes = page.locator(".passage-note .prose")
    expect(notes).to_have_text(["Why bold?", "Is that so?", "And butter?"])
    assert all(box["x"] >= text["x"] + text["width"] for box in boxes)
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
    page.locator(".passage-note").first.get_by_role("link", name="Reply").click()
    expect(page.locator(".thread form[data-talk]")).to_be_visible()
    assert list(examine(page)) == []


def test_by_keyboard_a_paragraph_is_chosen_and_then_some_of_its_words(read):
    page = read(viewport={"width": 1280, "height": 900})

    press(page, "link", "Comment on paragraph 2")
    expect(composer(page).locator("q")).to_have_text("the whole paragraph")
    press(page, "button", "Change the words", key="Shift+Tab")
    words = page.get_by_label("The words you comment on")
    expect(words).to_be_focused()
    page.keyboard.type("second of")
    expect(composer(page).locator("q")).to_have_text("second of")
    tab_to(page, page.locator("#say .page-text, #say textarea[name=text]").locator("visible=true"))
    write(page, "After what?")

    assert passages() == ["Second of"]
    press(page, "link", "on ¶2")
    expect(page).to_have_url(re.compile("#passage-"))


def test_by_finger_it_is_selected_and_opens_from_its_paragraph(read, post, instructor):
    add_comment(post, by=instructor, text="Told before.", selection=Selection(1, paragraph=2))
    page = read(**PHONE)

    page.evaluate(SELECT, [text_of(page).element_handle(), "bold word"])
    box = opener(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    opener(page).tap()
    expect(composer(page).locator("q")).to_have_text("bold word")
    composer(page).get_by_role("button", name="Remove the passage").tap()
    expect(composer(page).locator("[data-passage]")).to_be_hidden()
    page.get_by_role("link", name="Comment on paragraph 2").tap()
    expect(composer(page).locator("q")).to_have_text("the whole paragraph")
    write(page, "So it is.")

    assert passages() == ["Second of all."] * 2
    note = page.locator(".passage-note").filter(has_text="Told before.")
    expect(note).to_be_hidden()
    page.locator("summary").filter(has_text="On this passage").tap()
    expect(note).to_be_visible()
    assert list(examine(page)) == []
