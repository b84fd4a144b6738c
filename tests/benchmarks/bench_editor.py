"""Cost of an update of the visual editor in a long text, as a ratio to a short one.

    python -m tests.benchmarks.bench_editor

One letter is typed at the end of a text of 1,000 words, and of one of 5,000, many times over: the
time from the key to the Markdown in the form. A text five times as long may cost three times as
much, and no task of typing may be long: what the browser calls a long task is 50 ms. The demo is
served from a database of its own, which is gone afterwards. Other work on the machine makes long
tasks of short ones, so this is no test.
"""

import argparse
import os
import tempfile

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.shots import load_demo, serving
from tests.browser.steps import session_of

SIZES = (1_000, 5_000)
KEYS = 50
ROUNDS = 5
MAX_RATIO = 3
PARAGRAPH = (
    "Weak ties **carry news** that *nobody near us* knows, as [a page](https://example.org/a) "
    "says, and each of us has far more of them than of any other kind, so they matter.\n\n"
)
LISTEN = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  }).observe({ type: "longtask" });
}"""
# One change by the editor's own way, as a key makes it; milliseconds for each, the middle one.
UPDATE = """(count) => {
  const { editor } = document.querySelector(".page-text");
  const field = document.querySelector("textarea[name=text]");
  const costs = [];
  for (let step = 0; step < count; step += 1) {
    const before = field.value.length;
    const start = performance.now();
    editor.view.dispatch(editor.state.tr.insertText("x"));
    costs.push(performance.now() - start);
    if (field.value.length !== before + 1) throw new Error("not in the form");
  }
  return costs.sort((one, other) => one - other)[Math.floor(count / 2)];
}"""


def open_text(page: Page, words: int) -> None:
    """Open a new text of so many words in the visual editor, with the caret at its end."""
    page.goto("/c/edci338/posts/new/")
    expect(page.locator(".frame")).to_have_attribute("data-mode", "visual")
    text = PARAGRAPH * (words // len(PARAGRAPH.split()))
    page.locator("textarea[name=text]").evaluate(
        """(field, text) => {
          field.value = text;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        text,
    )
    expect(page.locator(".page-text p")).to_have_count(text.count("\n\n"))
    page.locator(".page-text").focus()
    page.keyboard.press("Control+End")


def measure(page: Page, words: int) -> tuple[float, list[float]]:
    """Return the milliseconds of an update, and of the long tasks while keys are pressed."""
    open_text(page, words)
    cost = min(page.evaluate(UPDATE, KEYS) for _round in range(ROUNDS))
    page.evaluate(LISTEN)
    for key in "one word more " * 5:
        page.keyboard.press(key)
    return cost, page.evaluate("() => window.longTasks")


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "plnsite.settings",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DEBUG": "1",
        }
        load_demo()
        from blog.models import User

        writer = User.objects.get(email="noor.haddadin@example.edu")
        with serving() as url:
            run(url, session_of(writer, url))


def run(url: str, cookie: dict) -> None:
    """Measure both texts and print what they cost."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        context = browser.new_context(base_url=url)
        context.add_cookies([cookie])
        costs = []
        for words in SIZES:
            cost, long_tasks = measure(context.new_page(), words)
            costs.append(cost)
            print(f"{words:>6} words: {cost:.2f} ms an update, long tasks: {long_tasks}")
        print(f"{costs[1] / costs[0]:.2f} times as much, {MAX_RATIO} at most")
        browser.close()


if __name__ == "__main__":
    main()
