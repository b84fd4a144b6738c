"""Parse BibTeX and BibLaTeX with pybtex, and names, dates and LaTeX by rules of our own."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from blog.citations.csl import biblatex
from blog.citations.csl.dates import read_date
from blog.citations.csl.types import KINDS
from blog.citations.parsers.csl_json import clean_csl, date_csl
from blog.citations.parsers.latex import MAX_FIELD_CHARS, plain_latex
from blog.exceptions import ReadError

MAX_NAMES_CHARS = 100_000  # in one field; 3,000 physicists need 60,000
MAX_NAMES_BRACES = 3_000  # in one field; splitting it is quadratic in them

TYPES = {
    **dict.fromkeys(("article", "suppperiodical"), "article-journal"),
    **dict.fromkeys(("inbook", "incollection", "bookinbook", "suppbook"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "thesis"),
    **dict.fromkeys(("techreport", "report", "manual"), "report"),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "webpage"),
    **dict.fromkeys(("video", "movie"), "motion_picture"),
    **dict.fromkeys(("audio", "music"), "song"),
    **dict.fromkeys(("image", "artwork"), "graphic"),
    **{"inreference": "entry-encyclopedia", "reference": "book", "unpublished": "manuscript"},
    **{"booklet": "pamphlet", "dataset": "dataset", "software": "software", "patent": "patent"},
    **{"periodical": "periodical", "standard": "standard", "letter": "personal_communication"},
    **{"performance": "performance", "legislation": "legislation", "jurisdiction": "legal_case"},
    **{"review": "review", "map": "map", "newspaper": "article-newspaper"},
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings"), "book"),
    **dict.fromkeys(("mvproceedings", "mvreference"), "book"),
}
GENRES = {"phdthesis": "Doctoral dissertation", "mastersthesis": "Master's thesis"}
GENRE_KEYS = {
    "phdthesis": "Doctoral dissertation",
    "mathesis": "Master's thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}
# CSL field ← the first of these that the entry has.
FIELDS = {
    "publisher": ("publisher", "institution", "school", "organization", "holder"),
    "publisher-place": ("location", "address"),
    "volume": ("volume",),
    "page": ("pages",),
    "edition": ("edition",),
    "collection-title": ("series",),
    "chapter-number": ("chapter",),
    "version": ("version",),
    "language": ("langid", "language"),
    "title-short": ("shorttitle",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "DOI": ("doi",),
    "note": ("note",),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    **{field: (name,) for field, name in biblatex.FIELDS.items()},
}
# Fields of names, and those that programs use for themselves and often fill with whole pages.
LEFT_OUT = {
    *biblatex.ROLES.values(),
    "file",
    "annote",
    "annotation",
    "groups",
    "owner",
    "timestamp",
    "review",
}
# Fields that a part inherits from its crossref, under another name.
INHERITED = {"title": "booktitle", "subtitle": "booksubtitle"}
NOT_INHERITED = {
    "crossref",
    "xref",
    "ids",
    "shorttitle",
    "abstract",
    "keywords",
    "note",
    "doi",
    "url",
}


class Macros(dict):
    """The strings of a file by name, in any case; an undefined name is its own text."""

    def __missing__(self, name: str) -> str:
        return name

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower() if name.lower() in self else name)

    def __setitem__(self, name: str, text: str) -> None:
        super().__setitem__(name.lower(), text[:MAX_FIELD_CHARS])


def read_bibtex(text: str) -> Iterator[dict]:
    """Yield the entries of a file as CSL-JSON, with strings and crossrefs resolved.

    Raises ``ReadError`` with the line.
    """
    entries = list(_entries(text))
    parents = {key.lower(): fields for _kind, key, fields in entries}
    for kind, key, fields in entries:
        yield _record(kind, key, _complete(fields, parents))


def _entries(text: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    parser = LowLevelParser(text, macros=Macros(month_names))
    try:
        for kind, body in parser:
            if kind.lower() in {"string", "preamble"}:
                continue
            key, fields = body
            named: dict[str, str] = {}
            for name, parts in fields:
                named.setdefault(name.lower(), " ".join("".join(parts).split()))
            yield kind.lower(), key or "", named
    except PybtexSyntaxError as error:
        raise ReadError(
            _("Line %(line)d is not valid BibTeX (%(reason)s). Correct it and try again.")
            % {"line": error.lineno, "reason": error.args[0]},
            line=error.lineno,
        ) from error
    except (PybtexError, RecursionError) as error:
        raise ReadError(
            _("Line %d is not valid BibTeX. Correct it and try again.") % parser.lineno,
            line=parser.lineno,
        ) from error


def _complete(fields: dict[str, str], parents: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return an entry's fields with those it inherits from its crossref."""
    parent = parents.get(fields.get("crossref", "").lower())
    if not parent or parent is fields:
        return fields
    inherited = {
        INHERITED.get(name, name): text
        for name, text in parent.items()
        if name not in NOT_INHERITED
    }
    return inherited | fields


