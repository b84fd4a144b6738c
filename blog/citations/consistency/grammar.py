"""
The grammar of citations typed by hand: ``(Luna & Sol, 2010, p. 3; Mar, 2014)``, ``Luna (2010)``.

Only shapes are known here. Whether words before a year are names is for a list of works to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from blog.citations.consistency import lower_case
from blog.citations.consistency.lines import MARKED, OPEN
from blog.citations.consistency.nesting import outer_brackets
from blog.citations.consistency.unbracketed import years_outside_brackets
from blog.citations.consistency.words import NO_NAME, PARTICLES, SMALL_LETTERS, SMALL_WORDS
from blog.citations.consistency.year_letters import with_commas, years_after
from blog.citations.csl.fields import folded

_NUMBER = r"(?:1[5-9]|20)\d\d"
YEAR = (
    rf"(?:{_NUMBER}(?:[/–-]{_NUMBER})?(?:-?[a-z])?(?!\w|-\d(?!\d{{3}}[a-z]))"
    r"|(?:(?:ca?\.|circa) ?)?\d{1,4} ?(?:B\. ?C\.(?: ?E\.)?|C\. ?E\.|A\. ?D\.|(?:BCE?|CE|AD)(?!\w))"
    r"|[’'‘]\d\d(?!\w)"
    r"|nd(?!\w)|n\. ?d\.?(?:-[a-z]\b)?|n\.?d\.(?:-[a-z]\b)?|no date|in press(?:-[a-z]\b)?)"
)
# Possessive, so that a bracket that nothing closes is read once.
BRACKETS = re.compile(r"\(([^()]{3,4000}+)\)|\[([^()\[\]]{4,4000}+)\]")
# A bracket with a citation by key, and what has some of these in brackets of its own.
KEYED = re.compile(rf"\([^(){OPEN}]*+{OPEN}[^()]*+\)")
NESTING = re.compile(rf"(?<=\()(?:[^()]*+{KEYED.pattern})++(?=[^()]*+\))")
YEARS = re.compile(rf"(?<![\w.–-]){YEAR}", re.IGNORECASE)
SHORT_YEAR = re.compile(r"(?<=[^\W\d_]|[.,]) \d\d(?=$|;)")  # (Calder 14)
LOCATOR = re.compile(
    r"\b(?:pp?|pgs?|pages?|paras?|paragraphs?|chaps?|chapters?|ch|secs?|sections?|figs?|figures?|"
    r"tables?|vols?|volumes?|nos?|slides?|lines?)\.? ?\d+(?:[-–]\d+)?",
    re.IGNORECASE,
)
SAME_NAMES = re.compile(r"\s*(?:,|&|and|,\s*(?:&|and))\s*")
LEAD_IN = re.compile(
    r"(?:(?:see|also|cf\.?|but|and|compare|e\.g\.|i\.e\.|for example|for instance|for reviews?|"
    r"for a review|as|cited in|quoted in|discussed in|according to|adapted from|based on|from|in|"
    r"following|contra)[,:]?\s+)+",
    re.IGNORECASE,
)
# What only a citation follows; a place or an event has a year too: “in Rio 2016”.
REFERRING = re.compile(r"(?:but )?(?:see|cf\.|e\.g\.|compare)", re.IGNORECASE)
AT_PAGE = re.compile(r"\s*(?:,\s*~|:\s*\d)")  # behind a year, where a locator is masked
BEHIND_YEAR = re.compile(
    rf"[,:]? (?P<names>[^,;:()\d]{{2,140}})(?:[,:] ?{LOCATOR.pattern})?", re.IGNORECASE
)
PERSONAL = re.compile(r"personal communication", re.IGNORECASE)  # has no place in the list
SECONDARY = re.compile(r"(?:cited|quoted|discussed) in\b", re.IGNORECASE)
THROUGH_KEY = re.compile(rf"{SECONDARY.pattern}[^;{OPEN}]{{0,140}}{OPEN}", re.IGNORECASE)
# “boyd, May 2014”, “Luna, 3 May 2014”, “Luna, in Spring 2014”; “Vancouver, May 2014” too.
DAY_OF_YEAR = re.compile(
    r",\s*(?:in |on )?(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?|Spring|Summer|Fall|Autumn|Winter)"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?$",
    re.IGNORECASE,
)
PARTICLE = rf"(?:{'|'.join(PARTICLES)}|d[’'])"
NAME = rf"(?:{PARTICLE}[ -])*[^\W\d_{SMALL_LETTERS}](?:\.|[\w’'-]*)"
_PERSON = rf"{NAME}(?: (?:y )?{NAME}){{0,4}}"  # Ortega y Gasset
_INITIAL = rf"[^\W\d_{SMALL_LETTERS}]\."
_ENTRY_NAME = rf"{_PERSON}, {_INITIAL}(?:[ -]?{_INITIAL}){{0,3}}"  # as a reference list has it
NAMES = re.compile(
    rf"(?<![\w’'@-])(?:(?:{_ENTRY_NAME}(?:,? (?:and|&|und|et) |, )){{0,20}}{_ENTRY_NAME}"
    rf"|{_PERSON}(?:, {_PERSON}){{1,20}}, (?:et|&) al\.?"
    rf"|(?:{_PERSON}(?:, {_PERSON}){{0,20}},? (?:and|&|und|et) )?{_PERSON}"
    r"(?:,? (?:et|&) al\.?| (?:and|&) (?:colleagues|others))?)(?:[’']s|[’'])?$"
)
# What may stand between names and a year: “Calder’s small book (2014)”, “Calder wrote (2014)”.
ASIDE = re.compile(r"(?:(?<=[’']s)|(?<=s[’']))(?: [^\s.;:!?()]+){1,8}$|(?:,? [a-z’'-]+){1,8}$")
POSSESSED = re.compile(r"[’']s |s[’'] ")
TITLE = re.compile(r"[“\"][^“”\"]{2,160}[”\"]$")
MAX_NAMES_CHARS = 140  # before a year in brackets, where its names are looked for
MAX_NAME_CHARS = 300  # of a name that all words before a year may be, such as a ministry's
FIRST_AND = re.compile(r"^[\s,&]*(?:and\s+)?")
AND = re.compile(r"[\s,](?:and|&)\s")
JOINS = " \t\n,&"  # between two works in one part
HYPHENS = re.compile(r"[\s\-‐‑–]+")
ENTRY = re.compile(rf"(?P<names>[^()]{{2,600}}?)\.? ?\((?P<year>{YEAR})(?:, [^()]{{1,40}})?\)")
# Each as wide as what it replaces, so that places stay.
FULL_WIDTH = str.maketrans("（）；，＆：", "();,&:")


@dataclass(frozen=True)
class TypedItem:
    """A work cited by hand: “see”, “Luna & Sol”, “2010a”, “, p. 3”.

    ``is_secondary``: it is cited through the next one, and has no place in the list. ``sure``: a
    comma or “et al.” says that these are names. ``is_loose``: other words or a semicolon are
    between names and year, so that it can mean a reference, but never cites one beyond doubt.
    ``has_day``: a month is between names and year, “Luna, May 2010”. ``start`` and ``end`` are its
    places in the text, from its names, or from its year if these stand elsewhere, to its year.
    """

    names: str
    year: str
    prefix: str = ""
    rest: str = ""
    sure: bool = True
    is_secondary: bool = False
    is_loose: bool = False
    has_day: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class TypedGroup:
    """The items of one pair of brackets, and between them what is no citation.

    ``start`` and ``end`` are its places in the text, with the names right before the bracket of a
    ``narrative`` one; ``before`` is the text before that bracket. One that ``has_brackets`` inside
    has marks in their place.
    """

    start: int
    end: int
    items: tuple[TypedItem | str, ...]
    narrative: bool = False
    before: str = ""
    has_brackets: bool = False


def groups_in(text: str) -> list[TypedGroup]:
    """Return the citations of a text by brackets or beside a year, in its order.

    ``text`` may mark the citations by key as ``Line`` does; there is nothing typed in these.
    """
    text = MARKED.sub(_hidden, text.translate(FULL_WIDTH))
    groups = [*_groups_in_brackets(text), *_groups_beside_years(text)]
    return sorted(groups, key=lambda group: group.start)


def _groups_beside_years(text: str) -> Iterator[TypedGroup]:
    for names, year, start, end in years_outside_brackets(text, _names_near):
        if OPEN not in names:
            item = TypedItem(names, year, sure=False, is_loose=True, start=start, end=end)
            yield TypedGroup(start, end, (item,), narrative=True)


def _names_near(before: str) -> str:
    """Return the names at the end of a text, or those whose work or deed the words there say."""
    names = _names_at_end(before)
    if (not names or POSSESSED.search(names)) and (aside := ASIDE.search(before)):
        names = _names_at_end(before[: aside.start()])
    return "" if folded(names) in NO_NAME else names


def _groups_in_brackets(text: str) -> Iterator[TypedGroup]:
    text = NESTING.sub(lambda nesting: KEYED.sub(_hidden, nesting[0]), text)
    for start, end, inside in outer_brackets(text, OPEN):
        for group in _groups_of(text, start, end, inside):
            yield replace(group, has_brackets=True)
    for brackets in BRACKETS.finditer(text):
        yield from _groups_of(text, *brackets.span(), brackets[1] or brackets[2])


def _groups_of(text: str, start: int, end: int, inside: str) -> Iterator[TypedGroup]:
    """Yield the readings of one pair of brackets around ``inside``."""
    if item := _with_year_first(inside):
        yield TypedGroup(start, end, (_moved(item, start + 1),))
    if YEARS.search(inside) or SHORT_YEAR.search(inside):
        after = text[end : end + lower_case.MAX_AFTER_CHARS]
        is_square = text[start] == "["
        for names, before, is_loose in _names_before(text, start, inside):
            items = [_moved(item, start + 1) for item in _items_of(inside, names)]
            if names and not is_loose and lower_case.is_name_in_sentence(names, before, after):
                items = [_assured(item) if _names(item) == names else item for item in items]
            elif is_loose:
                items = [_loosened(item) if _names(item) == names else item for item in items]
            elif is_square and OPEN not in inside:
                # Few cite like this, and much else is between such brackets.
                items = [i if isinstance(i, str) else replace(i, sure=False) for i in items]
            begun = text.rindex(names, 0, start) if names and not is_loose else start
            if any(map(_names, items)):
                yield TypedGroup(begun, end, tuple(items), bool(names), before)


def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, without initials and articles unless it has no others."""
    words = [word for word in map(folded, HYPHENS.split(name)) if word]
    return tuple(word for word in words if len(word) > 1 and word != "the") or tuple(words)


