"""Parse entries of laws and cases, whose date is at their end: Luna v. Sol, 576 U.S. 644 (2015)."""

import re

CASE = re.compile(
    r"(?P<title>.{1,200}? v\. .{1,200}?), (?P<volume>\d{1,4}) (?P<container>[A-Z][\w. ]{0,30}?) "
    r"(?P<page>\d{1,6}|_{2,}) \((?:(?P<authority>[^()]{2,60}?) )?(?P<year>\d{4})\)\.?"
)
STATUTE = re.compile(
    r"(?P<title>.{1,300}?), (?P<volume>\d{1,4}) (?P<container>[A-Z][\w. ]{0,40}?) §+ ?"
    r"(?P<section>\w[\w.–, -]{0,30}?) \((?P<year>\d{4})\)\.?"
)
BILL = re.compile(
    r"(?P<title>.{1,300}?), (?P<number>(?:H\.R\.|S\.|H\.R\. Res\.|S\. Res\.|Bill) ?[\w.-]{1,12}), "
    r"(?P<authority>[^()]{3,60}) \((?P<year>\d{4})\)\.?"
)
LEGAL = re.compile(r" v\. |§|\bU\.S\.C\.|\bC\.F\.R\.|\bCong\. \(|\bStat\. \d")
FIELDS = {"container": "container-title"}


def read_law(text: str) -> dict:
    """Return the CSL fields of an entry without its address; {} for any other entry."""
    for pattern, kind in ((CASE, "legal_case"), (STATUTE, "legislation"), (BILL, "bill")):
        if found := pattern.fullmatch(text.strip()):
            fields = {FIELDS.get(k, k): v for k, v in found.groupdict().items() if v}
            year = int(fields.pop("year"))
            if kind == "legislation" and "C.F.R." in fields["container-title"]:
                kind = "regulation"
            return {"type": kind, **fields, "issued": {"date-parts": [[year]]}}
    return {}


def is_legal(text: str) -> bool:
    """Return whether an entry is a law or a case, also one that is not read."""
    return LEGAL.search(text) is not None
