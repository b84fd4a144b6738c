"""
Parse the people and groups before the date of a reference.

Initials decide: what has initials after a comma is a person, and what has none stays whole, unless
the list itself says where its names end. So “Ministry of Education and Research” is one author.
"""

import re

from blog.citations.csl.names import EAST_ASIAN, PARTICLE
from blog.citations.parsers.east_asian_names import east_asian_names
from blog.citations.parsers.reference_line.given_names import (
    ALIAS,
    BARE_INITIALS,
    INITIAL,
    NICKNAME,
    is_given,
)
from blog.citations.parsers.reference_line.group_names import is_parted_group
from blog.citations.parsers.reference_line.words import ACRONYM, FUNCTION_WORDS, GOVERNED, is_group

# One letter before an initial is of a name: “Silva, R. e S. H. da”.
AND = r"(?:&|and|und|y|et|och|og|en|(?:e|i)(?=\s+[^\W\d_]{2}))"
SEPARATOR = re.compile(rf"(\s*[,;]\s*(?:{AND}\s+)?|\s+{AND}\s+)")
CONJUNCTION = re.compile(rf"\s{AND}\s")
# “Müller, H./Schmidt, K.” and “Luna, A. · Sol, B.”, but “UNESCO/IBE” is one group.
BETWEEN_NAMES = re.compile(r"\s+[/|]\s+|\s*[·•]\s*|(?<=\.)\s?/\s?(?=[^\W\d_])")
SIGNS = str.maketrans({"，": ", ", "、": "; ", "；": "; ", "،": ", ", "؛": "; "})
SLASH = re.compile(r"\s?/\s?")
ELLIPSIS = re.compile(r"\s*,?\s*(?:\.{3}|…|\. \. \.),?\s*")
ET_AL = re.compile(r",?\s*\bet al\.?", re.IGNORECASE)
ONE_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_]\.")
SHORT_NAME = re.compile(r"(?P<family>[^\d,.]*[^\W\d_A-Z]) (?P<given>[A-Z]{1,3})")
DOTTED_NAME = re.compile(
    r"(?P<family>(?:[^\W\d_][^\s\d,.]* ){0,2}[^\W\d_][^\s\d,.]*[^\W\d_A-Z])"
    r" (?P<given>[A-Z]\.(?:[ -]?[A-Z]\.){0,3})"
)
COMPANY = re.compile(r"(?:Inc|Ltd|LLC|Co|Corp|GmbH|S\.A|Pty Ltd)\.?")
VANCOUVER_NAME = re.compile(
    r"(?P<family>\S+(?: \S+){0,3}) (?P<given>[A-Z]{1,3})(?: (?P<suffix>Jr|Sr))?"
)
SMALL_NAME = re.compile(r"[^\W\d_A-Z]{2,}(?:[’'‐-][^\W\d_A-Z]+)*")
INITIALS = r"[^\W\d_a-z]\.(?: ?[-‐]?[^\W\d_a-z]\.)* ?"
# “B. Luna”, “B.-C. van der Mar”; who of “C. Wright Mills” is the family, nobody knows.
INITIALS_FIRST = re.compile(
    rf"(?P<given>{INITIALS})(?<=[. ])"
    rf"(?P<family>(?:(?:{PARTICLE.pattern}) )*(?:[dlDLO][’'])?"
    r"[^\W\d_a-z][^\W\d_]+(?:[’'-][^\W\d_]+)*)\.?"
)
COUNTRY = re.compile(r"(?:U\. ?S\.|U\. ?K\.|U\. ?N\.|E\. ?U\.|D\. ?C\.)")
SMALL_INITIAL = re.compile(r"[^\W\d_A-Z]\.")
SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}\.?|IV\.?|V\.?")


