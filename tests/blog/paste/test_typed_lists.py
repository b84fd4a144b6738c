"""Lists that somebody typed into the lines of one paragraph."""

import pytest

from blog.paste.html import read_html
from blog.text.render import render_post


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<p>• one<br>• two<br>• three</p>", "- one\n- two\n- three"),
        ("<p>· one<br>· two</p>", "- one\n- two"),
        ("<p>- one<br>- two</p>", "- one\n- two"),
        ("<p>– one<br>– two</p>", "- one\n- two"),
        ("<p>* one<br>* two</p>", "- one\n- two"),
        ("<p>1. one<br>2. two</p>", "1. one\n2. two"),
        ("<p>4) one<br>5) two</p>", "4. one\n5. two"),
        ("<p>1.) one<br>2.) two</p>", "1. one\n2. two"),
        ("<p>a) one<br>b) two</p>", "a) one\nb) two"),
        ("• one<br>• two", "- one\n- two"),
        ("<div>Bring:<br>- nets<br>- rope</div>", "Bring:\n\n- nets\n- rope"),
        ("<p><span>- <b>one</b><br>- two</span></p>", "- **one**\n- two"),
        ("<p>• one<br><br>• two<br><br>Yours,<br>Ann</p>", "- one\n- two\n\nYours,  \nAnn"),
        ("<p>- a long<br>line<br>- two</p>", "- a long  \n    line\n- two"),
        ("<p>• one<br>◦ x<br>◦ y<br>• two</p>", "- one\n    - x\n    - y\n- two"),
        ("<p>1. one<br>a) x<br>b) y<br>2. two</p>", "1. one\n\n    a) x\n    b) y\n\n2. two"),
        ("<blockquote>- one<br>- two</blockquote>", "> - one\n> - two"),
        ("<ul><li>Bring<br>- nets<br>- rope</li></ul>", "- Bring\n    - nets\n    - rope"),
    ],
)
def test_lines_that_begin_with_one_kind_of_sign_are_items(page, markdown):
    assert read_html(page).text == markdown


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<p>1. one<br>3. three</p>", "1\\. one  \n3\\. three"),
        ("<p>I came<br>- and went</p>", "I came  \n\\- and went"),
        ("<p>5 - 3<br>a. M. left</p>", "5 - 3  \na. M. left"),
        ("<pre>- one\n- two</pre>", "```\n- one\n- two\n```"),
    ],
)
def test_lines_whose_signs_do_not_agree_stay_as_they_are(page, markdown):
    assert read_html(page).text == markdown


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>", "- a\n\n* b\n\n- c"),
        ("<ol><li>a</ol><ol><li>b</ol>", "1. a\n\n1) b"),
        ("<div><ul><li>a</ul></div><div><ul><li>b</ul></div>", "- a\n\n* b"),
        ("<ul><li>a<ul><li>b</ul><ul><li>c</ul></ul>", "- a\n    - b\n\n    * c"),
    ],
)
def test_two_lists_of_one_kind_stay_two(page, markdown):
    text = read_html(page).text

    assert text == markdown
    tag = "<ol" if "<ol>" in page else "<ul"
    assert render_post(text).html.count(tag) == page.count(tag)


@pytest.mark.parametrize(
    "page", ["<ul><li>a</ul><p>x<ul><li>b</ul>", "<ol><li>a</ol><ul><li>b</ul>"]
)
def test_lists_apart_keep_the_usual_signs(page):
    assert not set("*)") & set(read_html(page).text)


def test_a_numbered_list_that_goes_on_is_one():
    assert read_html("<ol><li>a</ol><ol start=2><li>b</ol>").text.split() == ["1.", "a", "2.", "b"]


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<ol type=a><li>x<li>y</ol>", "a) x\nb) y"),
        ("<ol type=a start=3><li>x<li>y</ol>", "c) x\nd) y"),
        ("<ol style='list-style-type:lower-alpha'><li>x<li>y</ol>", "a) x\nb) y"),
        ("<ol type=a><li>alone</ol>", "1. alone"),
        ("<ol type=a><li><p>x<p>more<li>y</ol>", "1. x\n\n    more\n\n2. y"),
        ("<ol type=a start=26><li>x<li>y</ol>", "26. x\n27. y"),
    ],
)
def test_letters_are_kept_where_they_read_as_such(page, markdown):
    assert read_html(page).text == markdown
