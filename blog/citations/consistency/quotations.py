"""Quotations: whether they have a locator, and whether they should be a block."""

import re
from collections.abc import Iterator, Sequence

from blog.citations.consistency.findings import Finding, Kind
from blog.citations.consistency.grammar import BRACKETS, YEAR
from blog.citations.consistency.lines import CLOSE, OPEN, Line
from blog.citations.csl.fields import folded

MIN_BLOCK_QUOTATION_WORDS = 40  # a longer quotation is a block of its own (APA 7, 8.27)
MIN_QUOTATION_WORDS = 4  # fewer are a term, or irony
MAX_QUOTATIONS = 200  # checked in one text
SNIPPET_WORDS = 8  # of a quotation, repeated in the hint

QUOTATION = re.compile(r"“([^“”]{12,})”|\"([^\"]{12,})\"|«([^«»]{12,})»|„([^„“”]{12,})[“”]")
LOCATOR = re.compile(
    r"\b(?:pp?|pgs?|paras?|chaps?|ch|secs?|figs?|vv?|ll?)\.? ?[\divxlc]+|[¶§]|\b\d{1,2}:\d\d\b"
    r"|\b(?:pages?|paragraphs?|chapters?|sections?|figures?|tables?|slides?|lines?|verses?|"
    r"footnotes?|appendix|timestamp|location)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(
    r"(?<!\bal)(?<!\bp)(?<!\bpp)(?<!\bpara)(?<!\d)[.!?…][”\"’»)]* (?=[“\"«„]?[^\W\d_a-z])"
)
ENDED, NEXT = re.compile(r"[.!?…].$"), re.compile(r" [“\"«„]?[^\W\d_a-z]")
DATED = re.compile(rf"\b{YEAR}\b")
# Around a quotation, searched for its citation.
CONTEXT_CHARS_BEFORE, CONTEXT_CHARS_AFTER = 240, 200


def check_quotations(lines: Sequence[Line], titles: Sequence[str]) -> Iterator[Finding]:
    """Find quotations without a locator, and long ones that are no block; ``titles`` are none."""
    known = {folded(title) for title in titles}
    quoted = [(line, match) for line in lines for match in _quotations(line)]
    for line, match in quoted[:MAX_QUOTATIONS]:
        words = next(filter(None, match.groups())).split()
        snippet = _snippet(words)
        if len(words) >= MIN_BLOCK_QUOTATION_WORDS and not line.is_quoted:
            yield Finding(Kind.LONG_QUOTATION, snippet, paragraph=line.paragraph)
        if len(words) < MIN_QUOTATION_WORDS or line.is_quoted or _is_title(words, known):
            continue
        if _lacks_locator(_around(line.text, match)):
            yield Finding(Kind.NO_LOCATOR, snippet, paragraph=line.paragraph)
    for line in lines:
        if line.is_quoted and _lacks_locator(line.text):
            yield Finding(Kind.NO_LOCATOR, _snippet(line.plain.split()), paragraph=line.paragraph)


def _quotations(line: Line) -> list[re.Match]:
    return [] if line.is_heading else list(QUOTATION.finditer(line.text))


def _snippet(words: Sequence[str]) -> str:
    words = [word.strip(OPEN + CLOSE) for word in words]
    return " ".join(words[:SNIPPET_WORDS]) + ("…" if len(words) > SNIPPET_WORDS else "")


def _is_title(words: Sequence[str], known: set[str]) -> bool:
    """Return whether these words are a title: a known one, or one with capitalised long words."""
    if folded(" ".join(words)) in known:
        return True
    long = [word for word in words if len(word.strip(",.:;!?")) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _around(text: str, quotation: re.Match) -> str:
    """Return the sentence around a quotation, with the citation that follows it."""
    before = text[max(0, quotation.start() - CONTEXT_CHARS_BEFORE) : quotation.start()]
    after = text[quotation.end() : quotation.end() + CONTEXT_CHARS_AFTER]
    if ENDED.search(quotation[0]) and NEXT.match(after):
        after = ""
    starts = [end.end() for end in SENTENCE_END.finditer(before)]
    end = SENTENCE_END.search(after)
    return before[starts[-1] if starts else 0 :] + " … " + (after[: end.end()] if end else after)


def _lacks_locator(text: str) -> bool:
    """Return whether a work is cited here without a page, paragraph, minute or section."""
    cited = OPEN in text or any(DATED.search(inside[0]) for inside in BRACKETS.finditer(text))
    return cited and not LOCATOR.search(text)
