"""Lists as word processors write them and as other programs paint them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.paste.html import read_html
from blog.paste.html.list_signs import number_of
from blog.text import render_post


def item(words, *, level=1, sign="1.", gap="&nbsp;&nbsp; ", list_id=0):
    """Write an item as Word does."""
    style = f"margin-left:{level * 36}pt;text-indent:-18pt;mso-list:l{list_id} level{level} lfo1"
    ignored = f"<span style='mso-list:Ignore'>{sign}<span>{gap}</span></span>"
    return f"<p class=MsoListParagraph style='{style}'>{ignored}{words}</p>"


MORE = "<p class=MsoNormal style='margin-left:36pt'>{}</p>"
CONTINUED = "<p class=MsoListContinue style='margin-left:.75in'>{}</p>"


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        pytest.param(
            "<p><span>•</span> Weaving nets is slow</p><p><span>•</span> Mending is slower</p>",
            "- Weaving nets is slow\n- Mending is slower",
            id="bullet in an element",
        ),
        pytest.param(
            "<p class=MsoListParagraph><span>·<span>&nbsp;&nbsp; </span></span>Weaving</p>",
            "- Weaving",
            id="gap inside the bullet",
        ),
        pytest.param(
            f"<p class=MsoListParagraph><span>·<span>{'&nbsp;' * 9} </span></span>Weaving</p>",
            "- Weaving",
            id="wide gap",
        ),
        pytest.param(
            "<p><span>·</span><span>&nbsp;&nbsp; </span><span>Weaving</span> nets</p>",
            "- Weaving nets",
            id="three elements",
        ),
        pytest.param(
            "<p>1.&nbsp;&nbsp; a</p><p>2.&nbsp;&nbsp; b</p>", "1. a\n2. b", id="painted numbers"
        ),
        pytest.param(
            item("done", sign="ü") + item("not", sign="û") + item("open", sign="☐"),
            "- ✓ done\n- ✗ not\n- ☐ open",
            id="check marks of Word",
        ),
        pytest.param(
            "<p>✓&nbsp;&nbsp;done</p><p>✗&nbsp;&nbsp;not done</p>",
            "✓ done\n\n✗ not done",
            id="check marks that are words",
        ),
        pytest.param("<p>1. a</p><p>2. b</p>", "1\\. a\n\n2\\. b", id="typed numbers"),
        pytest.param("<div>• a</div><div>• b</div>", "- a\n- b", id="painted in a mail"),
        pytest.param(
            item("a") + "<p>so</p>" + item("b", sign="2.") + item("c", sign="3."),
            "1. a\n\nso\n\n2. b\n3. c",
            id="interrupted",
        ),
        pytest.param(
            item("a") + MORE.format("more") + item("b", sign="2."),
            "1. a\n\n    more\n\n2. b",
            id="indented as the item",
        ),
        pytest.param(
            item("a") + CONTINUED.format("more") + item("b", sign="2."),
            "1. a\n\n    more\n\n2. b",
            id="List Continue",
        ),
        pytest.param(
            item("a") + item("b", level=2, sign="a)") + MORE.format("more") + item("c", sign="2."),
            "1. a\n    1. b\n\n    more\n\n2. c",
            id="goes on above a list in it",
        ),
        pytest.param(
            item("a", level=2) + item("b", level=2, sign="2.") + item("c", sign="3."),
            "1. a\n2. b\n3. c",
            id="begins too deep",
        ),
        pytest.param(
            item("a") + item("b", level=4, sign="·") + item("c", level=2, sign="a."),
            "1. a\n    - b\n\n    1. c",
            id="levels left out",
        ),
        pytest.param(
            "<h1 style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>1.<span>&nbsp;</span>"
            "</span><![endif]>Part</h1><h2>·&nbsp;&nbsp; Other</h2><h2>2. Typed</h2>",
            "## Part\n\n### Other\n\n### 2. Typed",
            id="headings",
        ),
    ],
)
def test_paragraphs_become_lists(page, markdown):
    assert read_html(page).text == markdown


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>", "1. a\n\n    more\n\n2. b"),
        ("<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li></ul>", "- a\n    - b\n\n    1. c"),
        ("<ol start=4><li>d</li></ol><p>x</p><ol start=5><li>e</ol>", "4. d\n\nx\n\n5. e"),
        ("<ol><li value=7>a</li><li>b</li></ol>", "7. a\n8. b"),
        ("<ol start='x'><li>a</li></ol>", "1. a"),
        ("<ol start=4><li value=x>a</li></ol>", "4. a"),
        ("<ol><li>a</li><li value=9>b</li><li>c</li></ol>", "1. a\n\n9) b\n10) c"),
        (
            "<ol><li>a<li value=5>b<li value=5>c<li value=2>d</ol>",
            "1. a\n\n5) b\n\n5. c\n\n2) d",
        ),
        ("<ol reversed><li>a</li><li>b</li></ol>", "2. a\n\n1) b"),
        ("<ol reversed start=9><li>a</li><li></li><li>b</li></ol>", "9. a\n\n8) b"),
        ("<ol start=0><li>a</li><li>b</li></ol>", "0. a\n1. b"),
        ("<ol reversed start=0><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ol><li>a</li><li></li><li value=-3>b</li></ol>", "1. a\n2. b"),
        ("<ul><li>a</li><li value=9>b</li></ul>", "- a\n- b"),
        ("<ol type=a><li>a</li><li>b</li><li value=5>e</li></ol>", "1. a\n2. b\n\n5) e"),
        (
            "<ul><li>x<ol><li>a</li><li value=9>b</li></ol></li></ul>",
            "- x\n    1. a\n\n    9) b",
        ),
        (
            "<ol><li value=3>a</li></ol><p style='margin-left:36pt'>more</p>"
            "<ol start=4><li>b</li></ol>",
            "3. a\n\n    more\n\n4. b",
        ),
        (
            "<ol class=lst-kix_a-0 start=1><li>a</li><li value=7>b</li></ol>"
            "<ol class=lst-kix_a-1 start=1><li>c</li></ol>"
            "<ol class=lst-kix_a-0 start=8><li>d</li></ol>",
            "1. a\n\n7) b\n    1. c\n8) d",
        ),
        ("<p>1.&nbsp;&nbsp; a</p><p>5.&nbsp;&nbsp; b</p>", "1. a\n\n5) b"),
        ("<p>1. a<br>2. b<br>8. c<br>9. d</p>", "1. a\n2. b\n\n8) c\n9) d"),
        (
            "<table><tr><td><ol><li>a<li value=9>b</ol></td><td>c</td></tr>"
            "<tr><td>d</td><td>e</td></tr></table>",
            "| 1. a<br>9. b | c |\n| --- | --- |\n| d | e |",
        ),
        ("<ul>one<li>a</li>two</ul>", "one\n\n- a\n\n    two"),
        ("<ul><ul><li>b</li></ul><li>c</li></ul>", "- b\n- c"),
        ("<ul><div><li>a</li></div><li>b</li></ul>", "- a\n- b"),
        (
            "<ul><li>a<pre>x\n y</pre></li><li>b</li></ul>",
            "- a\n\n    ```\n    x\n     y\n    ```\n\n- b",
        ),
        ("<dl><dt>Tie</dt><dd>A line</dd><dt>Net</dt></dl>", "- Tie\n\n    A line\n\n- Net"),
        (
            "<ol><li>a</li></ol><p style='margin-left:36pt'>more</p><ol start=2><li>b</li></ol>",
            "1. a\n\n    more\n\n2. b",
        ),
        (
            "<ul><li role=checkbox aria-checked=true><img src=x alt=checked><p>done</p></li>"
            "<li role=checkbox aria-checked=false><p>open</p></li></ul>",
            "- ☑ done\n- ☐ open",
        ),
        (
            "<ul><li><input type=checkbox checked> a</li><li><input type=checkbox> b</li></ul>",
            "- ☑ a\n- ☐ b",
        ),
    ],
)
def test_lists_keep_their_items_and_numbers(page, markdown):
    assert read_html(page).text == markdown


@given(
    st.none() | st.integers(0, 12),
    st.lists(st.none() | st.integers(0, 12), min_size=1, max_size=6),
)
def test_every_item_is_shown_with_its_number(start, values):
    items = "".join(f"<li{'' if n is None else f' value={n}'}>x</li>" for n in values)
    meant, number = [], 1 if start is None else start
    for value in values:
        number = number if value is None else value
        meant.append(number)
        number += 1

    read = read_html(f"<ol{'' if start is None else f' start={start}'}>{items}</ol>").text

    shown = []
    for begin, inside in re.findall(
        r'<ol dir="auto"(?: start="(\d+)")?>(.*?)</ol>', render_post(read).html, re.DOTALL
    ):
        shown += [int(begin or 1) + place for place in range(inside.count("<li"))]
    assert shown == meant


@pytest.mark.parametrize(
    ("sign", "expected", "number"),
    [
        ("1.", 1, 1),
        ("(12)", 1, 12),
        ("1.2.3", 1, 3),
        ("c.", 3, 3),
        ("i.", 1, 1),
        ("i.", 9, 9),
        ("iv)", 1, 4),
        ("l.", 1, 12),
        ("aa.", 27, 27),
        ("א.", 2, 2),
        ("·", 1, None),
        ("o", 1, None),
        ("v", 1, None),
        ("", 1, None),
    ],
)
def test_signs_stand_for_numbers_or_bullets(sign, expected, number):
    assert number_of(sign, expected=expected) == number
