"""The work that a typed citation means, and the disagreements between the two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.apa.labels import label_works, ordered
from blog.citations.apa.works import Work
from blog.citations.consistency.exact import citables_of, match_citations, years_of
from blog.citations.consistency.findings import Candidate, Finding, Kind
from blog.citations.consistency.grammar import words_of
from blog.citations.consistency.proximity import Nearness
from blog.citations.consistency.typed_citations import TypedCitation
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
    is_person: bool = False

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


@dataclass(frozen=True)
class Meaning:
    """A typed citation with the references it may mean: ``is_exact`` for one beyond doubt."""

    citation: TypedCitation
    references: tuple[ListedReference, ...]
    is_exact: bool = False


def references_of(works: Mapping[str, dict]) -> list[ListedReference]:
    """Return the references of a post from its works, CSL-JSON by citation key."""
    labels = _labels(works)
    return [_listed_reference(Work(key, csl), labels[key]) for key, csl in works.items()]


def compare_with_references(
    citations: Sequence[TypedCitation],
    works: Mapping[str, dict],
    typed_list: Iterable[TypedCitation],
    cited: set[str],
    by_key: str,
    nearness: Nearness,
) -> Iterator[Finding]:
    """Find typed citations that the references lack, and references that nothing cites.

    An entry of a typed list counts as a reference. ``cited`` has the keys of the works that the
    renderer lists: those that the text cites by key, and by hand beyond doubt. ``by_key`` is the
    folded text of the citations by key. Of a reference whose surname and year are near each other
    in the text, as ``nearness`` says, nobody can say that it is not cited, unless another of that
    name and year is.
    """
    references = references_of(works)
    entries = _only_in_list(typed_list, references)
    meanings = _meanings(citations, works, references, entries)
    known, unknown = _grouped(meanings)
    told: set[str] = set()
    for group in known:
        if group.reference:
            told.update(key for f in _other_years(group, group.reference) for key in _keys(f))
            yield from _other_years(group, group.reference)
        yield from _two_names(group, by_key)
    yield from _other_suffixes(meanings, works, cited)
    for finding in _doubtful(meanings, cited):
        told.update(_keys(finding))
        yield finding
    for group in unknown:
        first = group.citations[0]
        yield Finding(Kind.NOT_IN_REFERENCES, first.text, paragraph=first.paragraph)
        yield from _two_names(group, by_key)
    named = {group.reference.label for group in known if group.reference}
    exact = {(m.citation.first, m.citation.year) for m in meanings if m.is_exact}
    for reference in references:
        is_taken = any((reference.family, year) in exact for year in reference.years)
        is_near = not is_taken and nearness.are_near(reference.family, reference.years)
        if reference.key not in cited | told and not is_near:
            yield Finding(Kind.NOT_CITED, reference.label)
    for entry in entries:
        if entry.label not in named and not nearness.are_near(entry.family, entry.years):
            yield Finding(Kind.NOT_CITED, entry.label, is_of_typed_list=True)


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
    return ListedReference(
        label=label,
        family=words_of(first.family if first else title),
        given=frozenset(words_of(first.given)) if first else frozenset(words_of(title)),
        years=years_of(work),
        title=title,
        key=work.key,
        is_person=bool(first and first.given),
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


def _meanings(
    citations: Sequence[TypedCitation],
    works: Mapping[str, dict],
    references: Sequence[ListedReference],
    entries: Sequence[ListedReference],
) -> list[Meaning]:
    """Return what each citation may mean; one that may as well be other words is left out."""
    by_key = {reference.key: reference for reference in references}
    near: dict[tuple, tuple[ListedReference, ...]] = {}
    meanings = []
    for match in match_citations(citations, citables_of(works)):
        citation = match.citation
        name = (citation.first, citation.year, citation.names)
        if match.key:
            reference = by_key[match.key]
            if not reference.is_person:  # a short name or title is no second name
                citation = replace(citation, first=reference.family)
            meanings.append(Meaning(citation, (reference,), is_exact=True))
        elif match.keys:
            meanings.append(Meaning(citation, tuple(by_key[key] for key in match.keys)))
        else:
            if name not in near:
                near[name] = _near(citation, [*references, *entries])
            if citation.sure or any(citation.has_year(one.years) for one in near[name]):
                meanings.append(Meaning(citation, near[name]))
    return _without_second_readings(meanings)


def _without_second_readings(meanings: Sequence[Meaning]) -> list[Meaning]:
    """Leave out “Calder’s Rooms, 2014” where a reference agrees with the loose “Calder, 2014”."""
    read = {(m.citation.paragraph, m.citation.before) for m in meanings if m.citation.is_loose}
    return [
        meaning
        for meaning in meanings
        if meaning.references
        or not meaning.citation.before
        or (meaning.citation.paragraph, meaning.citation.before) not in read
    ]


def _near(
    citation: TypedCitation, references: Sequence[ListedReference]
) -> tuple[ListedReference, ...]:
    """Return the references whose first author may be meant, in that year or else the only one."""
    named = [reference for reference in references if reference.is_named(citation.first)]
    dated = [reference for reference in named if citation.has_year(reference.years)]
    exact = [reference for reference in dated if reference.family == citation.first]
    if exact or dated:
        return tuple(exact or dated)
    if named:
        return tuple(named) if len(named) == 1 else ()
    dated = [one for one in references if one.family and citation.has_year(one.years)]
    ends_alike = [one for one in dated if citation.first[-len(one.family) :] == one.family]
    return tuple(ends_alike or _with_another_first(citation, dated))


def _with_another_first(
    citation: TypedCitation, references: Sequence[ListedReference]
) -> list[ListedReference]:
    """Return the references by the same authors in another order: “Sol & Luna, 2010”."""
    named = set(words_of(citation.names)) - {"and", "y"}
    authors = ((one, one.label.rpartition(",")[0]) for one in references if one.is_person)
    return [one for one, names in authors if "&" in names and set(words_of(names)) == named]


def _grouped(meanings: Sequence[Meaning]) -> tuple[list[CitationGroup], list[CitationGroup]]:
    """Group citations by their reference, and those without one by name and year.

    One that fits several references belongs to none of the groups, and neither does a loose one.
    """
    known: dict[str, CitationGroup] = {}
    unknown: list[CitationGroup] = []
    for meaning in meanings:
        if meaning.citation.is_loose:
            continue
        if len(meaning.references) == 1:
            (reference,) = meaning.references
            group = known.setdefault(reference.key or reference.label, CitationGroup(reference))
        elif meaning.references:
            continue
        else:
            group = _group_without_reference(unknown, meaning.citation)
        group.citations.append(meaning.citation)
    return list(known.values()), unknown


def _doubtful(meanings: Sequence[Meaning], cited: set[str]) -> Iterator[Finding]:
    """Find citations whose work would be missing from the list, or may not be the one meant."""
    found = set()
    for meaning in meanings:
        citation = meaning.citation
        candidates = [reference for reference in meaning.references if reference.key]
        if meaning.is_exact or not candidates or citation.text in found:
            continue
        is_one = len(candidates) == 1
        if is_one and (candidates[0].key in cited or not citation.has_year(candidates[0].years)):
            continue  # another hint says that it has two names, or another year
        found.add(citation.text)
        yield Finding(
            Kind.NOT_EXACT if is_one else Kind.SEVERAL,
            citation.text,
            candidates[0].label if is_one else "",
            citation.paragraph,
            tuple(_candidate(reference) for reference in candidates),
        )


def _candidate(reference: ListedReference) -> Candidate:
    return Candidate(reference.key, reference.label, reference.title)


def _keys(finding: Finding) -> set[str]:
    return {candidate.key for candidate in finding.candidates}


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
        if not citation.has_year(reference.years) and citation.text not in found:
            found.add(citation.text)
            yield Finding(
                Kind.OTHER_YEAR,
                citation.text,
                reference.label,
                citation.paragraph,
                candidates=(_candidate(reference),) if reference.key else (),
                is_of_typed_list=not reference.key,
            )


def _other_suffixes(
    meanings: Sequence[Meaning], works: Mapping[str, dict], cited: set[str]
) -> Iterator[Finding]:
    """Find years whose letter is not the one that the list prints: 2011b, where only one is cited.

    The list has letters for the works that the text cites, and not for all of the references.
    """
    labels = label_works(ordered(Work(key, works[key]) for key in cited if key in works))
    found = set()
    for meaning in meanings:
        citation = meaning.citation
        if not citation.year_suffix or len(meaning.references) != 1 or citation.text in found:
            continue
        (reference,) = meaning.references
        label = labels.get(reference.key)
        if label and label.year_suffix != citation.year_suffix:
            found.add(citation.text)
            is_year = reference.label[-1:].isdigit() or not label.year_suffix
            suffix = label.year_suffix if is_year else f"-{label.year_suffix}"
            yield Finding(
                Kind.OTHER_YEAR,
                citation.text,
                f"{reference.label}{suffix}",
                citation.paragraph,
                candidates=(_candidate(reference),),
            )


def _two_names(group: CitationGroup, by_key: str) -> Iterator[Finding]:
    """Find a work whose first author is written in two ways; an acronym is no second name.

    ``by_key`` has the folded texts of the citations by key.
    """
    by_name: dict[tuple, list[TypedCitation]] = defaultdict(list)
    for citation in group.citations:
        by_name[citation.first].append(citation)
    reference = group.reference
    names = {first: citations[0].text for first, citations in by_name.items()}
    if reference and folded(reference.label) in by_key:
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
