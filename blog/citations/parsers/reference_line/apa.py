"""Parse an entry in APA style: author. (date). Title. Source. Address."""

import re

from blog.citations.csl.fields import folded
from blog.citations.parsers.csl_json import republished_of
from blog.citations.parsers.reference_line import words
from blog.citations.parsers.reference_line.chapters import book, part, part_type
from blog.citations.parsers.reference_line.dates import DATED, date_of
from blog.citations.parsers.reference_line.imprints import may_have_imprint, split_imprint
from blog.citations.parsers.reference_line.laws import is_legal, read_law
from blog.citations.parsers.reference_line.links import split_links
from blog.citations.parsers.reference_line.names import direct_names, has_initials
from blog.citations.parsers.reference_line.people import ROLE, has_role, read_people
from blog.citations.parsers.reference_line.sources import (
    ADVANCE,
    bare_source,
    published,
    serial,
    split_source,
)
from blog.citations.parsers.reference_line.titles import OWN_FORMS, Title, read_title

REVIEW = re.compile(
    r"review of (?:the )?"
    r"(?:(?P<genre>book|film|movie|album|exhibition|play|video game|TV series|work)\s+)?"
    r"(?P<title>.+?)(?:,? by (?P<by>[^,]+))?",
    re.IGNORECASE,
)
UNPUBLISHED = re.compile(r"unpublished\s+", re.IGNORECASE)
NOT_APA = re.compile(r"[,:]?\s*(?:\d+[-–]\d+\s*\.?\s*$|:\s*[\w–-]+\.?$)")
PROSE = re.compile(r"[,;]?\s*[a-z]+\s")
QUOTED = re.compile(r"[,:]?\s*[“\"‘']")
EDITION_FIRST = re.compile(r"(\d{1,3})(?:st|nd|rd|th) edn?\b\.?,?\s*")  # as older styles have it
IMPRINT_INSIDE = re.compile(r", [A-Z][\w ]{1,30}: [A-Z][^.:]{1,40}\.?$")
BEGINS_WITH_NAME = re.compile(r"[^\W\d_][\w’'-]+,? (?:[A-Z]\.|[A-Z]{1,3}[,.])")
# “As noted by Calder. (2014).” is a sentence that lost its way into a list.
ENDS_IN_NAME = re.compile(r"\s[A-Z][^\W\d_]+(?:’s)?[.?!]$")
LEADS_IN = re.compile(
    r"(?i:as|according to|see|cf\.?|compare|cited|quoted|adapted|based|following|like|unlike)\s"
    r"|(?i:per|for|in|from|by)\s"
    r"|.*\b(?:by|than|to)\s+(?:[A-Z][\w’-]*[,.]?\s+|and\s+|&\s+|et al\.?\s*)*[A-Z][\w’-]*\.$"
)
MAX_BRACKETS = 6  # at the end of an entry, of which one may end its title
SITE_TYPES = {"webpage", "post", "motion_picture", "post-weblog", "article"}


def read_apa_line(line: str) -> dict:
    """Return the CSL fields of an entry; {} where it is no entry in APA style."""
    text, record = split_links(line)
    dated = _date(text)
    if dated is None:
        return record | law if (law := read_law(text)) else {}
    before, after = text[: dated.start()].strip(), text[dated.end() :].strip()
    if not after.strip(". ") and is_legal(text):
        law = read_law(text)
        return record | law if law else {}
    if _is_other_style(after, before):
        return {}
    is_apa = after.startswith(".")
    after = re.sub(r"^[.,:]\s*", "", after)
    if date := date_of(dated["date"]):
        record["issued"] = date
    record |= republished_of(dated["date"])
    if advance := ADVANCE.search(after):
        after, record["status"] = after[: advance.start()], "advance online publication"
    title, source = _title_and_source(before, after)
    has_address = bool({"DOI", "URL"} & record.keys())
    title, source = _without_imprint(title, source, is_apa=is_apa, has_address=has_address)
    if not title:
        return {}
    if not source["is_untitled"]:
        record |= read_people(before)
    return _record(record, read_title(title), source)


def _date(text: str) -> re.Match | None:
    """Return the date of an entry: the first one, or the one that directly follows it."""
    first = DATED.search(text)
    if first is None:
        return None
    second = DATED.match(re.sub(r"^[.,]?\s*", "", text[first.end() :]))
    return DATED.search(text, first.end()) if second else first


