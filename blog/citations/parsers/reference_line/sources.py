"""Parse the source after a title: a journal with its numbers, a publisher, a site."""

import re

from blog.citations.parsers.reference_line import words
from blog.citations.parsers.reference_line.titles import pages

# “, 17(1), 33–49” ends the entry of an article; its journal comes after the last sentence.
PLACE = r"(?:\s*[,:]\s*(?P<place>[^,]{1,40}(?:,\s*[A-Z]?\d[^,]{0,20}){0,3}))?"
IN_A_SERIAL = re.compile(
    r"(?:,\s*|(?<=\w)\s+(?=\d{1,4}\s*(?:\(|:\s?[a-zA-Z]?\d)))(?:vol(?:ume)?\.?\s*|n°\s*)?"
    r"(?P<volume>(?:\d{1,5}[A-Za-z]?(?:\s?[-–/]\s?\d{1,5})?|[A-Z]{1,5}-?\d{1,4}|[IVXLC]{1,7})(?![\w-]))?"
    r"(?(volume)(?:\s*\((?P<issue>[^()]{1,40})\)|,?\s*(?:no|nr|issue)\.?\s*(?P<number>[\w–-]{1,12}))?"
    rf"|\((?P<issue_alone>[^()]{{1,40}})\)){PLACE}\.?$",
    re.IGNORECASE,
)
PLACE_ALONE = re.compile(
    r",\s*(?P<place>(?:(?:pp?\.\s*)?[A-Za-z]{0,3}\d[\w.]*(?:\s*[-–]\s*[A-Za-z]{0,3}\d[\w.]*)?(?:,\s*)?)+"
    r"|(?:Article|Art\.)\s+[\w.-]+)\.?$"
)
RANGE = re.compile(r"(\d{1,6})\s?[-–]\s?(\d{1,6})")
ARTICLE = re.compile(
    r"(?:Article|Art\.)\s*(?:No\.\s*)?(?P<named>\S+)|(?P<bare>e\d{2,}[\w.-]*)", re.I
)
ENDS = re.compile(r"[.?!][\"”’'»)\]]*\s+(?=[\w(])")
ABBREVIATED_WORD = re.compile(r"(?:[A-Z]{2,5} )?[A-Z][\w-]{0,9}\.")
MAX_ABBREVIATION_CHARS = (
    6  # of a word that is shortened before one that is not: Appl. Phys. Express
)
SENTENCE = re.compile(
    r"(?<=[.?!])\s+(?=[^\W_a-z]|[a-z]{1,5}[A-Z][a-z])|(?<=[.?!][\"”’)\]])\s+(?=[^\W_a-z])"
)
ABBREVIATED = re.compile(
    r"(?:^|[\s(“])(?:[A-Z]|vs|vol|vols|no|nr|st|dr|mr|mrs|ms|prof|univ|dept|proc|e\.g|i\.e|ed|eds|op|"
    r"(?:[A-Z]\.)+[A-Z])\.$",
    re.IGNORECASE,
)
EDITION_ALONE = re.compile(r"\d{1,3}(?:st|nd|rd|th) edn?\.")
CITY = re.compile(
    r"(?P<place>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
    r"(?:, (?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?))?)"
    r":\s+(?P<name>\S.*)"
)
ADVANCE = re.compile(r"[.,]?\s*Advance online publication\.?$", re.IGNORECASE)


def serial(text: str) -> tuple[str, dict] | None:
    """Split “Title. Journal, 17(1), 33–49” into the title and the fields of its journal.

    The title is "" where the text has only the journal; None where it does not end in one.
    """
    for pattern in (IN_A_SERIAL, PLACE_ALONE):
        for found in _last(pattern, text):
            if found["place"] and not re.search(r"\d", found[0]):
                continue  # “Chicago, IL, United States” has neither volume nor pages
            container, title = _container(text[: found.start()])
            if container and _is_container(container):
                return title, {"container-title": container, **_numbers(found)}
    return None


def _last(pattern: re.Pattern, text: str) -> list[re.Match]:
    """Return the match that reaches the end of a text, looked for in its last 150 characters."""
    found = pattern.search(text, max(0, len(text) - 150))
    return [found] if found else []


def _is_container(text: str) -> bool:
    return (
        bool(re.match(r"[\w“\"(]", text)) and not text.endswith(":") and not text.startswith("In ")
    )


