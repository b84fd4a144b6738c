"""
Parse and clean CSL-JSON, and the JSON of DOI registries, which is almost the same.

Almost: registries send lists where CSL has texts, null dates, and types of their own. A value of
the wrong type is converted where its meaning is plain, and dropped where it is not.
"""

import json
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from blog.citations import normalise_doi
from blog.citations.csl.dates import CslDate, PartialDate, read_date
from blog.citations.csl.fields import text_of
from blog.citations.csl.places import split_place
from blog.citations.csl.republication import years_of_republication
from blog.citations.csl.types import known_type
from blog.exceptions import ReadError

TEXTS = (
    *("id", "title", "title-short", "container-title", "container-title-short"),
    *("collection-title", "collection-number", "volume", "volume-title", "issue", "page", "number"),
    *("page-first", "number-of-pages", "number-of-volumes", "edition", "version", "chapter-number"),
    *("publisher", "publisher-place", "event-title", "event", "event-place", "genre", "medium"),
    *("archive", "archive-place", "archive_location", "authority", "section", "status", "language"),
    *("jurisdiction", "season"),
    *("reviewed-title", "reviewed-genre", "original-title", "part-number", "part-title"),
    *("ISBN", "ISSN", "PMID", "PMCID", "URL", "abstract", "keyword", "note", "source"),
)
PEOPLE = (
    *("author", "editor", "translator", "director", "host", "guest", "producer", "composer"),
    *("illustrator", "interviewer", "narrator", "chair", "curator", "compiler", "organizer"),
    *("script-writer", "executive-producer", "series-creator", "collection-editor"),
    *("container-author", "editorial-director", "reviewed-author", "recipient", "contributor"),
)
# Types whose source is a publisher; APA prints the place of none of these.
OF_PUBLISHERS = {
    *("book", "chapter", "collection", "report", "review-book", "paper-conference"),
    *("entry", "entry-dictionary", "entry-encyclopedia"),
}
DATES = ("issued", "accessed", "original-date", "submitted", "event-date")
NAME_PARTS = (
    *("family", "given", "literal", "suffix", "short"),
    *("dropping-particle", "non-dropping-particle"),
)
# A registry's date of publication, where "issued" is empty.
PUBLISHED = ("issued", "published", "published-print", "published-online")
# What other programs call a field of CSL. A record that has it so, and not as CSL, is read by half.
OTHER_NAMES = {
    "author": {"authors", "creator", "creators", "authorships", "author_name"},
    "issued": {
        *("year", "date", "publication_date", "publication_year", "publicationdate"),
        *("publicationyear", "published_date", "pub_date", "pubdate", "pub_year"),
    },
    "container-title": {
        *("booktitle", "journal", "journal_name", "publicationtitle", "source_title", "venue"),
    },
    "page": {"pages"},
}
INNER = ("csl", "csljson")
CSL_NAMES = {name.lower(): name for name in (*TEXTS, *PEOPLE, *DATES, "type", "DOI")}
SIGNS_AROUND_AN_ADDRESS = ' <>"“”'
# A record needs one of these to be cited.
IDENTIFYING_FIELDS = ("title", "author", "editor", "container-title", "URL", "DOI", "genre")