def _is_other_style(after: str, before: str) -> bool:
    is_ended = before.endswith((".", ")", "]"))
    if NOT_APA.match(after) or ((PROSE.match(after) or after.startswith(",")) and not is_ended):
        return True
    has_quoted_title = QUOTED.match(after) and re.search(r"[”\"’'](?:,|\s+[Ii]n:?)\s", after)
    return bool(has_quoted_title) and not after.startswith(".")


def _title_and_source(before: str, after: str) -> tuple[str, dict]:
    """Return the title and the parts of the source; ``is_untitled`` if the title was before."""
    inside = re.match(r"In:?\s+", after)
    if not after and not _stands_alone(before):
        return "", {"is_untitled": True}
    if not after or inside:
        source = {"kind": "part", **book(after[inside.end() :])} if inside else {"kind": ""}
        return before, source | {"is_untitled": True}
    whole = serial(after)
    if whole and not whole[0] and not _is_named(before):
        return before, {"kind": "serial", **whole[1], "is_untitled": True}
    if _is_title(before) and (name := bare_source(after)):
        return before, {"kind": "whole", "name": name, "is_untitled": True}
    chapter = part(after)
    if chapter:
        return chapter[0], {"kind": "part", **chapter[1], "is_untitled": False}
    if whole and whole[0]:
        return whole[0], {"kind": "serial", **whole[1], "is_untitled": False}
    if (whole and (whole[1]["issue"] or whole[1]["page"])) or IMPRINT_INSIDE.search(after):
        return "", {"is_untitled": False}  # title and source are parted by commas: another style
    return _whole(after)


def _stands_alone(before: str) -> bool:
    """Return whether the words before a date are a title when nothing follows: no name, no prose.

    “Calder (2014)” and “See Calder (2014)” are citations; a title ends with a mark of its own.
    """
    if not before.endswith((".", "?", "!", "]", ")", "”", '"', "’")) or BEGINS_WITH_NAME.match(
        before
    ):
        return False
    if ENDS_IN_NAME.search(before) and LEADS_IN.match(before):
        return False
    has_article = re.match(r"(?:The|An?) \S+ \S", before) and not words.is_group(before)
    return bool(has_article) or _is_title(before)


def _whole(after: str) -> tuple[str, dict]:
    """Return the title with its details in brackets, and the name of the source after it."""
    brackets = list(re.finditer(r"[\])](?:[.,]\s+|[.,]?\s*$)", after))[: -MAX_BRACKETS - 1 : -1]
    end = next((end for end in brackets if _ends_title(after, end)), None)
    if end:
        title, name = after[: end.start() + 1], after[end.end() :]
    else:
        title, name = split_source(after)
    name = name.strip(" .")
    source: dict = {"kind": "whole", "name": name, "is_untitled": False}
    if edition := EDITION_FIRST.match(name):
        source |= {"edition": edition[1], "name": name[edition.end() :]}
    return title, source


def _without_imprint(title: str, source: dict, **form: bool) -> tuple[str, dict]:
    """Return a title without the publisher that a comma parts from it, "" where that is not sure.

    ``form`` is what ``may_have_imprint`` has to know of the entry.
    """
    if source.get("name", title):
        return title, source
    if imprint := split_imprint(title):
        return imprint[0], source | imprint[1]
    return "" if may_have_imprint(title, **form) else title, source


def _ends_title(after: str, end: re.Match) -> bool:
    """Return whether brackets that end here hold the details of a title."""
    text = after[: end.start() + 1]
    title = read_title(text)
    return bool(title.details or title.form)


def _is_named(before: str) -> bool:
    return has_initials(ROLE.sub("", before)) or has_role(before)


def _is_title(before: str) -> bool:
    """Return whether the words before the date are a title: small words, no initials, no group."""
    text = before.rstrip(". ")
    if not text or _is_named(before):
        return False
    if text.endswith(("]", "?", "!", "”", '"', "’")) or read_title(text).details:
        return "@" not in text
    count = len(text.split())
    return count > 2 and words.has_small_words(text) and not words.is_group(text.split(":")[0])


