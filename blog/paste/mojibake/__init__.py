"""
Find mojibake, text that was decoded in the wrong encoding: ``donâ€™t``, ``cafÃ©``, ``donāt``.

Two kinds of damage. Where every byte is still there, UTF-8 read as Windows-1252 or as its Baltic
sister, the bytes are decoded again. Where the control characters among them were dropped on the
way, ``’`` and ``“`` have both become a bare ``ā``, and only the words around can tell which it was.

``ā`` is also a letter: of Latvian and of Māori. So certain damage is repaired everywhere; likely
damage only in a text with certain damage, and with no such language beside it.
"""

import re
from collections.abc import Iterator

from blog.paste.changes import Change, change
from blog.paste.mojibake.languages import foreign_beside, looks_maori

BASE = "āâ"  # what is left of ’ “ ” – — when the other two bytes are gone
CAPITAL = "ĀÂ"  # the same of a no-break space and a few signs
QUOTES = set("«»“”„‘’‚‹›…–—¦")

HOSTS = {
    "t": "ain aren can couldn didn doesn don hadn hasn haven isn mightn mustn needn shouldn wasn "
    "weren won wouldn",
    "ve": "i you we they could would should might must who there what",
    "re": "you we they who what there how",
    "ll": "i you he she it we they that there who this what how",
    "m": "i",
    "d": "i you he she it we they who that there how",
    "s": "it that he she let what there here who where how",
}
CONTRACTIONS = {f"{host}+{end}" for end, hosts in HOSTS.items() for host in hosts.split()}

CONTRACTION = re.compile(rf"\b([A-Za-z]{{1,8}})([{BASE}])(s|t|ve|re|ll|d|m)\b")
POSSESSIVE = re.compile(rf"\b[A-Za-z]{{2,30}}([{BASE}])s\b")
PLURAL = re.compile(rf"\b[A-Za-z]{{2,30}}s([{BASE}])(?=\s+[a-z])")
PAIR = re.compile(rf"(?<![\w{BASE}])([{BASE}])([^\n{BASE}{CAPITAL}]{{3,200}})(\1)(?!\w)")
RANGE = re.compile(rf"(?<=\d)([{BASE}])(?=\d)")
NAMES = re.compile(
    rf"\b[A-Z][a-z]{{2,20}}([{BASE}])"
    r"(?:(?:ten|ter|van|von|der|den|zu|zur)(?= [A-Z])|(?=[A-Z][a-z]))"
)
DASH = re.compile(rf"(?<=[^\W\d_]) ([{BASE}]) (?=[^\W\d_])|(?<=[,;)”\d]) ([{BASE}]) (?=[^\W\d_])")
SIGNS = {"¦": "…", "¬": "€"}
SIGN = re.compile(rf"[{BASE}]([{''.join(SIGNS)}])")
SPACE = re.compile(rf" ?[{CAPITAL}][ \u00a0]")
STRAY = re.compile(rf"[{CAPITAL}](?=[«»©®°±·½¼¾£§¿¡])")


def find_mojibake(text: str) -> list[Change]:
    """Return the repairs of a text, in its order and without overlaps."""
    found: dict[int, Change] = {}
    for rule in (_whole, _contractions, _spaces, _signs, _ranges, _pairs, _names):
        _claim(found, text, rule(text))
    if found:
        for rule in (_possessives, _dashes):
            _claim(found, text, rule(text))
    return sorted(found.values(), key=lambda one: one.start)


def _claim(found: dict[int, Change], text: str, spans: Iterator[tuple[int, int, str]]) -> None:
    for start, end, after in spans:
        if found.keys().isdisjoint(range(start, end)):
            one = change("encoding", text, start, end, after)
            found.update(dict.fromkeys(range(start, end), one))