def read_names(text: str) -> list[dict]:
    """Parse “Ulla, M. B., & Pham Chien Thang”: a name without initials is not split."""
    text = re.sub(r"^\s*(?:&|and)\s+", "", text.strip(" ,;"))
    if (whole := east_asian_names(text)) is not None:
        return whole or [{"literal": text}]
    text, is_shortened = ELLIPSIS.subn(", ", text)
    text, has_more = ET_AL.subn("", text)
    text, has_more = _with_semicolons(text.translate(SIGNS)), has_more + is_shortened
    pieces = SEPARATOR.split(text)
    parts = [(pieces[i - 1] if i else "", pieces[i].strip()) for i in range(0, len(pieces), 2)]
    parts = [(separator, part) for separator, part in parts if part.strip(" .")]
    people = (
        _dotted_names(parts)
        or _without_commas(parts, has_more)
        or _pairs(parts)
        or _whole_groups(_named(parts))
    )
    return people + [{"literal": "others"}] * bool(has_more and people)


def _with_semicolons(text: str) -> str:
    """Return a list of names with “;” where it has a slash or a dot in the middle."""
    names = SLASH.split(text)
    if len(names) > 1 and all(name.count(",") == 1 for name in names):
        return "; ".join(names)
    return BETWEEN_NAMES.sub("; ", text)


def direct_names(text: str) -> list[dict]:
    """Parse names in their natural order, as editors have them: “A. B. Luna & C. Sol, Jr.”"""
    people: list[dict] = []
    for part in SEPARATOR.split(text)[::2]:
        part = part.strip()
        if people and SUFFIX.fullmatch(part):
            people[-1]["suffix"] = part
        elif part:
            people.append(_direct(part))
    return people


def vancouver_names(text: str) -> list[dict]:
    """Parse “Luna A, Sol BC”, one name or more; [] if one of them has another form."""
    text, is_shortened = ELLIPSIS.subn(", ", text)
    text, has_more = ET_AL.subn("", text)
    has_more += is_shortened
    parts = re.split(r"[,;]|\s?/\s?|\s+[·|]\s+", text)
    found = [VANCOUVER_NAME.fullmatch(part.strip()) for part in parts if part.strip(" .")]
    if not found or not all(found):
        return []
    people = [
        {k: " ".join(v) if k == "given" else v for k, v in m.groupdict().items() if v}
        for m in found
        if m
    ]
    return people + [{"literal": "others"}] * bool(has_more)


def has_initials(text: str) -> bool:
    """Return whether any part of a list of names is initials."""
    return any(is_given(part.strip()) for part in SEPARATOR.split(text)[::2])


def initialled_name(text: str) -> dict:
    """Return the person of “B. Luna” or “C. van der Mar”, {} for any other name."""
    found = INITIALS_FIRST.fullmatch(text)
    if found is None or COUNTRY.match(text) or is_group(found["family"]):
        return {}
    return {"family": found["family"], "given": found["given"].strip()}


def _named(parts: list[tuple[str, str]]) -> list[tuple[str, dict]]:
    """Return the people with the separators before them; initials belong to the name before."""
    people: list[tuple[str, dict]] = []
    for place, (separator, part) in enumerate(parts, 1):
        last = people[-1][1] if people else {}
        # “B. Sol, A.” has initials on both sides
        has_given = place < len(parts) and _is_given_alone(parts[place][1])
        if "literal" in last and COMPANY.fullmatch(part):
            last["literal"] += f", {part}"
        elif "literal" in last and _is_given_of(last["literal"], part):
            last |= {"family": last.pop("literal"), "given": _dotted(part)}
        elif "given" in last and "suffix" not in last and SUFFIX.fullmatch(part):
            last["suffix"] = part if part[0] in "JS" else part.rstrip(".")
        elif not has_given and not _may_be_a_family(last, separator) and initialled_name(part):
            people.append((separator, initialled_name(part)))
        elif "literal" in last and not re.search("[,;]", separator):
            last["literal"] += f"{separator}{part}"  # the “and” is the group’s own
        else:
            people.append((separator, {"literal": part}))
    for _separator, person in people:
        if "literal" in person:
            person["literal"] = unended(person["literal"])
    return people


