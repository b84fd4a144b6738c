"""Convert words with their emphasis, links and notes to Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from urllib.parse import parse_qs, urlsplit

from blog.paste.html.emphasis import marked, with_emphasis
from blog.paste.html.escapes import JOINT, as_paragraph, as_text
from blog.paste.html.tree import Node

SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff\ufdd0-\ufdef\x00-\x08\x0b\x0e-\x1f]")
SAFE = re.compile(r"(?:https?:|mailto:)[^\s<>]+", re.IGNORECASE)
UNSAFE_SIGNS = re.compile(r"[\s<>()\"\\`|]")
# What the renderer links by itself, whole.
BARE = re.compile(r"https?://[\w./%#?=&~+:@,;-]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
BOLD = {"bold", "bolder", "600", "700", "800", "900"}
NOT_BOLD = {"normal", "lighter", "100", "200", "300", "400"}
# Signs that mean something or nothing by what is beside them.
FIRST_SIGN = re.compile(r"^(\s*)(?=[*_~])")
LAST_SIGN = re.compile(r"(?<=[*_~<\\])(?=\s*$)")
MAX_PAIR_CHARS = 2_000  # between a plain tag and its end, for the renderer
# Signs that a browser draws; and words in blocks stay apart where all is one line.
AROUND = {"q": ("“", "”"), " ": (" ", " ")}
RAISED = {"super": "sup", "sub": "sub"}


@dataclass(frozen=True)
class TextStyle:
    """The look of words, inherited from the elements around them."""

    bold: bool = False
    italic: bool = False
    marked: str = ""  # s, for struck words, or mark
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
    elif tag in ("s", "strike", "del", "mark"):
        style = replace(style, marked="mark" if tag == "mark" else "s")
    elif tag in ("code", "kbd", "samp", "tt"):
        style = replace(style, code=True)
    elif tag == "a":
        style = replace(style, href=address(node.attrs.get("href", "")))
    return _styled(css, style) if css else style


def _styled(css: dict[str, str], style: TextStyle) -> TextStyle:
    weight, slant = css.get("font-weight"), css.get("font-style")
    if weight in BOLD | NOT_BOLD:
        style = replace(style, bold=weight in BOLD)
    if slant in ("italic", "oblique", "normal"):
        style = replace(style, italic=slant != "normal")
    if css.get("vertical-align") in RAISED:
        style = replace(style, raised=RAISED[css["vertical-align"]])
    decoration = css.get("text-decoration", "") + css.get("text-decoration-line", "")
    return replace(style, marked="s") if "line-through" in decoration else style


def address(href: str) -> str:
    """Return an address that a post may link to, without Google’s redirect; "" for any other."""
    href = re.sub(r"[\t\r\n]", "", NOTHING.sub("", href).strip())
    if href.lower().startswith("www."):
        href = f"https://{href}"
    href = UNSAFE_SIGNS.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), href)
    if not SAFE.fullmatch(href):
        return ""
    try:
        parts = urlsplit(href)
        if parts.hostname in ("www.google.com", "google.com") and parts.path == "/url":
            query = parse_qs(parts.query)
            meant = address(query.get("q", query.get("url", [""]))[0])
            href = meant or href
    except (ValueError, RecursionError):
        return ""
    return href


def runs_of(node: Node | str, style: TextStyle) -> Iterator[Run]:
    """Yield the words of an element with their style; a line break is a run of its own."""
    if isinstance(node, str):
        yield Run(SPACES.sub(" ", NOTHING.sub("", node)), style)
        return
    if node.tag == "br":
        yield Run("\n")
    elif node.tag == "note":
        yield Run(f"[^{node.attrs['label']}]", note=node.attrs["label"])
    elif node.tag == "embedded":
        href = NOTHING.sub("", node.attrs["href"])
        yield Run(href, replace(style, href=href))
    else:
        style = text_style(node, style)
        before, after = AROUND.get(" " if node.is_block else node.tag, ("", ""))
        yield Run(before, style)
        for child in node.children:
            yield from runs_of(child, style)
        yield Run(after, style)


def paragraphs_of(runs: Sequence[Run]) -> list[str]:
    """Return runs as paragraphs of Markdown; two line breaks end one."""
    groups = groupby(_lines(runs), key=bool)
    return [with_emphasis(as_paragraph(list(lines))) for has_words, lines in groups if has_words]


def plain(runs: Iterable[Run]) -> str:
    """Return runs as Markdown on one line, for a place where a line is no block."""
    return with_emphasis(_line(runs))


def cell_of(lines: Iterable[Iterable[Run]]) -> str:
    """Return lines as Markdown for a cell of a table."""
    return with_emphasis("<br>".join(filter(None, map(_line, lines))).replace("|", "\\|"))


def _line(runs: Iterable[Run]) -> str:
    return " ".join(_lines([replace(run, text=run.text.replace("\n", " ")) for run in runs]))


def _lines(runs: Sequence[Run]) -> list[str]:
    text = _by_link(_jointed(_joined(runs))).replace(JOINT, "")
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join runs of one style; white space has the style of both sides where that is one."""
    filled = [run for run in runs if run.text]
    for place, run in enumerate(filled):
        if not run.text.strip(" ") and 0 < place < len(filled) - 1:
            alike = filled[place - 1].style == filled[place + 1].style
            filled[place] = replace(run, style=filled[place - 1].style if alike else TextStyle())
    joined: list[Run] = []
    for _look, group in groupby(filled, key=lambda run: (run.style, run.note)):
        same = list(group)
        if same[0].note:
            joined += same
        else:
            joined.append(replace(same[0], text="".join(run.text for run in same)))
    return joined


