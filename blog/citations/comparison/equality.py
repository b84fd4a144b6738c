"""Equality of titles, names, journals and pages, however they were written."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import Name, read_names

MIN_SIMILARITY = 0.55  # of two titles; less, and no author in common, are two works
MIN_MAIN_TITLE_CHARS = 30  # folded; a longer one may go without its subtitle
SMALL_WORDS = {"of", "the", "and", "in"}


def title_of(csl: Mapping) -> str:
    """Return the title of a record without its markup."""
    return unmarked(text_of(csl.get("title")))


def pages_of(csl: Mapping) -> str:
    """Return the pages of a record, or else its article number."""
    return text_of(csl.get("page")) or text_of(csl.get("number"))


def same_title(csl: Mapping, theirs: Mapping) -> bool:
    """Return whether two titles have the same letters; a long one may lack its subtitle."""
    ours, found = folded(title_of(csl)), folded(title_of(theirs))
    if not found or ours == found:
        return True
    main = folded(re.split(r"[:?!]\s", title_of(theirs))[0])
    return ours == main and len(main) > MIN_MAIN_TITLE_CHARS


def same_to_readers(csl: Mapping, other: Mapping) -> bool:
    """Return whether two records show readers the same title, authors, year and container."""
    return (
        folded(title_of(csl)) == folded(title_of(other))
        and same_people(csl, other)
        and same_people(other, csl)
        and read_issued(csl).start == read_issued(other).start
        and _folded_journal(text_of(csl.get("container-title")))
        == _folded_journal(text_of(other.get("container-title")))
    )


def is_other_work(csl: Mapping, theirs: Mapping) -> bool:
    """Return whether two records are two works: unlike titles, and no author in common."""
    ours, found = folded(title_of(csl)), folded(title_of(theirs))
    if not ours or not found or ours in found or found in ours:
        return False
    here = {folded(name.family) for name in read_names(csl.get("author"))[0]}
    there = {folded(name.family) for name in read_names(theirs.get("author"))[0]}
    return not here & there and SequenceMatcher(None, ours, found, False).ratio() < MIN_SIMILARITY


def same_people(csl: Mapping, theirs: Mapping) -> bool:
    """Return whether two records have the same authors; after “et al.” any others may follow."""
    ours, is_open = read_names(csl.get("author"))
    found, _more = read_names(theirs.get("author"))
    if not found or (is_open and len(ours) < len(found)):
        found = found[: len(ours)]
        return all(_same_name(a, b) for a, b in zip(ours, found, strict=False))
    return len(ours) == len(found) and all(map(_same_name, ours, found))


def same_person(person: Mapping, other: Mapping) -> bool:
    """Return whether two CSL names are one person."""
    ours, theirs = read_names(person)[0], read_names(other)[0]
    return bool(ours and theirs) and _same_name(ours[0], theirs[0])


def same_journal(ours: str, journal: str, short: str) -> bool:
    """Return whether ``ours`` is a journal's title, its ``short`` one, or an abbreviation of it."""
    if _folded_journal(ours) in {_folded_journal(journal), _folded_journal(short)}:
        return bool(ours)
    # “Am. J. Sociol.” for “American Journal of Sociology”: each word begins one of the title’s.
    words = [word for word in re.findall(r"\w+", journal.lower()) if word not in SMALL_WORDS]
    parts = [word for word in re.findall(r"\w+", ours.lower()) if word not in SMALL_WORDS]
    return (
        "." in ours
        and len(parts) == len(words)
        and all(word.startswith(part) for part, word in zip(parts, words, strict=True))
    )


def same_pages(ours: str, theirs: str) -> bool:
    """Return whether two page ranges are one: 1360–80 is 1360–1380, and a first page is enough."""
    here, there = (re.findall(r"[A-Za-z]*\d+", pages) for pages in (ours, theirs))
    if not here or not there:
        return folded(ours) == folded(theirs)
    first = here[0].lower() == there[0].lower() or (
        len(here) == len(there) == 1 and re.sub(r"\D", "", here[0]) == re.sub(r"\D", "", there[0])
    )
    last = (
        len(here) < 2 or len(there) < 2 or there[1].endswith(here[1]) or here[1].endswith(there[1])
    )
    return first and last


def _same_name(ours: Name, theirs: Name) -> bool:
    """Compare two names however they were split: by all their words, or family and initials."""
    if _name_words(ours) == _name_words(theirs):
        return True
    if folded(ours.family) != folded(theirs.family) and folded(f"{ours.dropping}{ours.family}") != (
        folded(f"{theirs.dropping}{theirs.family}")
    ):
        return False
    here, there = folded(ours.initials), folded(theirs.initials)
    return here.startswith(there) or there.startswith(here)


def _name_words(name: Name) -> list[str]:
    return sorted(folded(word) for word in f"{name.given} {name.dropping} {name.family}".split())


def _folded_journal(name: str) -> str:
    return folded(re.sub(r"^the\s+", "", name.lower()).replace("&", " and "))
