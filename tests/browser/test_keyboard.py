"""Without a mouse: every stop of the Tab key is seen, and the keyboard alone goes all the way."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.places import places
from tests.browser.steps import settled
from tests.browser.visits import go_to
from tests.long import few_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# What has the focus is in view and has a ring: its own, or that of a frame or label around it.
# Inside a date stands a calendar button, which is a stop too: the browser itself rings that one.
SEEN = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return "";
  const ring = (e) => {
    if (e.type?.startsWith("date")) return true;
    const style = getComputedStyle(e);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && style.outlineColor !== "rgba(0, 0, 0, 0)";
  };
  let holder = focused;
  while (holder && !(ring(holder) && holder.getClientRects().length)) holder = holder.parentElement;
  const name = focused.getAttribute("aria-label") || focused.innerText || focused.id;
  if (!holder) return `no ring: ${focused.tagName} ${name}`;
  const box = holder.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  return seen ? "" : `out of view: ${focused.tagName} ${name}`;
}"""
WALK = Path(__file__).with_name("walk.js")
# At each commit one part of the pages is walked, in the long run all are.
PARTS = 28
# What lets go of Tab only after Escape, as is said below it.
TEXT = "document.activeElement.matches('[contenteditable=true], .markdown-text')"
AT_ONCE = 12
MOST_ROUNDS = 40
RINGED = "<style>a:focus { outline: 2px solid }</style>"
# What a walk is there to find, in the least of pages.
HINDERED = [
    ('<a href="/" tabindex="2">Posts</a> <a href="/">People</a>', "has a place of its own"),
    ('<b style="cursor: pointer">Posts</b> <a href="/">People</a>', "can be clicked alone"),
    ('<style>a:focus { outline: 0 }</style><a href="/">Posts</a>', "has no ring"),
    ('<a href="/" style="position: fixed; top: -99px">Posts</a>', "is out of view"),
    (
        '<a href="/">Posts</a><p style="position: fixed; inset: 0; margin: 0">',
        "is covered",
    ),
    (
        "<script>addEventListener('keydown', (e) => e.preventDefault())</script>"
        '<input autofocus><a href="/">Posts</a>',
        "never comes round",
    ),
]
HAS_FOCUS = "element => element === document.activeElement"
MOST_STOPS = 90


def tab_to(page, target, key="Tab"):
    """Press Tab until the focus is on the target; each stop on the way must be seen."""
    expect(target).to_be_visible()
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        assert page.evaluate(SEEN) == ""
        if target.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"{key} never comes to {target}")


def walk(page):
    """Press Tab from the top of a page to its end; return the number of stops, all of them seen."""
    for stops in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return stops
        assert page.evaluate(SEEN) == "", page.url
    raise AssertionError(f"Tab never comes to the end of {page.url}")


def press(page, role, name, key="Tab"):
    """Go to a link or button by Tab, and press Enter on it."""
    tab_to(page, page.get_by_role(role, name=name, exact=True).first, key)
    page.keyboard.press("Enter")


def type_into(page, label, words):
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.type(words)


def test_the_skip_link_leads_past_the_masthead(window, course, ada):
    page = window(ada)
    page.goto(f"/c/{course.slug}/")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).not_to_be_in_viewport()

    page.keyboard.press("Tab")

    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_from_the_login_to_a_comment_and_the_next_post_by_keyboard_alone(window, course, ada, bob):
    factories.make_post(bob, course, "What the tide leaves")
    factories.make_post(bob, course, "What the tide takes")
    page = window()
    page.goto("/")

    type_into(page, "Email", ada.email)
    type_into(page, "Password", factories.PASSWORD)
    page.keyboard.press("Enter")
    press(page, "link", course.title)
    press(page, "link", "Write")
    press(page, "link", "Start a post")

    type_into(page, "Title", "By hand")
    type_into(page, "Post, in Markdown", "No mouse was moved.")
    press(page, "button", "Publish", key="Shift+Tab")
    expect(page.get_by_text("Your post is published.")).to_be_visible()

    press(page, "link", "Posts")
    press(page, "link", "What the tide leaves")
    type_into(page, "Your comment", "And what does it take?")
    press(page, "button", "Comment")
    expect(page.get_by_role("article").filter(has_text="And what does it take?")).to_be_visible()

    press(page, "link", "What the tide takes")
    expect(page.get_by_role("heading", name="What the tide takes")).to_be_visible()


def test_a_reply_opens_in_place_and_escape_gives_the_focus_back(window, course, ada, bob):
    post = factories.make_post(ada, course)
    factories.make_comment(bob, post, "Is that so?")
    page = window(ada)
    page.goto(post.get_absolute_url())
    answer = page.get_by_role("link", name="Reply to Bob")

    press(page, "link", "Reply to Bob")
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_label("Your reply")).to_have_count(0)
    expect(answer).to_be_focused()


def test_the_account_menu_closes_on_escape(window, course, ada):
    page = window(ada)
    page.goto(f"/c/{course.slug}/")
    profile = page.get_by_role("link", name="My profile")
    summary = page.locator("summary").filter(has_text="Ada Student")

    tab_to(page, summary)
    page.keyboard.press("Enter")
    expect(profile).to_be_visible()
    tab_to(page, profile)
    page.keyboard.press("Escape")

    expect(profile).to_be_hidden()
    expect(summary).to_be_focused()


def test_every_stop_of_the_main_pages_is_seen(window, course, instructor, ada, bob):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)
    factories.make_reference(post)
    factories.make_comment(bob, post, "Is that so?")
    home = f"/c/{course.slug}/"
    desk = f"{home}desk/{prompt.number}/{post.slug}/"
    paths = ["", "posts/", f"posts/{post.slug}/", f"posts/{post.slug}/edit/", "people/", "network/"]
    addresses = {ada: [home + path for path in paths], instructor: [desk, f"{home}roster/"]}

    for person, seen in addresses.items():
        page = window(person)
        for address in seen:
            page.goto(address)
            assert walk(page) > 6


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.parametrize("part", few_of(range(PARTS), PARTS))
def test_tab_goes_through_all_of_every_page(window, committed_demo, part):
    """It names all that it finds."""
    found = []

    for user, paths in places(committed_demo).items():
        page = window(user)
        page.add_init_script(path=WALK)
        page.set_viewport_size({"width": 1280, "height": 900})
        for name, path in list(paths.items())[part::PARTS]:
            go_to(page, path)
            settled(page)
            found += [f"{name}: {finding}" for finding in go_round(page)]

    assert found == []


@pytest.mark.parametrize(("html", "finding"), HINDERED)
def test_what_hinders_a_walk_is_found(window, html, finding):
    page = window()
    page.set_content(RINGED + html)
    page.evaluate(WALK.read_text())

    found = go_round(page)

    assert [words for words in found if not words.startswith(finding)] == []
    assert found


def go_round(page):
    """Press Tab from the top of a page until it is there again; return the faults on the way.

    It is not asked after each press where it is: that would be most of what it costs.
    """
    page.evaluate("walk.begin()")
    found = page.evaluate("walk.faults()")
    for _round in range(MOST_ROUNDS):
        for _press in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate(TEXT):
            page.keyboard.press("Escape")
            page.keyboard.press("Tab")
        if page.evaluate("walk.isRound()"):
            return found + page.evaluate("walk.found()")
    return [*found, "never comes round"]
