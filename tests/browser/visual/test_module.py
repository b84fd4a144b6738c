"""The module of django-prose-editor: all that is used is there, and no other page loads it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visual.steps import caret_after, source, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

SCRIPTS = Path(__file__).parents[3] / "static/js/editor/visual"
MODULE = "django_prose_editor/editor.js"


def names_in_use() -> set[str]:
    """Return what our scripts take from the module."""
    sources = "".join(path.read_text() for path in SCRIPTS.glob("*.js"))
    taken = set(re.findall(r"\blib\.(\w+)", sources))
    for names in re.findall(r"\(\{([^{}=]*)\}[^()]*\) =>|const \{([^{}=]*)\} = lib;", sources):
        taken |= set(re.findall(r"\b(Node|Mark|Plugin|pm)\b", "".join(names)))
    return taken


def test_all_names_in_use_are_exported(write):
    page = write("")

    names = page.evaluate(f'async () => Object.keys(await import("/static/{MODULE}"))')
    parts = page.evaluate(f'async () => Object.keys((await import("/static/{MODULE}")).pm)')

    assert len(names_in_use()) > 30
    assert names_in_use() - set(names) == set()
    assert {"model", "state", "view", "history", "transform"} - set(parts) == set()


@pytest.mark.parametrize(
    ("editor", "path", "count"),
    [
        ("", "posts/new/", 1),
        ("visual", "posts/new/", 1),
        ("markdown", "posts/new/", 0),
        ("", "", 0),
        ("", "posts/", 0),
    ],
)
def test_the_module_is_loaded_where_one_writes_on_a_page(
    window, writer, course, editor, path, count
):
    writer.editor = editor
    writer.save()
    page = window(writer)
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))

    page.goto(f"/c/{course.slug}/{path}")
    if path == "posts/new/":
        mode = "visual" if count else "markdown"
        expect(page.locator(".frame")).to_have_attribute("data-mode", mode)

    assert len([url for url in loaded if MODULE in url]) == count


def test_without_the_module_markdown_is_what_it_was(window, writer, course):
    page = window(writer)
    page.route(f"**/{MODULE}*", lambda route: route.abort())

    page.goto(f"/c/{course.slug}/posts/new/")

    expect(page.get_by_text("The visual editor could not open.")).to_be_visible()
    page.get_by_label("Post, in Markdown").fill("*Words*")
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    expect(text_of(page)).to_have_count(0)


@pytest.mark.parametrize(
    "script",
    [
        "delete AbortSignal.timeout",
        "delete Array.prototype.findLast",
        "delete Array.prototype.findLastIndex",
    ],
)
def test_an_older_browser_has_markdown(window, writer, course, script):
    page = window(writer)
    page.add_init_script(script)

    page.goto(f"/c/{course.slug}/posts/new/")

    expect(page.get_by_text("The visual editor could not open.")).to_be_visible()
    page.get_by_label("Post, in Markdown").fill("Words")
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Bold").click()
    expect(page.get_by_label("Post, in Markdown")).to_have_value("**Words**")
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()


def test_where_a_script_of_the_editor_cannot_be_read_markdown_is_there(window, writer, course):
    page = window(writer)
    page.route(
        "**/visual/main.js*",
        lambda route: route.fulfill(content_type="text/javascript", body="no script }"),
    )

    page.goto(f"/c/{course.slug}/posts/new/")

    expect(page.get_by_text("The visual editor could not open.")).to_be_visible()
    page.get_by_label("Post, in Markdown").fill("Words")
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()


def test_words_are_in_the_form_even_if_they_cannot_be_written(write):
    page = write("One")
    caret_after(page, "One")
    page.evaluate("() => { Array.prototype.findLastIndex = () => { throw new Error('no'); }; }")

    page.keyboard.type(" *two*")

    expect(source(page)).to_have_value("One two")  # without its stars


def test_the_choice_is_remembered(write, writer):
    page = write("*One* word.")

    with page.expect_response("**/me/editor/"):
        page.get_by_role("radio", name="Markdown").check()
    expect(page.get_by_label("Post, in Markdown")).to_have_value("*One* word.")
    page.reload()

    expect(page.get_by_label("Post, in Markdown")).to_be_visible()
    with page.expect_response("**/me/editor/"):
        page.get_by_role("radio", name="Visual").check()
    expect(text_of(page)).to_have_text("One word.")
    writer.refresh_from_db()
    assert writer.editor == "visual"
