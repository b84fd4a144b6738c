"""Shapes of the names of a record: no quotation mark, no “See”, no degree, no initials.

What stands before an entry, or behind a name in it, is easily taken for a part of a name.
"""

import re

from blog.citations.csl.names import EAST_ASIAN
from blog.citations.parsers.east_asian_names import east_asian_names
from blog.citations.parsers.reference_line.names import COUNTRY, SHORT_NAME
from blog.citations.parsers.reference_line.words import is_group

# “"Luna”, “[Luna”, “> Luna”; ’t Hooft and ‘Abd are names, and so is “Grace” Guo.
BEGINS_ODDLY = re.compile(
    r"[\"“”„«»‹›<>()\[\]{}|#*=~^+\\/!?.,;:&§†‡→]|[‘’'`´](?![a-z]|A[bh]|[IU]\w{1,3}\b)"
)
IN_BRACKETS = re.compile(r"[\[(“\"«][^\[\]()“”\"«»]+[\])”\"»]\S*(?: .*)?")
LABEL = re.compile(r"[a-zivx]{1,4}[.)] ")  # “a) Luna”, “iv. Luna”
# Words before an entry in a sentence: “See Luna, A. (2012)”, “Reference: Luna, A. (2012)”.
LEAD_IN = re.compile(
    r"(?:see|cf\.?|compare|cited|quoted|adapted|based|according|read|source|references?|refs?\.?"
    r"|citation|bibliography|also|and|or|by|from|in|as|for|per|reprinted|retrieved|note|entry)"
    r"(?:[:.,]|(?:\s+(?:also|in|from|by|on|to|e\.g\.,?))?\s+(?=[^\W\d_]))",
    re.IGNORECASE,
)
LEAD_IN_OF_A_GROUP = re.compile(
    r"(?:see(?: also)?|cf\.?|(?:cited|quoted) (?:in|by)|(?:adapted|reprinted|retrieved) from"
    r"|based on|according to)\s|(?:source|references?|refs?\.?|citation|see|note)\s?:",
    re.IGNORECASE,
)
TITLE_OF_A_PERSON = re.compile(
    r"(?:Drs?|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Rev|Hon|Herr|Frau|Mme|Dra?|Ing|Mag|Dipl)\.?"
)
# Without the full stops and blanks of “Ph. D.”
DEGREES = """
    phd dphil md mphil ba ma bsc msc bs ms bed med edd edm rn jd llb llm mba mph drph psyd dsc scd
    mfa msw dds dvm pharmd thd esq cpa frs obe mbe cbe
"""
ROLE = re.compile(
    r"(?:eds?|editors?|hrsg|hg|trans|translators?|comps?|compilers?|illus|directors?|hosts?"
    r"|writers?|producers?|chairs?|coords?|dir|org)\.?",
    re.IGNORECASE,
)
BEGINS_WITH_INITIALS = re.compile(
    r"(?!St|Mt|Ft)[A-Z][a-z]?\. ?(?:-?[A-Z]\. ?)*(?=[^\W\d_]{2})|[A-Z] [A-Z][a-z]+$"
)
# Two words that may be somebody’s names in natural order: Ann Sol, Ben C. Luna.
PLAIN_NAME = r"[^\W\d_a-z][^\W\d_A-Z]+(?: [A-Z]\.?)* [^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)?"
IN_NATURAL_ORDER = re.compile(PLAIN_NAME)
TWO_IN_NATURAL_ORDER = re.compile(rf"{PLAIN_NAME},? (?:and|&|und|et|y|e|with) {PLAIN_NAME}")


def can_be_names(people: list[dict]) -> bool:
    """Return whether each of some CSL names is one, as far as its words tell."""
    return all(_can_be_a_name(person, is_alone=len(people) == 1) for person in people)


def _can_be_a_name(person: dict, *, is_alone: bool) -> bool:
    if name := person.get("literal"):
        return _can_be_whole(name, is_alone=is_alone)
    family, given = person.get("family") or "", person.get("given") or ""
    return not (
        (BEGINS_ODDLY.match(family) and not IN_BRACKETS.fullmatch(family))
        or LABEL.match(family)
        or ":" in family
        or LEAD_IN.match(family)
        or TITLE_OF_A_PERSON.fullmatch(family.split(" ")[0])
        or SHORT_NAME.fullmatch(family)
        or (_may_be_whole(family) and _may_be_whole(given))
        or _ends_in_a_degree(given)
        or (ROLE.fullmatch(given) and given.islower())
    )


def _may_be_whole(name: str) -> bool:
    """Return whether a part of a name has two words, as a whole name has, in any script."""
    has_no_case = name.lower() == name.upper()
    return bool(IN_NATURAL_ORDER.fullmatch(name) or (has_no_case and " " in name))


def _ends_in_a_degree(given: str) -> bool:
    """Return whether a degree or a role is behind given names: “A. PhD”, “A. Ed.”"""
    first, _space, last = given.rpartition(" ")
    return bool(first and len(last.strip(".")) > 1 and (_is_degree(last) or ROLE.fullmatch(last)))


def _can_be_whole(name: str, *, is_alone: bool) -> bool:
    if EAST_ASIAN.search(name):
        return east_asian_names(name) != []
    if BEGINS_ODDLY.match(name) and not IN_BRACKETS.fullmatch(name):
        return False
    if LABEL.match(name) or LEAD_IN_OF_A_GROUP.match(name) or ROLE.fullmatch(name):
        return False
    if TITLE_OF_A_PERSON.fullmatch(name) or (_is_degree(name) and not is_alone):
        return False
    return is_group(name) or not _may_be_in_natural_order(name, is_alone=is_alone)


def _may_be_in_natural_order(name: str, *, is_alone: bool) -> bool:
    """Return whether a name that was taken for a group’s may be a person’s, or that of two."""
    if COUNTRY.match(name):
        return False
    order = TWO_IN_NATURAL_ORDER if is_alone else IN_NATURAL_ORDER
    return bool(BEGINS_WITH_INITIALS.match(name) or order.fullmatch(name))


def _is_degree(word: str) -> bool:
    return word.replace(".", "").replace(" ", "").lower() in DEGREES.split()
