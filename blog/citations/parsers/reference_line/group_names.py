"""
Detection of names of groups, also with a comma: U.S. Department of Ties, Office of Nets.

The one rule of every reader: files, forms and lines have names of groups between names of people,
and “Ties, Office of Nets” would else print as a person with the given names O. o. N.
"""

import re

from blog.citations.parsers.reference_line.given_names import is_given
from blog.citations.parsers.reference_line.words import GOVERNED, is_group

ORGANISATION = re.compile(
    r"\b(?:Academ|Administra|Agen[ct]|Associa|Asocia|Bureau|Cent(?:er|re)\b|Commission|Committee|"
    r"Consort|Corporation|Council|Depart|Federa|Foundation|Institut|Laborator|Minist|Observator|"
    r"Organi[sz]a|Parliament|Secretariat|Soci[eé]t|Universi)"
)
# The last noun of a group of two words or more, whole: Courtney and Banks are people’s names.
NOUN_BEHIND = re.compile(
    r".*\S (?:Alliance|Authority|Bank|Board|Branch|Coalition|Collective|College|Company|Congress|"
    r"Corps|Desk|Directorate|Division|Faculty|Forum|Fund|Government|Group|Headquarters|Hospital|"
    r"Initiative|League|Library|Museum|Nations|Network|News|Office|Partnership|Programme|Program|"
    r"Project|Section|Service|Services|School|Staff|Survey|Task Force|Team|Trust|Union|Unit)"
)
EDITION_BEHIND = re.compile(r".*\S (?:Version|Edition|Translation)")  # of “The Bible”
COMPANY = re.compile(r"Inc\.?|Ltd\.?|LLC|Corp\.?|Co\.|GmbH|Pty Ltd\.?|PLC|plc|Limited")
SMALL_WORD = re.compile(r"\S (?:for|für|of|pour) \S")  # of no given name
COUNTRY = re.compile(r"(?:The|U\. ?S\.|U\. ?K\.|U\. ?N\.|E\. ?U\.) ")


def is_body(name: str) -> bool:
    """Return whether a name without a comma is a group’s: World Health Organization."""
    governed = is_group(name) and GOVERNED.search(name)
    return " " in name and bool(governed or ORGANISATION.search(name))


def is_parted_group(first: str, second: str) -> bool:
    """Return whether two parts with a comma between them are of one group’s name.

    Initials behind the comma are a person’s, whatever is before it.
    """
    if not first or not second:
        return False
    if COMPANY.fullmatch(second) or EDITION_BEHIND.fullmatch(second):
        return True
    if is_given(second):
        return False
    return bool(_begins_a_group(first) or _goes_on_with_a_group(second))


def _begins_a_group(name: str) -> bool:
    return bool(is_body(name) or NOUN_BEHIND.fullmatch(name) or COUNTRY.match(name))


def _goes_on_with_a_group(name: str) -> bool:
    """Return whether words behind a comma are no given names: Office of Nets, Ties and Nets."""
    return bool(SMALL_WORD.search(name) or ORGANISATION.search(name) or NOUN_BEHIND.fullmatch(name))
