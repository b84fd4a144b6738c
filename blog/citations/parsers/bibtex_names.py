"""Parse the names of BibTeX: Luna, Ada and {Moor Group}; family=Luna, given=Ada."""

import re
from collections.abc import Iterator

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.exceptions import PybtexError

from blog.citations.parsers.latex import plain_latex
from blog.citations.parsers.name_lists import (
    goes_on,
    may_be_several,
    separate_names,
    whole_series,
)
from blog.citations.parsers.reference_line.group_names import is_body, is_parted_group

MAX_NAMES_CHARS = 100_000  # in one field; 3,000 physicists need 60,000
MAX_NAMES_BRACES = 3_000  # in one field; splitting it is quadratic in them
# Commands for the signs that part names.
SIGNS = (
    (re.compile(r"\{\s*\\&\s*\}"), r"\\&"),
    (re.compile(r"\\textbar(?:\{\}|\\?\s)\s*|\$\s*\|\s*\$|\{\|\}"), "| "),
    (re.compile(r"\\slash(?:\{\}|\\?\s)\s*|\{/\}"), "/ "),
    (re.compile(r"\\text(?:bullet|periodcentered)(?:\{\}|\\?\s)\s*|\$\s*\\cdot\s*\$"), "· "),
)
BRACED_FAMILY = re.compile(r"\{[^{}]*\},")  # {Black and White}, A. \& B.
IN_BRACES = re.compile(r"\{[^{}]*\}")
WRAPPED_SIDES = re.compile(r"\s+(?:\\?&|[/|·+])\s+(?=\{)")
# The names of BibLaTeX's extended format: family=Goethe, given=Johann, prefix=von
PART = re.compile(r"(?P<part>family|given|prefix|suffix)\s*=\s*(?P<text>.*)", re.DOTALL)
PARTS = {
    "family": "family",
    "given": "given",
    "prefix": "non-dropping-particle",
    "suffix": "suffix",
}


def read_bibtex_names(text: str) -> list[dict]:
    """Return the CSL names of a field; a name in braces is not split."""
    if text.count("{") > MAX_NAMES_BRACES:
        return [{"literal": plain_latex(text)}]
    for command, sign in SIGNS:
        text = command.sub(sign, text)
    listed = (name for name in split_name_list(text[:MAX_NAMES_CHARS]) if name)
    names = [one for name in listed for one in _wrapped_sides(name)]
    return [
        _person(name)
        for one in whole_series(list(_whole(names)))
        for name in ([one] if PART.match(one) else separate_names(one))
    ]


def _wrapped_sides(name: str) -> list[str]:
    """Return the groups of “{World Bank} / {IMF}”, [name] for any other name."""
    sides = WRAPPED_SIDES.split(name)
    return sides if all(map(is_wrapped, sides)) else [name]


def _whole(names: list[str]) -> Iterator[str]:
    """Yield the names; a group that the “and” of its own name has split is whole again."""
    held = ""
    for name in names:
        if held and goes_on(held, name):
            held = f"{held} and {name}"
            continue
        if held:
            yield held
        held = name
    if held:
        yield held


def _person(name: str) -> dict:
    if is_wrapped(name) or ("," not in name and is_body(name)):
        return {"literal": plain_latex(name)}
    if PART.match(name):
        return _extended(name)
    first, second = [*(plain_latex(part.strip()) for part in _outside_braces(name)), ""][:2]
    if is_parted_group(first, second):
        return {"literal": plain_latex(name)}
    if not BRACED_FAMILY.match(name) and may_be_several(IN_BRACES.sub("", name)):
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


def _extended(name: str) -> dict:
    parts = {}
    for piece in _outside_braces(name):
        if found := PART.fullmatch(piece.strip()):
            parts[PARTS[found["part"]]] = plain_latex(found["text"].strip(' "'))
    if not parts.get("family"):
        return {"literal": parts.get("given", "") or plain_latex(name)}
    return parts


def _outside_braces(text: str) -> list[str]:
    """Return the parts of a text between the commas that no brace protects."""
    pieces, depth = [""], 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if character == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces


def is_wrapped(name: str) -> bool:
    """Return whether one pair of braces holds a whole name."""
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for place, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place == len(name) - 1
    return False