def _names_at_end(text: str) -> str:
    if found := NAMES.search(text):
        return lower_case.names_joined_to(text[: found.start()]) + found[0]
    found = TITLE.search(text)
    return found[0] if found else ""


def _hidden(found: re.Match) -> str:
    """Return marks as wide as what is found, so that places stay."""
    return OPEN * len(found[0])


def _names_before(text: str, start: int, inside: str) -> Iterator[tuple[str, str, bool]]:
    """Yield possible names of a bracket with the text before it, and whether it is loose.

    A bracket that does not begin with a year has its names in it.
    """
    if not YEARS.match(inside.lstrip()):
        yield "", "", False
        return
    before = text[max(0, start - MAX_NAMES_CHARS) : start].rstrip()
    names = _names_at_end(before)
    last = names or lower_case.joined_names(before) or before.rpartition(" ")[2]
    if last and OPEN not in before[max(0, before.rindex(last) - 1) :]:
        yield last, before, False
    if (not names or POSSESSED.search(names)) and (aside := ASIDE.search(before)):
        names = _names_at_end(before[: aside.start()])
        if names and folded(names) not in NO_NAME:
            yield names, before, True


def _names(item: TypedItem | str) -> str:
    return item.names if isinstance(item, TypedItem) else ""


def _assured(item: TypedItem | str) -> TypedItem | str:
    return item if isinstance(item, str) else replace(item, sure=True)


