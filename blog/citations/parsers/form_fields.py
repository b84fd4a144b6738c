"""
Form fields of a CSL-JSON record: lines of text from a record, and CSL values from lines.

Pure. A record has more fields than any form, so nothing here rebuilds one: each function reads or
writes one field.
"""

import re

from blog.citations.csl.dates import FIRST_YEAR_WITHOUT_ERA, loses_a_part, read_date, year_of_era
from blog.citations.csl.names import PARTICLE
from blog.citations.parsers.csl_json import date_csl, republished_of
from blog.citations.parsers.name_lists import inverted_name, may_be_several, separate_names
from blog.citations.parsers.reference_line.group_names import is_body
from blog.citations.parsers.reference_line.names import SHORT_NAME, dotted_name
from blog.citations.parsers.reference_line.repeated_authors import DASH
from blog.citations.parsers.reference_line.words import is_group

PLAIN = {
    "type": "type",
    "title": "title",
    "genre": "genre",
    "container": "container-title",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "publisher": "publisher",
    "doi": "DOI",
    "url": "URL",
}
NAMES = {"authors": "author", "editors": "editor"}
DATES = {"issued": "issued", "accessed": "accessed"}
PREFIXES = {
    "volume": re.compile(r"(?:vol(?:ume|s)?|bd|band|tome|jg)\b\.?\s*(?=[\dIVXLC])", re.I),
    "issue": re.compile(r"(?:no|nr|num|issue|iss|heft)\b\.?\s*(?=\d)|n[°º]\s*(?=\d)", re.I),
    "page": re.compile(
        r"(?:pp?|pages?|seiten?|págs?)(?:\.\s*|\s+|(?=\d))(?=[\da-z])|s\.\s*(?=\d)", re.I
    ),
}
VOLUME_AND_ISSUE = re.compile(
    r"(?P<volume>[\w–-]+)(?:\s*\((?P<inside>[^()]*\d[^()]*)\)"
    r"|(?:\s*,)?\s*(?:no|nr|issue|iss|heft|n[°º])\b\.?\s*(?P<after>\d[\w–/-]*))",
    re.I,
)
DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)
REPEATED = re.compile(
    rf"\s*(?:(?:\\?{DASH}\s?)+|(?:ibid|idem|eadem|same authors?))[.,]?\s*", re.IGNORECASE
)
ARTICLE = re.compile(r"(?:art\.|article)(?: no\.)? *(?P<named>\S+)|(?P<bare>e?\d{5,})", re.I)


def csl_field(name: str, value: str) -> tuple[str, object]:
    """Return the CSL field of a form's field, and its CSL value."""
    if name in NAMES:
        return NAMES[name], [
            person for line in value.splitlines() if line.strip() for person in parse_names(line)
        ]
    if name in DATES:
        return DATES[name], parse_date(value)
    return PLAIN[name], value


def parse_names(line: str) -> list[dict]:
    """Parse a line of names: one, as ``parse_name`` does, or several that “;”, “&” or “and” part.

    Several names without commas are people too: “Ada Brown; Conor O’Neil” or “Brown A, O’Neil C”.
    """
    line = line.strip().replace("；", ";")
    if line.startswith("{") and line.endswith("}") and "}" not in line[:-1]:
        return [parse_name(line)]
    if ";" in line:  # in braces, each name may have one of its own
        pieces = [piece for piece in re.split(r";(?![^{}]*\})", line) if piece.strip(" ,")]
        if len(pieces) > 1:
            return [person for piece in pieces for person in _names_beside_others(piece)]
    names = _short_names(line) or separate_names(line)
    return [parse_name(names[0])] if len(names) == 1 else [_person(name) for name in names]


def repeats_another(lines: str) -> bool:
    """Return whether a line has a dash or “ibid.” in the place of names that another entry has."""
    return any(map(REPEATED.fullmatch, lines.splitlines()))


def _names_beside_others(text: str) -> list[dict]:
    """Parse a piece of a line that has others, in which “Ada Brown” is a person."""
    people = parse_names(text)
    return [_person(one["literal"]) if _is_one(one, text) else one for one in people]


def _is_one(person: dict, text: str) -> bool:
    return person.keys() == {"literal"} and person["literal"] == text.strip(" ,;")


def _short_names(line: str) -> list[str]:
    """Return the people of “Brown A, O’Neil C” as “Family, Given”, [] for any other line."""
    parts = [part.strip(" .") for part in re.split(r",|\s(?:&|and)\s", line) if part.strip(" .")]
    found = [SHORT_NAME.fullmatch(part) for part in parts]
    if len(found) < 2 or not all(found) or is_group(line):
        return []
    return [_inverted(name) for name in found if name]


def _inverted(name: re.Match) -> str:
    """Return “Brown AB” as “Brown, A. B.”"""
    return f"{name['family']}, {' '.join(f'{letter}.' for letter in name['given'])}"


