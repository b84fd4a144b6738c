"""The work that a typed citation means, and the disagreements between the two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.apa.works import Work
from blog.citations.consistency.findings import Finding, Kind
from blog.citations.consistency.typed_citations import TypedCitation, words_of
from blog.citations.csl.fields import folded, unmarked


@dataclass(frozen=True)
class ListedReference:
    """A reference of the post, or an entry of a typed list, which has no ``key``."""

    label: str
    family: tuple[str, ...]
    years: tuple[str, ...]
    given: frozenset[str] = frozenset()
    title: str = ""
    key: str = ""

    def is_named(self, first: tuple[str, ...]) -> bool:
        """Return whether these words can name its first author, or its title if it has none."""
        if not self.family:
            return False
        if first == self.family or _acronym(self.family) == "".join(first):
            return True
        family, words = set(self.family), set(first)
        if not words <= family | self.given:
            return False
        return family <= words or first[0] == self.family[0] or first[-1] == self.family[-1]


@dataclass
class CitationGroup:
    """The citations of one work; ``reference`` is None where no reference has it."""

    reference: ListedReference | None
    citations: list[TypedCitation] = field(default_factory=list)


def references_of(works: Mapping[str, dict]) -> list[ListedReference]:
    """Return the references of a post from its works, CSL-JSON by citation key."""
    labels = _labels(works)
    return [_listed_reference(Work(key, csl), labels[key]) for key, csl in works.items()]


def compare_with_references(
    citations: Sequence[TypedCitation],
    references: Sequence[ListedReference],
    typed_list: Iterable[TypedCitation],
    cited: set[str],
) -> Iterator[Finding]:
    """Find typed citations that the references lack, and references that nothing cites.

    An entry of a typed list counts as a reference. ``cited`` has the keys that the text cites.
    """
    references = [*references, *_only_in_list(typed_list, references)]
    known, unknown = _grouped(citations, references)
    for group in known:
        if group.reference:
            yield from _other_years(group, group.reference)
        yield from _two_names(group, cited)
    for group in unknown:
        first = group.citations[0]
        yield Finding(Kind.NOT_IN_REFERENCES, first.text, paragraph=first.paragraph)
        yield from _two_names(group, cited)
    named = {group.reference.label for group in known if group.reference}
    for reference in references:
        if reference.key not in cited and reference.label not in named:
            yield Finding(Kind.NOT_CITED, reference.label)


def duplicate_references(references: Sequence[ListedReference]) -> Iterator[Finding]:
    """Find works that are in the references twice, under two keys."""
    seen: dict[tuple, ListedReference] = {}
    for reference in references:
        if not reference.title:
            continue
        other = seen.setdefault((folded(reference.title), reference.years[:1]), reference)
        if other is not reference and (not reference.family or other.is_named(reference.family)):
            yield Finding(Kind.TWO_ENTRIES, f"[@{other.key}]", f"[@{reference.key}]")


def _labels(works: Mapping[str, dict]) -> dict[str, str]:
    """Return the in-text citation of each work alone, without its brackets, by key."""
    return {
        key: "".join(
            run.text for run in format_citations({key: csl}, [Cluster((CiteItem(key),))]).in_text[0]
        )[1:-1]
        for key, csl in works.items()
    }


def _listed_reference(work: Work, label: str) -> ListedReference:
    first = work.authors[0] if work.authors else None
    title = unmarked(work["title"])
    start = work.issued.start
    years = [str(start.year)] if start else [work.issued.year]
    if work.issued.end:
        years.append(str(work.issued.end.year))
    return ListedReference(
        label=label,
        family=words_of(first.family if first else title),
        given=frozenset(words_of(first.given)) if first else frozenset(words_of(title)),
        years=tuple(filter(None, [*years, work.original])),
        title=title,
        key=work.key,
    )


def _only_in_list(
    typed_list: Iterable[TypedCitation], references: Sequence[ListedReference]
) -> list[ListedReference]:
    """Return the entries of a typed list that are none of the references."""
    entries: dict[tuple, ListedReference] = {}
    for entry in typed_list:
        if not any(r.is_named(entry.first) and entry.has_year(r.years) for r in references):
            listed = ListedReference(entry.text, entry.first, (entry.year,))
            entries.setdefault((entry.first, entry.year), listed)
    return list(entries.values())


def _grouped(
    citations: Sequence[TypedCitation], references: Sequence[ListedReference]
) -> tuple[list[CitationGroup], list[CitationGroup]]:
    """Group citations by their reference, and those without one by name and year."""
    known: dict[int, CitationGroup] = {}
    unknown: list[CitationGroup] = []
    matches: dict[tuple, int | None] = {}
    for citation in citations:
        name = citation.first, citation.year
        if name not in matches:
            matches[name] = _match(citation, references)
        place = matches[name]
        if place is not None:
            group = known.setdefault(place, CitationGroup(references[place]))
        else:
            group = _group_without_reference(unknown, citation)
        group.citations.append(citation)
    return list(known.values()), unknown


def _match(citation: TypedCitation, references: Sequence[ListedReference]) -> int | None:
    """Return the place of the reference with this name and year, or else the only such name."""
    named = [n for n, reference in enumerate(references) if reference.is_named(citation.first)]
    dated = [n for n in named if citation.has_year(references[n].years)]
    exact = [n for n in dated if references[n].family == citation.first]
    if dated:
        return (exact or dated)[0]
    return named[0] if len(named) == 1 else None


def _group_without_reference(groups: list[CitationGroup], citation: TypedCitation) -> CitationGroup:
    for group in groups:
        first = group.citations[0]
        names = ListedReference("", first.first, (first.year,), frozenset(first.first))
        others = ListedReference("", citation.first, (), frozenset(citation.first))
        if first.year == citation.year and (
            names.is_named(citation.first) or others.is_named(first.first)
        ):
            return group
    groups.append(CitationGroup(None))
    return groups[-1]


def _other_years(group: CitationGroup, reference: ListedReference) -> Iterator[Finding]:
    found = set()
    for citation in group.citations:
        dated = citation.year[:4].isdigit() and any(y[:4].isdigit() for y in reference.years)
        if dated and not citation.has_year(reference.years) and citation.text not in found:
            found.add(citation.text)
            yield Finding(Kind.OTHER_YEAR, citation.text, reference.label, citation.paragraph)


def _two_names(group: CitationGroup, cited: set[str]) -> Iterator[Finding]:
    """Find a work whose first author is written in two ways; an acronym is no second name."""
    by_name: dict[tuple, list[TypedCitation]] = defaultdict(list)
    for citation in group.citations:
        by_name[citation.first].append(citation)
    reference = group.reference
    names = {first: citations[0].text for first, citations in by_name.items()}
    if reference and reference.key in cited:
        names.setdefault(reference.family, reference.label)
    if reference:
        names.pop((_acronym(reference.family),), None)
    if len(names) > 1:
        one, other, *_more = names.values()
        last = list(by_name.values())[-1][0]
        yield Finding(Kind.TWO_NAMES, one, other, last.paragraph)


def _acronym(words: tuple[str, ...]) -> str:
    small = {"of", "for", "and", "the", "on", "in"}
    initials = "".join(word[0] for word in words if word not in small)
    return initials if len(initials) > 1 else ""