def _moved(item: TypedItem | str, by: int) -> TypedItem | str:
    if isinstance(item, str):
        return item
    return replace(item, start=item.start + by, end=item.end + by)


def _loosened(item: TypedItem | str, prefix: str = "", start: int | None = None) -> TypedItem | str:
    if isinstance(item, str):
        return item
    start = item.start if start is None else start
    prefix = prefix or item.prefix
    return replace(item, prefix=prefix, start=start, is_loose=True, sure=False)


def _items_of(inside: str, names: str) -> Iterator[TypedItem | str]:
    held, alone, lead_in = "", "", ""  # “see Calder” before a semicolon that should be a comma
    alone_at = 0
    for place, part in _parts(inside):
        items = [_moved(item, place) for item in _items_of_part(part, names or alone)]
        if alone and _names(items[0]) == alone:
            items[0] = _loosened(items[0], lead_in, alone_at)
        elif held:
            yield held
        names = _names(items[-1])
        lead_in, alone = _name_alone(part) if items == [part] else ("", "")
        alone_at = place + len(part) - len(alone)
        held = part if alone else ""
        yield from [] if held else items
    if held:
        yield held


def _parts(inside: str) -> Iterator[tuple[int, str]]:
    """Yield the parts between the semicolons of a bracket, with their places."""
    place = 0
    for part in with_commas(inside).split(";"):
        if part.strip():
            yield place + len(part) - len(part.lstrip()), part.strip()
        place += len(part) + 1


