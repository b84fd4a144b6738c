"""Titles of entries, with the parentheses and brackets after them."""

import re

from blog.citations.apa.title_case import title_case
from blog.citations.apa.works import Work
from blog.citations.csl.fields import folded, marked, text_of, unmarked
from blog.citations.csl.names import credited, read_names
from blog.citations.runs import Run

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
NUMERAL = re.compile(r"\d+|[ivxlcdm]+", re.IGNORECASE)
EPISODE = re.compile(r"S(?:eason)?\s*(\d+)[\s,:.]*E(?:p(?:isode)?)?\.?\s*(\d+)", re.IGNORECASE)
COMMENT = re.compile(r"comment on\b", re.IGNORECASE)
MAX_UNTITLED_WORDS = 20  # of a post without a title (Publication Manual, 10.15)
# The description of a post where only its site is known.
POSTS = {
    "reddit": "Online forum post",
    "tiktok": "Video",
    "twitter": "Tweet",
    "youtube": "Video",
}
# Genres that say no more than the type does.
EMPTY_GENRES = {"report", "technical report", "tech. rep.", "book", "article", "journal article"}


def described(work: Work) -> tuple[Run, ...]:
    """Return a title with its parentheses and brackets: Title (B. Sol, Trans.; 2nd ed.) [Film]."""
    whole = work.kind.form == "whole"
    runs = list(marked(_shown(work), italic=whole and bool(work["title"])))
    if details := "; ".join(filter(None, (_contributors(work), _details(work)))):
        runs.append(Run(f" ({details})"))
    runs.extend(_bracketed(work))
    return tuple(runs)


def _shown(work: Work) -> str:
    """Return the title, or the first twenty words of a post or comment that has none."""
    words = unmarked(work.name).split()
    is_post = work.type == "post" or COMMENT.match(work["genre"])
    return (
        " ".join(words[:MAX_UNTITLED_WORDS])
        if is_post and len(words) > MAX_UNTITLED_WORDS
        else work.name
    )


def edition(text: str) -> str:
    """Return an edition as APA prints it: 2 → 2nd ed.; Second → 2nd ed.; Rev. ed. stays."""
    text = unmarked(text)
    number = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?\.?", text)
    if number or text.lower() in ORDINALS:
        return f"{_ordinal(int(number[1]) if number else ORDINALS.index(text.lower()) + 1)} ed."
    return text if not text or re.search(r"\bed", text, re.IGNORECASE) else f"{text} ed."


def volume(text: str) -> str:
    """Return a volume as APA prints it: 3 → Vol. 3; words stay."""
    return f"Vol. {ranged(text)}" if re.match(r"\d|[IVXLCDM]+$", text) else text


def pages(text: str) -> str:
    """Return the pages of a part of a book: p. 5; pp. 1–20."""
    text = ranged(text)
    if not text or not re.match(r"\w*\d|[ivxlcdm]+\b", text):
        return text
    return f"pp. {text}" if re.search("[–,]", text) else f"p. {text}"


def ranged(text: str) -> str:
    """Return a text with its ranges joined by en dashes; the hyphen in CD-1234 stays."""
    text = unmarked(text)
    part = r"(?:[A-Za-z]{0,3}\d[\w.:]*|[ivxlcdm]+)"
    return re.sub(rf"(?<!\S)({part})\s*[-–—]{{1,3}}\s*({part})(?=$|[\s,;])", r"\1–\2", text)


def numbered(text: str, noun: str) -> str:
    """Return Report No. 12; a number that has words of its own stays as it is."""
    if not text or not NUMERAL.fullmatch(text):
        return text
    return f"{noun} No. {text}".strip()


def _contributors(work: Work) -> str:
    credits = [
        work.credit("translator", "Trans.", "Trans."),
        work.credit("narrator", "Narr.", "Narrs."),
        work.credit("interviewer", "Interviewer", "Interviewers"),
    ]
    if work.kind.form == "whole" and work.lead[1] != "Ed.":
        credits.insert(0, work.credit("editor", "Ed.", "Eds."))
    return "; ".join(filter(None, credits))


