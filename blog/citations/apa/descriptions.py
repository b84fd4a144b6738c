"""Descriptions of a work in brackets: [Film], [Audio podcast episode], [Doctoral dissertation].

Where a record does not tell what kind of thing it is, nothing is printed: a wrong word is worse
than none.
"""

import re

from blog.citations.apa.works import Work
from blog.citations.csl.fields import folded, marked
from blog.citations.csl.names import credited, read_names
from blog.citations.runs import Run

# The description of a post where only its site is known.
POSTS = {
    "reddit": "Online forum post",
    "tiktok": "Video",
    "twitter": "Tweet",
    "youtube": "Video",
}
# Genres that say no more than the type does.
EMPTY_GENRES = {"report", "book", "article", "journal article"}
# A medium that names a file format or a carrier describes no work.
MEDIA_TYPE = re.compile(r"(audio|video|image|text|application|model)/[\w.+-]+", re.IGNORECASE)
CARRIER = re.compile(
    r"(?:audio )?(?:cd|compact disc|lp|vinyl|cassette|mp3|m4a|wav|aac|flac|ogg|streaming)s?",
    re.IGNORECASE,
)

DOCTORAL = re.compile(
    r"\bph\.?\s?d\b|\bd\.?\s?phil\b|\bed\.?\s?d\b|\bpsy\.?d\b|doctor", re.IGNORECASE
)
MASTERS = re.compile(
    r"\bmaster|\bm\.?\s?(?:a|sc|s|ed|phil|res|ba|eng|f\.?a|s\.?w)\b", re.IGNORECASE
)
# What is written for a degree and is no thesis keeps its name.
OTHER_WORK = re.compile(
    r"project|capstone|portfolio|essay|report|recital|exhibition", re.IGNORECASE
)
BACHELORS = re.compile(r"\bbachelor|\bb\.?\s?(?:a|sc|s|ed|eng)\b", re.IGNORECASE)

PODCAST = re.compile(r"podcast", re.IGNORECASE)
RADIO = re.compile(r"\bradio\b", re.IGNORECASE)
TELEVISION = re.compile(r"\b(?:tv|television|televisión|fernsehen|HBO|Netflix)\b", re.IGNORECASE)
TELEVISION_ROLES = ("script-writer", "director", "executive-producer", "series-creator", "producer")
SPOKEN = re.compile(
    r"\b(?:oral histor|interview|lecture|speech|talk|sermon|conversation|reading|audiobook|address"
    r"|testimony|field recording)",
    re.IGNORECASE,
)


def bracketed(work: Work) -> tuple[Run, ...]:
    """Return the description of a work in brackets, or the work that a review is about."""
    if reviewed := _reviewed(work):
        return reviewed
    word = description(work)
    return (Run(f" [{word[0].upper()}{word[1:]}]"),) if word else ()


def description(work: Work) -> str:
    """Return the words that describe a work: Film; Unpublished manuscript."""
    genre, medium = work.plain("genre"), _medium(work)
    if work.type in DESCRIBED:
        return DESCRIBED[work.type](work, genre or medium)
    if work.type == "interview" and work.kind.form == "serial":
        return ""
    is_empty = genre.lower() in EMPTY_GENRES or work.type in {"patent", "standard", "chapter"}
    if is_empty or work.number_says_genre:
        genre = ""
    is_file = MEDIA_TYPE.fullmatch(work.plain("medium"))
    return genre or (is_file and work.kind.description) or medium or work.kind.description


def _medium(work: Work) -> str:
    """Return the medium in a reader's word: Lithograph; Video of video/mp4; nothing of CD."""
    medium = work.plain("medium")
    if found := MEDIA_TYPE.fullmatch(medium):
        return {"audio": "Audio", "video": "Video", "image": "Image"}.get(found[1].lower(), "")
    return "" if CARRIER.fullmatch(medium) else medium


