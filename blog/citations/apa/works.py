"""Works as the formatter sees them: a CSL record, parsed once."""

import re
from collections.abc import Mapping
from functools import cached_property

from blog.citations.apa.english import is_english
from blog.citations.apa.numbers import is_worded
from blog.citations.apa.numerals import spelled_out
from blog.citations.apa.short_titles import within_signs
from blog.citations.apa.title_case import title_case
from blog.citations.csl.dates import CslDate, read_date, read_issued
from blog.citations.csl.doi import normalise_doi
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import Name, credited, read_names
from blog.citations.csl.types import KINDS, Kind, known_type

# The roles that can be in the author's place, in order, with their word in the list.
LEADS = (
    ("author", ""),
    ("composer", ""),
    ("illustrator", ""),
    ("director", "Director"),
    ("script-writer", "Writer"),
    ("host", "Host"),
    ("guest", "Guest"),
    ("producer", "Producer"),
    ("executive-producer", "Executive Producer"),
    ("series-creator", "Series Creator"),
)
# These lead a whole work only; in a part of a work they belong to the work it is part of.
LEADS_OF_A_WHOLE = (
    ("editor", "Ed."),
    ("editorial-director", "Ed."),
    ("compiler", "Compiler"),
    ("chair", "Chair"),
    ("organizer", "Organizer"),
    ("curator", "Curator"),
    ("collection-editor", "Ed."),
)

PLURALS = {"Ed.": "Eds.", "Ed. & Trans.": "Eds. & Trans."}
COMMENT = re.compile(r"comment on\b", re.IGNORECASE)
MAX_UNTITLED_WORDS = 20  # of a post without a title (Publication Manual, 10.15)
ADDRESSES = {"URL", "DOI"}
# The number of these says nothing of their genre.
UNNUMBERED = {"broadcast", "standard", "manuscript", "thesis"}


