"""
Separate the names of a field that holds several, whatever stands between them.

BibTeX parts names by “and” and RIS has one on a line; people and catalogues put “;”, “&” and
commas there too. A group keeps the “and” and the commas of its name.
"""

import re

from blog.citations.csl.names import PARTICLE
from blog.citations.parsers.east_asian_names import east_asian_names
from blog.citations.parsers.reference_line.given_names import INITIAL, is_given
from blog.citations.parsers.reference_line.group_names import is_body, is_parted_group
from blog.citations.parsers.reference_line.names import SHORT_NAME, SUFFIX
from blog.citations.parsers.reference_line.words import GOVERNED, is_group

MAX_CHARS = 20_000
OTHERS = "others"  # who are not listed
CONJUNCTION = re.compile(r"\s+(?:\\?&|and|und|et|with|plus)\s+")
# “Ann Sol / Bob Luna”, “Ann Sol/Bob Luna”, “Ann Sol | Bob Luna”; “AC/DC” is one name.
SIGN = re.compile(r"\s*[/|·•¦]\s*|\s+(?:\+|-{1,3}|[–—])\s+")
SIGN_INSIDE = re.compile(r"[&|¦•]|\s(?:[/+·]|-{1,3}|[–—])(?:\s|$)|[^\W\d_]{2} ?/ ?[^\W\d_]+ ")
OTHERS_BEHIND = re.compile(
    r"\s*[,;]?\s*(?:(?:^|\s)(?:(?:\\?&|and|und|y)[\s~]+)?(?:et\.?[\s~]*al\.?|u\.[\s~]?a\.|y otros)"
    r"|(?:\s(?:\\?&|and)|,)\s+others|(?<=\W)\s*(?:…|\.{3}))$",
    re.IGNORECASE,
)


def separate_names(text: str) -> list[str]:
    """Return the names of a text, each as it is written; a single name or group is one."""
    text = " ".join(text.split()).strip(" ;,")
    if len(text) > MAX_CHARS or "{" in text:
        return [text]
    if more := OTHERS_BEHIND.search(text):
        listed = text[: more.start()].strip(" ;,")
        return [*(_separate(listed) if listed else []), OTHERS]
    return _separate(text)


def _separate(text: str) -> list[str]:
    """Return the names of a text that does not end in “et al.”"""
    if (people := east_asian_names(text)) is not None:
        return [_written(person) for person in people] or [text]
    if ";" in text:
        return [name for part in text.split(";") for name in separate_names(part) if name]
    for between in (CONJUNCTION, SIGN):
        sides = between.split(text)
        if len(sides) > 1 and all(_is_person(side) for side in sides):
            return [name for side in whole_series(sides) for name in separate_names(side)]
    return [text] if may_be_several(text) else _by_commas(text)


def inverted_name(name: str) -> dict:
    """Parse “Family, Given” or “Family, Given, Jr.”; a group or a name without a comma is whole."""
    parts = [part.strip() for part in name.split(",")]
    family, given, *rest = [*parts, "", ""]
    suffix = ", ".join(filter(None, rest))
    if may_be_several(name) or not (family and given) or is_parted_group(family, given):
        return {"literal": name.strip(" ,")}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def may_be_several(name: str) -> bool:
    """Return whether a sign in a name says that it is a group’s or several: Ernst & Young.

    Such a name has no family and no given name.
    """
    return bool(SIGN_INSIDE.search(name))


def whole_series(names: list[str]) -> list[str]:
    """Return the names of a list that “and” parts, with those that commas part in one of them.

    “Ann Sol, Bo Luna | Cy Mar” are three people, as nobody else in the list is inverted; so are
    “Sol, Ann, Bo Luna | Cy Mar”. “Sol A | Luna B” have their initials behind.
    """
    parts = _parts(", ".join(names))
    if len(names) > 1 and all(map(SHORT_NAME.fullmatch, parts)):
        return [_inverted(part) for part in parts]
    inverted = [name for name in names if "," in name]
    if len(inverted) != 1 or len(names) < 2 or not all(map(_is_direct, _without(names, inverted))):
        return names
    return [part for name in names for part in _series(name)]


