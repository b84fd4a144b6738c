"""
The HTML of a post with its passages marked, cut where notes on them can stand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from blog.text.passages.finding import Place
from blog.text.passages.words import PassageText

NUMBERED_PARAGRAPH = re.compile(r'<p(?=[^<>]*? id="p(\d+)")[^<>]*>')


@dataclass(frozen=True)
class Block:
    """Some HTML of a post, and the passages that begin in its last block."""

    html: str
    passages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Marked:
    """A post in blocks; `anchors` has the id of the element where each passage begins."""

    blocks: tuple[Block, ...]
    anchors: Mapping[int, str]


def mark_passages(source: PassageText, places: Mapping[int, Place]) -> Marked:
    """
    Return the HTML with a `<mark>` around the words of each place.

    No mark reaches across a tag, so the HTML stays well formed; one around words of several
    passages names all of them. A block ends after each one in which a passage begins.
    """
    marks = list(_marks(source, places))
    anchors: dict[int, str] = {}
    written: list[tuple[int, str]] = []
    for start, end, keys in marks:
        new = [key for key in keys if key not in anchors]
        name = f"passage-{new[0]}" if new else ""
        anchors.update(dict.fromkeys(new, name))
        named = f' id="{name}"' if name else ""
        listed = " ".join(str(key) for key in keys)
        written.append((start, f'<mark class="passage"{named} data-passages="{listed}">'))
        written.append((end, "</mark>"))
    return Marked(tuple(_blocks(source, places, written)), anchors)


def link_numbers(html: str, label: str) -> str:
    """Return HTML whose numbered paragraphs begin with a link to a comment on them.

    `label` says that, with `%d` for the number.
    """

    def link(found: re.Match) -> str:
        said = escape(label % int(found[1]))
        return (
            f'{found[0]}<a class="on-paragraph" href="?on={found[1]}#say" aria-label="{said}"></a>'
        )

    return NUMBERED_PARAGRAPH.sub(link, html)


def _marks(
    source: PassageText, places: Mapping[int, Place]
) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the start and end of a mark in the HTML, and the passages that its words are of."""
    order = {key: number for number, key in enumerate(places)}
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for key, place in places.items():
        for start, end in _stretches(source, place):
            begins.setdefault(start, []).append(key)
            ends.setdefault(end, []).append(key)
    active: set[int] = set()
    last = 0
    for at in sorted({*begins, *ends}):
        if active:
            yield last, at, sorted(active, key=order.__getitem__)
        active.difference_update(ends.get(at, ()))
        active.update(begins.get(at, ()))
        last = at


def _stretches(source: PassageText, place: Place) -> list[tuple[int, int]]:
    """Return the stretches of HTML that hold a place's words, with no tag in any of them.

    The spaces before and after a tag are in them, so that no gap is seen.
    """
    stretches: list[tuple[int, int]] = []
    node = None
    html = source.html
    for piece in source.pieces:
        if piece.end <= place.start or piece.start >= place.end:
            continue
        start, end = piece.html_start, piece.html_end
        if not piece.is_entity:  # an entity is marked as a whole
            start += max(0, place.start - piece.start)
            end -= max(0, piece.end - place.end)
        while piece.start > place.start and html[start - 1].isspace():
            start -= 1
        while piece.end < place.end and html[end].isspace():
            end += 1
        if piece.node == node:
            stretches[-1] = stretches[-1][0], end
        else:
            stretches.append((start, end))
        node = piece.node
    return stretches


def _blocks(
    source: PassageText, places: Mapping[int, Place], written: list[tuple[int, str]]
) -> Iterator[Block]:
    in_order = sorted(places, key=lambda key: places[key])
    begun: dict[int, list[int]] = {}
    for key in in_order:
        begun.setdefault(source.section_at(places[key].start), []).append(key)
    at = done = 0
    for section, keys in sorted(begun.items()):
        end = source.sections[section].html_end
        inside = done
        while inside < len(written) and written[inside][0] <= end:
            inside += 1
        yield Block(_insert(source.html, at, end, written[done:inside]), tuple(keys))
        at, done = end, inside
    rest = _insert(source.html, at, len(source.html), written[done:])
    if rest.strip():
        yield Block(rest)


def _insert(html: str, start: int, end: int, written: list[tuple[int, str]]) -> str:
    """Return `html[start:end]` with the insertions at their places."""
    parts = []
    for at, text in written:
        parts += [html[start:at], text]
        start = at
    return "".join([*parts, html[start:end]])
