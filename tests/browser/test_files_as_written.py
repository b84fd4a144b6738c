"""The files that pages of a developer load, each as it was written; others load joined ones."""

import re

import pytest
from django.conf import settings as site
from playwright.sync_api import expect

from tests.browser.joined import JOINED, joined_files
from tests.browser.steps import settled
from tests.test_static_files import ENTRIES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# A browser of its own, which has kept no joined files: options of another kind.
OWN = {"extra_http_headers": {"x-files": "as-written"}}
WRITTEN = site.STORAGES
# What stands in the way of a script that is loaded. That its page is another one is none of it.
LOAD = """names => Promise.all(names.map(name => import(`/static/${name}`).then(() => "", String)))
  .then(all => all.filter(one => /SyntaxError|Failed to fetch/.test(one)))"""


@pytest.fixture
def open_page(window, settings, ada):
    def open_as_written(path):
        settings.STORAGES = WRITTEN
        ada.editor = ""
        ada.save()
        page = window(ada, **OWN)
        loaded = []
        page.on("request", lambda request: loaded.append(request.url))
        page.goto(path)
        return page, loaded

    return open_as_written


def test_a_page_loads_each_file_and_one_writes_on_it(open_page, course):
    page, loaded = open_page(f"/c/{course.slug}/posts/new/")
    settled(page)

    page.get_by_role("textbox", name="Text of the post").press_sequentially("Some words")

    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    assert len([url for url in loaded if url.endswith(".js")]) > 50
    assert len([url for url in loaded if url.endswith(".css")]) > 20
    assert page.evaluate(LOAD, ENTRIES) == []


def test_other_tests_load_joined_files(window, ada, course):
    page = window(ada)
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))

    page.goto(f"/c/{course.slug}/posts/new/")
    settled(page)

    names = {url.partition("/static/")[2] for url in loaded if url.endswith((".js", ".css"))}
    assert site.STORAGES == JOINED
    assert {"css/site.css", "js/editor/main.js", "js/shared.js", "js/shell/main.js"} <= names
    assert names - set(joined_files()) <= {"django_prose_editor/editor.js", "js/shell/theme.js"}