def _container(text: str) -> tuple[str, str]:
    """Return the journal at the end of a text, and the title before it.

    An abbreviated journal is several short words with full stops: J. Am. Chem. Soc.
    """
    starts = [0, *(end.end() for end in ENDS.finditer(text))]
    is_abbreviated = text.rstrip().endswith(".")
    start = starts.pop()
    while start and (found := ABBREVIATED_WORD.fullmatch(text[starts[-1] : start].strip())):
        if not is_abbreviated and (
            starts[-1] == 0 or len(found[0].split()[-1]) > MAX_ABBREVIATION_CHARS
        ):
            break
        start = starts.pop()
    return text[start:].strip(), text[:start].rstrip()


def _numbers(found: re.Match) -> dict:
    parts = found.groupdict()
    volume = parts.get("volume") or ""
    issue = parts.get("issue") or parts.get("number") or parts.get("issue_alone") or ""
    place = (parts["place"] or "").strip(" .")
    whole = RANGE.fullmatch(volume)
    if whole and not issue and not place and int(whole[2]) - int(whole[1]) != 1:
        volume, place = "", volume  # “Proceedings, 1–6” has pages and no volume
    if re.fullmatch(r"[A-Z]\d{1,3}", volume) and not issue:
        volume, place = "", ", ".join(filter(None, (volume, place)))  # pages of a newspaper
    if re.match(r"(?:no|nr|issue)\.?\s", place, re.I):
        issue, _, place = place.partition(",")
        issue = re.sub(r"(?i)^(?:no|nr|issue)\.?\s*", "", issue)
    article = ARTICLE.fullmatch(place)
    return {
        "volume": re.sub(r"\s?[–-]\s?", "-", volume),
        "issue": issue.strip(),
        "number": (article["named"] or article["bare"]) if article else "",
        "page": "" if article else pages(place),
    }


def published(source: str) -> dict:
    """Return a publisher, and the place that older styles print before it."""
    source = re.sub(r"^\.\s*", "", source.strip())
    if not source:
        return {}
    if (found := CITY.fullmatch(source)) and not words.GROUP.search(found["place"]):
        return {"publisher-place": found["place"], "publisher": found["name"]}
    return {"publisher": source}


def sentences(text: str) -> list[str]:
    """Split a text into sentences, but not after an initial, “vs.” or “No.”"""
    result: list[str] = [""]
    for piece in SENTENCE.split(text):
        if result[-1] and not ABBREVIATED.search(result[-1][-12:]):
            result.append(piece)
        else:
            result[-1] = f"{result[-1]} {piece}".strip()
    return result


def split_source(text: str) -> tuple[str, str]:
    """Split a title from the publisher or site in the sentences after it.

    Titles in APA style have small words and names of sources have none: “What is a tie? A study of
    nets. Moor Press” has a title of two sentences.
    """
    pieces = sentences(text)
    if len(pieces) < 2:
        return _split_after_acronym(text)
    start = len(pieces) - 1
    if not pieces[start - 1].rstrip('"”’»)]').endswith(".") and words.has_small_words(
        pieces[start]
    ):
        return text, ""
    if start > 1 and EDITION_ALONE.fullmatch(pieces[start - 1]):
        return " ".join(pieces[: start - 1]), " ".join(pieces[start - 1 :])
    capitals = not words.has_small_words(pieces[0]) and len(pieces[0].split()) > 2
    while (
        start > 1
        and not capitals
        and not words.has_small_words(pieces[start - 1])
        and pieces[start - 2].endswith(".")
    ):
        start -= 1
    return " ".join(pieces[:start]), " ".join(pieces[start:])


def _split_after_acronym(text: str) -> tuple[str, str]:
    """Split “Mills in the U.K. Moor Press”, but not “Guide of the U.S. Department of Nets”."""
    ends = list(re.finditer(r"(?:[A-Z]\.){2,}\s+(?=[A-Z])", text))
    source = text[ends[-1].end() :] if ends else ""
    if not source or words.has_small_words(source) or words.GROUP.match(source):
        return text, ""
    return text[: ends[-1].end()].rstrip(), source


def bare_source(text: str) -> str:
    """Return a single name of a source, "" for anything that reads like a title."""
    pieces = sentences(text)
    return "" if len(pieces) > 1 or words.has_small_words(text) else text.strip(" .")
