"""In-text citations: (Luna, 2020, p. 3; Sol & Mar, 2019a), or Luna (2020) in a sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby

from blog.citations.apa.labels import Label
from blog.citations.apa.works import Work
from blog.citations.clusters import CiteItem, Cluster, is_secondary
from blog.citations.csl.names import series
from blog.citations.runs import Run

# Words that lead into a whole group of works; other prefixes belong to the work after them.
LEAD_IN = re.compile(
    r"(but |and )?(see|also|see also|cf\.?|compare|e\.g\.|see,? e\.g\.|for example|"
    r"see,? for example|for a review,? see|for reviews,? see),?",
    re.IGNORECASE,
)
EMPHASIS = re.compile(r"(?<!\w)([*_])(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)")
SHORT_TERMS = {"page": ("p.", "pp."), "paragraph": ("para.", "paras.")}
ABBREVIATED = re.compile(
    r"(?:^|[\s.(])(?:\w{1,2}|etc|inc|ltd|co|corp|jr|sr|dr|vs|vol|no|ed)\.$", re.I
)
SEVERAL = re.compile(r"[–,&]|\band\b")


class InText:
    """A writer of the clusters of one text, in their order.

    It remembers the groups it has introduced, as from the second citation on their abbreviation is
    enough.
    """

    def __init__(
        self,
        works: Mapping[str, Work],
        labels: Mapping[str, Label],
        unlisted: Set[str] = frozenset(),
    ) -> None:
        self.works = works
        self.labels = labels
        self.unlisted = unlisted  # no entry, so no link to one
        self.ranks = {key: rank for rank, key in enumerate(works)}  # works come in list order
        self.introduced: set[str] = set()

    def write(self, cluster: Cluster) -> tuple[Run, ...]:
        if cluster.narrative and cluster.items:
            runs = self._narrative(cluster.items)
        else:
            runs = iter([Run("("), *self._group(cluster.items), Run(")")])
        return tuple(_merged(self._linked(runs)))

    def _linked(self, runs: Iterator[Run]) -> Iterator[Run]:
        for run in runs:
            yield replace(run, key=None) if run.key in self.unlisted else run

    def _narrative(self, items: Sequence[CiteItem]) -> Iterator[Run]:
        item, *others = items
        known = item.key in self.works
        yield from _prefixed(item)
        if not known:
            yield Run(f"@{item.key}?")
        elif not item.suppress_author:
            yield from self._called(item.key, "and", narrative=True)
        date = self._introduced_date(item) if known else ""
        inside = [Run(f"{date}{_located(item)}".removeprefix(", "), item.key if known else None)]
        inside += _styled(_after(item))
        if group := list(self._group(others)):
            inside += [Run(", " if is_secondary(others[0]) else "; "), *group]
        inside = [run for run in inside if run.text]
        if inside:
            # The bracket is part of the link, unless it holds more than this work's date.
            key = item.key if known and len(inside) == 1 else None
            opening = "(" if item.suppress_author else " ("
            yield from (Run(opening, item.key if known else None), *inside, Run(")", key))

    def _group(self, items: Sequence[CiteItem]) -> Iterator[Run]:
        previous: CiteItem | None = None
        for item in self._sorted(items):
            if previous:
                if self._same_authors(previous, item):
                    yield Run(", ")
                    yield Run(self._dated(item.key, self.labels[item.key]), item.key)
                    previous = item
                    continue
                yield Run(", " if is_secondary(item) else "; ")
            yield from self._parenthetical(item)
            previous = item

    def _parenthetical(self, item: CiteItem) -> Iterator[Run]:
        yield from _prefixed(item)
        if item.key not in self.works:
            yield Run(f"@{item.key}?{_located(item)}")
        else:
            if not item.suppress_author:
                yield from self._called(item.key, "&")
                if not self._quoted(item.key):
                    yield Run(",", item.key)
                yield Run(" ", item.key)
            yield Run(f"{self._dated(item.key, self.labels[item.key])}{_located(item)}", item.key)
        yield from _styled(_after(item))

    def _sorted(self, items: Sequence[CiteItem]) -> list[CiteItem]:
        """Return the works between brackets in list order.

        A prefix that leads into a group stays before it, whichever work comes first; a prefix of
        one work keeps that work in its place.
        """
        result: list[CiteItem] = []
        for group in _groups(items):
            prefix = group[0].prefix
            if prefix and not LEAD_IN.fullmatch(prefix):
                head, rest = [group[0]], group[1:]
            else:
                head, rest = [], [replace(item, prefix="") for item in group]
            rest = sorted(rest, key=lambda item: self.ranks.get(item.key, len(self.ranks)))
            if rest and not head:
                rest[0] = replace(rest[0], prefix=prefix)
            result += head + _without_repeats(rest)
        return result

    def _same_authors(self, one: CiteItem, other: CiteItem) -> bool:
        """Return whether the second work needs only its year: (Luna, 2017a, 2019)."""
        if {one.key, other.key} - self.works.keys() or other.prefix or other.suffix or one.suffix:
            return False
        if one.locator or other.locator or one.suppress_author or other.suppress_author:
            return False
        if any(self._personal(item.key) for item in (one, other)):
            return False
        first, second = self.labels[one.key], self.labels[other.key]
        return bool(first.names) and (first.names, first.et_al) == (second.names, second.et_al)

    def _called(self, key: str, conjunction: str, *, narrative: bool = False) -> Iterator[Run]:
        work, label = self.works[key], self.labels[key]
        if self._personal(key) and work.authors:
            yield Run(series([person.direct for person in work.authors], conjunction), key)
        elif label.names:
            names = [self._introduce(*pair, narrative) for pair in self._pairs(label)]
            yield Run(_with_others(names, conjunction, et_al=label.et_al), key)
        elif self._quoted(key):
            title = _inside_quotes(_without_stop(label.title))
            yield Run(f"“{title}{'' if narrative else ','}”", key)
        else:
            # Names of cases and hearings are italic, names of statutes are not (11.4–11.6).
            is_italic = work.kind.form != "law" or work.type in {"legal_case", "hearing"}
            yield Run(_without_stop(label.title), key, italic=is_italic)

    def _pairs(self, label: Label) -> list[tuple[str, str]]:
        return list(zip(label.names, label.abbreviations, strict=True))

    def _introduce(self, name: str, short: str, narrative: bool) -> str:
        """Return a group's name in full the first time, and then its abbreviation."""
        if not short:
            return name
        if name in self.introduced:
            return short
        if narrative:
            return name  # the abbreviation follows in the bracket with the year
        self.introduced.add(name)
        return f"{name} [{short}]"

    def _introduced_date(self, item: CiteItem) -> str:
        """Return the bracket that introduces a group: National Institute … (NIMH, 2020)."""
        label, new = self.labels[item.key], []
        if not item.suppress_author:
            new = [
                pair for pair in self._pairs(label) if pair[1] and pair[0] not in self.introduced
            ]
        self.introduced.update(name for name, _ in new)
        return ", ".join([*(short for _, short in new), self._dated(item.key, label)])

    def _dated(self, key: str, label: Label) -> str:
        if not self._personal(key):
            return label.year
        return ", ".join(filter(None, ("personal communication", self.works[key].issued.in_full)))

    def _personal(self, key: str) -> bool:
        return self.works[key].is_personal

    def _quoted(self, key: str) -> bool:
        """Return whether a title is in quotation marks, as a part's is; a whole's is in italics."""
        return not self.labels[key].names and self.works[key].kind.form in {"serial", "part"}


