"""
Form fields of a CSL-JSON record: lines of text from a record, and CSL values from lines.

Pure. A record has more fields than any form, so nothing here rebuilds one: each function reads or
writes one field.
"""

import re

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
ISO_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
ARTICLE = re.compile(r"(?:art\.|article)(?: no\.)? *(?P<named>\S+)|(?P<bare>e?\d{5,})", re.I)


def csl_field(name: str, value: str) -> tuple[str, object]:
    """Return the CSL field of a form's field, and its CSL value."""
    if name in NAMES:
        return NAMES[name], [parse_name(line) for line in value.splitlines() if line.strip()]
    if name in DATES:
        return DATES[name], parse_date(value)
    return PLAIN[name], value


def parse_name(line: str) -> dict:
    """Parse “Family, Given” or “Family, Given, Jr.”; without a comma the name is not split.

    Braces keep a comma from splitting one: “{Ministry of Culture, Youth and Sport}”.
    """
    line = line.strip()
    if line.startswith("{") and line.endswith("}"):
        return {"literal": line[1:-1].strip()}
    parts = [part.strip() for part in line.split(",")]
    if len(parts) < 2 or not parts[0] or not parts[1]:
        return {"literal": line.strip(" ,")}
    suffix = {"suffix": ", ".join(parts[2:])} if parts[2:] else {}
    return {"family": parts[0], "given": parts[1], **suffix}


def parse_date(value: str) -> dict:
    """Parse 2012, 2012-01 or 2012-01-12; other words, such as “in press”, are a literal date."""
    found = ISO_DAY.fullmatch(value)
    if found:
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    return {"literal": value} if value else {}


def page_or_number(value: str, kind: str) -> dict:
    """Return the CSL field for an article number (“Article 1287728”) or for pages (“33–49”)."""
    found = ARTICLE.fullmatch(value)
    if found and kind.startswith("article"):
        return {"number": found["named"] or found["bare"]}
    return {"page": value}


def form_values(csl: dict) -> dict:
    """Return the form's initial values for a record: the inverse of ``csl_field``."""
    shown = {name: text(csl.get(field)) for name, field in PLAIN.items()}
    shown |= {
        name: "\n".join(filter(None, map(name_text, csl.get(field) or [])))
        for name, field in NAMES.items()
    }
    shown |= {name: date_text(csl.get(field)) for name, field in DATES.items()}
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
        return f"{{{literal}}}" if "," in literal else literal
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
    parts = (date.get("date-parts") or [[]])[0]
    written = "-".join(f"{int(part):02}" for part in parts if str(part).isdigit())
    return written or text(date.get("literal") or date.get("raw"))


def text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else ""
