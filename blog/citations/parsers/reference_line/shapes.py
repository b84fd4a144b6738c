"""Shapes of the fields of a record by kind: pages are numbers, a title is not.

A line of a form that nobody foresaw leaves its rest in some field. What has the wrong shape was
read wrongly, so such a record is no reading of its line.
"""

import re
from itertools import pairwise

from blog.citations.csl.dates import FORTHCOMING
from blog.citations.csl.names import EAST_ASIAN, PARTICLE
from blog.citations.parsers.csl_json import PEOPLE
from blog.citations.parsers.reference_line.name_shapes import can_be_names
from blog.citations.parsers.reference_line.names import has_initials, read_names
from blog.citations.parsers.reference_line.sources import CITY, sentences
from blog.citations.parsers.reference_line.words import PUBLISHER, has_small_words, is_group

OTHERS = "others"  # who are not listed
# In the place of names that the entry above has.
SAME_AUTHOR = re.compile(r"(?:ibid|id|idem|eadem|ders|dies|same authors?)\.?", re.IGNORECASE)
NO_NAME = re.compile(r"\s(?:and|und|et|y|&)$|^(?:and|eds?|editors?|trans)\.?$")
TWO_NAMES = re.compile(
    r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2} (?:and|&|und|et|y|e) "
    r"(?:[A-Z]\. ?)*[A-Z][\w’'.-]* [A-Z][\w’'.-]*"
)
NUMBER = r"(?:[A-Za-z]{0,4}[-.:]?\d[\w.:/]{0,14}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})"
PAGE_NUMBER = re.compile(rf"{NUMBER}(?:\s?-\s?{NUMBER})?(?:\+|\s?ff?\.?)?")
VOLUME = re.compile(
    r"(?:\d{1,5}[A-Za-z]?|[A-Za-z]{1,6}[- ]?\d{1,5}|[IVXLCDM]{1,9}|[ivxlcdm]{1,9})"
    r"(?:\s?[-/]\s?(?:\d{1,5}[A-Za-z]?|[IVXLCDM]{1,9}))?"
)
RANGE = re.compile(r"(\d{1,5})\s?[-/]\s?(\d{1,5})")
# The stop after a number or a long word ends a sentence; “Suppl. 1” and “Spec. Iss. 2” are issues.
ISSUE_LEFTOVER = re.compile(r"[;:]\s|(?:[\W\d_]|[^\W\d_]{7})\.\s|\bdoi\b|https?:", re.IGNORECASE)
# “J. Ties 17”, but not “Ties of Towns 2012” and “Web 2.0”.
ENDS_IN_PAGES = re.compile(r", \d{1,4}\s?[–-]\s?\d{1,4}\.?$")
ENDS_IN_VOLUME = re.compile(r"(?<![\d.])\b\d{1,3}$")
# “17(1), 33–49”, “17(1)”, “17:33”: numbers of a journal that were not read as such.
NUMBERS_OF_A_SERIAL = re.compile(
    r"\b\d{1,4}\s?\(\d{1,3}(?:[–-]\d{1,3})?\)"
    r"|\b\d{1,4}\s?\(\d[^()]{0,12}\)\W*(?:[\d–—-]{1,15})?$"
    r"|\b\d{1,4}\s?[,:;]\s?[A-Za-z]?\d+\s?[–—-]\s?[A-Za-z]?\d+\b"
)
# What belongs to another field or entry: an address, the author of another, editors, the “In” of a
# chapter, pages, a sentence without a blank.
LEFTOVER = re.compile(
    r"https?://|\bwww\.|\bdoi\.org/|\b[A-Z]\. \((?:1[5-9]|20)\d\d"
    r"|\((?i:eds?|edited|editors?|hrsg|hg|coords?)\.?(?:\)| [A-Z]| by )"
    r"|[A-Z][\w.’'-]*, (?:[Ee]ds?|[Ee]ditors?)(?:\.|$)"
    r"|(?:^|[.,;] )(?:[Ee]dited by\b|[Ee]ds?\. (?:[A-Z]\. ?)+[A-Z])"
    r"|[,;’”'\"] In:? (?=[A-Z])"
    r"|[,;’”'\"] in:? (?:(?:[A-Z]\.? )+[A-Z]|[A-Z][\w’'-]+, (?:[A-Z]\.)+)"
    r"|\bpp?\. ?\d|\bS\. ?\d|\bJg\. ?\d|\bISBN\b|[£€$] ?\d"
    r"|[^\W\d_A-Z][a-z][.?!:][A-Z] ?[a-z]"
)
TWO_SENTENCES = re.compile(r"[a-z]{3}\. [A-Z]")
BEGINS_WITH_PERSON = re.compile(r"[A-Z][\w’'-]+, [A-Z]\.")
# “Book of ties. London: Moor Press” and “Book of ties, London: Moor Press”.
IMPRINT_BEHIND = re.compile(r"[a-z]{3}[.,] [A-Z][\w’' -]{1,30}: [A-Z]")
# “See the course page. Luna” and “B. 2015” are lines of somebody before a name.
NOT_OF_A_NAME = re.compile(r"[a-z]{3}[.?!] |\s[-–]\s|\d|://|\bwww\.|[;/|·•…]")
INITIAL_WITH_YEAR = re.compile(r"(?:[A-Z]\. ?)+(?:1[5-9]|20)\d\d")
INITIALS_ALONE = re.compile(r"(?:[^\W\d_]\.[ -]?)+")
ALPHABETIC = re.compile(r"[^\W\d_]{2}|[^\W\d_]$")
# “(2012, p. 4)” and “(2012, emphasis added)” are citations, and so is “(Latreille 1804)”.
OF_A_CITATION = re.compile(
    r"\d{4}.*(?:\b(?:pp?|pgs?|pages?|paras?|paragraphs?|chaps?|chapters?|ch|secs?|sections?|figs?"
    r"|figures?|tables?|vols?|nos?|slides?|lines?|min|art|app|appendix|n|fn|note|s)\.? ?\d"
    r"|\b(?:emphasis|italics|see|cited|quoted|translation|translated|ibid|own|chapter)\b|[:§¶])",
    re.IGNORECASE,
)
WORD_BEFORE_A_YEAR = re.compile(
    rf"(?!.*(?:{FORTHCOMING.pattern}))[^\W\d_]{{3,}}.*\d{{4}}", re.IGNORECASE
)
MAX_VOLUMES = 3  # that appear as one: 17–18