def _person(name: str) -> dict:
    """Parse a name of several: “Ada Brown” is a person unless its words are a group’s."""
    if short := SHORT_NAME.fullmatch(name.strip(" .")):
        return parse_name(_inverted(short))
    words = name.split()
    start = next((n for n, word in enumerate(words) if PARTICLE.fullmatch(word)), len(words) - 1)
    given, family = words[:start], words[start:]
    is_whole = "," in name or not given or len(words) > 5 or is_group(name) or is_body(name)
    if is_whole or not all(word[0].isupper() for word in (*given, family[-1])):
        return parse_name(name)
    return {"family": " ".join(family), "given": " ".join(given)}


def possible_people(names: list[dict]) -> list[dict]:
    """Return the people that names without a comma may be: “Mina Okafor” may, “UNESCO” not."""
    people = (_person(name["literal"]) for name in names if name.keys() == {"literal"})
    return [person for person in people if "family" in person]


def parse_name(line: str) -> dict:
    """Parse “Family, Given” or “Family, Given, Jr.”; without a comma only initials split a name.

    Braces keep a comma from splitting one: “{Ministry of Culture, Youth and Sport}”.
    """
    line = line.strip()
    if line.startswith("{") and line.endswith("}"):
        return {"literal": line[1:-1].strip()}
    name = inverted_name(line)
    is_split = "family" in name or may_be_several(line)
    return name if is_split else dotted_name(line) or name


def parse_date(value: str) -> dict:
    """Parse 2012, 2012-01, 2012/01/12, ca. 1850 or 350 BCE; other words are literal: in press."""
    found = DAY.fullmatch(value)
    if found and not loses_a_part(value):
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    if value and ((when := read_date(value)).circa or year_of_era(value)):
        return date_csl(when)
    return {"literal": value} if value else {}


def with_issued(csl: dict, value: str) -> dict:
    """Return a record with what its “Year or date” says: 1867/2012 is a work published again.

    ``issued_text`` shows both years, so that leaving out the first takes it out of the record.
    """
    rest = csl if issued_text(csl) == date_text(csl.get("issued")) else _without_original(csl)
    return rest | ({"issued": parse_date(value)} | republished_of(value))


def issued_text(csl: dict) -> str:
    """Return the dates of a record as words that ``with_issued`` reads."""
    issued, original = date_text(csl.get("issued")), date_text(csl.get("original-date"))
    both = f"{original}/{issued}"
    return both if republished_of(both) else issued


def _without_original(csl: dict) -> dict:
    return {name: value for name, value in csl.items() if name != "original-date"}


def plain_number(field: str, value: str) -> str:
    """Return a volume, issue or page without the word before it: Vol. 20, no. 3, pp. 455–471."""
    prefix = PREFIXES[field].match(value)
    return value[prefix.end() :] if prefix else value


def volume_and_issue(value: str) -> tuple[str, str]:
    """Split “20(3)” or “Vol. 20, No. 3” into volume and issue, which may be missing: ""."""
    volume = plain_number("volume", value)
    found = VOLUME_AND_ISSUE.fullmatch(volume.strip())
    if not found:
        return volume, ""
    return found["volume"], plain_number("issue", (found["inside"] or found["after"]).strip())


def page_or_number(value: str, kind: str) -> dict:
    """Return the CSL field for an article number (“Article 1287728”) or for pages (“33–49”)."""
    found = ARTICLE.fullmatch(value)
    if found and kind.startswith("article"):
        return {"number": found["named"] or found["bare"]}
    return {"page": plain_number("page", value)}


def form_values(csl: dict) -> dict:
    """Return the form's initial values for a record: the inverse of ``csl_field``."""
    shown = {name: text(csl.get(field)) for name, field in PLAIN.items()}
    shown |= {
        name: "\n".join(filter(None, map(name_text, csl.get(field) or [])))
        for name, field in NAMES.items()
    }
    shown |= {name: date_text(csl.get(field)) for name, field in DATES.items()}
    shown["issued"] = issued_text(csl)
    number = text(csl.get("number"))
    is_article = text(csl.get("type")).startswith("article")
    shown["pages"] = text(csl.get("page")) or (f"Article {number}" if number and is_article else "")
    return shown


def name_text(name: object) -> str:
    """Return a CSL name as a line that ``parse_name`` reads."""
    if not isinstance(name, dict):
        return text(name)
    literal = text(name.get("literal"))
    if literal:
        return literal if parse_names(literal) == [{"literal": literal}] else f"{{{literal}}}"
    family = together(name, "non-dropping-particle", "family")
    given = together(name, "given", "dropping-particle")
    return ", ".join(filter(None, (family, given, text(name.get("suffix")))))


def together(name: dict, *parts: str) -> str:
    """Join the parts of a CSL name with spaces."""
    return " ".join(filter(None, (text(name.get(part)) for part in parts)))


def date_text(date: object) -> str:
    """Return a CSL date as words that ``parse_date`` reads."""
    if not isinstance(date, dict):
        return text(date)
    if (start := read_date(date).start) and start.year < FIRST_YEAR_WITHOUT_ERA:
        return read_date(date).year
    days = (date.get("date-parts") or [[]])[:2]
    written = "/".join(
        "-".join(f"{int(part):02}" for part in parts if str(part).isdigit()) for parts in days
    )
    if written and date.get("circa"):
        written = f"ca. {written}"
    return written or text(date.get("literal") or date.get("raw"))


def text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else ""
