"""The visual editor and what saves a text: new posts, copies, pictures, publishing."""

import re

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.models import Draft, Post
from tests.browser.steps import failure, holding_back, wait_until
from tests.browser.test_pictures import as_file, describe
from tests.browser.visual.steps import caret_after, markdown, source, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def saved(page):
    return page.get_by_text(re.compile("^Saved"))


def test_a_new_post_is_written_on_a_page_and_published(window, writer, course):
    page = window(writer)
    page.goto(f"/c/{course.slug}/posts/new/")
    page.get_by_label("Title", exact=True).fill("Ties")
    text_of(page).focus()

    page.keyboard.type("## Weak\n- one\ntwo\n\nWords.")
    expect(saved(page)).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    anyway = page.get_by_role("button", name="Publish anyway")
    expect(page.get_by_text("Your post is published.").or_(anyway)).to_be_visible()

    post = Post.objects.get()
    text = post.revision.text if post.revision else Draft.objects.get().text
    assert text == "## Weak\n\n- one\n- two\n\nWords."


def test_what_is_typed_offline_is_kept_and_offered_in_this_editor(write):
    page = write("Words.")
    caret_after(page, "Words.")
    page.context.set_offline(True)
    page.keyboard.type(" More of *them*")
    expect(failure(page)).to_contain_text("Not saved:")
    page.context.set_offline(False)

    page.goto("about:blank")
    page.go_back()
    use = page.get_by_role("button", name="Use this text")
    expect(use.or_(text_of(page).get_by_text("More of"))).to_be_visible()
    if use.is_visible():
        use.click()

    expect(text_of(page)).to_have_text("Words. More of them")


def test_a_picture_is_added_where_the_caret_is(write):
    page = write("Before\n\nAfter")
    caret_after(page, "Before")

    page.get_by_role("button", name="Picture", exact=True).click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    describe(page, "A map *of* ties")

    expect(text_of(page).get_by_role("img", name="A map *of* ties")).to_be_visible()
    assert re.fullmatch(
        r"Before\n\n!\[A map \\\*of\\\* ties\]\(picture:[0-9a-z]{32}\)\n\nAfter", markdown(page)
    )


def test_a_picture_in_the_middle_of_a_paragraph_stands_between_its_parts(write):
    page = write("Before after")
    caret_after(page, "Before")

    page.get_by_role("button", name="Picture", exact=True).click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    describe(page, "A map")

    expect(text_of(page).get_by_role("img", name="A map")).to_be_visible()
    assert re.fullmatch(r"Before\n\n!\[A map\]\(picture:\w{32}\)\n\nafter", markdown(page))


def test_the_text_of_another_tab_is_shown_when_it_is_chosen(write):
    page = write("Mine.")
    other = page.context.new_page()
    other.goto(page.url)
    expect(text_of(other)).to_have_text("Mine.")
    caret_after(other, "Mine.")
    other.keyboard.type(" Theirs")
    wait_until(other, lambda: Draft.objects.get().text == "Mine. Theirs")

    caret_after(page, "Mine.")
    page.keyboard.type(" Here")
    expect(page.get_by_text(re.compile("^Both versions saved"))).to_be_visible()

    expect(source(page)).to_have_value("Mine. Here")
    both = ["Mine. Here", "Mine. Theirs"]
    wait_until(page, lambda: sorted(draft.text for draft in Draft.objects.all()) == both)


def test_who_writes_while_it_opens_goes_on_where_they_were(window, writer, course):
    post = start_post(course, by=writer, title="Ties", text="One *tide*.\n\nTwo boats.")
    page = window(writer)
    with holding_back(page, "**/visual/") as waiting:
        page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
    field = page.locator("textarea[name=text]")

    field.press("Control+End")
    field.press_sequentially(" Three")
    waiting[0].continue_()
    page.unroute("**/visual/")
    expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")
    expect(text_of(page)).to_be_focused()
    page.keyboard.type(" rafts.")

    expect(source(page)).to_have_value("One *tide*.\n\nTwo boats. Three rafts.")
