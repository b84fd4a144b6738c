"""What stands in quotation marks: does it say where it is from, is it too long to stand there?"""

import re
from collections.abc import Iterator, Sequence

from blog.citations.consistency.findings import Finding, Kind
from blog.citations.consistency.lines import OPEN, Line
from blog.citations.consistency.typed import BRACKETS, YEAR
from blog.citations.csl.fields import folded

BLOCK = 40  # words from which a quotation stands in a paragraph of its own (APA 7, 8.27)
FEWEST = 4  # words; fewer are a term, or irony
MOST = 200  # quotations looked at in one text
SHOWN = 8  # words of a quotation that a hint repeats

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
BEFORE, AFTER = 240, 200  # characters around a quotation in which its citation stands


def in_quotation_marks(lines: Sequence[Line], titles: Sequence[str]) -> Iterator[Finding]:
    """Find direct quotations without a locator, and long ones that are not set as a block."""
    known = {folded(title) for title in titles}
    quoted = [(line, match) for line in lines for match in _quotations(line)]
    for line, match in quoted[:MOST]:
        words = next(filter(None, match.groups())).split()
        start = _start(words)
        if len(words) >= BLOCK and not line.is_quoted:
            yield Finding(Kind.LONG_QUOTATION, start, paragraph=line.paragraph)
        if len(words) < FEWEST or line.is_quoted or _is_title(words, known):
            continue
        if _lacks_locator(_around(line.text, match)):
            yield Finding(Kind.NO_LOCATOR, start, paragraph=line.paragraph)
    for line in lines:
        if line.is_quoted and _lacks_locator(line.text):
            yield Finding(Kind.NO_LOCATOR, _start(line.plain.split()), paragraph=line.paragraph)


def _quotations(line: Line) -> list[re.Match]:
    return [] if line.is_heading else list(QUOTATION.finditer(line.text))


def _start(words: Sequence[str]) -> str:
    words = [word.strip("\ufdd0\ufdd1") for word in words]
    return " ".join(words[:SHOWN]) + ("…" if len(words) > SHOWN else "")


def _is_title(words: Sequence[str], known: set[str]) -> bool:
    """Tell a title from a quotation: the shelf has it, or its long words begin with capitals."""
    if folded(" ".join(words)) in known:
        return True
    long = [word for word in words if len(word.strip(",.:;!?")) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _around(text: str, quotation: re.Match) -> str:
    """Return the sentence that the quotation stands in, with the citation that follows it."""
    before = text[max(0, quotation.start() - BEFORE) : quotation.start()]
    after = text[quotation.end() : quotation.end() + AFTER]
    if ENDED.search(quotation[0]) and NEXT.match(after):
        after = ""
    starts = [end.end() for end in SENTENCE_END.finditer(before)]
    end = SENTENCE_END.search(after)
    return before[starts[-1] if starts else 0 :] + " … " + (after[: end.end()] if end else after)


def _lacks_locator(text: str) -> bool:
    """Say whether a work is cited here, and no page, paragraph, minute or section of it."""
    cited = OPEN in text or any(DATED.search(inside[1]) for inside in BRACKETS.finditer(text))
    return cited and not LOCATOR.search(text)
