"""
Surnames in lower case before a year: “(boyd, 2014)”, “as smith (1990) says”, “danah boyd (2014)”.

Any noun can be before a year in brackets. A word in lower case counts as a name where a comma or
its place in the sentence says so, and where it is none of the words that are often there.
"""

import re

from blog.citations.consistency.words import CAPITAL_LETTERS, NO_NAME, PARTICLES

PARTICLE = rf"(?:{'|'.join(PARTICLES)})"
_NO_CAPITAL = rf"[^\W\d_{CAPITAL_LETTERS}]"
_WORD = rf"{_NO_CAPITAL}{{2,}}(?:[’'-]{_NO_CAPITAL}+)*"
_PERSON = rf"(?:{PARTICLE}[ -])*{_WORD}"
_MORE = r"(?:,? (?:et|&) al\.?| (?:and|&) colleagues)"
# All that is before a year in brackets, where a comma follows or could follow.
NAMES = re.compile(
    rf"(?:{_WORD} )?{_PERSON}(?:(?:, {_PERSON}){{0,20}},? (?:and|&) {_PERSON}|{_MORE})?"
)
# At the end of a sentence's words: “boyd & ellison”, “boyd et al.”, or one name, after another.
JOINED = re.compile(rf"(?<![\w’'@-]){_PERSON}(?:(?:, {_PERSON}){{0,20}},? & {_PERSON}|{_MORE})$")
# Before a name with a capital: “boyd & Ellison”, “hooks, boyd, and West”.
JOINED_TO = re.compile(rf"(?<![\w’'@-])(?:{_PERSON}, ){{0,20}}{_PERSON},? (?P<word>and|&) $")
ALONE = re.compile(rf"(?<![\w’'@-])(?P<given>{_WORD} )?(?P<name>{_PERSON})(?:[’']s)?$")
BEGINNING = re.compile(r"(?:^|[.!?]\s+)[“\"(]?$")
INTRODUCED = re.compile(
    r"(?:^|[\s(“\"])(?:as|by|while|whereas|because|that|though|although|like|unlike|with|than|"
    r"contra|following|see(?: also)?|according to|(?:cited|quoted|discussed) in)\s+$",
    re.IGNORECASE,
)
# What a name can follow as well as any noun, so that it takes a verb to tell.
CONTINUED = re.compile(r"(?:^|\s)(?:and|but|or|of|from|&)\s+$|[,;:—]\s*$", re.IGNORECASE)
SAYING = re.compile(
    r"\s*(?:also |even |further |then |later |already |both )?"
    r"(?:add|agree|analyse|analyze|argue|ask|believe|call|challenge|claim|coin|compare|conclude|criticise|criticize|define|demonstrate|"
    r"describe|disagree|discuss|emphasise|emphasize|examine|explain|explore|highlight|identifie|"
    r"identify|insist|introduce|maintain|mention|name|note|observe|offer|point|present|propose|"
    r"question|recommend|remind|report|reveal|say|see|show|state|stresse|stress|studie|study|"
    r"suggest|talk|think|use|warn|write)(?:s|d|ed)?\b"
    r"|\s*(?:said|found|finds?|wrote|thought|held|holds?|saw|put|puts|made|makes?)\b",
    re.IGNORECASE,
)
MAX_AFTER_CHARS = 40
NO_SURNAME = NO_NAME | {
    *("a", "an", "his", "her", "their", "its", "your", "they", "we", "he", "she", "you", "i"),
    *("those", "each", "every", "any", "no", "one", "two", "three", "new", "old", "early", "late"),
    *("about", "above", "across", "against", "along", "around", "circa", "ca", "approximately"),
    *("be", "been", "being", "had", "may", "might", "must", "ever", "never", "now", "ago"),
    *("back", "until", "till", "up", "out", "off", "than", "too", "very", "all", "same", "last"),
    *("next", "previous", "recent", "more", "most", "year", "years", "month", "months", "week"),
    *("semester", "term", "season", "decade", "century", "date", "day", "days", "time", "times"),
    *("born", "died", "founded", "established", "created", "opened", "launched", "released"),
    *("published", "printed", "reprinted", "revised", "updated", "edited", "translated"),
    *("retrieved", "accessed", "cited", "quoted", "adapted", "modified", "submitted", "accepted"),
    *("written", "collected", "estimated", "recorded", "reported", "presented", "personal"),
    *("edition", "version", "volume", "issue", "chapter", "page", "pages", "paragraph", "table"),
    *("figure", "part", "section", "series", "book", "books", "article", "articles", "paper"),
    *("papers", "study", "post", "posts", "blog", "film", "movie", "song", "album", "novel"),
    *("report", "survey", "data", "law", "act", "policy", "war", "crisis", "pandemic", "election"),
    *("conference", "interview", "lecture", "talk", "class", "course", "online", "print", "press"),
    *("forthcoming", "website", "video", "podcast", "theory", "model", "method", "results"),
    *("people", "students", "teachers", "others", "colleagues", "everyone", "someone", "work"),
    *("literature", "education", "learning", "teaching", "school", "media", "networks", "network"),
    *("ibid", "id", "op", "cit", "total", "average", "copyright", "original", "originally"),
    *("sic", "emphasis", "translation", "communication", "unpublished", "anonymous", "unknown"),
}


def is_name(words: str) -> bool:
    """Return whether words in lower case that a year follows in brackets are names."""
    return bool(NAMES.fullmatch(words)) and not _has_ordinary_word(words)


def joined_names(before: str) -> str:
    """Return the names in lower case at the end of a text that “&” or “et al.” marks as such."""
    found = JOINED.search(before)
    return found[0] if found and not _has_ordinary_word(found[0]) else ""


def names_joined_to(before: str) -> str:
    """Return the names in lower case at the end of a text that are joined to the next: “boyd & ”.

    “And” joins any two nouns, so before it there is nothing, or what a name can follow.
    """
    found = JOINED_TO.search(before)
    if not found or _has_ordinary_word(found[0]):
        return ""
    head = before[: found.start()]
    is_at_name = found["word"] == "&" or BEGINNING.search(head) or INTRODUCED.search(head)
    return found[0] if is_at_name else ""


def is_name_in_sentence(names: str, before: str, after: str) -> bool:
    """Return whether ``names`` at the end of ``before`` are in lower case, and names in sense.

    ``after`` is what follows the year.
    """
    if names == joined_names(before):
        return True
    found = ALONE.search(before)
    if not found or not names.islower() or _has_ordinary_word(found["name"]):
        return False
    is_said = bool(SAYING.match(after[:MAX_AFTER_CHARS]))
    given = (found["given"] or "").strip()
    head = before[: found.start("name")]
    if given and not _has_ordinary_word(given):
        head = before[: found.start()]
        is_introduced = is_said and INTRODUCED.search(head)
    else:
        is_introduced = INTRODUCED.search(head)
    is_continued = is_said and CONTINUED.search(head)
    return bool(BEGINNING.search(head) or is_introduced or is_continued)


def _has_ordinary_word(words: str) -> bool:
    named = re.sub(r",?\s+(?:et|&) al\.?$|\s+(?:and|&) colleagues$|,|&| and ", " ", words)
    return any(
        re.sub(r"[’']s$", "", word) in NO_SURNAME for word in re.split(r"[\s-]+", named) if word
    )
