"""Time that typing blocks the page in a text of 5,000 words, in both editors.

    python -m tests.benchmarks.bench_typing [WORDS]

It serves the demo from a database of its own and types in Chromium. A long task is one of 50 ms and
more, as the browser itself counts them; there should be none while somebody types.
"""

import os
import sys
import tempfile

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.shots import load_demo, serving
from tests.browser.steps import session_of

WORDS = 5_000  # unless another number is given
LETTERS = "and so the ties of a week carry what nobody asked for "
PARAGRAPH = "The door of the back room is cut in two, and what is said there stays there. " * 4

OBSERVE = """() => {
  window.longTasks = [];
  const hear = (list) => longTasks.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(hear).observe({ type: "longtask" });
}"""


def text_of(words: int) -> str:
    count = words // len(PARAGRAPH.split())
    return "\n\n".join(f"{number}. room. {PARAGRAPH}" for number in range(1, count + 1))


def long_tasks(page, box) -> list[float]:
    """Type at the end of a text; return the durations of the long tasks meanwhile, in ms."""
    box.press("Control+End")
    page.evaluate(OBSERVE)
    with page.expect_response("**/preview/"):  # which is part of typing, as the save is
        page.keyboard.type(LETTERS, delay=30)
    page.keyboard.type(LETTERS, delay=30)
    return page.evaluate("longTasks")


def main():
    words = int(sys.argv[1]) if len(sys.argv) > 1 else WORDS
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "plnsite.settings",
            "DATABASE_URL": f"sqlite:///{folder}/typing.sqlite3",
            "DEBUG": "1",
        }
        seen = load_demo()
        from blog.models import Draft

        [(writer, paths)] = [(user, at) for user, at in seen.items() if user and "post_edit" in at]
        Draft.objects.filter(is_conflict_copy=True).delete()
        Draft.objects.filter(user=writer).update(text=text_of(words))
        with serving() as url, sync_playwright() as play:
            cookie = session_of(writer, url)
            browser = play.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
            for name, label in (
                ("Visual", "Text of the post"),
                ("Markdown", "Post, in Markdown"),
            ):
                context = browser.new_context(base_url=url, reduced_motion="reduce")
                context.add_cookies([cookie])
                page = context.new_page()
                page.goto(paths["post_edit"])
                page.locator(".frame[data-mode=visual], .frame[data-mode=markdown]").wait_for()
                page.get_by_role("radio", name=name).check()
                box = page.get_by_role("textbox", name=label)
                box.wait_for()
                tasks = long_tasks(page, box)
                longest = f", the longest {max(tasks):.0f} ms" if tasks else ""
                print(f"{name}: {len(tasks)} long tasks for {2 * len(LETTERS)} keys{longest}")
                context.close()
            browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    main()
