"""Words of texts and of queries, folded one way for the index, the search and its marks. Pure.

Both databases get words that are folded already: without case and accents, each sign of a script
that is written without spaces as a word of its own, and Arabic words without their article. So a
search finds the same on both, and what it found can be marked in the text as it was written.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from blog.citations.csl.fields import PLAIN_LETTERS

MAX_INDEXED_CHARS = 100_000
MAX_WORD_CHARS = 60
MAX_TERMS = 12
MIN_PREFIX_CHARS = 3
MIN_PLURAL_CHARS = 5
MIN_RESEMBLING_CHARS = 4
MIN_SIMILARITY = 0.45
CONTEXT_CHARS = 160

QUOTED = re.compile(r'["“”„«»「」『』]([^"“”„«»「」『』]*)["“”„«»「」『』]')
ARABIC_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None})
ARABIC_ARTICLE = re.compile(r"(?:[وفبك]?ال|لل)(?=\w{3})")
# Written without spaces: Han, kana, bopomofo, Thai, Lao, Burmese, Khmer.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Signs that a letter carries, which Python's \w leaves out.
MARKS = "".join(chr(n) for n in range(0x300, 0x10000) if unicodedata.category(chr(n))[0] == "M")
WORD = re.compile(f"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern})[^\\W_]|[{MARKS}])+")


class Word(NamedTuple):
    """A word of a text: where it stands there, and how it is compared."""

    start: int
    end: int
    folded: str


class Term(NamedTuple):
    """Words of a query that follow each other in a text; of the last one a beginning, maybe."""

    words: tuple[str, ...]
    is_prefix: bool


class Piece(NamedTuple):
    """A part of a text that is printed; ``is_hit`` if it was searched for."""

    text: str
    is_hit: bool


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text, folded."""
    for found in WORD.finditer(text):
        folded = fold(found[0])[:MAX_WORD_CHARS]
        if folded:
            yield Word(*found.span(), folded)


def fold(word: str) -> str:
    """Return a word without case, accents and, in Arabic, its article."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(PLAIN_LETTERS)).casefold()
    letters = "".join(
        sign for sign in plain if sign.isalnum() or unicodedata.category(sign) == "Mc"
    )
    return ARABIC_ARTICLE.sub("", letters.translate(ARABIC_LETTERS), count=1)


def indexed_words(*texts: str) -> str:
    """Return the index entry of texts: their words, folded, with a space between two."""
    return " ".join(word.folded for text in texts for word in words_of(text[:MAX_INDEXED_CHARS]))


def terms_of(query: str) -> list[Term]:
    """Return the terms of a query; all of them have to be in a text.

    What stands in quotation marks is asked for word by word. Of any other word of three letters and
    more a beginning is enough, without the s of a plural: “doors” finds “door”, “net” “network”.
    """
    terms: list[Term] = []
    end = 0
    for quoted in QUOTED.finditer(query):
        terms += _loose(query[end : quoted.start()])
        terms += _exact(quoted[1])
        end = quoted.end()
    terms += _loose(query[end:])
    return list(dict.fromkeys(terms))[:MAX_TERMS]


def _exact(text: str) -> list[Term]:
    words = tuple(word.folded for word in words_of(text))
    return [Term(words, False)] if words else []


def _loose(text: str) -> list[Term]:
    """Return a term for each part without spaces: “half-open” is two words, one after the other."""
    parts = (tuple(word.folded for word in words_of(part)) for part in text.split())
    return [_beginning(words) for words in parts if words]


def _beginning(words: tuple[str, ...]) -> Term:
    last = words[-1]
    if len(last) < MIN_PREFIX_CHARS or UNSPACED.match(last):
        return Term(words, False)
    if len(last) >= MIN_PLURAL_CHARS and last.endswith("s") and not last.endswith("ss"):
        last = last[:-1]
    return Term((*words[:-1], last), True)


def has_terms(text: str, terms: Sequence[Term]) -> bool:
    """Return whether a text has all terms, as the databases decide it."""
    words = list(words_of(text))
    return all(any(_hits(words, term)) for term in terms)


def context_of(text: str, terms: Sequence[Term], *, resembling: bool = False) -> list[Piece]:
    """Return a line or two of a text around the first place that most terms are near to.

    ``resembling`` also marks words that are written nearly like a term. A text without a hit
    begins at its beginning.
    """
    return marked(_cut(text, _hit_spans(text, terms, resembling=resembling)))


def whole(text: str, terms: Sequence[Term], *, resembling: bool = False) -> list[Piece]:
    """Return a whole short text, such as a title, with its hits."""
    spans = _hit_spans(text, terms, resembling=resembling)
    return marked((text, spans, False, False))


Cut = tuple[str, list[tuple[int, int]], bool, bool]


def marked(cut: Cut) -> list[Piece]:
    """Cut a text into pieces; two hits with nothing but a space between them are one."""
    text, spans, is_begun, is_ended = cut
    pieces = [Piece("… ", False)] if is_begun else []
    end = 0
    for start, stop in _joined(text, spans):
        if start > end:
            pieces.append(Piece(text[end:start], False))
        pieces.append(Piece(text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:], False))
    return [*pieces, Piece(" …", False)] if is_ended else pieces


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, spans: list[tuple[int, int]]) -> Cut:
    """Return the part of a text with the most hits, ended at spaces where there are any."""
    if len(text) <= CONTEXT_CHARS + CONTEXT_CHARS // 2:
        return text, spans, False, False
    starts = sorted(start for start, _ in spans) or [0]
    near = {
        start: sum(start <= other < start + CONTEXT_CHARS for other in starts) for start in starts
    }
    first = max(starts, key=lambda start: (near[start], -start))
    begin = max(0, first - CONTEXT_CHARS // 3)
    if begin:
        space = text.find(" ", begin, first)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + CONTEXT_CHARS + CONTEXT_CHARS // 3)
    if end < len(text):
        space = text.rfind(" ", first + 1, end)
        end = space if space > 0 else end
    inside = [
        (max(start, begin) - begin, min(stop, end) - begin)
        for start, stop in spans
        if start < end and stop > begin
    ]
    return text[begin:end], inside, begin > 0, end < len(text)


def _hit_spans(text: str, terms: Sequence[Term], *, resembling: bool) -> list[tuple[int, int]]:
    words = list(words_of(text))
    spans = [span for term in terms for span in _hits(words, term)]
    if resembling:
        named = {word for term in terms for word in term.words}
        spans += [(w.start, w.end) for w in words if any(resembles(w.folded, one) for one in named)]
    return spans


def _hits(words: list[Word], term: Term) -> Iterator[tuple[int, int]]:
    size = len(term.words)
    for place in range(len(words) - size + 1):
        found = words[place : place + size]
        if all(map(_is_word, found[:-1], term.words)) and _ends(found[-1].folded, term):
            yield found[0].start, found[-1].end


def _is_word(word: Word, wanted: str) -> bool:
    return word.folded == wanted


def _ends(word: str, term: Term) -> bool:
    return word.startswith(term.words[-1]) if term.is_prefix else word == term.words[-1]


def resembles(word: str, wanted: str) -> bool:
    """Return whether two words share most of their groups of three letters, as pg_trgm has them."""
    if min(len(word), len(wanted)) < MIN_RESEMBLING_CHARS:
        return False
    one, other = _trigrams(word), _trigrams(wanted)
    return len(one & other) / len(other) >= MIN_SIMILARITY


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
