"""Pieces of a text, and the test that rewritten pieces keep their content."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.nl2br import Nl2BrExtension
from markdown.extensions.tables import TableExtension

from blog.exceptions import TextRefused
from blog.text.addresses import Addresses
from blog.text.extensions import COMMENT_KINDS, Bounded
from blog.text.guard import (
    LINE_END,
    MAX_COMMENT_CHARS,
    MAX_POST_CHARS,
    Meter,
    clean,
    too_deep,
)
from blog.text.inline_citations import insert_citations
from blog.text.invisible import is_blank
from blog.text.pictures import PictureFiles
from blog.text.sanitise import DROPPED_WITH_CONTENT, POST_TAGS, filter_attribute
from blog.text.visual.inline import Literals, NoteMarks, VisualCitations, VisualPictures
from blog.text.visual.parser import END_OF_PIECE, NOTE_TAG, VisualParser, VisualStructure

TAGS = (POST_TAGS - {"div"}) | {"h1", NOTE_TAG}
DATA = {"data-cite", "data-unknown", "data-literal"}
ATTRIBUTES = {
    "a": {"href", "title"},
    "aside": {"data-note"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "class", "data-picture"},
    "ol": {"start", "type", "data-mark", "data-loose"},
    "pre": {"data-info"},
    "span": DATA,
    "sup": {"data-note"},
    "td": {"align"},
    "th": {"align"},
    "ul": {"data-mark", "data-loose"},
}
# Two ways to type one thing.
SAME = {"b": "strong", "i": "em", "del": "s"}
TAG_OR_NOTE = re.compile(r"(<sup data-note[^<>]*></sup>|<[^<>]*>)")
INLINE_TAG = re.compile(r"<(/?)(a|b|cite|code|del|em|i|kbd|mark|q|s|strong|su[bp])( [^<>]*)?>$")
BLANK = re.compile(r"\s+")
AROUND_BLOCK = re.compile(
    r"\s*(</?(?:aside|blockquote|br|h\d|hr|li|ol|p|pre|t[a-z]+|ul)\b[^<>]*>)\s*"
)


@dataclass(frozen=True)
class Piece:
    """
    A block of a text as it was typed, the empty lines after it, and its HTML for the editor.

    In a row, the sources and gaps of the pieces are the text. The first piece may have no source:
    then its gap is what is before the first block. `is_complete` says whether the HTML shows all
    that the source has; the definition of a link, for one, shows nowhere.
    """

    source: str
    gap: str
    html: str
    is_complete: bool = True


def pieces_of(
    text: str,
    works: Mapping[str, dict] | None = None,
    *,
    pictures: Mapping[str, PictureFiles] | None = None,
) -> list[Piece]:
    """
    Return the pieces of a post's text, with its citations of `works` (CSL-JSON by key).

    Raises `TextRefused` for a text that is too long or too costly, as `render_post` does.
    """
    works = works or {}
    meter, citations, addresses = Meter(), VisualCitations(works), Addresses()
    extensions = [
        VisualStructure(meter),
        TableExtension(),
        NoteMarks(),
        Literals(),
        citations,
        addresses,
        Bounded(meter, VisualPictures(pictures or {})),
    ]

    def finish(html: str) -> str:
        html = insert_citations(citations.with_sources(html), citations.clusters, works, {}).html
        return addresses.restore(html)

    return _read(text, MAX_POST_CHARS, meter, extensions, finish)


def comment_pieces_of(text: str) -> list[Piece]:
    """
    Return the pieces of a comment or of feedback: fewer blocks, no citations, and lines that stay.

    Raises `TextRefused` as `render_comment` does.
    """
    meter, addresses = Meter(), Addresses()
    extensions = [
        VisualStructure(meter, COMMENT_KINDS),
        Nl2BrExtension(),
        Literals(),
        addresses,
        Bounded(meter),
    ]
    return _read(text, MAX_COMMENT_CHARS, meter, extensions, addresses.restore)


def lost_pieces(
    pieces: Sequence[Piece],
    written: Sequence[tuple[str, str]],
    read: Callable[[str], list[Piece]],
) -> list[int]:
    """
    Return the numbers of the pieces that would not survive being rewritten.

    `written` has for each piece the source and the gap that the editor would write. `read` reads it
    as one text; a piece survives if its part of it has the HTML that the piece had.
    """
    text = "".join(source + gap for source, gap in written)
    changed = [number for number, piece in enumerate(pieces) if piece.source != written[number][0]]
    try:
        again = read(text)
    except TextRefused:
        return changed
    lengths = accumulate((len(piece.source + piece.gap) for piece in again), initial=0)
    by_start = dict(zip(lengths, again, strict=False))
    lost, start = [], 0
    for number, (source, gap) in enumerate(written):
        end = start + len(source + gap)
        html = _between(by_start, start, end)
        if number in changed and (html is None or folded(html) != folded(pieces[number].html)):
            lost.append(number)
        start = end
    return lost


def folded(html: str) -> str:
    """Return HTML without what two ways of typing the same may differ in."""
    return _with_flat_marks(AROUND_BLOCK.sub(r"\1", BLANK.sub(" ", html)).strip())


def _with_flat_marks(html: str) -> str:
    """Return HTML with one tag where the marks of the words change, however they were nested."""
    flat: list[str] = []
    open_marks: list[str] = []
    marks: list[str] = []
    for place, part in enumerate(TAG_OR_NOTE.split(html)):
        name = INLINE_TAG.match(part) if place % 2 else None
        if name and name[1]:
            open_marks.pop()
        elif name:
            open_marks.append(SAME.get(name[2], name[2]) + (name[3] or ""))
        else:
            words = part.lstrip()
            flat.append(part[: len(part) - len(words)])  # a blank has no marks
            if words and marks != sorted(open_marks):
                marks = sorted(open_marks)
                flat.append(f"<marks {' '.join(marks)}>")
            flat.append(words)
    return "".join(flat)


def _read(
    text: str, limit: int, meter: Meter, extensions: list[Extension], finish: Callable[[str], str]
) -> list[Piece]:
    """Return the pieces of a text of at most `limit` characters; `finish` completes its HTML."""
    markdown = Markdown(extensions=extensions)
    source = clean(text, limit)
    if is_blank(source):
        return [Piece("", text, "")] if text else []
    try:
        html = finish(markdown.convert(source))
    except RecursionError:
        raise too_deep() from None
    meter.charge(2 * len(html) + 60 * (html.count("<") + html.count("&")))
    parser = markdown.parser
    assert isinstance(parser, VisualParser)
    parts = [_sanitise(part) for part in html.split(END_OF_PIECE)]
    return _with_sources(text, parser, parts)


def _with_sources(text: str, parser: VisualParser, parts: list[str]) -> list[Piece]:
    """Cut `text` where the parser's pieces begin."""
    line_starts = [0, *(end.end() for end in LINE_END.finditer(text))]
    starts = [line_starts[line] for line in parser.starts]
    pieces = [Piece("", text[: starts[0]], "")] if starts and starts[0] else []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        chunk = text[start:end]
        size = _end_of_source(chunk)
        pieces.append(
            Piece(chunk[:size], chunk[size:], parts[number], number not in parser.incomplete)
        )
    return pieces


def _end_of_source(chunk: str) -> int:
    """Return the end of the last line of a piece that is not empty."""
    bare = len(chunk.rstrip())
    end = LINE_END.search(chunk, bare)
    return len(chunk) if end is None else end.start()


def _between(by_start: dict[int, Piece], start: int, end: int) -> str | None:
    """Return the HTML of the pieces from `start` to `end`; None if they do not end there."""
    html = ""
    while start < end:
        piece = by_start.get(start)
        if piece is None or not piece.is_complete:
            return None
        html += piece.html
        start += len(piece.source + piece.gap)
    return html if start == end else None


def _sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    ).strip()


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute.startswith("data-") or attribute == "align":
        return value
    return filter_attribute(tag, attribute, value)
