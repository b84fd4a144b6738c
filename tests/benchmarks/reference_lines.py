"""Invented works with their entries in APA style, written by templates and not by the formatter."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

NOUNS = [
    "nets",
    "weirs",
    "brooks",
    "moors",
    "herons",
    "tides",
    "ferries",
    "knots",
    "lanterns",
    "orchards",
    "mills",
    "bridges",
]
VERBS = [
    "mending",
    "crossing",
    "keeping",
    "naming",
    "counting",
    "drawing",
    "learning",
    "sharing",
    "weaving",
]
WORDS = [
    "quiet",
    "slow",
    "shared",
    "early",
    "northern",
    "open",
    "digital",
    "small",
    "patient",
    "distant",
    "common",
]
SURNAMES = (
    *("Quill", "Bell", "Marsh", "Okonjo", "Sørlie", "Nuñez", "O’Dell", "Weir-Holm", "Ilić", "Hsu"),
    *("van der Moor", "de la Torre", "Łapka", "Mbeki", "Tanaka", "ten Broek", "Al-Amin", "Nguyễn"),
)
WHOLE = ("Bui Phu Lan", "정영호", "박종민", "王小安", "李海", "Pham Chi Tien")
BODIES = (
    "Ministry of Nets and Weirs",
    "Moor Health Organization",
    "Centers for Tides & Knots",
    "Department of Ferries, Bridges and Roads",
    "National Academies of Nets, Knots, and Weirs",
    "Institute for the Study of Moors",
    "Association of Heron Watchers",
    "U.S. Office of Orchards",
    "UNOM",
)
JOURNALS = (
    "Journal of Nets",
    "Nets & Society",
    "The Moor Review",
    "Ferries, Bridges, and Tides",
    "Computers in Weirs",
    "Engineering",
    "Orchard Studies Quarterly",
    "Revista de Redes",
    "Weir. Res. Lett.",
    "PLoS Heron",
)
PUBLISHERS = (
    "Moor Press",
    "Heron & Sons",
    "Weir University Press",
    "Lantern Books",
    "Sage",
    "Orchard",
)
SITES = ("Moor News", "The Heron Times", "Weir Institute", "Orchard Weekly", "Moor Council")
MONTHS = ("January", "March", "May", "June", "October", "December")


@dataclass
class Sample:
    """An entry with the parts that its reading must have; names by family or whole."""

    kind: str
    line: str
    title: str
    year: int | None
    authors: list[str] = field(default_factory=list)
    container: str = ""
    doi: str = ""


class Maker:
    """Make samples of each kind, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def samples(self, count: int) -> list[Sample]:
        kinds = [*("article",) * 8, *("chapter",) * 5, *("book",) * 2, "report", "page", "news"]
        kinds += [
            "untitled",
            "entry",
            "episode",
            "thesis",
            "video",
            "dataset",
            "to_come",
            "undated",
        ]
        return [getattr(self, f"_{kinds[n % len(kinds)]}")() for n in range(count)]

    def _article(self) -> Sample:
        people, authors = self._people()
        title, journal = self._title(), self._one(JOURNALS)
        year, doi = self._year(), self._doi()
        volume, issue, page = (self.random.randint(1, 90) for _ in range(3))
        places = (
            f", {volume}({issue}), {page}–{page + 12}",
            f", {volume}, {page}–{page + 12}",
            f", {volume}({issue}), Article e{page}123",
            f", {volume}({issue}–{issue + 1}), {page}–{page + 3}",
            f", {volume}(Suppl. 1), S{page}–S{page + 2}",
            f", {volume}",
            "",
            f", {page}–{page + 9}",
        )
        line = f"{people} ({year}). {_ended(title)} {journal}{self._one(places)}. {_address(doi)}"
        return Sample("article", line, title, year, authors, journal, doi)

    def _chapter(self) -> Sample:
        people, authors = self._people()
        title, book, year, doi = self._title(), self._book_title(), self._year(), self._doi()
        editors = self._one(("", "", self._editors()))
        page = self.random.randint(1, 300)
        details = self._one(
            (
                f" (pp. {page}–{page + 9})",
                f" (2nd ed., Vol. 3, pp. {page}–{page + 20})",
                f" (p. {page})",
            )
        )
        source = f"{editors}{book}{details}. {self._one(PUBLISHERS)}."
        line = f"{people} ({year}). {_ended(title)} In {source}"
        return Sample("chapter", f"{line} {_address(doi)}", title, year, authors, book, doi)

    def _book(self) -> Sample:
        people, authors = self._people()
        title, year = self._title(), self._year()
        details = self._one(
            ("", " (3rd ed.)", " (B. Marsh, Trans.)", " (Vol. 2)", " (C. Bell, Ed.; Rev. ed.)")
        )
        head = f"{title}{details}." if details else _ended(title)
        line = f"{people} ({year}). {head} {self._one(PUBLISHERS)}."
        return Sample("book", line, title, year, authors)

    def _report(self) -> Sample:
        body, title, year = self._one(BODIES), self._title(), self._year()
        number = self.random.randint(1, 999)
        details = self._one((f" (Report No. {number})", f" (Working Paper No. {number})", ""))
        head = f"{title}{details}." if details else _ended(title)
        return Sample(
            "report", f"{body}. ({year}). {head} https://example.org/r", title, year, [body]
        )

    def _page(self) -> Sample:
        people, authors = self._people()
        title, year, site = self._title(), self._year(), self._one(SITES)
        day = f"{year}, {self._one(MONTHS)} {self.random.randint(1, 28)}"
        line = f"{people} ({day}). {_ended(title)} {site}. https://example.org/{year}/page"
        return Sample("page", line, title, year, authors, site)

    def _news(self) -> Sample:
        people, authors = self._people()
        title, year, site = f"{self._title(plain=True)}?", self._year(), "The Heron Times"
        title = self._one((title, f"“{title}”", f"“{title[:-1]}.”"))
        line = f"{people} ({year}, May 3). {title} {site}. https://example.org/news"
        return Sample("news", line, title, year, authors, site)

    def _untitled(self) -> Sample:
        title, journal, year, doi = self._title(), self._one(JOURNALS), self._year(), self._doi()
        volume = self.random.randint(1, 40)
        line = f"{_ended(title)} ({year}). {journal}, {volume}(2), 3–9. {_address(doi)}"
        return Sample("no author", line, title, year, [], journal, doi)

    def _entry(self) -> Sample:
        title, year = self._one(NOUNS).capitalize(), self._year()
        book = self._one(("Moor encyclopedia of nets", "Wikipedia", "Heron dictionary of tides"))
        line = (
            f"{title}. ({year}). In {book}. Retrieved May 3, 2024, from https://example.org/entry"
        )
        return Sample("entry", line, title, year, [], book)

    def _episode(self) -> Sample:
        title, year, show = self._title(), self._year(), "Moor Talk"
        line = (
            f"Quill, A. (Host). ({year}, March 3–5). {title} (No. {self.random.randint(1, 99)}) "
            f"[Audio podcast episode]. In {show}. Moor Radio. https://example.org/podcast"
        )
        return Sample("episode", line, title, year, ["Quill"], show)

    def _thesis(self) -> Sample:
        people, authors = self._people(most=1)
        title, year = self._title(), self._year()
        endings = (
            "(Publication No. 1234) [Doctoral dissertation, Moor University]. ProQuest.",
            "[Unpublished master’s thesis]. Moor University.",
            "[Master’s thesis, Moor University]. Moor Archive. https://example.org/thesis",
        )
        return Sample(
            "thesis", f"{people} ({year}). {title} {self._one(endings)}", title, year, authors
        )

    def _video(self) -> Sample:
        people, authors = self._people(most=1)
        title, year = self._title(), self._year()
        line = f"{people} ({year}, June 1). {title} [Video]. YouTube. https://example.org/watch?v=1"
        return Sample("video", line, title, year, authors, "YouTube")

    def _dataset(self) -> Sample:
        people, authors = self._people()
        title, year, doi = self._title(), self._year(), self._doi()
        line = f"{people} ({year}). {title} (Version 2.1) [Data set]. Moor Archive. {_address(doi)}"
        return Sample("data set", line, title, year, authors, "", doi)

    def _to_come(self) -> Sample:
        people, authors = self._people()
        title, journal = self._title(), "Journal of Nets"
        ending = self._one(("", ". Advance online publication. https://doi.org/10.5555/ahead"))
        when, year = ("in press", None) if not ending else ("2024", 2024)
        line = f"{people} ({when}). {_ended(title)} {journal}{ending or '.'}"
        return Sample("to come", line, title, year, authors, journal, ending and "10.5555/ahead")

    def _undated(self) -> Sample:
        people, authors = self._people()
        title, site = self._title(), self._one(SITES)
        line = f"{people} (n.d.). {_ended(title)} {site}. https://example.org/undated"
        return Sample("undated", line, title, None, authors, site)

    def _people(self, most: int = 5) -> tuple[str, list[str]]:
        """Return names as a list prints them, and each by its family or whole."""
        if most > 1 and self.random.random() < 0.12:
            body = self._one(BODIES)
            return f"{body}.", [body]
        names, printed = [], []
        for _ in range(self.random.randint(1, most)):
            if self.random.random() < 0.08:
                names.append(self._one(WHOLE))
                printed.append(names[-1])
                continue
            names.append(self._one(SURNAMES))
            given = self._one(("A.", "B. C.", "J.-P.", "Y.", "M. de", "A. B. C."))
            suffix = ", Jr." if self.random.random() < 0.04 else ""
            printed.append(f"{names[-1]}, {given}{suffix}")
        if len(printed) > 1:
            printed = [", ".join(printed[:-1]) + f", & {printed[-1]}"]
        return (printed[0] if printed[0].endswith(".") else f"{printed[0]}."), names

    def _editors(self) -> str:
        return self._one(
            (
                "A. Quill (Ed.), ",
                "A. B. Quill & C. Bell (Eds.), ",
                "A. Hsu, B. Bell, & C. Marsh (Eds.), ",
            )
        )

    def _title(self, *, plain: bool = False) -> str:
        one, other = self.random.sample(NOUNS, 2)
        start = f"{self._one(VERBS).capitalize()} {self._one(WORDS)} {one} and {other}"
        if plain:
            return start
        return self._one(
            (
                start,
                f"{start}: A study of {self._one(WORDS)} {other}",
                f"{start}? A study of the {self._one(NOUNS)}",
                f"What are {one}? {self._one(VERBS).capitalize()} in the {other}",
                f"{start} (and other {other}) in the U.K.",
                f"{start} in 2012–2014",
                " ".join(word.capitalize() for word in start.split()),
                f"“{one.capitalize()}” vs. {other}: {self._one(VERBS).capitalize()} No. 5",
            )
        )

    def _book_title(self) -> str:
        return self._one(
            (
                f"Handbook of {self._one(WORDS)} {self._one(NOUNS)}",
                f"{self._one(NOUNS).capitalize()} of the moor: A guide",
                f"Proceedings of the {self.random.randint(4, 9)}th Conference on Nets",
                f"{self._one(VERBS).capitalize()} in {self._one(NOUNS)}",
            )
        )

    def _year(self) -> int:
        return self.random.randint(1950, 2026)

    def _doi(self) -> str:
        return f"10.5555/{self._one(NOUNS)}.{self.random.randint(1000, 9999)}"

    def _one(self, options):
        return self.random.choice(options)


def _ended(title: str) -> str:
    return title if title[-1] in ".?!”" else f"{title}."


def _address(doi: str) -> str:
    return f"https://doi.org/{doi}"
