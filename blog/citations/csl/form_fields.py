"""A bibliographic record as lines of text: what a form shows of CSL-JSON, and back.

Pure. The record knows more than any form, so nothing here rebuilds one: each function reads or
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


def field_of(name: str, value: str) -> tuple[str, object]:
    """Return the CSL field that a form's field stands for, and its content."""
    if name in NAMES:
        return NAMES[name], [person(line) for line in value.splitlines() if line.strip()]
    if name in DATES:
        return DATES[name], date_of(value)
    return PLAIN[name], value


def person(line: str) -> dict:
    """Read “Family, Given” or “Family, Given, Jr.”; without a comma the name is not split.

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


def date_of(value: str) -> dict:
    """Read 2012, 2012-01 or 2012-01-12; other words, such as “in press”, are kept as they are."""
    found = ISO_DAY.fullmatch(value)
    if found:
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    return {"literal": value} if value else {}


def place(value: str, kind: str) -> dict:
    """Tell an article's number (“Article 1287728”, “e0123456”) from pages (“33–49”)."""
    found = ARTICLE.fullmatch(value)
    if found and kind.startswith("article"):
        return {"number": found["named"] or found["bare"]}
    return {"page": value}


def typed(csl: dict) -> dict:
    """Return a record as the form shows it; the inverse of ``field_of`` where there is one."""
    shown = {name: text(csl.get(field)) for name, field in PLAIN.items()}
    shown |= {
        name: "\n".join(filter(None, map(line_of, csl.get(field) or [])))
        for name, field in NAMES.items()
    }
    shown |= {name: day_of(csl.get(field)) for name, field in DATES.items()}
    number = text(csl.get("number"))
    is_article = text(csl.get("type")).startswith("article")
    shown["pages"] = text(csl.get("page")) or (f"Article {number}" if number and is_article else "")
    return shown


def line_of(name: object) -> str:
    """Write a CSL name as ``person`` reads it."""
    if not isinstance(name, dict):
        return text(name)
    literal = text(name.get("literal"))
    if literal:
        return f"{{{literal}}}" if "," in literal else literal
    family = together(name, "non-dropping-particle", "family")
    given = together(name, "given", "dropping-particle")
    return ", ".join(filter(None, (family, given, text(name.get("suffix")))))


def together(name: dict, *parts: str) -> str:
    return " ".join(filter(None, (text(name.get(part)) for part in parts)))


def day_of(date: object) -> str:
    """Write a CSL date as ``date_of`` reads it."""
    if not isinstance(date, dict):
        return text(date)
    parts = (date.get("date-parts") or [[]])[0]
    written = "-".join(f"{int(part):02}" for part in parts if str(part).isdigit())
    return written or text(date.get("literal") or date.get("raw"))


def text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else ""
