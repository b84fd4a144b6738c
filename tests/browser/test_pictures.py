"""Pictures in the editor: by button, pasted and dropped, and without scripts."""

import base64
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.models import Picture
from tests.blog.views.editor.test_pictures import file
from tests.browser.steps import button
from tests.browser.test_axe import examine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# What a person does with a file and a mouse, which no driver can: the same events by hand.
BRING = """(text, [kind, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], "map.png", { type: "image/png" }));
  const options = { bubbles: true, cancelable: true };
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { ...options, clipboardData: transfer })
    : new DragEvent("drop", { ...options, dataTransfer: transfer });
  text.focus();
  text.dispatchEvent(event);
}"""


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="Ties", text="One.\n\nTwo.")


@pytest.fixture
def desk(post):
    return reverse("post_edit", args=[post.course.slug, post.slug])


def as_file():
    return {"name": "map.png", "mimeType": "image/png", "buffer": file(size=(1000, 700)).read()}


def words(page):
    return page.get_by_label("Post, in Markdown")


def describe(page, said="A map of ties"):
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Description for people").fill(said)
    button(box, "Add the picture").click()
    expect(page.get_by_text("The picture is in your text.")).to_be_visible()


def test_button_asks_for_the_file_and_its_description_and_puts_it_at_the_caret(window, ada, desk):
    page = window(ada)
    page.goto(desk)
    words(page).evaluate("(text) => { text.focus(); text.setSelectionRange(4, 4); }")

    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    button(box, "Add the picture").click()
    expect(box.get_by_role("alert")).to_have_text("Choose a picture first.")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    button(box, "Add the picture").click()
    expect(box.get_by_role("alert")).to_contain_text("Describe the picture")
    describe(page)

    picture = Picture.objects.get()
    expect(words(page)).to_have_value(f"One.\n\n{picture.markdown}\n\nTwo.")
    button(page, "Preview").click()
    shown = page.get_by_role("region", name="Preview").get_by_role("img", name="A map of ties")
    expect(shown).to_be_visible()
    assert shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_picture_that_is_pasted_or_dropped_comes_in(window, ada, desk, kind):
    page = window(ada)
    page.goto(desk)
    data = base64.b64encode(as_file()["buffer"]).decode()

    words(page).evaluate("(text) => text.setSelectionRange(4, 4)")
    words(page).evaluate(BRING, [kind, data])
    describe(page)
    page.keyboard.type("On")

    picture = Picture.objects.get().markdown
    expect(words(page)).to_have_value(f"One.\n\n{picture}On\n\nTwo.")


def test_picture_can_be_the_first_thing_in_a_new_post(window, ada, course):
    page = window(ada)
    page.goto(reverse("post_new", args=[course.slug]) + "?prompt=none")

    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    describe(page)

    expect(words(page)).to_have_value(re.compile(r"^!\[A map of ties]\(picture:\w{32}\)\s*$"))