def _is_given_alone(part: str) -> bool:
    return is_given(part) and not initialled_name(part) and not SUFFIX.fullmatch(part)


def _may_be_a_family(last: dict, separator: str) -> bool:
    """Return whether a word alone waits for its given names: “Luna, A. Maria”."""
    return "literal" in last and " " not in last["literal"] and "," in separator


def _is_given_of(family: str, part: str) -> bool:
    if is_given(part):
        return True
    bare = BARE_INITIALS.fullmatch(ALIAS.sub("", part).rstrip("."))
    return bool(bare) and not family.isupper() and not is_group(family)


def _dotted(given: str) -> str:
    """Return a given name without the full stop of the list, but with that of its initial."""
    given = re.sub(r"(?<=[)\]])\.$", "", given)
    last = given.rpartition(" ")[2].rstrip(".")
    if len(last) > 1 and PARTICLE.fullmatch(last):  # the e of “cummings, e. e.” is an initial
        given = given.rstrip(".")
    return f"{given}." if BARE_INITIALS.fullmatch(given) and len(given) == 1 else given


def _whole_groups(people: list[tuple[str, dict]]) -> list[dict]:
    """Join the parts of a group’s name that its commas have parted."""
    literals = [person["literal"] for _, person in people if "literal" in person]
    is_series = (
        len(literals) == len(people) > 2
        and is_group(literals[-1])
        and not any(" " in name or ACRONYM.fullmatch(name) for name in literals[:-1])
    )
    is_chain = len(literals) == len(people) and not any(re.search("[&a-z]", s) for s, _ in people)
    result: list[dict] = []
    for separator, person in people:
        last = result[-1] if result else {}
        if "literal" in last and "literal" in person and not EAST_ASIAN.search(last["literal"]):
            goes_on = _goes_on(last["literal"]) and not is_group(person["literal"])
            chained = is_chain and (is_group(literals[0]) or is_parted_group(*[*literals, ""][:2]))
            if chained or is_series or goes_on:
                last["literal"] += f"{separator}{person['literal']}"
                continue
        result.append(person)
    return result


def _goes_on(group: str) -> bool:
    """Return whether a name may go on: “Ministry of Ties” may, “Ministry of Ties and Nets” not."""
    return bool(is_group(group) and GOVERNED.search(group) and not CONJUNCTION.search(group))


def _without_commas(parts: list[tuple[str, str]], has_more: int) -> list[dict]:
    """Return the people of “Luna A, Sol BC” or “Luna A, et al.”, [] for any other list."""
    found = [SHORT_NAME.fullmatch(part.rstrip(".")) for _, part in parts]
    if len(found) + has_more < 2 or not all(found) or any(is_group(part) for _, part in parts):
        return []
    return [
        {"family": name["family"], "given": " ".join(f"{letter}." for letter in name["given"])}
        for name in found
        if name
    ]


def dotted_name(text: str) -> dict:
    """Return the person of “Turkle S.” or “van Dijck J. A.”, {} for any other name.

    The comma is missing, and the initials still say that this is no group.
    """
    name = DOTTED_NAME.fullmatch(text.strip())
    return {} if name is None or is_group(text) else name.groupdict()


def _dotted_names(parts: list[tuple[str, str]]) -> list[dict]:
    """Return the people of “Turkle S.” or “Turkle S. & Sol B.”, [] for any other list."""
    found = [dotted_name(part) for _, part in parts]
    return found if all(found) else []


