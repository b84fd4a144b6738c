"""Convert words with their emphasis, links and notes to Markdown."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from urllib.parse import parse_qs, urlsplit

from blog.paste.html.tree import Node

SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff]")
MARKS = re.compile(r"([\\*`])|(?<!\w)(_)|(_)(?!\w)")
LINE_START = re.compile(r"^(?:(\d{1,9})([.)])(?=\s)|()([#>]|[-+](?=\s)|-{3,}))")
SAFE = re.compile(r"(?:https?|mailto):[^\s<>]+", re.IGNORECASE)
BOLD = {"bold", "bolder", "600", "700", "800", "900"}
NOT_BOLD = {"normal", "lighter", "100", "200", "300", "400"}


@dataclass(frozen=True)
class TextStyle:
    """The look of words, inherited from the elements around them."""

    bold: bool = False
    italic: bool = False
    raised: str = ""  # sup or sub
    code: bool = False
    href: str = ""


@dataclass(frozen=True)
class Run:
    """A piece of text in one style; ``note`` is the label of a footnote."""

    text: str
    style: TextStyle = TextStyle()
    note: str = ""


def text_style(node: Node, style: TextStyle) -> TextStyle:
    """Return the style of the words in an element, by its tag and then by its CSS."""
    tag, css = node.tag, node.style
    if tag in ("b", "strong"):
        style = replace(style, bold=True)
    elif tag in ("i", "em", "cite", "dfn", "var"):
        style = replace(style, italic=True)
    elif tag in ("sup", "sub"):
        style = replace(style, raised=tag)
    elif tag in ("code", "kbd", "samp", "tt"):
        style = replace(style, code=True)
    elif tag == "a":
        style = replace(style, href=address(node.attrs.get("href", "")))
    weight, slant = css.get("font-weight"), css.get("font-style")
    if weight in BOLD | NOT_BOLD:
        style = replace(style, bold=weight in BOLD)
    if slant in ("italic", "oblique", "normal"):
        style = replace(style, italic=slant != "normal")
    if css.get("vertical-align") in ("super", "sub"):
        style = replace(style, raised=css["vertical-align"].removesuffix("er")[:3])
    return style


def address(href: str) -> str:
    """Return an address that a post may link to, without Google’s redirect; "" for any other."""
    href = href.strip()
    if not SAFE.fullmatch(href):
        return ""
    try:
        parts = urlsplit(href)
        if parts.hostname in ("www.google.com", "google.com") and parts.path == "/url":
            meant = parse_qs(parts.query).get("q", parse_qs(parts.query).get("url", [""]))[0]
            href = meant if SAFE.fullmatch(meant) else href
    except ValueError:
        return ""
    return href.replace("(", "%28").replace(")", "%29")


def runs_of(node: Node | str, style: TextStyle) -> Iterator[Run]:
    """Yield the words of an element with their style; a line break is a run of its own."""
    if isinstance(node, str):
        yield Run(SPACES.sub(" ", NOTHING.sub("", node)), style)
        return
    if node.tag == "br":
        yield Run("\n")
    elif node.tag == "note":
        yield Run(f"[^{node.attrs['label']}]", note=node.attrs["label"])
    else:
        style = text_style(node, style)
        for child in node.children:
            yield from runs_of(child, style)


def written(runs: Sequence[Run]) -> str:
    """Return runs as one paragraph of Markdown; "" if they are empty."""
    text = _by_link(_joined(runs))
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "  \n".join(LINE_START.sub(_escaped, line) for line in lines)


def _escaped(match: re.Match) -> str:
    return "\\".join((match[1] or "", match[2] or match[4]))


def plain(runs: Sequence[Run]) -> str:
    """Return runs as Markdown on one line."""
    return written([replace(run, text=run.text.replace("\n", " ")) for run in runs])


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join runs of one style; white space has the style of both sides where that is one."""
    filled = [run for run in runs if run.text]
    for place, run in enumerate(filled):
        if not run.text.strip(" ") and 0 < place < len(filled) - 1:
            alike = filled[place - 1].style == filled[place + 1].style
            filled[place] = replace(run, style=filled[place - 1].style if alike else TextStyle())
    joined: list[Run] = []
    for run in filled:
        if joined and joined[-1].style == run.style and not joined[-1].note and not run.note:
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _by_link(runs: list[Run]) -> str:
    def link(value: str, text: str) -> str:
        bare = text.replace("\\", "")
        return text if bare == value or f"mailto:{bare}" == value else f"[{text}]({value})"

    return _wrapped(runs, "href", link, _by_weight)


def _by_weight(runs: list[Run]) -> str:
    return _wrapped(runs, "bold", lambda value, text: f"**{text}**", _by_slant)


def _by_slant(runs: list[Run]) -> str:
    return _wrapped(runs, "italic", lambda value, text: f"*{text}*", _by_height)


def _by_height(runs: list[Run]) -> str:
    return _wrapped(runs, "raised", lambda value, text: f"<{value}>{text}</{value}>", _by_kind)


def _by_kind(runs: list[Run]) -> str:
    return "".join(run.text if run.note else _words(run) for run in runs)


def _words(run: Run) -> str:
    if run.style.code and "`" not in run.text and run.text.strip():
        return _around(run.text, lambda text: f"`{text}`")
    text = MARKS.sub(lambda mark: "\\" + mark[0], run.text)
    return text.replace("[", "\\[").replace("]", "\\]") if run.style.href else text


def _wrapped(
    runs: list[Run],
    what: str,
    wrap: Callable[[str, str], str],
    inner: Callable[[list[Run]], str],
) -> str:
    """Return runs as Markdown, each group of one style in one pair of marks around its words."""
    parts = []
    for value, group in groupby(runs, key=lambda run: getattr(run.style, what)):
        text = inner(list(group))
        if value:
            wrap_value = partial(wrap, value)
            text = "\n".join(_around(line, wrap_value) for line in text.split("\n"))
        parts.append(text)
    return "".join(parts)


def _around(text: str, wrap: Callable[[str], str]) -> str:
    inside = text.strip()
    if not inside:
        return text
    start = text.index(inside)
    return text[:start] + wrap(inside) + text[start + len(inside) :]