class Work:
    """A cited work: its citation key and its CSL record."""

    def __init__(self, key: str, csl: object) -> None:
        self.key = key
        self.csl: Mapping = csl if isinstance(csl, Mapping) else {}
        self.type = known_type(self.csl)

    def __getitem__(self, field: str) -> str:
        """Return a CSL field as one line of text, with inline markup; "" where there is none.

        Without the comma or colon at its end that catalogues leave there.
        """
        text = text_of(self.csl.get(field))
        return text if field in ADDRESSES else text.strip(",; ").rstrip(": ")

    def plain(self, *fields: str) -> str:
        """Return the first of these fields that is not empty, without markup."""
        return next(filter(None, (unmarked(self[field]) for field in fields)), "")

    def names(self, role: str) -> tuple[Name, ...]:
        return read_names(self.csl.get(role))[0]

    def credit(self, role: str, one: str, several: str) -> str:
        """Return the people in a role as an entry credits them: A. Luna, Trans."""
        people = self.names(role)
        return f"{credited(people)}, {one if len(people) == 1 else several}" if people else ""

    @cached_property
    def kind(self) -> Kind:
        return KINDS[self.type].fitted(
            contained=bool(self.container), edited=bool(self.names("editor"))
        )

    @cached_property
    def container(self) -> str:
        """Return the title of the whole that has the work; a podcast's is often called a series."""
        series = self["collection-title"] if self.type == "broadcast" else ""
        return self["container-title"] or series

    @property
    def is_in_series(self) -> bool:
        """Return whether a broadcast has a series and no programme: so Zotero keeps podcasts."""
        return bool(self["collection-title"]) and not self["container-title"]

    @cached_property
    def lead(self) -> tuple[tuple[Name, ...], str]:
        """Return the people in the author's place, with their role; none where the title leads."""
        if len(self.credits) > 1:
            return tuple(name for people, _word in self.credits for name in people), ""
        return self.credits[0]

    @cached_property
    def credits(self) -> list[tuple[tuple[Name, ...], str]]:
        """Return the people in the author's place by role: an episode has writers and directors."""
        if self.type == "broadcast" and not self.names("author"):
            writers, directors = self.names("script-writer"), self.names("director")
            if writers and writers == directors:
                return [
                    (writers, "Writers & Director" if len(writers) > 1 else "Writer & Director")
                ]
            if writers and directors:
                return [(writers, "Writer"), (directors, "Director")]
        return [self._lead]

    @cached_property
    def _lead(self) -> tuple[tuple[Name, ...], str]:
        if self.kind.form == "law":  # laws are cited by their names
            return (), ""
        for role, word in (*LEADS, *(LEADS_OF_A_WHOLE if self.kind.form == "whole" else ())):
            if people := self.names(role):
                return people, self.editor_words[0] if role == "editor" else word
        publisher = self.plain("publisher")
        if publisher and self.type in {"webpage", "software"}:
            return (Name(publisher),), ""
        return (), ""

    @property
    def are_editors_translators(self) -> bool:
        return bool(self.names("editor")) and self.names("editor") == self.names("translator")

    @property
    def editor_words(self) -> tuple[str, str]:
        """Return the role of one editor and of several, who may have translated the work too."""
        role = "Ed. & Trans." if self.are_editors_translators else "Ed."
        return role, PLURALS[role]

    @property
    def authors(self) -> tuple[Name, ...]:
        return self.lead[0]

    @cached_property
    def unlisted_authors(self) -> bool:
        """Return whether the authors of the record end in “and others”."""
        return read_names(self.csl.get("author"))[1]

    @cached_property
    def issued(self) -> CslDate:
        return read_issued(self.csl)

    @cached_property
    def original(self) -> str:
        """Return the year of first publication of a work that was published again."""
        year = read_date(self.csl.get("original-date")).year
        return "" if year in ("n.d.", self.issued.year) else year

    @cached_property
    def doi(self) -> str:
        address = self["URL"]
        if not re.match(r"https?://(dx\.)?doi\.org/", address, re.IGNORECASE):
            address = ""
        return normalise_doi(self["DOI"]) or normalise_doi(address)

    @property
    def is_personal(self) -> bool:
        """Return whether readers cannot look it up: a letter in no archive and on no page."""
        found = self.doi or self["URL"] or self["archive"]
        return self.type == "personal_communication" and not found

    @cached_property
    def name(self) -> str:
        """Return the title, or what replaces a missing one."""
        fields = ("title", "reviewed-title", "genre", "container-title", "publisher")
        return next(filter(None, (self[field] for field in fields)), "") or "Untitled"

    @cached_property
    def shown(self) -> str:
        """Return the title, or the first twenty words of a post or comment that has none."""
        words = unmarked(self.name).split()
        is_post = self.type == "post" or COMMENT.match(self["genre"])
        if is_post and len(words) > MAX_UNTITLED_WORDS:
            return within_signs(" ".join(words[:MAX_UNTITLED_WORDS]))
        return self.name

    @cached_property
    def number_says_genre(self) -> bool:
        """Return whether the number names the genre: Technical Report No. 12."""
        number, genre = self.plain("number"), self.plain("genre")
        if not (number and genre) or self.kind.form != "whole" or self.type in UNNUMBERED:
            return False
        return folded(genre) in folded(number) or not is_worded(number)

    def in_title_case(self, text: str) -> str:
        """Return a title of this work in title case, if it is English."""
        beside = (self.plain("container-title"), self.plain("publisher"))
        language = self["language"]
        return title_case(text) if is_english(text, *beside, language=language) else text

    @cached_property
    def sort_key(self) -> tuple:
        """Return the key for the order of the list: names, then date as printed, then title.

        "Nothing before something": tuples that end sooner come first, so an author alone comes
        before the same author with others, and a bare year before a year with a month.
        """
        title = re.sub(r"^(a|an|the)\s+", "", unmarked(self.name), flags=re.IGNORECASE)
        title = spelled_out(title)
        called = (folded(title) or title, "", "")
        people = tuple(person.sort_key for person in self.authors) or (called,)
        day = self.issued.start
        parts = (day.parts if self.kind.dated else (day.year,)) if day else ()
        return people, self.issued.rank, parts, self.issued.year, called, self.key
