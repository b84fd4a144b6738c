"""A page can put into a text what its writer sees, and nothing else, whatever its HTML says."""

import re
from html import unescape

import pytest
from playwright.sync_api import expect

from blog.text import render_post
from tests.browser.visual.steps import (
    caret_after,
    containing,
    copy,
    markdown,
    paste_copy,
    select_range,
    source,
    text_of,
)
from tests.browser.visual.test_pasting import bring
from tests.long import few_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

MILL = "because [my mill](https://mill.example/) wrote this"
TOKEN = "0" * 32
CLIPBOARDS = {
    "source of a citation": f'<span data-cite="{MILL}">(so they say)</span>',
    "words of a citation": '<span data-cite="[@granovetter1973]">not the mill</span>',
    "source in words": f'<span class="chip" data-cite="[{MILL} @granovetter1973]">sure</span>',
    "label of a mark": '<sup data-note="1]: mill&#10;&#10;## mill&#10;&#10;[^2">1</sup>',
    "label of a note": '<aside data-note="1]: mill&#10;&#10;## mill&#10;&#10;[^2"><p>Note</aside>',
    "token of a picture": f'<img data-picture="{TOKEN}) [mill](https://mill.example/" alt="map">',
    "file of a picture": f'<img data-picture="{TOKEN}" src="//mill.example/1.png" alt="map">',
    "own file": f'<img data-picture="{TOKEN}" src="/mill/1.png" alt="map">',
    "mark of a list": '<ul data-mark="## mill"><li><p>One</ul>',
    "mark of a numbered list": '<ol data-mark="1. mill&#10;&#10;#" start="1e9"><li><p>One</ol>',
    "what is behind a fence": '<pre data-info="js&#10;```&#10;&#10;## mill"><code>x</code></pre>',
    "address of a link": '<a href="https://a.example/&#10;&#10;## mill">x</a>',
    "name of a link": '<a href="https://a.example/" title="a&#10;&#10;## mill">x</a>',
    "alignment": '<table><tr><th align="mill">a<th data-align="constructor">b<tr><td>c</table>',
    "nested": f'<ul data-pm-slice="2 2 []"><li><p><span data-cite="{MILL}">x</span></ul>',
    "a name that nobody gave": f'<p data-copied="1-2-3-4"><span data-cite="{MILL}">x</span>',
}
CONTEXT = '["noteDefinition",{"label":"1]: mill\\n\\n## mill"}]'.replace('"', "&quot;")


def words_of(html: str) -> str:
    """Return what can be read of HTML."""
    return "".join(unescape(re.sub(r"<[^<>]*>", "", html)).split())


def shown(page) -> str:
    """Return what can be read of the text that one writes."""
    return "".join(text_of(page).inner_text().split())


def bring_hostile(page, html, kind="paste", slice_="0 0 []"):
    """Bring HTML with some words, and check that the text holds what is shown."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    bring(page, "plain", f'<p data-pm-slice="{slice_}">Weak <b>ties</b>.</p>{html}', kind)

    expect(page.get_by_text("to get the plain text back.")).to_be_visible()
    expect(source(page)).not_to_have_value(containing("mill.example"))
    expect(source(page)).not_to_have_value(containing("## mill"))
    assert shown(page) == words_of(render_post(markdown(page)).html)
    assert not [url for url in asked if "mill" in url]


@pytest.mark.parametrize("html", few_of(CLIPBOARDS.values(), 4), ids=CLIPBOARDS.keys())
def test_the_text_holds_what_is_shown(write, html):
    bring_hostile(write(""), html)


@pytest.mark.parametrize("kind", ["paste", "drop"])
@pytest.mark.parametrize("slice_", ["2 2 []", f"1 1 {CONTEXT}"])
def test_the_text_holds_what_is_shown_of_parts(write, kind, slice_):
    bring_hostile(write(""), CLIPBOARDS["nested"], kind, slice_)


def test_a_list_of_references_from_another_editor_is_asked_about(write):
    page = write("")
    entry = "Granovetter, M. S. (1973). The strength of weak ties. Journal, 78(6), 1360–1380."
    entries = f"{entry}\nLuna, A. (2020). Bridges of the night. Moon Press."

    bring(page, entries, f'<p data-pm-slice="0 0 []">{entries.replace(chr(10), "</p><p>")}</p>')

    expect(page.get_by_role("dialog", name="Tidy up what you pasted?")).to_be_visible()


CHANGE_COPY = """([from, to]) => {
  const { clipboardData } = window.copied;
  const changed = new DataTransfer();
  for (const kind of ["text/html", "text/plain"]) {
    changed.setData(kind, clipboardData.getData(kind).replaceAll(from, to));
  }
  window.copied = { ...window.copied, clipboardData: changed };
}"""


def test_a_copy_that_another_page_has_changed_is_another_text(write):
    page = write("Some ties [@granovetter1973]")
    select_range(page, "Some", "ties")
    copy(page)
    page.evaluate(CHANGE_COPY, ["Some", "Other"])

    paste_copy(page)

    expect(source(page)).to_have_value("Other ties [@granovetter1973]")


def test_the_name_of_a_copy_brings_nothing_but_the_copy(write):
    page = write("Ties [@granovetter1973] end")
    select_range(page, "Ties", " end")
    copy(page)
    page.evaluate(CHANGE_COPY, ['data-cite="', f'data-cite="{MILL}'])
    caret_after(page, " end")

    paste_copy(page)

    expect(source(page)).to_have_value("Ties [@granovetter1973] endTies [@granovetter1973] end")
