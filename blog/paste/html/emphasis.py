"""
Write bold and slanted words: with stars where the renderer pairs them, and with tags elsewhere.

Stars between a letter and a sign, as in `a**“b”**c`, would be shown as stars. Whether they are read
depends on all that is beside them, so they are decided last, for a whole paragraph: until then a
style is marked by two noncharacters around its words. The visual editor does the same, in
static/js/editor/visual/inline.js.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from blog.exceptions import TextRefused
from blog.text.emphasis import pair_signs
from blog.text.guard import Meter

MARKS = {"bold": ("\ufdd1", "\ufdd2"), "italic": ("\ufdd3", "\ufdd4")}
STARS = {"bold": ("**", "strong"), "italic": ("*", "em")}
TAGS = {"bold": "b", "italic": "i"}
BEGINNINGS = {start: style for style, (start, _end) in MARKS.items()}
ENDS = {end for _start, end in MARKS.values()}
ESCAPED = r"""\\[\\`*_{}\[\]()>#+\-.!|"'@<~]"""
CODE = r"`[^`]+`"
TOKEN = re.compile(
    rf"(?P<mark>[{''.join(BEGINNINGS)}{''.join(ENDS)}])"
    rf"|(?P<link>\[)(?P<label>(?:{ESCAPED}|{CODE}|[^\[\]`])*+)(?P<address>\]\([^\s()<>]*\))"
    r"|<(?P<tag>s|mark|sup|sub)>(?P<inside>[^<>]*)</(?P=tag)>"
    rf"|(?P<opaque>{ESCAPED}|{CODE}|\[\^[^\[\]\s]+\]|<br>| +\n)"
)
OPAQUE = "\x03"  # what is no sign to the renderer’s emphasis, and no space
OPAQUE_CHARS = 24  # of what the renderer puts in the place of code, a note or a tag
MAX_TAG_CHARS = 2_000  # between a plain tag and its end, for the renderer
MAX_ROUNDS = 8


@dataclass(frozen=True)
class Piece:
    """Markdown without emphasis of its own: words, or something the renderer reads first."""

    text: str
    is_words: bool = True
    tag: str = ""  # of what is in a tag already; the text is what is inside


@dataclass(eq=False)
class Styled:
    """Parts in one style; ``is_tagged`` once their stars would be read otherwise."""

    style: str
    parts: list["Piece | Styled"] = field(default_factory=list)
    is_tagged: bool = False


def marked(style: str, text: str) -> str:
    """Mark a text as being in a style."""
    start, end = MARKS[style]
    return f"{start}{text}{end}"


def with_emphasis(text: str) -> str:
    """Return a paragraph, or another block of one piece, with stars and tags for its marks."""
    if not any(start in text for start in BEGINNINGS):
        return text
    return _written(_parse(text))


def _parse(text: str) -> list["Piece | Styled"]:
    top: list[Piece | Styled] = []
    open_parts = [top]
    for piece in _pieces(text):
        if piece.text in BEGINNINGS:
            styled = Styled(BEGINNINGS[piece.text])
            open_parts[-1].append(styled)
            open_parts.append(styled.parts)
        elif piece.text in ENDS:
            open_parts.pop()
        else:
            open_parts[-1].append(piece)
    return top


def _pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text; a mark is a piece of its own."""
    place = 0
    for found in TOKEN.finditer(text):
        if found.start() > place:
            yield Piece(text[place : found.start()])
        place = found.end()
        if found["link"]:
            yield Piece(f"[{with_emphasis(found['label'])}{found['address']}", is_words=False)
        elif found["tag"]:
            yield Piece(found["inside"], is_words=False, tag=found["tag"])
        else:
            yield Piece(found[0], is_words=bool(found["mark"]))
    if place < len(text):
        yield Piece(text[place:])


def _written(parts: Sequence["Piece | Styled"], *, in_tag: bool = False) -> str:
    """Return parts as Markdown, after giving tags to those whose stars would be misread."""
    for round_number in range(MAX_ROUNDS + 1):
        misread = _misread(parts, takes_all=round_number == MAX_ROUNDS)
        if not misread:
            break
        for styled in misread:
            styled.is_tagged = True
    return "".join(_write(part, in_tag=in_tag) for part in parts)


def _write(part: "Piece | Styled", *, in_tag: bool) -> str:
    if isinstance(part, Styled):
        if part.is_tagged:
            return _tagged(part)
        sign, _tag = STARS[part.style]
        return sign + "".join(_write(inner, in_tag=in_tag) for inner in part.parts) + sign
    if part.tag:
        return f"<{part.tag}>{part.text}</{part.tag}>"
    return re.sub("[<>]", r"\\\g<0>", part.text) if in_tag and part.is_words else part.text


def _tagged(styled: Styled) -> str:
    """Return styled words in a tag. As a tag holds no other, what needs one inside stands apart."""
    inside = _written(styled.parts, in_tag=True)
    if _fits_tag(styled.parts):
        return f"<{TAGS[styled.style]}>{inside}</{TAGS[styled.style]}>"
    return "".join(_apart(styled, ()))


def _fits_tag(parts: Sequence["Piece | Styled"]) -> bool:
    if sum(_length(part) for part in parts) > MAX_TAG_CHARS:
        return False
    return not any(_needs_tag(part) for part in parts)


def _needs_tag(part: "Piece | Styled") -> bool:
    if isinstance(part, Styled):
        return part.is_tagged or any(map(_needs_tag, part.parts))
    return bool(part.tag) or part.text == "<br>" or part.text.endswith("\n")


def _length(part: "Piece | Styled") -> int:
    if isinstance(part, Styled):
        return 2 * len(STARS[part.style][0]) + sum(map(_length, part.parts))
    return len(part.text) + (0 if part.is_words else OPAQUE_CHARS)


def _apart(part: "Piece | Styled", styles: Sequence[str]) -> Iterator[str]:
    """Yield the pieces of a part, each in the styles around it: one tag, and stars inside."""
    if isinstance(part, Styled):
        words: list[Piece | Styled] = []
        for inner in [*part.parts, None]:
            if isinstance(inner, Piece) and not _needs_tag(inner):
                words.append(inner)
                continue
            yield _alone(words, (*styles, part.style))
            words = []
            if inner is not None:
                yield from _apart(inner, (*styles, part.style))
    elif part.tag:
        inside = _starred(part.text, styles)
        yield f"<{part.tag}>{inside}</{part.tag}>"
    else:
        yield part.text


def _alone(pieces: Sequence["Piece | Styled"], styles: Sequence[str]) -> str:
    """Return words in one tag, with stars inside for the other style; spaces stay outside."""
    if sum(map(_length, pieces)) > MAX_TAG_CHARS:
        return "".join(_write(piece, in_tag=False) for piece in pieces)
    text = "".join(_write(piece, in_tag=True) for piece in pieces)
    inside = text.strip()
    if not inside:
        return text
    start = text.index(inside)
    tag, *others = styles
    written = f"<{TAGS[tag]}>{_starred(inside, others)}</{TAGS[tag]}>"
    return text[:start] + written + text[start + len(inside) :]


def _starred(text: str, styles: Sequence[str]) -> str:
    """Return the whole inside of a tag with stars, which always pair at its edges."""
    for style in styles:
        sign, _tag = STARS[style]
        text = f"{sign}{text}{sign}"
    return text


def _misread(parts: Sequence["Piece | Styled"], *, takes_all: bool) -> list[Styled]:
    """Return the styled parts whose stars the renderer would not pair with one another."""
    seen = _Seen()
    for part in parts:
        seen.add(part)
    if not seen.places or takes_all:
        return [styled for styled, _start, _end in seen.places]
    try:
        pairs = pair_signs(seen.text, Meter())
    except TextRefused:
        return [styled for styled, _start, _end in seen.places]
    # Of `***`, which star is the slanted one makes no difference: signs of ours do not count.
    words = [0, *accumulate(place not in seen.signs for place in range(seen.length))]
    read = {(pair.tag, words[pair.text], words[pair.text_end]) for pair in pairs}
    return [
        styled
        for styled, start, end in seen.places
        if (STARS[styled.style][1], words[start], words[end]) not in read
    ]


class _Seen:
    """Parts as the renderer’s emphasis sees them; where its stars are, and where what they hold."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.length = 0
        self.signs: set[int] = set()
        self.places: list[tuple[Styled, int, int]] = []

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def add(self, part: "Piece | Styled") -> None:
        if isinstance(part, Piece):
            self._add(part.text if part.is_words else OPAQUE)
        elif part.is_tagged:
            self._add(OPAQUE)
        else:
            self._add_sign(part)
            start = self.length
            for inner in part.parts:
                self.add(inner)
            self.places.append((part, start, self.length))
            self._add_sign(part)

    def _add(self, text: str) -> None:
        self.texts.append(text)
        self.length += len(text)

    def _add_sign(self, styled: Styled) -> None:
        sign, _tag = STARS[styled.style]
        self.signs |= set(range(self.length, self.length + len(sign)))
        self._add(sign)
