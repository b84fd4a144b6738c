"""Steps of people on the site, each as they would: by labels, names and buttons.

A step ends when the page says that it is done.
"""

import re
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, TimeoutError, expect

from tests.browser.windows import PATIENCE

PASSWORD = "seven grey stones sing"
ZONE = "America/Vancouver"
CODE = re.compile(r"^\s*\w{4}-\w{4}-\w{5}\s*$")
OPENED = re.compile("visual|markdown")
MINUTE = "%Y-%m-%dT%H:%M"  # what a datetime-local field holds

# Reads the texts that a browser has and the site does not, until they are as a test wants them.
WAIT_FOR_COPIES = """async (wanted) => {
  const resultOf = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const opening = indexedDB.open("words", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("copies", { keyPath: "key" });
  const database = await resultOf(opening);
  const isWanted = (copies) => "number" in wanted
    ? copies.length === wanted.number
    : copies.some(({ fields }) => JSON.stringify(fields).includes(wanted.words));
  for (let looks = 0; looks < 600; looks++) {
    const copies = await resultOf(database.transaction("copies").objectStore("copies").getAll());
    if (isWanted(copies)) return database.close();
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error(`The copies never were ${JSON.stringify(wanted)}`);
}"""

# Is the caret at this edge of the text that has the focus?
IS_AT = """(edge) => {
  const { activeElement } = document;
  if (activeElement.localName === "textarea") {
    return activeElement.selectionStart === (edge === "start" ? 0 : activeElement.value.length);
  }
  const { selection, doc } = activeElement.editor.state;
  return selection.head === (edge === "start" ? 1 : doc.content.size - 1);
}"""


def heading(page: Page, name):
    return page.get_by_role("heading", name=name)


def button(page: Page, name, *, exact=True):
    return page.get_by_role("button", name=name, exact=exact)


@contextmanager
def loading(page: Page):
    """Wait for the whole next document. An address may change without one: by a first save."""
    page.locator("html").evaluate("root => { root.dataset.before = '' }")
    yield
    expect(page.locator("html:not([data-before])")).to_be_attached()
    page.wait_for_load_state("load")


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what no `expect` can see: rows of the site, or a value of a script.

    What a page says of its saving may be of the save before: "Saved" stands there while somebody
    types on. And `wait_for_function` looks once alone, since our policy forbids scripts its `eval`.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < deadline, "it never was so"
        page.wait_for_timeout(50)  # in which the page goes on


@contextmanager
def holding_back(page: Page, pattern: str):
    """Hold back what the block asks the site for; yield the routes, of which one waits at its end.

    A request is told of a moment before it is held back.
    """
    waiting: list[Route] = []
    page.route(pattern, lambda route: waiting.append(route))
    with page.expect_request(pattern):
        yield waiting
    wait_until(page, lambda: bool(waiting))


def settled(page: Page) -> None:
    """Wait for the editor, where a page has one, to show the text."""
    for frame in page.locator(".frame:has([data-visual]:not([data-small]))").all():
        expect(frame).to_have_attribute("data-mode", OPENED)


def press_until_at(page: Page, edge: str, part: Locator | None = None) -> None:
    """Go to the start or end of a text by key, pressed until it has its effect.

    The visual editor ignores a caret that moves as soon as the editor has the focus.
    """
    if part is not None:
        part.focus()
    key = {"start": "Control+Home", "end": "Control+End"}[edge]
    for _press in range(300):
        page.keyboard.press(key)
        if page.evaluate(IS_AT, edge):
            return
    raise AssertionError(f"{key} never leads to the {edge}")


def sign_up(page: Page, name: str, email: str) -> None:
    """Make an account, read the mail that comes, and follow its link."""
    page.goto("/")
    page.get_by_role("link", name="Create an account").first.click()
    page.get_by_label("Name your course will see").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Create account").click()
    expect(heading(page, "One more step: check your email")).to_be_visible()
    page.goto(link_in_mail_to(email))
    button(page, "Yes, confirm").click()
    accept_notice(page)
    expect(heading(page, "My courses")).to_be_visible()


def accept_notice(page: Page) -> None:
    """Accept the notice, which is the first page of everybody who is new."""
    expect(heading(page, "What this site collects, and why")).to_be_visible()
    button(page, "Accept and continue").click()


def mails_to(email: str) -> list:
    return [message for message in mail.outbox if message.to == [email]]


def link_in_mail_to(email: str) -> str:
    """Return the one address in the last mail somebody got."""
    [link] = re.findall(r"https?://\S+", mails_to(email)[-1].body)
    return link


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    button(page, "Sign in").click()
    expect(heading(page, "My courses")).to_be_visible()


