"""The page that one writes on, by touch: what is above the text, hints, room for a finger."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Post
from tests import factories
from tests.browser.steps import settled
from tests.browser.test_write_page import MODES, PHONE, SMALL_PHONE, TOP
from tests.long import few_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def open_in(window, ada, course):
    """Return a function that opens a draft in a mode; it returns the page."""

    def open_draft(mode, options):
        ada.editor = "" if mode == "visual" else mode
        ada.save()
        post = start_post(course, by=ada, title="Half-open doors", text="Says @zzztop.")
        page = window(ada, **options)
        page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
        expect(page.locator(".frame")).to_have_attribute("data-mode", mode)
        return page

    return open_draft


@pytest.mark.parametrize("mode", MODES)
def test_on_a_phone_words_that_are_no_references_do_not_push_the_text_down(open_in, mode):
    page = open_in(mode, PHONE)
    text = page.locator(".page-text, textarea[name=text]").locator("visible=true")

    unknown = page.get_by_text("“@zzztop” is not in your references.")

    expect(unknown).to_be_visible()
    assert text.evaluate(TOP) < 0.4 * PHONE["viewport"]["height"]
    assert unknown.bounding_box()["y"] > text.bounding_box()["y"]


@pytest.mark.parametrize("mode", MODES)
def test_on_a_phone_there_are_no_hints_on_keys(open_in, mode):
    page = open_in(mode, PHONE)

    for hint in ("press Escape, then Tab", "to save."):
        expect(page.get_by_text(hint)).to_be_hidden()


@pytest.mark.parametrize("options", [PHONE, SMALL_PHONE], ids=["390", "320"])
def test_on_a_phone_the_link_to_the_published_post_has_room_for_a_finger(open_in, ada, options):
    page = open_in("markdown", options)
    post = Post.objects.get()
    publish_post(post, by=ada, title="Half-open doors", text="Ajar.", audience=Audience.COURSE)
    page.reload()

    assert page.locator(".write-state a.state").bounding_box()["height"] >= 24


# Seven tools of a small editor are one row on the narrowest phone, where 40 are left for each.
# A link among words has the height of its line. Of a box to check, its label is pressed as well;
# what is smaller than a finger may be surrounded by what belongs to it.
CONTROLS = ", ".join(
    [
        "button, select, summary, input:not([type=hidden])",
        "a.btn, a.tool, a.state, .mode label, .masthead a, .footer a",
    ]
)
SMALL_CONTROLS = """([controls, least]) => {
  const shown = { opacityProperty: true, visibilityProperty: true };
  const targetOf = (part) => (/checkbox|radio/.test(part.type) && part.labels[0]) || part;
  const isHit = (part, { x, y, width, height }) =>
    width >= least && [1 - least, least - 1].every((off) =>
      part.contains(document.elementFromPoint(x + width / 2, y + (height + off) / 2)));
  return [...document.querySelectorAll(controls)]
    .filter((part) => part.checkVisibility(shown) && !part.closest(".visually-hidden"))
    .map((part) => [part, targetOf(part).getBoundingClientRect()])
    .filter(([part, { width, height }]) =>
      width > 1 && (height < least || width < (part.matches(".small-editor .tool") ? 40 : least)))
    .filter(([part, box]) => !isHit(part, box))
    .map(([part, { width, height }]) => `${part.outerHTML.slice(0, 200)}: ${width} × ${height}`);
}"""


@pytest.mark.parametrize("options", few_of([SMALL_PHONE, PHONE], 2), ids=["320", "390"])
def test_every_control_of_a_page_has_room_for_a_finger(open_in, ada, bob, options):
    page = open_in("visual", options)
    post = Post.objects.get()
    publish_post(post, by=ada, title="Half-open doors", text="Ajar.", audience=Audience.COURSE)
    factories.make_comment(bob, post, "Words.")
    course = f"/c/{post.course.slug}/"
    post_page = post.get_absolute_url()
    own = [f"{post_page}edit/", post_page, f"{course}work/", f"{course}write/choose/"]

    for address in [
        *own,
        course,
        *(f"{course}{name}/" for name in ("posts", "people", "references")),
    ]:
        page.goto(address)
        settled(page)

        assert page.evaluate(SMALL_CONTROLS, [CONTROLS, 44]) == [], address
