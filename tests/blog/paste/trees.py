"""Strategies for pages whose every word is known: which of them it shows, and which it does not."""

import re
from dataclasses import dataclass
from itertools import count

from hypothesis import strategies as st

WORD = re.compile(r"w[a-z]{3}w")
INLINE = [
    "a",
    "b",
    "code",
    "del",
    "em",
    "font",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "sub",
    "sup",
    "u",
]
BLOCKS = [
    *(
        "address",
        "article",
        "blockquote",
        "center",
        "details",
        "div",
        "figure",
        "footer",
        "h1",
        "h2",
    ),
    *("h3", "h4", "header", "main", "p", "pre", "section"),
]
HIDING = [
    ' style="display:none"',
    ' style="mso-hide: all"',
    ' style="visibility: hidden"',
    " hidden",
    ' title="comment"',
    ' class="gone"',
]
COUNTED = [
    "<nav><p>{?}</p></nav>",
    "<select><option>{?}</option></select>",
    "<textarea>{?}</textarea>",
    "<video>{?}</video>",
    "<svg><text>{?}</text></svg>",
]
GAPS = ["&nbsp;&nbsp; ", "\t", "&nbsp;" * 9 + " "]
SIGNS = ["·", "•", "o", "1.", "a)", "iv.", "(2)", "1.1."]
STYLES = [
    "",
    ' style="margin-left:36pt"',
    ' style="margin-left:1in;text-indent:-.25in"',
    ' class="title"',
]
SPACES = ["", " ", "\n", "&nbsp;"]


@dataclass(frozen=True)
class Page:
    """HTML with the words that it shows, in their order, and those of parts that are counted."""

    html: str
    shown: list[str]
    counted: list[str]


def page_of(markup: str) -> Page:
    """Give each place a word of its own: ``{}`` is shown, ``{-}`` hidden, ``{?}`` counted."""
    numbers = count()
    words: dict[str, list[str]] = {"{}": [], "{-}": [], "{?}": []}

    def name(place: re.Match) -> str:
        number = next(numbers)
        letters = "".join(chr(ord("a") + number // 26**power % 26) for power in (2, 1, 0))
        words[place[0]].append(f"w{letters}w")
        return words[place[0]][-1]

    html = re.sub(r"\{[-?]?\}", name, markup)
    return Page(html, words["{}"], words["{?}"])


def words_in(text: str) -> list[str]:
    return WORD.findall(text)


def _element(names, inside, attributes):
    return st.builds(
        lambda name, more, children: f"<{name}{more}>{''.join(children)}</{name}>",
        st.sampled_from(names),
        attributes,
        st.lists(inside, max_size=4),
    )


def _hidden(text: str, mark: str) -> str:
    return text.replace("{}", mark).replace("{?}", mark)


WORDS = st.sampled_from(
    [
        "{}",
        "{} {}",
        " {}",
        "{} ",
        "\n{}\n\n{}",
        "1. {}",
        "- {}",
        "*{}",
        "[{}](",
        "| {}",
        "<br>",
        " ",
    ]
)


def _inline(deeper):
    return st.one_of(
        WORDS,
        _element(INLINE, deeper, st.sampled_from(["", ' style="font-weight:700"', ' href="#x"'])),
        st.builds(
            lambda inside, how: f"<span{how}>{_hidden(inside, '{-}')}</span>",
            deeper,
            st.sampled_from(HIDING),
        ),
        st.builds(
            lambda inside: f'<del cite="mailto:a" datetime="2026">{_hidden(inside, "{?}")}</del>',
            deeper,
        ),
    )


words = st.recursive(WORDS, _inline, max_leaves=6)


def _list(inside):
    item = st.builds(lambda parts: f"<li>{''.join(parts)}</li>", st.lists(inside, max_size=3))
    beside = st.one_of(item, item, inside)
    return st.builds(
        lambda tag, start, items: f"<{tag}{start}>{''.join(items)}</{tag}>",
        st.sampled_from(["ul", "ol", "dl", "menu"]),
        st.sampled_from(["", ' start="4"', ' class="lst-kix_a-1"', ' start="x"']),
        st.lists(beside, max_size=4),
    )


def _table(inside):
    cell = st.builds(
        lambda tag, span, parts: f"<{tag}{span}>{''.join(parts)}</{tag}>",
        st.sampled_from(["td", "th"]),
        st.sampled_from(["", ' colspan="2"', ' rowspan="3"']),
        st.lists(inside, max_size=3),
    )
    row = st.builds(lambda cells: f"<tr>{''.join(cells)}</tr>", st.lists(cell, max_size=4))
    part = st.one_of(row, row, row, WORDS, st.builds("<caption>{0}</caption>".format, inside))
    return st.builds(lambda parts: f"<table>{''.join(parts)}</table>", st.lists(part, max_size=4))


@st.composite
def _word_item(draw, inside):
    """Draw a list paragraph as Word writes it, or as one who only paints it."""
    level, sign, gap = (
        draw(st.integers(1, 4)),
        draw(st.sampled_from(SIGNS)),
        draw(st.sampled_from(GAPS)),
    )
    style = f"margin-left:{level * 36}pt;text-indent:-.25in"
    text = draw(inside)
    painted = draw(
        st.sampled_from(
            ["<span>{0}</span><span>{1}</span>", "<span>{0}<span>{1}</span></span>", "{0}{1}"]
        )
    )
    if draw(st.booleans()):
        ignored = f'<span style="mso-list:Ignore">{sign}<span>{gap}</span></span>'
        style += f";mso-list:l{draw(st.integers(0, 1))} level{level} lfo1"
        return f'<p class=MsoListParagraph style="{style}">{ignored}{text}</p>'
    return f'<p class=MsoListParagraph style="{style}">{painted.format(sign, gap)}{text}</p>'


def _block(deeper):
    return st.one_of(
        words,
        _element(BLOCKS, deeper, st.sampled_from(STYLES)),
        _list(deeper),
        _table(deeper),
        st.builds("".join, st.lists(_word_item(words), min_size=1, max_size=4)),
        st.builds(
            lambda inside, how: f"<div{how}>{_hidden(inside, '{-}')}</div>",
            deeper,
            st.sampled_from(HIDING),
        ),
        st.sampled_from(COUNTED),
    )


pages = st.builds(
    lambda blocks: page_of("<style>.gone{display:none}</style>" + "".join(blocks)),
    st.lists(st.recursive(words, _block, max_leaves=20), min_size=1, max_size=4),
)
