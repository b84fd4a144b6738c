"""The list of saved comments that opens at the slash in feedback."""

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("editor", ["markdown", "visual"])
def test_a_saved_comment_goes_into_feedback_by_keyboard(window, course, instructor, ada, editor):
    instructor.editor = editor
    instructor.save()
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    factories.make_post(ada, course, prompt=prompt)
    for place, text in enumerate(["Which source says so?", "Keep this sentence."], start=1):
        factories.make_saved_comment(instructor, text, position=place)
    page = window(instructor)
    page.goto(f"/c/networks/desk/{prompt.number}/")
    page.get_by_role("link", name="Ada").first.click()
    box = page.get_by_role("textbox", name="Feedback for")
    expect(page.get_by_role("button", name="Insert a saved comment")).to_be_visible()
    box.click()
    expect(page.locator(".frame").filter(has=box)).to_have_attribute("data-mode", editor)
    options = page.get_by_role("listbox", name="Your saved comments").get_by_role("option")

    page.keyboard.type("Good. /")
    expect(options).to_have_count(2)
    page.keyboard.type("2")
    expect(options).to_have_text(["Keep this sentence."])
    expect(page.get_by_role("status").filter(has_text="One saved comment.")).to_be_attached()
    page.keyboard.press("Enter")
    page.keyboard.type("/sou")
    expect(options).to_have_text(["Which source says so?"])
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    for _each in "/sou":
        page.keyboard.press("Backspace")
    page.get_by_role("button", name="Insert a saved comment").click()
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    words = "Good. Keep this sentence. Which source says so?"
    if editor == "visual":
        expect(box).to_have_text(words)
    else:
        expect(box).to_have_value(f"{words} ")
