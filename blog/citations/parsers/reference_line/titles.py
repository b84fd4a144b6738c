"""Parse what follows a title: (Report No. 12), (B. Sol, Trans.; 2nd ed.), [Video]."""

import re
from dataclasses import dataclass, field

from blog.citations.parsers.reference_line.names import direct_names

TITLE_END = re.compile(
    r"(?P<title>.*?\S)(?P<details>(?:\s*\((?:[^()]|\([^()]*\))*\))?)(?P<form>(?:\s*\[[^\[\]]{2,300}\])?)"
    r"[.,]?",
    re.DOTALL,
)
MAX_FORM_WORDS = 5
FORMS = (
    (re.compile(r"dissertation|thesis|habilitation", re.I), "thesis"),
    (re.compile(r"^(?:review|book review|film review)\b.* of\b", re.I), "review"),
    (re.compile(r"podcast|radio|\btv\b|television", re.I), "broadcast"),
    (re.compile(r"audio|\bsong\b|\balbum\b|music recording", re.I), "song"),
    (re.compile(r"video|film|webinar|motion picture|documentary", re.I), "motion_picture"),
    (re.compile(r"data ?set|data file", re.I), "dataset"),
    (re.compile(r"software|\bapp\b|language model|source code|video game", re.I), "software"),
    (
        re.compile(
            r"tweet|\bpost\b|status update|facebook|instagram|tiktok|thread|comment on|profile",
            re.I,
        ),
        "post",
    ),
    (
        re.compile(
            r"presentation|poster|keynote|lecture|slides|conference|symposium|address|speech|talk$",
            re.I,
        ),
        "speech",
    ),
    (
        re.compile(
            r"photo|image|infographic|painting|clip art|drawing|sculpture|lithograph|etching|"
            r"cartoon|meme",
            re.I,
        ),
        "graphic",
    ),
    (re.compile(r"\bmap\b", re.I), "map"),
    (re.compile(r"manuscript", re.I), "manuscript"),
    (re.compile(r"brochure|pamphlet|leaflet", re.I), "pamphlet"),
    (re.compile(r"interview", re.I), "interview"),
    (re.compile(r"preprint", re.I), "article"),
    (re.compile(r"performance|concert", re.I), "performance"),
    (re.compile(r"\bmusical score|sheet music", re.I), "musical_score"),
)
PLAIN_FORMS = re.compile(
    r"press release|policy brief|white paper|fact ?sheet|issue brief|editorial|letter|abstract|"
    r"special issue|special section|erratum|correction|commentary|blog|web ?page|web ?site|"
    r"guideline|report|figure|table|monograph|supplement|obituary|advertisement|syllabus|"
    r"personal communication|e-?book",
    re.IGNORECASE,
)
# Descriptions that the formatter prints by itself, so that a record need not have them.
OWN_FORMS = {
    **{"data set": "dataset", "computer software": "software", "film": "motion_picture"},
    **{
        "song": "song",
        "map": "map",
        "brochure": "pamphlet",
        "unpublished manuscript": "manuscript",
    },
    **{"musical score": "musical_score", "performance": "performance", "image": "graphic"},
}
CREDIT = re.compile(r"(?P<names>.+), (?P<role>Eds?\. & Trans|Trans|Eds?|Narrs?|Interviewers?)\.?")
CREDITS = {"T": "translator", "E": "editor", "N": "narrator", "I": "interviewer"}
EDITION = re.compile(
    r"(?:(?P<number>\d{1,3})(?:st|nd|rd|th)?\.?|(?P<words>[A-Z][\w. -]{0,30}?|revised))"
    r"\s+(?:ed(?:ition|n)?\b\.?|Auflage|Aufl\.|éd\.)",
    re.IGNORECASE,
)
ORDINALS = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}
VOLUME = re.compile(r"Vols?\.\s*(?P<volume>[\w–-]{1,15})", re.IGNORECASE)
PAGES = re.compile(
    r"(?:pp?\.|pages?|S\.)\s*(?P<pages>[\w.:]{1,15}(?:\s*[–—-]+\s*[\w.:]{1,15})?)", re.I
)
CHAPTER = re.compile(r"chap(?:ter|\.)?\s*(?P<chapter>\w{1,8})", re.IGNORECASE)
VERSION = re.compile(r"(?:Version|Ver\.|v\.?)\s*(?P<version>\d[\w.-]*)", re.IGNORECASE)
EPISODE = re.compile(r"Season (?P<season>\d+)|Episode (?P<episode>\d+)", re.IGNORECASE)
NUMBER = re.compile(
    r"(?:(?P<noun>[A-Z][\w .&’'/-]{1,60}?)\s+)?(?:No\.|Nr\.|#)\s*(?P<number>[\w./-]{1,30})"
)
CODE = re.compile(r"(?=.*[A-Z])(?:[A-Z][\w/&.-]*[ -])*[A-Z]{0,8}[-/ ]?\d[\w./-]*")