def _record(kind: str, key: str, fields: dict[str, str]) -> dict:
    text = {name: plain_latex(value) for name, value in fields.items() if name not in LEFT_OUT}
    record: dict = {"id": key, "type": _type(kind, text)}
    for field, names in FIELDS.items():
        record[field] = next(filter(None, (text.get(name, "") for name in names)), "")
    record |= {
        role: _people(fields[name]) for role, name in biblatex.ROLES.items() if name in fields
    }
    record |= _titles(text)
    record |= _numbers(record["type"], text)
    record |= {"URL": _address(fields), "genre": _genre(kind, text), "status": _status(text)}
    record["issued"] = _date(fields, "date") or _published(text)
    record["accessed"] = _date(fields, "urldate")
    record |= {field: _date(fields, name) for field, name in biblatex.DATES.items()}
    return clean_csl({field: value for field, value in record.items() if value})


def _type(kind: str, text: dict[str, str]) -> str:
    """Return the CSL type; that of “misc” and unknown kinds follows from their fields.

    BibLaTeX leaves the subtype to its users: ours, and those of Better BibTeX, name the CSL type.
    """
    subtype = text.get("entrysubtype", "").lower()
    if kind == "article" and f"article-{subtype}" in KINDS:
        return f"article-{subtype}"
    if subtype in KINDS:
        return subtype
    if kind in TYPES:
        return TYPES[kind]
    if text.get("eprint") and _preprint(text):
        return "article"
    return "" if text.get("booktitle") or text.get("journal") or text.get("url") else "document"


def _titles(text: dict[str, str]) -> dict[str, str]:
    container = _joined(text, "journal", "journalsubtitle") or _joined(
        text, "journaltitle", "journalsubtitle"
    )
    container = container or _joined(text, "booktitle", "booksubtitle") or text.get("maintitle", "")
    return {"title": _joined(text, "title", "subtitle"), "container-title": container}


def _joined(text: dict[str, str], title: str, subtitle: str) -> str:
    return ": ".join(filter(None, (text.get(title), text.get(subtitle)))) if text.get(title) else ""


def _numbers(type_: str, text: dict[str, str]) -> dict[str, str]:
    """Return BibTeX's "number" as an issue, the number of a report, or a place in a series."""
    number, issue = text.get("number", ""), text.get("issue", "")
    article = text.get("eid") or text.get("article-number") or text.get("articleno") or ""
    if type_ in {"report", "patent", "standard", "manuscript", "dataset", "thesis", "legislation"}:
        return {"number": number or article, "issue": issue}
    if type_ in {"book", "chapter", "pamphlet"}:
        return {"collection-number": number, "issue": issue, "number": article}
    in_journal = text.get("journal") or text.get("journaltitle")
    is_found = type_ == "article-journal" and in_journal and text.get("pages")
    return {"issue": number or issue, "number": "" if is_found else article}


def _address(fields: dict[str, str]) -> str:
    r"""Return the address, from ``howpublished = {\url{…}}`` where it has no field of its own."""
    for name in ("url", "howpublished", "note"):
        match = re.search(r"https?://[^\s{}]+", fields.get(name, "").replace("\\", ""))
        if match:
            return match[0]
    if fields.get("eprint") and _preprint(fields):
        return f"https://arxiv.org/abs/{fields['eprint']}"
    return ""


def _preprint(fields: dict[str, str]) -> bool:
    archive = fields.get("eprinttype") or fields.get("archiveprefix") or ""
    return archive.lower() == "arxiv"


def _genre(kind: str, text: dict[str, str]) -> str:
    given = text.get("type", "")
    return GENRE_KEYS.get(given.lower(), given) or GENRES.get(kind, "")


def _status(text: dict[str, str]) -> str:
    status = text.get("pubstate", "")
    return {"inpress": "in press"}.get(status.lower(), status)


def _date(fields: dict[str, str], name: str) -> dict:
    """Parse a date of BibLaTeX, where a tilde is no space: 2012~ is about 2012."""
    return date_csl(read_date(plain_latex(re.sub(r"~(?=/|$)", "?", fields.get(name, "")))))


def _published(text: dict[str, str]) -> dict:
    """Return a date from year, month and day, each of which may be a word or a number."""
    year, month, day = (text.get(name, "") for name in ("year", "month", "day"))
    if re.fullmatch(r"\d{4}", year) and month:
        numbers = re.fullmatch(r"\d{1,2}", month) and f"{year}-{month}" + f"-{day}" * bool(day)
        return date_csl(read_date(numbers or f"{month} {day} {year}"))
    return date_csl(read_date(year))


def _people(text: str) -> list[dict]:
    if text.count("{") > MAX_NAMES_BRACES:
        return [{"literal": plain_latex(text)}]
    return [_person(name) for name in split_name_list(text[:MAX_NAMES_CHARS]) if name]


def _person(name: str) -> dict:
    """Parse one name; a name in braces is not split."""
    if _wrapped(name):
        return {"literal": plain_latex(name)}
    try:
        person = Person(name)
    except (PybtexError, ValueError, IndexError):
        return {"literal": plain_latex(name)}
    last = plain_latex(" ".join(person.last_names))
    given = plain_latex(" ".join(person.first_names + person.middle_names))
    if not given and not person.prelast_names:
        return {"literal": last}
    return {
        "family": last,
        "given": given,
        "non-dropping-particle": plain_latex(" ".join(person.prelast_names)),
        "suffix": plain_latex(" ".join(person.lineage_names)),
    }


def _wrapped(name: str) -> bool:
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for place, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place == len(name) - 1
    return False