def _name_alone(part: str) -> tuple[str, str]:
    """Split a part without a year into its lead-in and its names, "" if it is no more than that."""
    found = LEAD_IN.match(part)
    lead_in = found[0].strip() if found else ""
    names = part[found.end() :] if found else part
    is_name = len(names) <= MAX_NAME_CHARS and _is_name(names) and NAMES.fullmatch(names)
    return (lead_in, names) if is_name else ("", "")


def _items_of_part(part: str, names: str) -> list[TypedItem | str]:
    """Parse what is between two semicolons; ``names`` are for a year that has none before it."""
    masked = LOCATOR.sub(lambda locator: "~" * len(locator[0]), part)
    items: list[TypedItem] = []
    at = 0
    for year in YEARS.finditer(masked):
        if year.start() < at:
            continue
        between = part[at : year.start()]
        if PERSONAL.search(between):
            continue
        if items and SAME_NAMES.fullmatch(between):
            item = TypedItem(items[-1].names, year[0], start=year.start(), end=year.end())
        elif not items and not between and names:
            is_sure = bool(_names_at_end(names))
            item = TypedItem(names, year[0], sure=is_sure, start=year.start(), end=year.end())
        else:
            prefix, called, sure = _split_names(between, is_first=not items)
            if not called:
                continue
            has_locator = bool(AT_PAGE.match(masked, year.end()))
            has_day = bool(_day_in(between))
            item = TypedItem(
                called,
                year[0],
                prefix,
                sure=sure or has_locator,
                has_day=has_day,
                start=part.rindex(called, at, year.start()),
                end=year.end(),
            )
            if items:
                rest, item = _split_rest(item)
                is_secondary = bool(SECONDARY.search(item.prefix))
                items[-1] = replace(items[-1], rest=rest, is_secondary=is_secondary)
        years, at = years_after(year[0], masked, year.end())
        items.append(item)
        for number, one in enumerate(years):  # their places are those of all letters, then none
            start = at if number else year.end()
            items.append(TypedItem(item.names, one, sure=item.sure, start=start, end=at))
    if not items:
        return [_with_short_year(part) or part]
    rest = part[at:]
    # “Rabbitt (n.d., as cited in [@bui2023])”, by hand or as a citation by key is written.
    is_secondary = bool(THROUGH_KEY.search(rest))
    return [*items[:-1], replace(items[-1], rest=rest, is_secondary=is_secondary)]