@dataclass
class Title:
    """A title with the CSL fields in its parentheses, and the description in its brackets."""

    words: str
    details: dict = field(default_factory=dict)
    form: str = ""

    @property
    def kind(self) -> str:
        """Return the CSL type that the description names; "" for none."""
        return form_kind(self.form)


def read_title(text: str) -> Title:
    """Split a title from its details; words in no known form stay in the title."""
    found = TITLE_END.fullmatch(text.strip())
    if found is None:
        return Title(ended(text))
    words, inside, form = found["title"], found["details"].strip(), found["form"].strip(" []")
    if form and not is_form(form):
        return Title(ended(text))
    details = read_details(inside[1:-1]) if inside else {}
    if inside and not details:
        words = f"{words}{found['details']}"
    # Punctuation before the brackets is the title’s own; else a full stop ends the entry’s part.
    return Title(words, details, form) if details or form else Title(ended(text))


def is_form(words: str) -> bool:
    """Return whether words in brackets describe a work, and do not translate its title."""
    return bool(form_kind(words) or PLAIN_FORMS.search(words)) or len(words.split()) <= 2


def form_kind(words: str) -> str:
    """Return the CSL type of a work that is described so; "" where the words name none."""
    if not words or (len(words.split()) > MAX_FORM_WORDS and not re.match(FORM_LEADS, words)):
        return ""
    return next((kind for sign, kind in FORMS if sign.search(words)), "")


FORM_LEADS = re.compile(
    r"(?:review|book review|(?:unpublished )?(?:doctoral|master|bachelor|ph\.? ?d|undergraduate|"
    r"honou?rs|thesis|dissertation)|comment on|paper|conference|manuscript|letter)",
    re.IGNORECASE,
)


def read_details(inside: str) -> dict:
    """Parse “B. Sol, Trans.; 2nd ed., Vol. 3, pp. 4–9”; {} if a part of it is of no known form."""
    details: dict = {}
    for piece in re.split(r";\s*", inside.strip()):
        if credit := CREDIT.fullmatch(piece):
            for role in credit["role"].split(" & "):
                details[CREDITS[role[0]]] = direct_names(credit["names"])
            continue
        for part in re.split(r",\s*(?=\D|\d+(?:st|nd|rd|th)\b)", piece):
            if not (found := _detail(part.strip())):
                return {}
            details |= found if not details.get("number") else {**found, **details}
    if {"season", "episode"} <= details.keys():
        details["number"] = f"S{details.pop('season')}E{details.pop('episode')}"
    return details


def _detail(part: str) -> dict:
    if part.lower() in ORDINALS:
        return {"edition": part}
    if found := EDITION.fullmatch(part):
        return {"edition": found["number"] or found["words"]}
    for pattern, name in ((VOLUME, "volume"), (CHAPTER, "chapter-number"), (VERSION, "version")):
        if found := pattern.fullmatch(part):
            return {name: found[1]}
    if found := PAGES.fullmatch(part):
        return {"page": pages(found["pages"])}
    if found := EPISODE.fullmatch(part):
        return {k: v for k, v in found.groupdict().items() if v}
    if found := NUMBER.fullmatch(part):
        noun = found["noun"] or ""
        return {"number": found["number"], **({"noun": noun} if noun else {})}
    if CODE.fullmatch(part) and not re.fullmatch(r"(?:1[5-9]|20)\d\d", part):
        return {"number": part, "code": part}
    return {}


def ended(title: str) -> str:
    """Return a title without the full stop of the entry; a question mark is the title’s own."""
    title = title.strip()
    is_own = title.endswith("..") or re.search(r"(?:[A-Z]\.){2,}$", title)
    return title[:-1].rstrip() if title.endswith(".") and not is_own else title


def pages(place: str) -> str:
    """Return pages as CSL has them: 33-49."""
    place = re.sub(r"^pp?\.\s*", "", place.strip(" ."))
    return re.sub(r"\s*[–—−]+\s*|\s*-{1,3}\s*(?=\S)", "-", place)
