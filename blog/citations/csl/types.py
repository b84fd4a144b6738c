"""Kinds of works: the shape of their entry, by CSL type."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from blog.citations.csl.fields import text_of


@dataclass(frozen=True)
class Kind:
    """The shape of an entry.

    ``form``: an article of a "serial", a "part" of a book, a "whole", or a "law".
    ``dated``: the list prints month and day, not only the year.
    ``description``: the words in brackets after the title where the record has no better ones.
    """

    form: str
    dated: bool = False
    description: str = ""

    def fitted(self, *, contained: bool, edited: bool) -> "Kind":
        """Return the kind for one record: without a container nothing is a part."""
        if self.form == "proceedings":
            form = "part" if edited else "serial"
            return (
                replace(self, form=form) if contained else replace(self, form="whole", dated=True)
            )
        if self.form in {"serial", "part"} and not contained:
            return replace(self, form="whole")
        return self


KINDS = {
    "article": Kind("whole"),
    "article-journal": Kind("serial"),
    "article-magazine": Kind("serial", dated=True),
    "article-newspaper": Kind("serial", dated=True),
    "bill": Kind("law"),
    "book": Kind("whole"),
    "broadcast": Kind("part", dated=True),
    "chapter": Kind("part"),
    "classic": Kind("whole"),
    "collection": Kind("whole"),
    "dataset": Kind("part", description="Data set"),
    "document": Kind("whole"),
    "entry": Kind("part"),
    "entry-dictionary": Kind("part"),
    "entry-encyclopedia": Kind("part"),
    "event": Kind("whole", dated=True),
    "figure": Kind("whole", description="Figure"),
    "graphic": Kind("whole", description="Image"),
    "hearing": Kind("law"),
    "interview": Kind("serial", description="Interview"),
    "legal_case": Kind("law"),
    "legislation": Kind("law"),
    "manuscript": Kind("whole", description="Unpublished manuscript"),
    "map": Kind("whole", description="Map"),
    "motion_picture": Kind("whole", description="Film"),
    "musical_score": Kind("whole", description="Musical score"),
    "pamphlet": Kind("whole", description="Brochure"),
    "paper-conference": Kind("proceedings"),
    "patent": Kind("whole"),
    "performance": Kind("whole", dated=True, description="Performance"),
    "periodical": Kind("serial"),
    "personal_communication": Kind("whole", dated=True, description="Letter"),
    "post": Kind("whole", dated=True),
    "post-weblog": Kind("serial", dated=True),
    "regulation": Kind("law"),
    "report": Kind("whole"),
    "review": Kind("serial"),
    "review-book": Kind("serial"),
    "software": Kind("whole", description="Computer software"),
    "song": Kind("part", description="Song"),
    "speech": Kind("whole", dated=True),
    "standard": Kind("whole"),
    "thesis": Kind("whole"),
    "treaty": Kind("law"),
    "webpage": Kind("whole", dated=True),
}

# Names that registries and older programs use for the same types.
SYNONYMS = {
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-track": "chapter",
    "component": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "magazine-article": "article-magazine",
    "monograph": "book",
    "newspaper-article": "article-newspaper",
    "peer-review": "review",
    "posted-content": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "reference-entry": "entry-encyclopedia",
    "report-component": "report",
    "report-series": "report",
}


def known_type(csl: Mapping) -> str:
    """Return the CSL type of a record, by its own word or else by the fields it has."""
    word = text_of(csl.get("type")).lower()
    word = SYNONYMS.get(word, word)
    if word in KINDS:
        return word
    has = {field for field in csl if isinstance(field, str) and text_of(csl.get(field))}
    if "container-title" in has:
        return "chapter" if {"publisher", "ISBN"} & has else "article-journal"
    return "webpage" if "URL" in has and not {"publisher", "ISBN", "DOI"} & has else "document"