def _record(record: dict, title: Title, source: dict) -> dict:
    """Return the record of a title in a source."""
    kind, form = source.pop("kind"), title.kind
    source.pop("is_untitled")
    record |= {"title": title.words}
    details = dict(title.details)
    if "edition" in source:
        details["edition"] = source.pop("edition")
    if kind == "whole" and "volume" in source:
        details["volume"] = source.pop("volume")
    noun, code = details.pop("noun", ""), details.pop("code", "")
    if title.form and form == "review":
        record |= _reviewed(title.form)
    elif title.form and OWN_FORMS.get(title.form.lower()) != form:
        record["genre"] = title.form
    if details.get("number") and not form:
        form = "report" if noun or code else ""
        if noun and folded(noun) != "report":
            record["genre"] = noun
    record |= details
    build = {"serial": _serial, "part": _part}.get(kind, _stand_alone)
    return build(record, source, form)


def _reviewed(form: str) -> dict:
    found = REVIEW.fullmatch(form)
    if found is None:
        return {"genre": form}
    by = direct_names(found["by"]) if found["by"] else []
    return {
        "reviewed-title": found["title"].strip(),
        **({"reviewed-genre": found["genre"].lower()} if found["genre"] else {}),
        **({"reviewed-author": by} if by else {}),
    }


def _serial(record: dict, source: dict, form: str) -> dict:
    has_day = len((record.get("issued", {}).get("date-parts") or [[0]])[0]) > 1
    kind = "article-journal"
    if form == "review":
        kind = "review-book" if record.get("reviewed-genre") == "book" else "review"
    elif form == "interview":
        kind = "interview"
    elif has_day:
        is_news = words.NEWSPAPER.search(source["container-title"])
        kind = "article-newspaper" if is_news else "article-magazine"
    return record | source | {"type": kind}


def _part(record: dict, source: dict, form: str) -> dict:
    word = source.pop("word", "In")
    source.pop("is_placed", None)
    kind = form or part_type(source["container-title"])
    if word == "On":
        kind = "song"
    elif kind not in {"broadcast", "dataset", "song", "entry-dictionary", "entry-encyclopedia"}:
        has_editor = "editor" in source
        is_meeting = has_editor and words.MEETING.search(source["container-title"])
        kind = "paper-conference" if is_meeting else "chapter"
    return record | source | {"type": kind}


def _stand_alone(record: dict, source: dict, form: str) -> dict:
    name = source.get("name", "")
    if form in {"graphic", "motion_picture"} and words.SOCIAL.search(name):
        form = "post"
    form = form or _type_by_source(record, name)
    record["type"] = form
    if form == "thesis":
        return record | _thesis(record, name)
    if form == "speech":
        event, _, place = name.partition(", ")
        return record | {"event-title": event, "event-place": place}
    if form == "article-journal" or form in {"article-newspaper", "post-weblog"}:
        return record | {"container-title": name}
    if form in SITE_TYPES and ("URL" in record or "DOI" in record):
        return record | {"container-title": name}
    return record | (published(name) if form in {"book", "report"} else {"publisher": name})


def _type_by_source(record: dict, name: str) -> str:
    """Return the type of a work without a description by the name of its source."""
    has_day = len((record.get("issued", {}).get("date-parts") or [[0]])[0]) > 1
    is_book = bool({"edition", "volume", "editor", "ISBN", "page"} & record.keys())
    if words.PREPRINTS.search(name):
        return "article"
    if is_book or (words.PUBLISHER.search(name) and not has_day):
        return "book"
    if words.JOURNAL.search(name) and not has_day:
        return "article-journal"
    if "DOI" in record:
        return "report" if not name or words.OFFICE.search(name) else "article-journal"
    if "URL" in record:
        if has_day and words.NEWSPAPER.search(name):
            return "article-newspaper"
        return "post-weblog" if words.BLOG.search(name) else "webpage"
    in_press = "literal" in record.get("issued", {}) and name
    if in_press:
        return "article-journal"
    return "book" if name or {"author", "editor"} & record.keys() else "document"


def _thesis(record: dict, name: str) -> dict:
    """Return the school of a thesis, which is in the brackets of a published one."""
    genre, _, school = record.get("genre", "").partition(", ")
    genre, unpublished = UNPUBLISHED.subn("", genre)
    genre = genre[:1].upper() + genre[1:]
    if unpublished or not school:
        return {"genre": genre, "publisher": school or name}
    return {"genre": genre, "publisher": school, **({"archive": name} if name else {})}