def has_sound_fields(record: dict) -> bool:
    """Return whether each field of a record that was read from a line can be what it says."""
    return (
        all(_are_names(record.get(role) or []) for role in PEOPLE)
        and _is_date(record.get("issued") or {})
        and _are_pages(record.get("page") or "")
        and _is_volume(record.get("volume") or "")
        and not ISSUE_LEFTOVER.search(record.get("issue") or "")
        and _is_title(record.get("title") or "")
        and not _is_part_and_whole(record)
        and _is_container(record)
        and _is_publisher(record.get("publisher") or "")
    )


def _are_names(people: list[dict]) -> bool:
    """Return whether no name is a word of the form or initials, or holds two: “Ann and Bo Bell”."""
    names = [person.get("literal") or person.get("family") or "" for person in people]
    if not all(any(map(str.isalnum, name)) and not SAME_AUTHOR.fullmatch(name) for name in names):
        return False
    if _may_be_parted(people) or not can_be_names(people):
        return False
    if any(NO_NAME.search(name) or INITIALS_ALONE.fullmatch(name) for name in names):
        return False
    if any(INITIAL_WITH_YEAR.fullmatch(name) for name in names):
        return False
    if not all(_is_family(person["family"]) for person in people if person.get("family")):
        return False
    return not _may_begin_inverted(people) and not (
        len(people) > 1
        and any(
            "literal" in person
            and TWO_NAMES.fullmatch(person["literal"])
            and not is_group(person["literal"])
            for person in people
        )
    )


