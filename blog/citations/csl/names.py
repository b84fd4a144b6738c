"""
Names of people and groups, as the list (``Luna, A. B.``) and the text (``Luna``) print them.

A name that a culture does not split, such as Bui Phu Hung, is a ``literal`` and is never inverted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from blog.citations.csl.fields import folded, text_of, unmarked

# The list names twenty; of more it names nineteen and the last (Publication Manual, 9.8).
MAX_LISTED_NAMES = 20
MAX_NAMES = 500  # the last one is always read, as the list prints it

HYPHENS = re.compile("[-\u2010\u2011]")
WORDS = re.compile(r"\([^()]*\)|\S+")
ALIAS = re.compile(r"(.*\S)\s*\[([^\[\]]+)\]", re.DOTALL)
OTHERS = {"others", "et al", "et al.", "and others"}
PARTICLE = re.compile(
    r"af|al|aux|av|bin|da|das|de|degli|dei|del|della|den|der|di|do|dos|du|e|el|ibn|la|las|le|"
    r"los|ten|ter|the|van|vom|von|y|zu|zum|zur|['’]t"
)
# Alphabets without capitals, whose initials are as good as others: Hebrew, Arabic.
UNCASED = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u0750-\u077f]")
EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Name:
    """One person or group; ``family`` holds a literal name whole."""

    family: str
    given: str = ""
    dropping: str = ""
    suffix: str = ""
    abbreviation: str = ""
    alias: str = ""  # their name on a site: @luna

    @property
    def initials(self) -> str:
        written = initials(self.given, all_caps=self.family.isupper())
        # bell hooks and danah boyd write themselves small, and so does the list.
        return written.lower() if f"{self.family}{self.given}".islower() else written

    @property
    def inverted(self) -> str:
        """Return the name for the list: Luna, A. B. de, Jr. [@luna]"""
        given = " ".join(filter(None, (self.initials if self.given else "", self.dropping)))
        written = ", ".join(filter(None, (self.family, given, self.suffix)))
        if _unsplit_script(self):
            written = self.family + self.given
        return f"{written} [{self.alias}]" if self.alias else written

    @property
    def direct(self) -> str:
        """Return the name in its natural order: A. B. de Luna, Jr."""
        if _unsplit_script(self):
            return self.family + self.given
        name = " ".join(filter(None, (self.initials, self.dropping, self.family)))
        return ", ".join(filter(None, (name, self.suffix)))

    @property
    def sort_key(self) -> tuple[str, str, str]:
        family = re.sub(r"^the\s+", "", self.family, flags=re.IGNORECASE)
        return folded(family) or family, folded(self.initials), folded(self.suffix)


def read_names(value: object) -> tuple[tuple[Name, ...], bool]:
    """Return the names of a CSL list, and whether “and others” ended it."""
    people = value if isinstance(value, list | tuple) else [value]
    if len(people) > MAX_NAMES:
        people = [*people[: MAX_NAMES - 1], people[-1]]
    names = [name for name in map(_read_name, people) if name]
    more = bool(names) and names[-1].family.lower() in OTHERS and not names[-1].given
    return tuple(names[:-1] if more else names), more


def initials(given: str, *, all_caps: bool = False) -> str:
    """Return the initials of given names: Jean-Paul T. → J.-P. T.

    ``all_caps``: the family name is in capitals too, so that AL is a name and not A. L.
    """
    given = re.sub(r"\.(?=\w)", ". ", given)
    if not all_caps and re.fullmatch(r"[A-Z]{2,3}", given):
        given = " ".join(given)
    return " ".join(filter(None, map(_initial, WORDS.findall(given))))


def listed(names: Sequence[Name], *, more: bool = False) -> str:
    """Return the authors of a list entry: Luna, A., & Sol, B.

    ``more``: some are not among ``names``. Of twenty, as an entry in APA style has them, the last
    is the last of all.
    """
    written = [name.inverted for name in names]
    if more and len(written) == MAX_LISTED_NAMES:
        return f"{', '.join(written[:-1])}, . . . {written[-1]}"
    if more:
        return ", ".join([*written[: MAX_LISTED_NAMES - 1], "et al."])
    if len(written) > MAX_LISTED_NAMES:
        return f"{', '.join(written[: MAX_LISTED_NAMES - 1])}, . . . {written[-1]}"
    if len(written) < 2:
        return "".join(written)
    return f"{', '.join(written[:-1])}, & {written[-1]}"


def credited(names: Sequence[Name]) -> str:
    """Return editors and translators inside an entry: A. Luna & B. Sol."""
    written = [name.direct for name in names]
    if len(written) > MAX_LISTED_NAMES:
        return f"{', '.join(written[: MAX_LISTED_NAMES - 1])}, . . . {written[-1]}"
    return series(written, "&")


def series(words: Sequence[str], conjunction: str) -> str:
    """Join words as a series: A; A & B; A, B, & C."""
    if len(words) < 3:
        return f" {conjunction} ".join(words)
    return f"{', '.join(words[:-1])}, {conjunction} {words[-1]}"


def _read_name(value: object) -> Name | None:
    if isinstance(value, str):
        value = {"literal": value}
    if not isinstance(value, dict):
        return None
    part = {field: unmarked(text_of(value.get(field))) for field in _PARTS}
    whole = part["literal"] or part["name"]
    if whole:
        whole, alias = _split_alias(whole)
        short = part["short"] or _abbreviation(value)
        if alias and alias == _acronym(whole):  # NIMH is the group's own short name
            short, alias = short or alias, ""
        return Name(whole, abbreviation=short, alias=alias)
    family = _with_particle(part["non-dropping-particle"], part["family"])
    if not family:
        return Name(part["given"]) if part["given"] else None
    given, alias = _split_alias(part["given"])
    given, dropping = _split_given(given)
    dropping = " ".join(filter(None, (dropping, part["dropping-particle"])))
    return Name(family, given, dropping, part["suffix"], alias=alias)


_PARTS = (
    *("literal", "name", "short"),
    *("family", "given", "suffix", "non-dropping-particle", "dropping-particle"),
)


def _abbreviation(value: dict) -> str:
    custom = value.get("custom")
    return text_of(custom.get("abbreviation")) if isinstance(custom, dict) else ""


def _split_alias(name: str) -> tuple[str, str]:
    """Split a name on a site from the name before it: Bill [@BillGates]."""
    match = ALIAS.fullmatch(name)
    return (match[1], match[2].strip()) if match else (name, "")


def _acronym(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _with_particle(particle: str, family: str) -> str:
    return (
        particle + family if particle.endswith(("'", "’", "-")) else f"{particle} {family}".strip()
    )


def _split_given(given: str) -> tuple[str, str]:
    """Split off the particles that some files leave after the given name: Elias Silva de."""
    words = given.split()
    count = 0
    while count < len(words) - 1 and PARTICLE.fullmatch(words[-1 - count]):
        count += 1
    return " ".join(words[: len(words) - count]), " ".join(words[len(words) - count :])


def _initial(word: str) -> str:
    if PARTICLE.fullmatch(word) or word[0] in '(“"[':
        return word
    if re.fullmatch(r"\w{1,3}\.", word):
        return word
    parts = [part for part in HYPHENS.split(word) if part]
    # A hyphen before a small letter joins one name: Xiao-ming is X.
    named = [part for index, part in enumerate(parts) if index == 0 or not part[0].islower()]
    return "-".join(filter(None, (_initial_letter(part) for part in named)))


def _initial_letter(part: str) -> str:
    letter = next((character for character in part if character.isalpha()), "")
    if not letter:
        return ""
    if letter.lower() == letter.upper() and not UNCASED.match(letter):
        return part  # a script without capitals has no initials
    return f"{letter.upper()}."


def _unsplit_script(name: Name) -> bool:
    return bool(name.given and EAST_ASIAN.search(name.family) and EAST_ASIAN.search(name.given))