def _pairs(parts: list[tuple[str, str]]) -> list[dict]:
    """Return the people of a list whose given names are written out, [] for any other list.

    “Luna, Ada, & Sol, Bo”: the last “&” stands before two parts, not before one.
    """
    parts, suffixes = _without_suffixes(parts)
    texts = [unended(part) for _, part in parts]
    # “Sol, Bo.” ends in a short name; with one other part it is as likely an initial.
    has_initials = any(ONE_LETTER.search(part) and is_given(part) for _, part in parts)
    if len(texts) < 2 or len(texts) % 2 or has_initials or is_given(parts[1][1]):
        return []
    last = next((i for i, (s, _) in enumerate(parts) if re.search("[&a-z;]", s)), len(texts) - 2)
    families, givens = texts[::2], texts[1::2]
    if last != len(texts) - 2 and ";" not in parts[last][0] or (len(texts) == 2 and last):
        return []
    pairs = list(zip(families, givens, strict=True))
    if any(is_parted_group(*pair) for pair in pairs):
        return []
    if all(_is_person_in_lower_case(*pair) or _is_written_out_person(*pair) for pair in pairs):
        people = [{"family": family, "given": given} for family, given in pairs]
        for place, suffix in suffixes.items():
            people[place]["suffix"] = suffix
        return people
    return []


def _without_suffixes(parts: list[tuple[str, str]]) -> tuple[list, dict[int, str]]:
    """Return the parts without the “Jr.” after a whole name, and the suffixes by its place."""
    kept: list[tuple[str, str]] = []
    suffixes: dict[int, str] = {}
    for separator, part in parts:
        place = len(kept) // 2 - 1
        if kept and len(kept) % 2 == 0 and place not in suffixes and SUFFIX.fullmatch(part):
            suffixes[place] = part if part[0] in "JS" else part.rstrip(".")
        else:
            kept.append((separator, part))
    return kept, suffixes


def _is_written_out_person(family: str, given: str) -> bool:
    return _is_family(family) and _is_written_out(given)


def _is_person_in_lower_case(family: str, given: str) -> bool:
    """Return whether somebody writes the whole name small: “hooks, bell”, “de beauvoir, simone”.

    Where only one of the two is small, they may as well be two names: “Facebook, wechat”.
    """
    words = [word for word in family.split() if not PARTICLE.fullmatch(word)]
    first, *more = given.split()
    more = [word for word in more if not SMALL_INITIAL.fullmatch(word)]
    return (
        len(words) == 1
        and len(more) < 3
        and all(word.islower() and SMALL_NAME.fullmatch(word) for word in (*words, first, *more))
        and not FUNCTION_WORDS & {*words, first, *more}
    )


def _is_family(text: str) -> bool:
    if EAST_ASIAN.search(text):
        return len(text) == 1
    words = [word for word in text.split() if not PARTICLE.fullmatch(word)]
    is_body = is_group(text) and (" " in text or text.isupper())  # Banks is somebody’s name
    return len(words) <= 2 and not is_body and not initialled_name(text)


def _is_written_out(text: str) -> bool:
    is_acronym = ACRONYM.fullmatch(text.strip(" ."))
    if is_acronym or COMPANY.fullmatch(text) or SUFFIX.fullmatch(text) or ALIAS.search(text):
        return False
    if EAST_ASIAN.search(text):
        return len(text) <= 3
    words = text.split()
    caseless = text.lower() == text.upper()
    return len(words) <= 3 and (
        caseless or all(w[0].isupper() or PARTICLE.fullmatch(w) for w in words)
    )


def _direct(name: str) -> dict:
    words = name.split()
    count = 0
    while count < len(words) - 1 and (
        INITIAL.fullmatch(words[count]) or NICKNAME.fullmatch(words[count])
    ):
        count += 1
    if not count:
        return {"literal": name}
    return {"given": " ".join(words[:count]), "family": " ".join(words[count:])}


def unended(name: str) -> str:
    """Return a name without the full stop after it, but with that of “Inc.” or “Jr.”"""
    if re.search(r"\b(?:al|Inc|Ltd|Co|Corp|Jr|Sr|[^\W\d_])\.$", name):
        return name
    return name.rstrip(".")