def _thesis(work: Work, said: str) -> str:
    """Return Doctoral dissertation, School; or Unpublished doctoral dissertation."""
    degree = _degree(work.plain("genre")) or "Thesis"
    if work.doi or any(work[field] for field in ("URL", "archive", "container-title", "number")):
        return ", ".join(filter(None, (degree, work.plain("publisher"))))
    if degree.lower().startswith("unpub"):
        return degree
    small = degree[0].lower() + degree[1:] if degree[1:2].islower() else degree
    return f"Unpublished {small}"


def _degree(genre: str) -> str:
    """Return a thesis as APA calls it, whichever way its degree is written."""
    for pattern, name in (
        (DOCTORAL, "Doctoral dissertation"),
        (MASTERS, "Master’s thesis"),
        (BACHELORS, "Bachelor’s thesis"),
    ):
        if pattern.search(genre) and not OTHER_WORK.search(genre):
            apostrophe = "'" if "'" in genre else "’"
            return name.replace("’", apostrophe)
    return genre


def _broadcast(work: Work, said: str) -> str:
    """Return the kind of a broadcast, as far as its record tells: podcast, radio or TV."""
    episode = "" if work.kind.form == "whole" else " episode"
    where = " ".join((said, work.container, work.plain("publisher"), work["URL"]))
    medium = work.plain("medium")
    is_audio = medium.lower().startswith("audio") or CARRIER.fullmatch(medium)
    if is_audio:  # a file is an episode, whether its show is named or not
        episode = " episode"
    if folded(said) in {"podcast", "audiopodcast", "podcastepisode", "audiopodcastepisode"}:
        return f"Audio podcast{episode}"
    if folded(said) in {"tv", "tvseries", "television", "televisionseries", "tvshow"}:
        return f"TV series{episode}"
    if work.plain("genre"):
        return work.plain("genre")
    if is_audio or PODCAST.search(where):
        return f"Audio podcast{episode}"
    if TELEVISION.search(where):
        return f"TV series{episode}"
    if work.lead[1] in {"Host", "Guest"}:
        return f"Audio podcast{episode}"
    if RADIO.search(where):
        return "Radio broadcast"
    if work.is_in_series:
        return f"Audio podcast{episode}"
    if work["season"] or any(work.names(role) for role in TELEVISION_ROLES):
        return f"TV series{episode}"
    return said


def _song(work: Work, said: str) -> str:
    """Return Song for music; what is spoken, or kept in an archive, is a recording."""
    if said and said != "Audio":
        return said
    about = " ".join((work["title"], work["collection-title"], work["container-title"]))
    is_spoken = SPOKEN.search(about) and not work.names("composer")
    if is_spoken or said or work["archive"] or work.names("interviewer"):
        return "Audio recording"
    is_music = work.container or work.names("composer") or work["publisher"]
    return "Song" if is_music else "Audio recording"


def _correspondence(work: Work, said: str) -> str:
    """Return Letter to A. Luna, for a letter that readers can look up."""
    recipients = credited(work.names("recipient"))
    what = said or "Letter"
    return f"{what} to {recipients}" if recipients else what


def _film(work: Work, said: str) -> str:
    return said or ("Video" if work["URL"] else "Film")


def _post(work: Work, said: str) -> str:
    return said or POSTS.get(folded(work.plain("container-title", "publisher")), "Post")


DESCRIBED = {
    "thesis": _thesis,
    "broadcast": _broadcast,
    "song": _song,
    "personal_communication": _correspondence,
    "motion_picture": _film,
    "post": _post,
}


def _reviewed(work: Work) -> tuple[Run, ...]:
    """Return the work that a review is about: [Review of the book *Title*, by A. Luna]."""
    title = work["reviewed-title"]
    authors = credited(read_names(work.csl.get("reviewed-author"))[0])
    if not (title or authors):
        return ()
    what = work.plain("reviewed-genre") or ("book" if work.type == "review-book" else "work")
    named = [Run(" "), *marked(title, italic=True)] if title else []
    by = (", by " if title else " by ") + authors if authors else ""
    return (Run(f" [Review of the {what}"), *named, Run(f"{by}]"))