def begins_with_initials(name: str) -> bool:
    """Return whether a name is a person’s in natural order, with initials: A. B. Luna, A Luna."""
    first, *more = name.split() or [""]
    is_initial = INITIAL.fullmatch(first) or re.fullmatch(r"[A-Z](?:-[A-Z])?", first)
    return bool(
        more
        and is_initial
        and "," not in name
        and len(more[-1]) > 1
        and all(word[0].isupper() or PARTICLE.fullmatch(word) for word in more)
        and not is_given(name)
        and not is_group(name)
    )


def goes_on(name: str, rest: str) -> bool:
    """Return whether an “and” is a group’s own: Ministry of Education | Research."""
    parts = _parts(rest)
    is_whole = not _is_one_group(parts) or is_group(parts[0]) or len(parts[0].split()) > 3
    is_begun = _is_one_group(_parts(name)) and is_group(name) and bool(GOVERNED.search(name))
    return is_begun and not is_whole


def _is_one_group(parts: list[str]) -> bool:
    return len(parts) == 1 or (len(parts) > 1 and is_parted_group(*parts[:2]))


def _by_commas(text: str) -> list[str]:
    """Return the people of “Luna, A., Sol, B.”; two parts are one name, as is one with “Jr.”"""
    parts = _parts(text)
    if len(parts) == 2 and begins_with_initials(parts[0]) and SUFFIX.fullmatch(parts[1]):
        first, _space, last = parts[0].rpartition(" ")
        return [f"{last}, {parts[1]}, {first}"]
    if len(parts) > 1 and all(map(begins_with_initials, parts)):
        return parts
    if len(parts) > 1 and all(map(SHORT_NAME.fullmatch, parts)):
        return [_inverted(part) for part in parts]
    if len(parts) > 2 and is_given(parts[1]) and all(map(begins_with_initials, parts[2:])):
        return [f"{parts[0]}, {parts[1]}", *parts[2:]]
    if (
        len(parts) < 3
        or is_group(parts[0])
        or is_parted_group(*parts[:2])
        or any(map(SUFFIX.fullmatch, parts))
    ):
        return [text]
    if all(len(part.split()) > 1 and not is_given(part) for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(len(part.split()) <= 3 for part in parts):
        return [f"{family}, {given}" for family, given in zip(*[iter(parts)] * 2, strict=True)]
    return [text]


def _series(name: str) -> list[str]:
    """Return the people of “Ann Sol, Bo Luna” or “Sol, Ann, Bo Luna”, [name] for any other name."""
    parts = _parts(name)
    if len(parts) < 2 or any(map(SUFFIX.fullmatch, parts)):
        return [name]
    if all(map(_is_direct, parts)):
        return parts
    if len(parts) > 2 and len(parts[0].split()) < 3 and all(map(_is_direct, parts[2:])):
        return [f"{parts[0]}, {parts[1]}", *parts[2:]]
    return [name]


def _is_direct(name: str) -> bool:
    """Return whether a name is somebody’s in natural order: Ann Sol, A. Sol, Jan van Dijck."""
    words = name.split()
    return (
        1 < len(words) < 5
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
        and len(words[-1]) > 1
        and not any(sign in name for sign in ",{}\\")
        and not is_given(name)
        and not is_group(name)
        and not is_body(name)
    )


def _written(person: dict) -> str:
    return person.get("literal") or f"{person['family']}, {person['given']}"


def _inverted(name: str) -> str:
    """Return “Sol AB” as “Sol, A. B.”"""
    family, _space, initials = name.rpartition(" ")
    return f"{family}, {' '.join(f'{letter}.' for letter in initials)}"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _without(names: list[str], left_out: list[str]) -> list[str]:
    return [name for name in names if name not in left_out]


def _is_person(text: str) -> bool:
    """Return whether a part of a list is somebody: “Luna, Ada”, “A. Luna” or “Ada Luna”."""
    if is_group(text):
        return False
    words = text.replace(",", " ").split()
    return 1 < len(words) <= 8 and ("," in text or all(word[0].isupper() for word in words))
