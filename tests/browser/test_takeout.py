"""Everything of mine opens from a folder: without the site, a connection or a script."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone

from blog.takeout import Everything
from tests import factories
from tests.browser.windows import UNCUT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PAGES = (
    "index.html",
    "net/index.html",
    "net/comments-given.html",
    "net/comments-received.html",
    "net/feedback.html",
    "net/network/index.html",
)
# axe would fetch the style sheet itself, which no browser lets a page of a folder do.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def folder(tmp_path):
    """Return the files of a student with a post, comments both ways, feedback and a network."""
    ines, ada, bob = (factories.make_user(name) for name in ("Ines", "Ada", "Bob"))
    course = factories.make_course("net", instructor=ines)
    factories.add_member(course, ada)
    factories.add_member(course, bob)
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, "Ties #1 «日本»?", prompt=prompt)
    work = factories.make_work(course, factories.ARTICLE)
    factories.make_reference(post, work, key="granovetter1973", cited=True)
    comment = factories.make_comment(bob, post, "A thought.")
    factories.make_comment(ada, post, "Another.", parent=comment)
    factories.make_grading(post, ines, "Well read.", level=2, released_at=timezone.now())
    out = BytesIO()
    Everything(ada).write(out)
    with ZipFile(out) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_its_pages_open_offline_and_axe_finds_nothing(browser, folder):
    context = browser.new_context()
    context.add_init_script(UNCUT)
    page, asked, failed = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    [post] = (folder / "net/posts").glob("*.html")
    found = []

    for path in (*PAGES, post.relative_to(folder)):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto((folder / path).as_uri())
        page.evaluate(AXE_SCRIPT)
        result = page.evaluate(f"axe.run({json.dumps(OPTIONS)})")
        found += [(str(path), one["id"], [node["target"] for node in one["nodes"]])
                  for one in result["violations"]]  # fmt: skip
        page.set_viewport_size({"width": 320, "height": 700})
        if not page.evaluate(FITS):
            found.append((str(path), "scrolls sideways at 320 px"))
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Learning in networks").click()
    page.get_by_role("link", name="Ties #1 «日本»?", exact=True).click()
    page.get_by_text("A thought.").wait_for()
    page.emulate_media(media="print")
    assert page.locator(".masthead").is_hidden()
    context.close()

    assert (found, failed) == ([], [])
    assert {url.partition(":")[0] for url in asked} == {"file"}
