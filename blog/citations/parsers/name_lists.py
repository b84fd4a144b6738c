"""
Separate the names of a field that holds several, whatever stands between them.

BibTeX parts names by “and” and RIS has one on a line; people and catalogues put “;”, “&” and
commas there too. A group keeps the “and” and the commas of its name.
"""

import re

from blog.citations.parsers.reference_line.names import SUFFIX, is_given
from blog.citations.parsers.reference_line.words import GOVERNED, is_group

MAX_CHARS = 20_000
CONJUNCTION = re.compile(r"\s+(?:\\?&|and|und|et)\s+")
ORGANISATION = re.compile(
    r"\b(?:Academ|Administra|Agen[ct]|Associa|Asocia|Bureau|Cent(?:er|re)\b|Commission|Committee|"
    r"Consort|Corporation|Council|Depart|Federa|Foundation|Institut|Laborator|Minist|Observator|"
    r"Organi[sz]a|Parliament|Secretariat|Soci[eé]t|Universi)"
)


def separate_names(text: str) -> list[str]:
    """Return the names of a text, each as it is written; a single name or group is one."""
    text = text.strip(" ;,")
    if len(text) > MAX_CHARS or "{" in text:
        return [text]
    if ";" in text:
        return [name for part in text.split(";") for name in separate_names(part) if name]
    sides = CONJUNCTION.split(text)
    if len(sides) > 1 and all(_is_person(side) for side in sides):
        return [name for side in sides for name in separate_names(side)]
    return _by_commas(text)


def is_body(name: str) -> bool:
    """Return whether a name without a comma is a group’s: World Health Organization."""
    governed = is_group(name) and GOVERNED.search(name)
    return " " in name and bool(governed or ORGANISATION.search(name))


def goes_on(name: str, rest: str) -> bool:
    """Return whether an “and” is a group’s own: Ministry of Education | Research."""
    is_whole = "," in rest or is_group(rest) or len(rest.split()) > 3
    return "," not in name and is_group(name) and bool(GOVERNED.search(name)) and not is_whole


def _by_commas(text: str) -> list[str]:
    """Return the people of “Luna, A., Sol, B.”; two parts are one name, as is one with “Jr.”"""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 3 or is_group(parts[0]) or any(map(SUFFIX.fullmatch, parts)):
        return [text]
    if all(len(part.split()) > 1 and not is_given(part) for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(len(part.split()) <= 3 for part in parts):
        return [f"{family}, {given}" for family, given in zip(*[iter(parts)] * 2, strict=True)]
    return [text]


def _is_person(text: str) -> bool:
    """Return whether a part of a list is somebody: “Luna, Ada”, “A. Luna” or “Ada Luna”."""
    if is_group(text):
        return False
    words = text.replace(",", " ").split()
    return 1 < len(words) <= 8 and ("," in text or all(word[0].isupper() for word in words))
