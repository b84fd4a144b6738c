"""The page that one writes on: it grows, its bar stays, and nothing covers the line on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Draft, Membership, Post
from blog.templatetags.dates import brief_saving_time, saving_time
from tests import factories
from tests.browser.steps import button, failure, loading, press_until_at
from tests.browser.test_axe import examine
from tests.long import all_but, few_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PARAGRAPHS = [
    f"Paragraph {number} says what the door of room {number} hears." for number in range(60)
]
LONG = "\n\n".join(PARAGRAPHS)
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
TOUCH = {"has_touch": True, "is_mobile": True}
PHONE = {"viewport": {"width": 390, "height": 800}, **TOUCH}
SMALL_PHONE = {"viewport": {"width": 320, "height": 640}, **TOUCH}
# Whoever has not chosen writes in the visual editor.
MODES = all_but(["visual"], ["visual", "markdown"])
# Each editor and each screen once: what is the same code in both editors fails in both.
DESKTOP_AND_PHONE = [
    pytest.param("markdown", DESKTOP, id="markdown-desktop"),
    pytest.param("visual", PHONE, id="visual-phone"),
]
BOTH_PHONES = [
    pytest.param("markdown", PHONE, id="markdown-390", marks=pytest.mark.long),
    pytest.param("visual", SMALL_PHONE, id="visual-320"),
]
KEYBOARD = 300

# A soft keyboard shrinks the visual viewport and leaves the page as it is.
STUB = """
const still = { covered: 0, offsetTop: 0, offsetLeft: 0, scale: 1 };
const viewport = Object.assign(new EventTarget(), still);
Object.defineProperty(viewport, "height", { get: () => innerHeight - viewport.covered });
Object.defineProperty(viewport, "width", { get: () => innerWidth });
Object.defineProperty(window, "visualViewport", { value: viewport });
window.raiseKeyboard = (covered) => {
  viewport.covered = covered;
  viewport.dispatchEvent(new Event("resize"));
};
"""
# Where the line of the caret is, once the page has scrolled for it.
LINE = """async () => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  const visual = document.querySelector(".page-text")?.editor;
  if (document.activeElement.localName !== "textarea") {
    const { top, bottom } = visual.view.coordsAtPos(visual.state.selection.head);
    return { top, bottom };
  }
  const { lineInTextarea } = await import("/static/js/lib/caret-line.js");
  return lineInTextarea(document.activeElement);
}"""
TOP = """(part) =>
  part.getBoundingClientRect().top + parseFloat(getComputedStyle(part).paddingBlockStart)"""


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, title="Blog post 4", question="Who may see this? " * 20)


@pytest.fixture
def open_in(window, ada, course, prompt):
    """Return a function that opens a draft in a mode; it returns the page and its text."""

    def open_draft(mode, text=LONG, *, script="", title="Half-open doors", **options):
        ada.editor = "" if mode == "visual" else mode
        ada.save()
        post = start_post(course, by=ada, title=title, text=text, prompt=prompt)
        page = window(ada, **options)
        if script:
            page.add_init_script(script)
        page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
        expect(page.locator(".frame")).to_have_attribute("data-mode", mode)
        name = "Text of the post" if mode == "visual" else "Post, in Markdown"
        return page, page.get_by_role("textbox", name=name)

    return open_draft


def one_line(part) -> bool:
    """Return whether the words of a part are one line."""
    font_size = part.evaluate("(part) => Number.parseFloat(getComputedStyle(part).fontSize)")
    return part.bounding_box()["height"] < 1.9 * font_size


@pytest.mark.parametrize("mode", MODES)
def test_the_page_grows_with_the_text(open_in, mode):
    page, text = open_in(mode, **DESKTOP)

    before = text.evaluate("(part) => [part.scrollHeight - part.clientHeight, part.clientHeight]")
    press_until_at(page, "end", text)
    page.keyboard.type("\n\nOne more.")

    assert before[0] == 0
    after = text.evaluate("(part) => [part.scrollHeight - part.clientHeight, part.clientHeight]")
    assert (after[0], after[1] > before[1]) == (0, True)


@pytest.mark.parametrize("mode", MODES)
def test_the_keys_of_the_browser_find_in_the_text(open_in, mode):
    _page, text = open_in(mode, **DESKTOP)
    text.focus()

    is_left_to_the_browser = text.evaluate(
        """(text) => {
          const keys = { key: "f", ctrlKey: true, bubbles: true, cancelable: true };
          return text.dispatchEvent(new KeyboardEvent("keydown", keys));
        }"""
    )

    assert is_left_to_the_browser


@pytest.mark.parametrize("mode", MODES)
def test_nothing_moves_when_one_begins_to_write(open_in, mode):
    page, text = open_in(mode, text="", **DESKTOP)
    state = page.locator("[data-state]")
    frame = page.locator(".sheet-page")
    before = frame.bounding_box()

    text.focus()
    page.keyboard.type("T")
    assert frame.bounding_box() == before

    expect(state).to_contain_text("Saved")
    assert frame.bounding_box() == before


@pytest.mark.parametrize(("mode", "options"), DESKTOP_AND_PHONE)
def test_not_saved_is_in_view_wherever_one_writes(open_in, mode, options):
    page, text = open_in(mode, **options)
    page.context.set_offline(True)

    press_until_at(page, "end", text)
    page.keyboard.type(" More.")

    expect(failure(page)).to_have_text("Not saved: you are offline (stored on this device)")
    expect(failure(page)).to_be_in_viewport()
    state = page.get_by_role("region", name="Draft").get_by_text("Not saved", exact=True)
    expect(state).to_be_in_viewport()
    colour = "(part) => getComputedStyle(part).outlineColor"
    assert page.locator(".frame").evaluate(colour) == state.evaluate(
        "(part) => getComputedStyle(part).color"
    )
    page.context.set_offline(False)
    expect(failure(page)).to_be_hidden()


@pytest.mark.parametrize(("mode", "options"), DESKTOP_AND_PHONE)
def test_a_conflict_is_in_view_wherever_one_writes_and_names_the_versions(open_in, mode, options):
    page, text = open_in(mode, **options)
    draft = Draft.objects.get()
    Draft.objects.update(text="From the train.", version=draft.version + 1)

    press_until_at(page, "end", text)
    page.keyboard.type(" More.")

    expect(page.get_by_text("Nothing is lost: both versions are saved.")).to_be_in_viewport()
    expect(button(page, "Keep what I see here")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Keep the version from")).to_be_in_viewport()


@pytest.mark.parametrize("edge", ["first", "last"])
@pytest.mark.parametrize(("mode", "options"), [*DESKTOP_AND_PHONE, BOTH_PHONES[1]])
def test_a_conflict_does_not_cover_the_line_of_the_caret(open_in, mode, options, edge):
    page, text = open_in(mode, **options)
    alerts, toolbar = page.locator("[data-bar-alerts]"), page.get_by_role("toolbar")
    foot = page.locator(".write-bar-in")
    height = options["viewport"]["height"]
    end = foot.bounding_box()["y"] if options != DESKTOP else height
    text.get_by_text(PARAGRAPHS[30]).click() if mode == "visual" else text.evaluate(
        "(field, place) => { field.focus(); field.setSelectionRange(place, place); }",
        LONG.index(PARAGRAPHS[30]),
    )
    line = page.evaluate(LINE)
    box = toolbar.bounding_box()
    by = (
        line["top"] - box["y"] - box["height"] - 10
        if edge == "first"
        else line["bottom"] - end + 10
    )
    page.evaluate("(by) => scrollBy(0, by)", by)
    draft = Draft.objects.get()
    Draft.objects.update(text="From the train.", version=draft.version + 1)

    page.keyboard.type("More. ")

    expect(page.get_by_text("Nothing is lost: both versions are saved.")).to_be_in_viewport()
    line = page.evaluate(LINE)
    box = toolbar.bounding_box()
    assert box["y"] + box["height"] <= line["top"]
    assert line["bottom"] <= end
    if options != DESKTOP:
        acts = [act.bounding_box()["y"] for act in alerts.locator(".acts > :is(a, button)").all()]
        assert (len(acts), max(acts) - min(acts) < 12) == (3, True)
    if options == PHONE:
        assert alerts.bounding_box()["height"] < 130


def test_all_tools_are_in_one_row_of_a_wide_screen(open_in):
    page, _text = open_in("visual", **DESKTOP)
    row = page.locator(".tool-row")

    assert row.evaluate("(row) => [row.scrollWidth - row.clientWidth, row.clientHeight < 50]") == [
        0,
        True,
    ]


def test_the_prompt_is_one_line_that_opens(open_in):
    page, _text = open_in("visual", **DESKTOP)
    prompt = page.locator(".prompt-fold")

    assert prompt.bounding_box()["height"] < 40
    page.get_by_text("Show the prompt").click()

    expect(prompt.locator(".question-text")).to_be_visible()
    expect(prompt.get_by_text("Who may see this?").locator("visible=true")).to_have_count(1)
    expect(prompt.get_by_role("link", name="Open the prompt’s page")).to_be_visible()
    expect(page.get_by_text("Hide the prompt")).to_be_visible()


@pytest.mark.parametrize(
    ("mode", "options"), [("markdown", DESKTOP), ("markdown", PHONE), ("visual", PHONE)]
)
def test_the_preview_opens_at_the_paragraph_of_the_caret(open_in, mode, options):
    page, text = open_in(mode, **options)
    press_until_at(page, "end", text)
    for _ in range(20):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.type(" Here I am.")

    button(page, "Preview").click()

    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_text("Here I am.")).to_be_in_viewport()
    expect(text).to_be_hidden()
    button(page, "Write").click()
    expect(preview).to_be_hidden()
    expect(text).to_be_focused()
    page.keyboard.type(" Still.")
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile("Here I am. Still."))


def test_on_a_wide_screen_the_visual_page_needs_no_preview(open_in):
    page, _text = open_in("visual", **DESKTOP)

    expect(button(page, "Preview")).to_be_hidden()


@pytest.mark.parametrize(("mode", "options"), BOTH_PHONES)
def test_on_a_phone_the_text_begins_in_the_upper_part_of_the_screen(open_in, mode, options):
    page, text = open_in(mode, **options)

    assert page.get_by_role("banner").bounding_box()["height"] < 60
    assert text.evaluate(TOP) < 0.4 * options["viewport"]["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == options["viewport"]["width"]
    for part in (page.locator(".write-counts"), button(page, "Publish")):
        expect(part).to_be_in_viewport()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("options", [PHONE, SMALL_PHONE], ids=["390", "320"])
def test_a_title_of_two_lines_leaves_the_text_in_the_upper_part(open_in, mode, options):
    page, text = open_in(mode, title="What I learned of the strength of weak ties", **options)

    assert not one_line(page.get_by_label("Title", exact=True))
    assert text.evaluate(TOP) < 0.4 * options["viewport"]["height"]


@pytest.mark.parametrize(("mode", "options"), BOTH_PHONES)
def test_a_soft_keyboard_covers_neither_the_line_nor_the_foot(open_in, mode, options):
    page, text = open_in(mode, script=STUB, **options)
    height = options["viewport"]["height"]
    foot = page.locator(".write-bar-in")
    press_until_at(page, "end", text)

    page.evaluate("(covered) => raiseKeyboard(covered)", KEYBOARD)

    expect(foot).to_have_css("inset-block-end", f"{KEYBOARD}px")
    box = foot.bounding_box()
    assert round(box["y"] + box["height"]) == height - KEYBOARD
    assert page.evaluate(LINE)["bottom"] <= box["y"]
    for _ in range(6):
        page.keyboard.press("Enter")
        page.keyboard.type("And on")
        assert page.evaluate(LINE)["bottom"] <= box["y"]
    page.evaluate("raiseKeyboard(0)")
    expect(foot).to_have_css("inset-block-end", "0px")


@pytest.mark.parametrize("days", few_of([400, 9, 0], 3))
def test_on_a_phone_the_state_of_the_text_is_one_line(open_in, ada, course, days):
    ada.time_zone = "Asia/Tokyo"
    page, text = open_in("markdown", **SMALL_PHONE)
    then = timezone.now() - timedelta(days=days)
    Draft.objects.update(updated_at=then)
    page.reload()
    state = page.locator(".write-state .state:visible")

    expect(state.locator(".in-brief")).to_be_visible()
    expect(state.locator(".in-brief")).to_have_text(f"Saved {brief_saving_time(then, course, ada)}")
    expect(state.locator(".in-full")).to_have_text(f"Saved {saving_time(then, course, ada)}")
    assert one_line(state)
    press_until_at(page, "end", text)
    page.keyboard.type(" More.")
    expect(state.locator(".in-brief")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    expect(state.locator(".in-full")).to_have_text(re.compile(r"^Saved \d\d:\d\d your time$"))
    assert one_line(state)
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL_PHONE["viewport"]["width"]


@pytest.mark.parametrize("options", few_of([SMALL_PHONE, PHONE], 2), ids=["320", "390"])
def test_on_a_phone_the_foot_of_a_published_post_is_slim(open_in, ada, course, options):
    page, _text = open_in("markdown", **options)
    post = Post.objects.get()
    publish_post(post, by=ada, title="Half-open doors", text=LONG, audience=Audience.COURSE)
    page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")

    assert one_line(page.locator(".write-state .state:visible"))
    assert page.locator(".write-bar-in").bounding_box()["height"] < 80
    expect(button(page, "Publish changes")).to_be_in_viewport()


def test_on_a_phone_who_can_see_it_opens_above_the_foot(open_in):
    page, _text = open_in("visual", **PHONE)
    readers = page.get_by_label("Who can see it", exact=True)

    expect(readers).to_be_hidden()
    button(page, "Who can see it, and more").tap()
    readers.select_option(label="Visible to: only me")

    expect(page.locator("[data-state]")).to_contain_text("Saved")
    assert Draft.objects.get().get_audience_display() == "only me"


def test_a_later_limit_is_offered_only_beyond_the_course(open_in):
    page, _text = open_in("visual", **DESKTOP)
    readers = page.get_by_label("Who can see it", exact=True)
    limit = page.get_by_label("Limit to the course from (optional)")

    for audience, is_offered in [
        ("course", False),
        ("public web", True),
        ("only me", False),
        ("everyone signed in", True),
    ]:
        readers.select_option(label=f"Visible to: {audience}")
        expect(limit).to_be_visible(visible=is_offered)


@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_references_of_the_foot_leads_to_them(open_in, options):
    page, _text = open_in("visual", **options)
    link = page.get_by_role("link", name="References", exact=True).and_(
        page.locator("[href='#references-h']")
    )

    if options == DESKTOP:
        expect(link).to_be_hidden()
        return
    link.tap()
    expect(page.get_by_role("heading", name="Your references", exact=True)).to_be_in_viewport()


@pytest.mark.parametrize(("mode", "options"), DESKTOP_AND_PHONE)
def test_offline_publish_says_so_and_keeps_everything(open_in, mode, options):
    page, text = open_in(mode, text="Ties carry news.", **options)
    press_until_at(page, "end", text)
    page.keyboard.type(" And more.")
    expect(page.locator("[data-state]")).to_contain_text("Saved")
    page.context.set_offline(True)
    page.keyboard.type(" And this.")

    button(page, "Publish").click()

    notice = page.get_by_text("Nothing was sent, and your text is still here.")
    expect(notice).to_be_in_viewport()
    expect(page.locator(".write-alert .alert:visible")).to_have_count(1)
    expect(page.locator("textarea[name=text]")).to_have_value(
        "Ties carry news. And more. And this."
    )
    assert Post.objects.get().status == "draft"
    page.keyboard.press("Control+s")
    expect(notice).to_be_visible()
    page.context.set_offline(False)
    expect(notice).to_be_hidden()
    button(page, "Publish").click()
    expect(page.get_by_text("Your post is published.")).to_be_visible()
    assert Post.objects.get().revision.text == "Ties carry news. And more. And this."


@pytest.mark.parametrize("mode", MODES)
def test_counts_are_fresh_once_a_save_has_come_through_again(open_in, mode):
    page, text = open_in(mode, text="Ties carry news.", **DESKTOP)
    counts = page.locator(".write-counts")
    expect(counts).to_contain_text("3 words")
    page.context.set_offline(True)
    press_until_at(page, "end", text)
    with page.expect_event("requestfailed", lambda request: "/preview/" in request.url):
        page.keyboard.type(" And more news.")
    expect(failure(page)).to_be_visible()
    expect(page.get_by_text("before you went offline")).to_be_visible()

    page.context.set_offline(False)

    expect(page.locator("[data-state]")).to_contain_text("Saved")
    expect(page.get_by_text("before you went offline")).to_have_count(0)
    expect(counts).to_contain_text("6 words")


@pytest.mark.parametrize(("mode", "options"), DESKTOP_AND_PHONE)
@pytest.mark.parametrize("wrong", ["title", "text", "audience"])
def test_what_is_refused_has_the_focus_its_mark_and_its_reason(open_in, mode, options, wrong):
    page, text = open_in(mode, text="Ties carry news." if wrong != "text" else "", **options)
    title = page.get_by_label("Title", exact=True)
    audience = page.get_by_label("Who can see it", exact=True)
    field = {"title": title, "text": text, "audience": audience}[wrong]
    if wrong == "title":
        title.fill("")
    if wrong == "audience":
        Membership.objects.update(pod=None)
        audience.evaluate("(list) => { list.value = 20; }")

    with loading(page):
        button(page, "Publish").click()
    publish_anyway = button(page, "Publish anyway")
    if publish_anyway.count():
        with loading(page):
            publish_anyway.click()

    expect(page.locator(".frame")).to_have_attribute("data-mode", mode)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        re.compile("Give your post a title|Your post is empty|not in a pod yet")
    )
    expect(field).to_be_in_viewport()


def test_publish_says_that_the_site_does_not_answer(open_in):
    page, _text = open_in("markdown", text="Ties carry news.", **DESKTOP)
    page.route("**/me/token/", lambda route: route.abort())

    button(page, "Publish").click()

    expect(page.get_by_text("Nothing was sent, and your text is still here.")).to_be_visible()
    page.unroute_all()
    button(page, "Publish").click()
    expect(page.get_by_text("Your post is published.")).to_be_visible()


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_also_where_nothing_is_saved(open_in, mode):
    page, text = open_in(mode, text="Ties carry *news*.", **PHONE)
    page.get_by_text("Show the prompt").click()
    page.context.set_offline(True)
    press_until_at(page, "end", text)
    page.keyboard.type(" More.")
    expect(failure(page)).to_be_visible()

    assert list(examine(page)) == []
    page.context.set_offline(False)
