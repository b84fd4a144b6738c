"""Parse BibTeX and BibLaTeX with pybtex, and names, dates and LaTeX by rules of our own."""

import re
from collections.abc import Iterator

from blog.citations.csl import biblatex
from blog.citations.csl.dates import read_date
from blog.citations.csl.fields import folded
from blog.citations.csl.types import KINDS
from blog.citations.parsers.bibtex_entries import read_entries
from blog.citations.parsers.bibtex_names import read_bibtex_names
from blog.citations.parsers.csl_json import clean_csl, date_csl, issued_csl
from blog.citations.parsers.latex import plain_latex

MAX_PARENTS = 4  # a part of a book of a work of several volumes, and one to spare

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
    **dict.fromkeys(("softwareversion", "softwaremodule", "codefragment"), "software"),
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
# Entries that only others refer to.
ABSTRACT = {"xdata", "set"}
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
ADDRESS = re.compile(r"(?:https?|ftp)://[^\s{}<>]+|(?<![\w@.])www\.[^\s{}<>]+", re.IGNORECASE)
# In a command or a field for addresses: “example.org/a”, “//example.org”, a DOI.
IN_COMMAND = re.compile(r"\\(?:url|href|nolinkurl|path)\s*\{([^{}]*)\}")
BARE_ADDRESS = re.compile(
    r"(?://)?(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#][^\s{}<>]*)?|10\.\d{4,9}/[^\s{}<>]+",
    re.IGNORECASE,
)

Fields = dict[str, str]


def read_bibtex(text: str, unread: list[str] | None = None) -> Iterator[dict]:
    """Yield the entries of a file as CSL-JSON, with strings and crossrefs resolved.

    An entry that cannot be read goes into ``unread``; where there is no such list it raises
    ``ReadError`` with the line.
    """
    entries = list(read_entries(text, unread))
    parents = {key.lower(): (kind, fields) for kind, key, fields in reversed(entries) if key}
    for kind, key, fields in entries:
        if (fields or key) and kind not in ABSTRACT:
            yield _record(kind, key, _complete(kind, fields, parents))


def _complete(kind: str, fields: Fields, parents: dict[str, tuple[str, Fields]]) -> Fields:
    """Return an entry's fields with those it inherits: from its crossref, from theirs, by xdata."""
    result = dict(fields)
    for key in fields.get("xdata", "").split(",")[:MAX_PARENTS]:
        result = _parent(key, parents)[1] | result
    child, seen = kind, {id(fields)}
    parent_kind, parent = _parent(fields.get("crossref", ""), parents)
    while parent and id(parent) not in seen and len(seen) <= MAX_PARENTS:
        seen.add(id(parent))
        names = _inherited_names(child, parent_kind)
        inherited = {
            names.get(name, name): text
            for name, text in parent.items()
            if name not in NOT_INHERITED
        }
        result = inherited | result
        child = parent_kind
        parent_kind, parent = _parent(parent.get("crossref", ""), parents)
    return result


def _parent(key: str, parents: dict[str, tuple[str, Fields]]) -> tuple[str, Fields]:
    """Return the kind and fields of the entry that a key names, without any if there is none."""
    return parents.get("".join(key.split()).lower(), ("", {}))


def _inherited_names(child: str, parent: str) -> dict[str, str]:
    """Return the names under which a part has the title of its whole."""
    if parent.startswith("mv"):
        return {"title": "maintitle", "subtitle": "mainsubtitle"}
    if child.startswith(("software", "codefragment")):
        return {}
    if parent == "periodical":
        return {"title": "journaltitle", "subtitle": "journalsubtitle"}
    return {"title": "booktitle", "subtitle": "booksubtitle"}


def _record(kind: str, key: str, fields: dict[str, str]) -> dict:
    text = {name: plain_latex(value) for name, value in fields.items() if name not in LEFT_OUT}
    record: dict = {"id": key, "type": _type(kind, text)}
    for field, names in FIELDS.items():
        record[field] = next(filter(None, (text.get(name, "") for name in names)), "")
    record |= {
        role: read_bibtex_names(fields[name])
        for role, name in biblatex.ROLES.items()
        if name in fields
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
    """Return a title with its subtitle, unless some program has put that into the title too."""
    main, rest = text.get(title, ""), text.get(subtitle, "")
    if not main or not rest or folded(main).endswith(folded(rest)):
        return main
    return f"{main}{' ' if main[-1] in '?!:' else ': '}{rest}"


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
        text = fields.get(name, "")
        places = [found[1] for found in IN_COMMAND.finditer(text)] + [text] * (name == "url")
        named = (BARE_ADDRESS.fullmatch(place.replace("\\", "").strip(" <>{}")) for place in places)
        if found := next(filter(None, named), None) or ADDRESS.search(text.replace("\\", "")):
            return _with_scheme(found[0])
    if fields.get("eprint") and _preprint(fields):
        return f"https://arxiv.org/abs/{fields['eprint']}"
    return ""


def _with_scheme(address: str) -> str:
    address = address.rstrip(".,;>")
    if address.startswith("10."):
        return f"https://doi.org/{address}"
    return address if "://" in address else f"https://{address.removeprefix('//')}"


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
    return issued_csl(year)