def session_of(user, url: str) -> dict:
    """Log a person in without the form; return the cookie that a browser needs for it."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def join(page: Page, code: str, course: str) -> None:
    """Join a course by its code, typed as people type: small letters, no dashes."""
    page.goto("/")
    page.get_by_role("link", name="Join a course").click()
    page.get_by_label("Course code").fill(code.lower().replace("-", " "))
    button(page, "Continue").click()
    expect(heading(page, f"Join {course}?")).to_be_visible()
    button(page, "Join").click()
    expect(page.get_by_text(f"Welcome to {course}.")).to_be_visible()


def open_course(page: Page, title: str, address: str) -> str:
    """Open a course that runs now; return the code that the roster shows."""
    today = timezone.now().date()
    page.goto("/")
    page.get_by_role("link", name="Open a course").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Address").fill(address)
    page.get_by_label("Term").fill("Fall 2026")
    page.get_by_label("First day").fill(str(today - timedelta(days=7)))
    page.get_by_label("Last day").fill(str(today + timedelta(days=60)))
    page.get_by_label("Time zone").select_option(ZONE)
    button(page, "Open the course").click()
    expect(page.get_by_text("Your course is open.")).to_be_visible()
    page.get_by_role("link", name="See the course code").click()
    return page.locator(".code").filter(has_text=CODE).inner_text()


def make_rubric(page: Page, title: str, criteria: list[str]) -> None:
    """Make a rubric with the usual four levels."""
    page.get_by_role("navigation", name="Course").get_by_role("link", name="Course").click()
    page.get_by_role("link", name="Rubrics").click()
    page.get_by_role("link", name="New rubric").first.click()
    page.get_by_label("Title").fill(title)
    for place, criterion in enumerate(criteria, start=1):
        if place > 1:
            button(page, "Add a criterion").click()
        group = page.get_by_role("group", name=f"Criterion {place}")
        group.get_by_label("What you look for").fill(criterion)
        group.get_by_label("What level 3 means").fill(f"{criterion}: done well.")
    button(page, "Create rubric").click()
    expect(page.get_by_text("Rubric created.")).to_be_visible()


def set_prompt(page: Page, course_path: str, title: str, question: str, reading: str) -> None:
    """Set a prompt that opened yesterday, with a rubric and required reading pasted as BibTeX."""
    now = timezone.localtime(timezone.now(), ZoneInfo(ZONE))
    page.goto(f"{course_path}settings/")
    page.get_by_role("link", name="Create a prompt").click()
    page.get_by_label("Short title").fill(title)
    page.get_by_label("Question").fill(question)
    page.get_by_label("Opens").fill((now - timedelta(days=1)).strftime(MINUTE))
    page.get_by_label("Post by").fill((now + timedelta(days=6)).strftime(MINUTE))
    page.get_by_label("Comment by").fill((now + timedelta(days=9)).strftime(MINUTE))
    page.get_by_label("Words from").fill("200")
    page.get_by_label("Words to").fill("600")
    page.get_by_label("References required").fill("2")
    page.get_by_label("Comments required").fill("1")
    page.get_by_label("Add a reading").fill(reading)
    page.get_by_label("Rubric", exact=True).select_option("Reflection")
    button(page, "Create prompt").click()
    expect(page.get_by_text("Prompt created.")).to_be_visible()


def type_in_reference(page: Page, fields: dict[str, str]) -> None:
    """Add one reference field by field; the editor saves what is written meanwhile."""
    button(page, "Type it in").first.click()
    page.get_by_label("Type of reference").select_option(fields["Type of reference"])
    for label, value in fields.items():
        if label != "Type of reference":
            page.get_by_label(label, exact=True).or_(
                page.get_by_label(f"{label}*", exact=True)
            ).fill(value)
    button(page, "Add to my references").click()
    expect(page.get_by_text("added to your references.")).to_be_visible()


def find_reference(page: Page, text: str):
    """Find a reference beside the text; return the list of results."""
    page.get_by_label("Find a reference").fill(text)
    button(page, "Find").click()
    found = page.get_by_role("list", name="Results")
    expect(found).to_be_visible()
    return found


def add_found_references(page: Page, text: str) -> None:
    """Find references beside the text and add what the first result has."""
    listed = page.locator("[data-fresh=references] > .shelf > li")
    before = listed.count()
    find_reference(page, text).get_by_role("button", name="Add").first.click()
    expect(listed).not_to_have_count(before)


def write(page: Page, title: str, text: str, *, has_scripts: bool = True) -> None:
    """Write in the editor that is open, in Markdown."""
    page.get_by_label("Title", exact=True).fill(title)
    if has_scripts:
        expect(page.locator(".frame")).to_have_attribute("data-mode", OPENED)
        page.get_by_role("radio", name="Markdown").check()
    page.get_by_label("Post, in Markdown").fill(text)


def fill_box(box: Locator, words: str) -> None:
    """Fill in a box that may become the other editor meanwhile: then it is another box."""
    for _box in range(10):
        try:
            box.fill(words, timeout=3_000)
        except TimeoutError:
            continue
        return
    box.fill(words)


def comment(page: Page, words: str) -> None:
    """Write a comment under the open post."""
    fill_box(page.get_by_role("textbox", name="Your comment"), words)
    with loading(page):  # the article that is answered holds the words while they are typed
        button(page, "Comment").click()
    expect(page.get_by_role("article").filter(has_text=words)).to_be_visible()


def reply(page: Page, to: str, words: str) -> None:
    """Answer a comment. With scripts the form opens in place, without them on a page of its own."""
    page.get_by_role("link", name=f"Reply to {to}").first.click()
    fill_box(page.get_by_role("textbox", name="Your reply"), words)
    with loading(page):
        button(page, "Reply").click()
    expect(page.get_by_role("article").filter(has_text=words)).to_be_visible()


def open_comment_menu(page: Page) -> None:
    """Open the menu of one's own comment, the only one on the page."""
    page.locator("summary").filter(has_text="More actions for your comment").click()


def failure(page: Page) -> Locator:
    """Return where a form says why it is not saved: in a strip, or in the state of a small form."""
    return page.locator("[data-failure-words], form:not(:has([data-failure])) [data-state]").first


def wait_for_copy(page: Page, words: str) -> None:
    """Wait until the browser has a text with these words that the site does not have."""
    page.evaluate(WAIT_FOR_COPIES, {"words": words})


def wait_for_copies(page: Page, number: int) -> None:
    """Wait until the browser has so many texts that the site does not have."""
    page.evaluate(WAIT_FOR_COPIES, {"number": number})


def store_copies(page: Page) -> None:
    """Let a page store at once what it would store a little later, as when it is left."""
    page.evaluate("dispatchEvent(new Event('pagehide'))")