def _groups(items: Sequence[CiteItem]) -> Iterator[list[CiteItem]]:
    """Split the items where a prefix begins a new group."""
    starts, number = [], 0
    for item in items:
        number += bool(item.prefix)
        starts.append((number, item))
    for _, group in groupby(starts, key=lambda pair: pair[0]):
        yield [item for _, item in group]


def _without_repeats(items: Sequence[CiteItem]) -> list[CiteItem]:
    return [item for place, item in enumerate(items) if item not in items[:place]]


def _without_stop(title: str) -> str:
    """Return a title without the period of a sentence; that of an abbreviation stays."""
    is_sentence = title.endswith(".") and not title.endswith("..")
    return title if ABBREVIATED.search(title) or not is_sentence else title[:-1]


def _inside_quotes(title: str) -> str:
    """Return a title for quotation marks: its own become single ones."""
    title = re.sub(r'"([^"]*)"', r"“\1”", title)
    return title.replace("“", "‘").replace("”", "’")


def _with_others(names: Sequence[str], conjunction: str, *, et_al: bool) -> str:
    if not et_al:
        return series(names, conjunction)
    return f"{names[0]} et al." if len(names) == 1 else f"{', '.join(names)}, et al."


def _located(item: CiteItem) -> str:
    """Return the locator with its comma: , pp. 3–5."""
    if not item.locator:
        return ""
    label = item.label or "page"
    if label in {"timestamp", "verse"}:
        return f", {item.locator}"
    name = label.replace("-", " ").capitalize()
    plural = "Appendices" if label == "appendix" else f"{name}s"
    one, several = SHORT_TERMS.get(label, (name, plural))
    return f", {several if SEVERAL.search(item.locator) else one} {item.locator}"


def _after(item: CiteItem) -> str:
    suffix = item.suffix.strip()
    return suffix if not suffix or suffix[0] in ",;:.)’'" else f" {suffix}"


def _prefixed(item: CiteItem) -> Iterator[Run]:
    if item.prefix.strip():
        yield from _styled(f"{item.prefix.strip()} ")


def _styled(text: str) -> list[Run]:
    """Return a text as runs, with the emphasis that people put around *passim* in italics."""
    runs, place = [], 0
    for match in EMPHASIS.finditer(text):
        runs += [Run(text[place : match.start()]), Run(match[2], italic=True)]
        place = match.end()
    return [run for run in [*runs, Run(text[place:])] if run.text]


def _merged(runs: Iterator[Run] | list[Run]) -> Iterator[Run]:
    """Join neighbouring runs of one look, so that a citation is one link."""
    for (key, italic), group in groupby(runs, key=lambda run: (run.key, run.italic)):
        if text := "".join(run.text for run in group):
            yield Run(text, key, italic)