def _details(work: Work) -> str:
    """Return the number, version, edition and volume."""
    if work.kind.form != "whole":
        return _episode(work) if work.type == "broadcast" else ""
    version = work["version"]
    number = {
        "report": lambda: numbered(work["number"], title_case(work.plain("genre")) or "Report"),
        "patent": lambda: f"{work.plain('genre') or 'Patent'} No. {work['number']}",
        "standard": lambda: work["number"],
        "broadcast": lambda: _episode(work),
        "thesis": lambda: numbered(work["number"], "Publication"),
        "manuscript": lambda: "",
    }.get(work.type, lambda: numbered(work["number"], title_case(work.plain("genre"))))
    parts = [
        number() if work["number"] else "",
        f"Version {version}" if version[:1].isdigit() else version,
        edition(work["edition"]),
        volume(work["volume"]),
    ]
    return ", ".join(filter(None, map(unmarked, parts)))


def _bracketed(work: Work) -> tuple[Run, ...]:
    if reviewed := _reviewed(work):
        return reviewed
    word = _description(work)
    return (Run(f" [{word[0].upper()}{word[1:]}]"),) if word else ()


def _description(work: Work) -> str:
    """Return the description of a work in brackets: [Film], [Unpublished manuscript]."""
    genre, medium = work.plain("genre"), work.plain("medium")
    if work.type == "thesis":
        return _thesis(work, genre)
    if work.type == "motion_picture":
        return genre or medium or ("Video" if work["URL"] else "Film")
    if work.type == "broadcast":
        return genre or medium or _broadcast(work)
    if work.type == "post":
        site = folded(work.plain("container-title", "publisher"))
        return genre or medium or POSTS.get(site, "Post")
    if work.type == "interview" and work.kind.form == "serial":
        return ""
    if genre.lower() in EMPTY_GENRES or work.type in {"patent", "standard", "chapter"}:
        genre = ""
    if work.type == "report" and work["number"]:
        genre = ""
    return genre or medium or work.kind.description


def _thesis(work: Work, genre: str) -> str:
    genre, school = genre or "Thesis", work.plain("publisher")
    if work.doi or work["URL"] or work["archive"]:
        return ", ".join(filter(None, (genre, school)))
    if genre.lower().startswith("unpub"):
        return genre
    # Ph.D. and M.A. keep their capitals.
    small = genre[0].lower() + genre[1:] if genre[1:2].islower() and "." not in genre else genre
    return f"Unpublished {small}"


def _episode(work: Work) -> str:
    """Return Season 3, Episode 12; or No. 12."""
    season, number = work.plain("season"), work.plain("number")
    if match := EPISODE.fullmatch(number):
        season, number = match.groups()
    if season and number:
        return f"Season {season}, Episode {number}"
    return numbered(number, "") if number else ""


def _broadcast(work: Work) -> str:
    whole = work.kind.form == "whole"
    if work.lead[1] in {"Host", "Guest"} or "podcast" in work.container.lower():
        return "Audio podcast" if whole else "Audio podcast episode"
    return "TV series" if whole else "TV series episode"


def _reviewed(work: Work) -> tuple[Run, ...]:
    """Return the work that a review is about: [Review of the book *Title*, by A. Luna]."""
    title = text_of(work.csl.get("reviewed-title"))
    authors = credited(read_names(work.csl.get("reviewed-author"))[0])
    if not (title or authors):
        return ()
    what = work.plain("reviewed-genre") or ("book" if work.type == "review-book" else "work")
    named = [Run(" "), *marked(title, italic=True)] if title else []
    by = (", by " if title else " by ") + authors if authors else ""
    return (Run(f" [Review of the {what}"), *named, Run(f"{by}]"))


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