def read_csl(text: str) -> Iterator[dict]:
    """Yield the records of a JSON text: a list, one record, or a registry's answer with either.

    Raises ``ReadError``, with the line or the item.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            _("Line %(line)d is not valid JSON (%(reason)s). Correct it and try again.")
            % {"line": error.lineno, "reason": error.msg},
            line=error.lineno,
        ) from error
    except (ValueError, RecursionError) as error:
        raise ReadError(
            _("This JSON has too many levels, or a number in it is too long. Export it again.")
        ) from error
    for place, record in enumerate(_records(value), start=1):
        named = _with_csl_names(record) if isinstance(record, dict) else {}
        cleaned = clean_csl(named) if named else {}
        if unread := _read_by_half(named, cleaned):
            raise ReadError(
                _(
                    "Item %(place)d of this JSON is not CSL-JSON: it has “%(names)s”. Export your "
                    "references as CSL-JSON, BibTeX or RIS and paste that file."
                )
                % {"place": place, "names": ", ".join(unread)}
            )
        if not any(field in cleaned for field in IDENTIFYING_FIELDS):
            raise ReadError(
                _("Item %d of this JSON is not a reference. Remove it and try again.") % place
            )
        yield cleaned


def _with_csl_names(record: dict) -> dict:
    """Return a record with the names of CSL, whatever their case: “doi”, “Title”.

    Some programs have a record inside one of their own.
    """
    if inner := next((record[name] for name in INNER if isinstance(record.get(name), dict)), None):
        record = {name: record[name] for name in CSL_NAMES.values() if name in record} | inner
    named = {CSL_NAMES.get(str(name).lower(), name): value for name, value in record.items()}
    return named | {name: record[name] for name in CSL_NAMES.values() if name in record}


def _read_by_half(record: dict, cleaned: dict) -> list[str]:
    """Return the names of fields in which another program has what CSL would miss."""
    if isinstance(record.get("itemType"), str):  # Zotero's own
        return ["itemType"]
    return [
        name
        for field, names in OTHER_NAMES.items()
        for name, value in record.items()
        if field not in cleaned and value and name.lower() in names
    ]


def clean_csl(record: Mapping) -> dict:
    """Return the fields that CSL-JSON defines, each value with the type it defines.

    Takes CSL-JSON or a registry's ``message``; never raises.
    """
    cleaned: dict = {"type": known_type(record)}
    cleaned |= {field: text for field in TEXTS if (text := text_of(record.get(field)))}
    cleaned |= {field: people for field in PEOPLE if (people := _people(record.get(field)))}
    for field in DATES:
        options = PUBLISHED if field == "issued" else (field,)
        dates = (date_csl(read_date(record.get(option))) for option in options)
        if date := next(filter(None, dates), None):
            cleaned[field] = date
    if republished := republished_of(_words_of(record.get("issued"))):
        cleaned = republished | cleaned | {"issued": republished["issued"]}
    if doi := normalise_doi(text_of(record.get("DOI"))):
        cleaned["DOI"] = doi
    if address := cleaned.get("URL", "").strip(SIGNS_AROUND_AN_ADDRESS):
        cleaned["URL"] = address
    return cleaned | _publisher(cleaned) | _from_registry(record)


def without_key(record: Mapping) -> dict:
    """Clean a record and leave its key out: a key belongs to the post that cites by it."""
    return {name: value for name, value in clean_csl(record).items() if name != "id"}


def date_csl(when: CslDate) -> dict:
    """Return a date as CSL-JSON; {} for none."""
    if not when.start:
        return {"literal": when.words} if when.words else {}
    if when.ongoing:  # CSL has no open ranges, and its readers print a literal as it is
        return {"literal": when.year}
    days = [when.start, when.end] if when.end else [when.start]
    date: dict = {"date-parts": [_parts(day) for day in days]}
    if when.start.season:
        date["season"] = when.start.season
    return date | ({"circa": True} if when.circa else {})


def issued_csl(words: str) -> dict:
    """Return words for a date of publication as CSL; those of two years stay for ``clean_csl``."""
    return {"raw": words} if republished_of(words) else date_csl(read_date(words))


def republished_of(words: str) -> dict:
    """Return the CSL dates of “1899/1999” or “1999/1899”, a work published again; else {}."""
    years = years_of_republication(words)
    if years is None:
        return {}
    original, issued = ({"date-parts": [[year]]} for year in years)
    return {"issued": issued, "original-date": original}


def _words_of(date: object) -> str:
    """Return the words of a CSL date that has no parts."""
    if not isinstance(date, Mapping):
        return text_of(date)
    return "" if date.get("date-parts") else text_of(date.get("raw") or date.get("literal"))


def _records(value: object) -> list:
    """Return the records inside the wrappers of a file or a registry."""
    if isinstance(value, dict):
        for wrapper in ("message", "items"):
            if isinstance(value.get(wrapper), dict | list):
                return _records(value[wrapper])
        keyed = bool(value) and all(isinstance(one, dict) for one in value.values())
        return list(value.values()) if keyed else [value]
    return value if isinstance(value, list) else [value]


def _people(value: object) -> list[dict]:
    people = value if isinstance(value, list) else [value]
    return [person for person in map(_person, people) if person]


def _person(value: object) -> dict:
    if isinstance(value, str):
        value = {"literal": value}
    if not isinstance(value, dict):
        return {}
    person = {part: text for part in NAME_PARTS if (text := text_of(value.get(part)))}
    if name := text_of(value.get("name")):
        person.setdefault("literal", name)
    custom = value.get("custom")
    if isinstance(custom, dict) and (short := text_of(custom.get("abbreviation"))):
        person.setdefault("short", short)
    return person if {"family", "given", "literal"} & person.keys() else {}


def _publisher(cleaned: Mapping) -> dict:
    """Return the publisher of a book without its place, which goes where CSL has places."""
    if cleaned["type"] not in OF_PUBLISHERS or "publisher" not in cleaned:
        return {}
    place, name = split_place(cleaned["publisher"])
    if not place:
        return {}
    return {"publisher-place": cleaned.get("publisher-place", place), "publisher": name}


def _from_registry(record: Mapping) -> dict:
    """Return title with subtitle, and the article number, which a registry has in other fields."""
    found = {}
    title, subtitle = text_of(record.get("title")), text_of(record.get("subtitle"))
    if isinstance(record.get("title"), list) and subtitle and subtitle not in title:
        found["title"] = f"{title}: {subtitle}" if title else subtitle
    article = text_of(record.get("article-number"))
    if article and not text_of(record.get("page")) and not text_of(record.get("number")):
        found["number"] = article
    return found


def _parts(day: PartialDate) -> list[int]:
    return [part for part in (day.year, day.month, day.day) if part]
