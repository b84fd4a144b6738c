"""Which work a typed citation means, and what then does not agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.apa.works import Work
from blog.citations.consistency.findings import Finding, Kind
from blog.citations.consistency.typed import Typed, words_of
from blog.citations.csl.fields import folded, unmarked


@dataclass(frozen=True)
class Source:
    """A work on the shelf, or an entry of a typed list, which has no ``key``."""

    label: str
    family: tuple[str, ...]
    years: tuple[str, ...]
    given: frozenset[str] = frozenset()
    title: str = ""
    key: str = ""

    def is_called(self, first: tuple[str, ...]) -> bool:
        """Say whether these words can name its first author, or the title that stands for one."""
        if not self.family:
            return False
        if first == self.family or _acronym(self.family) == "".join(first):
            return True
        family, words = set(self.family), set(first)
        if not words <= family | self.given:
            return False
        return family <= words or first[0] == self.family[0] or first[-1] == self.family[-1]


@dataclass
class Meant:
    """The citations that mean one work."""

    source: Source | None
    citations: list[Typed] = field(default_factory=list)


def on_shelf(works: Mapping[str, dict]) -> list[Source]:
    labels = _labels(works)
    return [_source(Work(key, csl), labels[key]) for key, csl in works.items()]


def against_list(
    citations: Sequence[Typed], shelf: Sequence[Source], listed: Iterable[Typed], cited: set[str]
) -> Iterator[Finding]:
    """Hold typed citations against the shelf and a typed list; ``cited`` are keys in the text."""
    sources = [*shelf, *_only_listed(listed, shelf)]
    meant, unknown = _sorted_out(citations, sources)
    for group in meant:
        yield from _other_year(group)
        yield from _two_names(group, cited)
    for group in unknown:
        yield Finding(
            Kind.NOT_ON_SHELF, group.citations[0].text, paragraph=group.citations[0].paragraph
        )
        yield from _two_names(group, cited)
    named = {group.source.label for group in meant if group.source}
    for source in sources:
        if source.key not in cited and source.label not in named:
            yield Finding(Kind.NOT_CITED, source.label)


def doubled(shelf: Sequence[Source]) -> Iterator[Finding]:
    """Find works that are on the shelf twice, under two keys."""
    seen: dict[tuple, Source] = {}
    for source in shelf:
        if not source.title:
            continue
        other = seen.setdefault((folded(source.title), source.years[:1]), source)
        if other is not source and (not source.family or other.is_called(source.family)):
            yield Finding(Kind.TWO_ENTRIES, f"[@{other.key}]", f"[@{source.key}]")


def _labels(works: Mapping[str, dict]) -> dict[str, str]:
    """Call each work as the text would if it cited it alone, without the brackets."""
    return {
        key: "".join(
            run.text for run in format_citations({key: csl}, [Cluster((CiteItem(key),))]).in_text[0]
        )[1:-1]
        for key, csl in works.items()
    }


def _source(work: Work, label: str) -> Source:
    first = work.authors[0] if work.authors else None
    title = unmarked(work["title"])
    start = work.issued.start
    years = [str(start.year)] if start else [work.issued.year]
    if work.issued.end:
        years.append(str(work.issued.end.year))
    return Source(
        label=label,
        family=words_of(first.family if first else title),
        given=frozenset(words_of(first.given)) if first else frozenset(words_of(title)),
        years=tuple(filter(None, [*years, work.original])),
        title=title,
        key=work.key,
    )


def _only_listed(listed: Iterable[Typed], shelf: Sequence[Source]) -> list[Source]:
    """Return the entries of a typed list that mean no work on the shelf."""
    sources: dict[tuple, Source] = {}
    for entry in listed:
        if not any(s.is_called(entry.first) and entry.is_of(s.years) for s in shelf):
            source = Source(entry.text, entry.first, (entry.year,))
            sources.setdefault((entry.first, entry.year), source)
    return list(sources.values())


def _sorted_out(
    citations: Sequence[Typed], sources: Sequence[Source]
) -> tuple[list[Meant], list[Meant]]:
    """Group citations by the work they mean; those that mean none, by what they call it."""
    known: dict[int, Meant] = {}
    unknown: list[Meant] = []
    choices: dict[tuple, int | None] = {}
    for typed in citations:
        call = typed.first, typed.year
        if call not in choices:
            choices[call] = _chosen(typed, sources)
        place = choices[call]
        if place is not None:
            known.setdefault(place, Meant(sources[place])).citations.append(typed)
        else:
            _among(unknown, typed).citations.append(typed)
    return list(known.values()), unknown


def _chosen(typed: Typed, sources: Sequence[Source]) -> int | None:
    """Choose the work of this name and year, or else the only one of this name."""
    named = [place for place, source in enumerate(sources) if source.is_called(typed.first)]
    dated = [place for place in named if typed.is_of(sources[place].years)]
    exact = [place for place in dated if sources[place].family == typed.first]
    if dated:
        return (exact or dated)[0]
    return named[0] if len(named) == 1 else None


def _among(groups: list[Meant], typed: Typed) -> Meant:
    for group in groups:
        first = group.citations[0]
        names = Source("", first.first, (first.year,), frozenset(first.first))
        if first.year == typed.year and (
            names.is_called(typed.first)
            or Source("", typed.first, (), frozenset(typed.first)).is_called(first.first)
        ):
            return group
    groups.append(Meant(None))
    return groups[-1]


def _other_year(group: Meant) -> Iterator[Finding]:
    source, said = group.source, set()
    if source is None:
        return
    for typed in group.citations:
        dated = typed.year[:4].isdigit() and any(y[:4].isdigit() for y in source.years)
        if dated and not typed.is_of(source.years) and typed.text not in said:
            said.add(typed.text)
            yield Finding(Kind.OTHER_YEAR, typed.text, source.label, typed.paragraph)


def _two_names(group: Meant, cited: set[str]) -> Iterator[Finding]:
    """Find a work whose first author is written in two ways; an acronym is no second name."""
    calls: dict[tuple, list[Typed]] = defaultdict(list)
    for typed in group.citations:
        calls[typed.first].append(typed)
    source = group.source
    names = {first: typed[0].text for first, typed in calls.items()}
    if source and source.key in cited:
        names.setdefault(source.family, source.label)
    if source:
        names.pop((_acronym(source.family),), None)
    if len(names) > 1:
        one, other, *_more = names.values()
        last = list(calls.values())[-1][0]
        yield Finding(Kind.TWO_NAMES, one, other, last.paragraph)


def _acronym(words: tuple[str, ...]) -> str:
    small = {"of", "for", "and", "the", "on", "in"}
    letters = "".join(word[0] for word in words if word not in small)
    return letters if len(letters) > 1 else ""