def test_refused_file_keeps_its_box_with_its_words_and_the_text(window, ada, desk):
    page = window(ada)
    page.goto(desk)

    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    drawing = {"name": "a.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}
    box.get_by_label("Picture", exact=False).first.set_input_files(drawing)
    box.get_by_label("Description for people").fill("A map")
    button(box, "Add the picture").click()

    expect(box.get_by_role("alert")).to_contain_text("SVG files are not accepted")
    expect(box.get_by_label("Description for people")).to_have_value("A map")
    expect(words(page)).to_have_value("One.\n\nTwo.")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    button(box, "Add the picture").click()
    expect(page.get_by_text("The picture is in your text.")).to_be_visible()
    expect(box).to_be_hidden()
    assert Picture.objects.get().alternative == "A map"


def test_picture_that_does_not_arrive_keeps_its_box_and_the_text(window, ada, desk):
    page = window(ada)
    page.goto(desk)
    page.route("**/pictures/upload/", lambda route: route.abort())

    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    box.get_by_label("Description for people").fill("A map")
    button(box, "Add the picture").click()

    expect(box.get_by_role("alert")).to_contain_text("the site does not respond")
    expect(words(page)).to_have_value("One.\n\nTwo.")
    page.unroute("**/pictures/upload/")
    button(box, "Add the picture").click()
    expect(page.get_by_text("The picture is in your text.")).to_be_visible()


def lose_answers(page):
    """Let what the dialog sends arrive, and its answers never come."""

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/pictures/upload/", lose)


def test_what_is_sent_after_a_lost_answer_is_what_comes_into_the_text(window, ada, desk):
    page = window(ada)
    page.goto(desk)
    lose_answers(page)
    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    box.get_by_label("Description for people").fill("A map")
    button(box, "Add the picture").click()
    expect(box.get_by_role("alert")).to_contain_text("The picture was not added")
    assert Picture.objects.get().alternative == "A map"
    expect(words(page)).to_have_value("One.\n\nTwo.")

    page.unroute("**/pictures/upload/")
    describe(page, "A map of strong ties")

    expect(box).to_be_hidden()
    added = Picture.objects.get(alternative="A map of strong ties")
    expect(words(page)).to_have_value(re.compile(re.escape(added.markdown)))
    assert words(page).input_value().count("picture:") == 1


def test_an_answer_that_refuses_is_not_called_silence(window, ada, desk):
    page = window(ada)
    page.goto(desk)
    page.route(
        "**/pictures/upload/",
        lambda route: route.fulfill(status=429, content_type="text/html", body="Too many"),
    )
    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    box.get_by_label("Description for people").fill("A map")
    button(box, "Add the picture").click()

    expect(box.get_by_role("alert")).to_have_text(
        "The picture was not added. Try again in a minute."
    )
    expect(words(page)).to_have_value("One.\n\nTwo.")


def test_a_lost_answer_is_forgotten_with_its_dialog(window, ada, desk):
    page = window(ada)
    page.goto(desk)
    lose_answers(page)
    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    box.get_by_label("Description for people").fill("A map")
    button(box, "Add the picture").click()
    expect(box.get_by_role("alert")).to_contain_text("The picture was not added")
    button(box, "Cancel").click()
    expect(words(page)).to_have_value("One.\n\nTwo.")

    page.unroute("**/pictures/upload/")
    button(page, "Picture").click()
    expect(box.get_by_role("alert")).to_have_text("")
    other = {"name": "b.png", "mimeType": "image/png", "buffer": file(size=(300, 200)).read()}
    box.get_by_label("Picture", exact=False).first.set_input_files(other)
    describe(page, "Another map")

    added = Picture.objects.get(alternative="Another map")
    expect(words(page)).to_have_value(re.compile(re.escape(added.markdown)))
    assert words(page).input_value().count("picture:") == 1


def test_two_clicks_add_one_picture(window, ada, desk):
    page = window(ada)
    page.goto(desk)
    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    box.get_by_label("Description for people").fill("A map")

    button(box, "Add the picture").dblclick()

    expect(page.get_by_text("The picture is in your text.")).to_be_visible()
    assert words(page).input_value().count("picture:") == 1
    assert Picture.objects.count() == 1


def test_a_dialog_opened_anew_says_nothing_of_the_picture_that_was_cancelled(window, ada, desk):
    page = window(ada)
    page.goto(desk)
    page.route("**/pictures/upload/", lambda route: None)  # no answer yet
    button(page, "Picture").click()
    box = page.get_by_role("dialog", name="Add a picture")
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    box.get_by_label("Description for people").fill("A map")
    button(box, "Add the picture").click()
    expect(box.get_by_role("status")).to_have_text("Adding map.png…")

    button(box, "Cancel").click()
    button(page, "Picture").click()

    expect(box.get_by_role("status")).to_have_text("")
    expect(box.get_by_role("alert")).to_have_text("")
    page.unroute("**/pictures/upload/")
    describe(page)
    assert words(page).input_value().count("picture:") == 1


def test_picture_can_be_taken_with_the_camera_of_a_phone(window, ada, desk):
    page = window(ada, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(desk)

    button(page, "Picture").tap()
    box = page.get_by_role("dialog", name="Add a picture")
    expect(box.get_by_text("Take a picture")).to_be_visible()
    camera = box.get_by_label("Take a picture")
    expect(camera).to_have_attribute("capture", "environment")
    camera.set_input_files(as_file())
    expect(box.get_by_label("Description for people")).to_be_focused()
    describe(page)

    assert Picture.objects.get().markdown in words(page).input_value()


def test_camera_is_offered_on_touch_alone(window, ada, desk):
    page = window(ada)
    page.goto(desk)

    button(page, "Picture").click()

    expect(page.get_by_text("Take a picture")).to_be_hidden()


def test_without_scripts_the_button_leads_to_a_page(window, ada, desk):
    page = window(ada, java_script_enabled=False)
    page.goto(desk)

    button(page, "Add a picture").click()
    page.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    page.get_by_label("Description for people").fill("A map")
    button(page, "Add the picture").click()

    expect(page.get_by_text("The picture is in your text.")).to_be_visible()
    expect(words(page)).to_have_value(re.compile(r"!\[A map]\(picture:\w{32}\)"))


def test_page_and_box_are_fit_for_everybody(window, ada, post, desk):
    page = window(ada)
    page.goto(reverse("picture_add", args=[post.course.slug, post.slug]))
    button(page, "Add the picture").click()
    expect(page.get_by_text("Choose a picture first.")).to_be_visible()
    assert list(examine(page)) == []

    page.goto(desk)
    button(page, "Picture").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert list(examine(page)) == []