def _jointed(runs: list[Run]) -> list[Run]:
    """Mark where a sign at the edge of a run is beside words in another style, or their marks."""
    jointed = []
    for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        text = run.text
        if not run.note:
            has_marks = run.style != TextStyle()
            if has_marks or (before and not before.text[-1].isspace()):
                text = FIRST_SIGN.sub(rf"\1{JOINT}", text)
            if has_marks or (after and not after.text[0].isspace()):
                text = LAST_SIGN.sub(JOINT, text)
            if after and text[-1] == "]" and (after.style.href or after.text[0] in "([:"):
                text += JOINT
        jointed.append(replace(run, text=text))
    return jointed


def _by_link(runs: list[Run]) -> str:
    def link(value: str, text: str) -> str:
        bare = text.replace("\\", "")
        is_bare = bare in (value, value.removeprefix("mailto:")) and BARE.fullmatch(bare)
        return text if is_bare else f"[{text}]({value})"

    return _wrapped(runs, "href", link, _by_weight)


def _by_weight(runs: list[Run]) -> str:
    return _wrapped(runs, "bold", lambda value, text: marked("bold", text), _by_slant)


def _by_slant(runs: list[Run]) -> str:
    return _wrapped(runs, "italic", lambda value, text: marked("italic", text), _by_mark)


def _by_mark(runs: list[Run]) -> str:
    return _wrapped(runs, "marked", _paired, _by_height)


def _by_height(runs: list[Run]) -> str:
    return _wrapped(runs, "raised", _paired, _by_kind)


def _by_kind(runs: list[Run]) -> str:
    return "".join(run.text if run.note else _words(run) for run in runs)


def _paired(tag: str, text: str) -> str:
    """Return words in a plain tag, if the renderer can read it: no other is in it."""
    fits = len(text) <= MAX_PAIR_CHARS and not set("<>") & set(text)
    return f"<{tag}>{text}</{tag}>" if fits else text


def _words(run: Run) -> str:
    if run.style.code and "`" not in run.text and run.text.strip():
        return _around(run.text, lambda text: f"`{text}`")
    return as_text(run.text, in_link=bool(run.style.href))


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