def _may_begin_inverted(people: list[dict]) -> bool:
    """Return whether “Bell, Ann, and Bo Sol” was read as three groups, as it may be, or not."""
    names = [person["literal"].split() for person in people if person.get("literal")]
    return (
        2 < len(people) == len(names)
        and [len(name) for name in names[:2]] == [1, 1]
        and all(
            1 < len(name) < 4 and not is_group(" ".join(name)) and "".join(name).isalpha()
            for name in names[2:]
        )
        and not any(name[0].isupper() or EAST_ASIAN.search(name[0]) for name in names[:2])
    )


def _may_be_parted(people: list[dict]) -> bool:
    """Return whether two names in a row may be the family and the given name of one person.

    “Sol, A., & hooks, bell” and “Boyd, danah” have a name in lower case, “Luna, Ana, & Sol, B.”
    two words without initials in a list that has initials.
    """
    literals = [person.get("literal") or "" for person in people]
    if len(literals) > 1 and any(name.islower() and name != OTHERS for name in literals):
        return True
    are_alone = map(_is_word_alone, literals)
    return not all(literals) and any(map(all, pairwise(are_alone)))


def _is_word_alone(name: str) -> bool:
    return name.isalpha() and not is_group(name) and not EAST_ASIAN.search(name) and name != OTHERS


def _is_family(name: str) -> bool:
    """Return whether words can be a family’s, of which at most one is small and no particle."""
    small = [part for part in name.split() if part.islower() and not PARTICLE.fullmatch(part)]
    return not NOT_OF_A_NAME.search(name) and len(small) < 2


def _is_date(date: dict) -> bool:
    """Return whether words for a date may be those of an entry: no page, no word before a year."""
    words = date.get("literal") or ""
    return not OF_A_CITATION.search(words) and not WORD_BEFORE_A_YEAR.match(words)


def _are_pages(text: str) -> bool:
    return not text or all(PAGE_NUMBER.fullmatch(part.strip()) for part in re.split(r"[,;]", text))


def _is_volume(text: str) -> bool:
    if not text:
        return True
    if several := RANGE.fullmatch(text):
        return 0 < int(several[2]) - int(several[1]) < MAX_VOLUMES
    return bool(VOLUME.fullmatch(text))


def _is_title(text: str) -> bool:
    """Return whether a title is more than people’s names, and has nothing of its source."""
    if (
        NUMBERS_OF_A_SERIAL.search(text)
        or LEFTOVER.search(text)
        or text.startswith((":", ";", ","))
    ):
        return False
    return not (
        has_initials(f"{text}.") and all("given" in person for person in read_names(f"{text}."))
    )


def _is_part_and_whole(record: dict) -> bool:
    """Return whether a title is that of a chapter and its book: “Ties. Book of nets (pp. 3–9)”."""
    is_book = record.get("type") == "book" and record.get("page")
    return bool(is_book and TWO_SENTENCES.search(record.get("title") or ""))


def _is_container(record: dict) -> bool:
    name = record.get("container-title") or ""
    is_journal = record.get("type") == "article-journal"
    return not (
        NUMBERS_OF_A_SERIAL.search(name)
        or LEFTOVER.search(name)
        or BEGINS_WITH_PERSON.match(name)
        or ENDS_IN_PAGES.search(name)
        or IMPRINT_BEHIND.search(name)
        or _is_imprint(name)
        or (is_journal and ENDS_IN_VOLUME.search(name))
    )


def _is_imprint(text: str) -> bool:
    """Return whether a text is a place with its publisher: “London: Moor Press”."""
    found = CITY.fullmatch(text)
    return bool(found and PUBLISHER.search(found["name"]))


def _is_publisher(name: str) -> bool:
    """Return whether a name can be a publisher’s: no numbers alone, and no prose behind it."""
    if not name:
        return True
    return (
        bool(ALPHABETIC.search(name))
        and not NUMBERS_OF_A_SERIAL.search(name)
        and not LEFTOVER.search(name)
        and not IMPRINT_BEHIND.search(name)
        and not any(has_small_words(sentence) for sentence in sentences(name)[1:])
    )