def _with_short_year(part: str) -> TypedItem | None:
    """Return “Calder 14” as it may be meant; a room or a page has such a number, too."""
    called, _, number = part.rpartition(" ")
    lead_in, names = _name_alone(called.rstrip(","))
    if not names or not (number.isascii() and number.isdigit() and len(number) == 2):
        return None
    start = part.rindex(names, 0, len(called))
    return TypedItem(
        names, f"’{number}", lead_in, sure=False, is_loose=True, start=start, end=len(part)
    )


def _with_year_first(inside: str) -> TypedItem | None:
    """Return “2014, Calder” as it may be meant; a place or a month stands so, too."""
    year = YEARS.match(inside)
    found = BEHIND_YEAR.fullmatch(inside, year.end()) if year else None
    if not year or not found or not (_is_name(found["names"]) and NAMES.fullmatch(found["names"])):
        return None
    end = found.end("names")
    return TypedItem(found["names"], year[0], rest=inside[end:], sure=False, is_loose=True, end=end)


def _split_names(text: str, *, is_first: bool) -> tuple[str, str, bool]:
    """Split what is before a year into its lead-in and the names; no names if there are none."""
    called = text.rstrip()
    has_comma = called.endswith(",") or called.endswith((",”", ',"'))
    called = called.rstrip(", ")
    if day := _day_in(called):
        has_comma, called = False, called[: len(called) - len(day)]
    lead_in = LEAD_IN.match(called) if is_first else None
    prefix = lead_in[0].strip() if lead_in else ""
    called = called[lead_in.end() :] if lead_in else called
    may_be_whole = is_first and len(called) <= MAX_NAME_CHARS
    whole = may_be_whole and (TITLE.fullmatch(called) or _is_name(called))
    if not whole:
        names = _names_at_end(called[-MAX_NAMES_CHARS:]) or _names_in_lower_case(called)
        prefix = f"{prefix} {called[: len(called) - len(names)]}".strip()
        called = names
        if not called and is_first and has_comma:  # a title without quotation marks
            return "", prefix, False
    if any(sign.isdigit() for sign in called):
        return prefix, "", False
    is_sure = has_comma or called.endswith((" al", " al.")) or " & " in called
    return prefix, called, is_sure or bool(called and REFERRING.match(prefix))


def _day_in(called: str) -> str:
    """Return the month or season, with its day, at the end of what is before a year."""
    found = DAY_OF_YEAR.search(called.rstrip(", ")[-MAX_NAMES_CHARS:])
    return found[0] if found else ""


def _names_in_lower_case(called: str) -> str:
    """Return the text before a year without “and”, if all of it is names in lower case.

    Behind a citation by key only the last of it need be names: “See @hooks, p. 3, and boyd”.
    """
    _before, key, called = called.rpartition(OPEN)
    if len(called) > MAX_NAMES_CHARS:
        return ""
    choices = [called, AND.split(called)[-1]] if key else [called]
    for choice in choices:
        names = FIRST_AND.sub("", choice)
        lead_in = LEAD_IN.match(names)
        names = names[lead_in.end() :] if lead_in else names
        if lower_case.is_name(names):
            return names
    return ""


def _is_name(words: str) -> bool:
    """Return whether words may all be names: capitals, and small words between them; no key."""
    return (
        bool(words)
        and not {"@", OPEN} & set(words)
        and all(
            word in SMALL_WORDS or not word[0].islower() for word in words.strip("“”\"'").split()
        )
    )


def _split_rest(item: TypedItem) -> tuple[str, TypedItem]:
    """Split the locator of the work before from the lead-in of this one: “, p. 3, as cited in”."""
    place = max(0, len(item.prefix) - MAX_NAMES_CHARS)
    lead_in = re.search(
        rf"(?:^|[\s,])({LEAD_IN.pattern})$", f"{item.prefix[place:]} ", re.IGNORECASE
    )
    start = place + lead_in.start(1) if lead_in else len(item.prefix)
    rest, prefix = item.prefix[:start].rstrip(JOINS), item.prefix[start:].strip()
    if re.search(r"(?<!\w)and$", rest[-4:]):
        rest = rest[:-3].rstrip(JOINS)
    return rest, replace(item, prefix="" if prefix in {"and", "&"} else prefix)