def _table(codec: str) -> dict[str, int]:
    """Return the byte of each character in an encoding; C1 controls are their own."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        shown = bytes([byte]).decode(codec, "ignore")
        if shown:
            table[shown] = byte
    return table


def _sequence(table: dict[str, int]) -> re.Pattern:
    """Return a pattern of one character of UTF-8, as the characters its bytes were taken for."""

    def those(first: int, last: int) -> str:
        return "".join(re.escape(sign) for sign, byte in table.items() if first <= byte <= last)

    more = f"[{those(0x80, 0xBF)}]"
    return re.compile(
        f"[{those(0xC2, 0xDF)}]{more}|[{those(0xE0, 0xEF)}]{more}{{2}}"
        f"|[{those(0xF0, 0xF4)}]{more}{{3}}"
    )


CODECS = [(table, _sequence(table)) for table in map(_table, ("cp1252", "cp1257", "iso8859_13"))]


def _whole(text: str) -> Iterator[tuple[int, int, str]]:
    """Decode bytes again where all of them are there."""
    if text.isascii():
        return
    for table, sequence in CODECS:
        for match in sequence.finditer(text):
            meant = _decoded(match[0], table)
            if meant is not None and _is_likely(text, match, table[match[0][0]], meant):
                yield match.start(), match.end(), meant
    # “â€” alone: the last byte of ” has no sign in Windows-1252, and was dropped.
    for match in re.finditer(r"[âā]€(?=[\s.,;:!?)]|$)", text):
        yield match.start(), match.end(), "”"


def _decoded(broken_text: str, table: dict[str, int]) -> str | None:
    try:
        meant = bytes(table[sign] for sign in broken_text).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return {"\u00a0": " ", "\ufeff": ""}.get(meant, meant)


def _is_likely(text: str, match: re.Match, first: int, meant: str) -> bool:
    """Return whether a match is damage, and not capitals before a quotation mark: «RÅ», É»."""
    before, after = _before(text, match), text[match.end() : match.end() + 1]
    in_word = before.islower() or after.islower()
    if first == 0xC2:
        return not before.isupper()
    if first == 0xC3:
        return meant.isalpha() and (in_word or not set(match[0]) & QUOTES)
    if first >= 0xE2:
        return meant == "" or not meant.isalpha() or len(match[0]) > 3 or meant > "\u3000"
    if first >= 0xCE:
        return meant.isalpha() and (not before.isascii() or not set(match[0]) & QUOTES)
    return meant.isalpha() and in_word and not set(match[0]) & QUOTES


def _before(text: str, match: re.Match) -> str:
    return text[max(0, match.start() - 1) : match.start()]


def _contractions(text: str) -> Iterator[tuple[int, int, str]]:
    for match in CONTRACTION.finditer(text):
        if f"{match[1].lower()}+{match[3]}" in CONTRACTIONS:
            yield match.start(2), match.end(2), "’"


def _spaces(text: str) -> Iterator[tuple[int, int, str]]:
    """Find no-break spaces: a capital before a space, unless it ends RĪGĀ or a sentence begins."""
    for match in SPACE.finditer(text):
        before = _before(text, match)
        if before and before not in "\n.!?:" and not before.isupper():
            yield match.start(), match.end(), " "
    for match in STRAY.finditer(text):
        if not _before(text, match).isupper():
            yield match.start(), match.end(), ""


def _signs(text: str) -> Iterator[tuple[int, int, str]]:
    for match in SIGN.finditer(text):
        yield match.start(), match.end(), SIGNS[match[1]]


def _ranges(text: str) -> Iterator[tuple[int, int, str]]:
    for match in RANGE.finditer(text):
        yield match.start(), match.end(), "–"


def _pairs(text: str) -> Iterator[tuple[int, int, str]]:
    """Find quotations: ``āorchestratorsā``, with plain words inside and no ā-language beside it."""
    for match in PAIR.finditer(text):
        inside = match[2]
        plain = inside.isascii() and not inside[0].isspace() and not inside[-1].isspace()
        if not plain or not re.search(r"[aeiouy]", inside, re.IGNORECASE):
            continue
        if looks_maori(match[0]) or foreign_beside(text, match.start(), match.end()):
            continue
        yield match.start(), match.end(), f"“{inside}”"


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    for match in NAMES.finditer(text):
        if not foreign_beside(text, match.start(), match.end()):
            yield match.start(1), match.end(1), "-"


def _possessives(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern in (POSSESSIVE, PLURAL):
        for match in pattern.finditer(text):
            if not foreign_beside(text, match.start(), match.end()):
                yield match.start(1), match.end(1), "’"


def _dashes(text: str) -> Iterator[tuple[int, int, str]]:
    for match in DASH.finditer(text):
        if not foreign_beside(text, match.start(), match.end(), maori=True):
            yield match.start() + 1, match.end() - 1, "–"
