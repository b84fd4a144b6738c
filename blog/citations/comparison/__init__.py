"""
Compare a record with the one a registry has, and find the faults it shows by itself. Pure.

A discrepancy is one fault: it shows the value here and the value there, and has the change that one
click makes. Nobody is accused: a record differs, or was not found, and that is all.

``discrepancies`` has the sentences, ``record_faults`` finds those of one record, ``fields``
compares two, ``equality`` decides when two titles, names or journals are one.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import cast

from blog.citations import normalise_doi
from blog.citations.comparison.discrepancies import Discrepancy
from blog.citations.comparison.equality import (
    is_other_work,
    same_to_readers,
    title_of,
)
from blog.citations.comparison.fields import field_discrepancies
from blog.citations.comparison.record_faults import (
    journal_page,
    missing_pages,
    name_traces,
    title_traces,
)
from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import text_of
from blog.citations.csl.names import read_names

__all__ = [
    "Discrepancy",
    "VerificationResult",
    "apply_fix",
    "bibliographic_query",
    "discrepancies_between",
    "is_verifiable",
    "own_discrepancies",
    "same_to_readers",
    "verification_result",
]

TITLE_TRACES = {"view-of", "site-tail"}
NAME_TRACES = {"lost-hyphen", "turned-name"}
VERIFIABLE_TYPES = {
    *("article-journal", "book", "chapter", "report", "thesis", "paper-conference", "dataset"),
}
MAX_QUERY_NAMES = 8


class VerificationResult(StrEnum):
    """The result of comparing a record with a registry's answer."""

    CHECKED = "checked"
    DIFFERS = "differs"
    NOT_FOUND = "not found"
    RETRACTED = "retracted"


def verification_result(csl: Mapping, found: Mapping | None) -> VerificationResult:
    """Return the result for a record and a registry's answer (``lookup.Found`` as a dict).

    None as an answer means that the registry has no such work.
    """
    if found is None:
        return VerificationResult.NOT_FOUND
    if found["notices"]:
        return VerificationResult.RETRACTED
    differs = found["csl"] and discrepancies_between(csl, found)
    return VerificationResult.DIFFERS if differs else VerificationResult.CHECKED


def own_discrepancies(csl: Mapping) -> list[Discrepancy]:
    """Return the faults that a record shows by itself, without a registry."""
    return [*title_traces(csl), *name_traces(csl), *journal_page(csl), *missing_pages(csl)]


def discrepancies_between(csl: Mapping, found: Mapping) -> list[Discrepancy]:
    """Return the differences between a record and a registry's answer, its own faults included.

    Traces are fixed before the fields are compared, so that one fault is named once and by its
    cause.
    """
    theirs = found["csl"]
    if not theirs:
        return own_discrepancies(csl)
    if is_other_work(csl, theirs):
        return [Discrepancy("other-work", title_of(csl), title_of(theirs))]
    traces = [*title_traces(csl), *name_traces(csl, theirs), *journal_page(csl, theirs)]
    return [*traces, *field_discrepancies(apply_fix(csl, traces), theirs, found["years"])]


def apply_fix(csl: Mapping, discrepancies: list[Discrepancy]) -> dict:
    """Return the record with the changes of these discrepancies.

    Two of them may change one title or one list of names; then each changes its own part.
    """
    record = dict(csl)
    for discrepancy in discrepancies:
        change = dict(discrepancy.change)
        if discrepancy.name in TITLE_TRACES:
            again = (d for d in title_traces(record) if d.name == discrepancy.name)
            change = dict(next(again).change)
        elif discrepancy.name in NAME_TRACES:
            was, now, better = csl["author"], record["author"], discrepancy.change["author"]
            names = zip(was, now, cast(list, better), strict=True)
            change["author"] = [new if new != old else current for old, current, new in names]
        record |= change
    return {name: value for name, value in record.items() if value is not None}


def is_verifiable(csl: Mapping) -> bool:
    """Return whether registries list works of this kind, so that a missing one means something."""
    if normalise_doi(text_of(csl.get("DOI"))):
        return True
    is_listed = text_of(csl.get("type")) in VERIFIABLE_TYPES or any(journal_page(csl))
    return bool(text_of(csl.get("title"))) and is_listed


def bibliographic_query(csl: Mapping) -> str:
    """Return a record as words for a registry's search, without the traces of scraping."""
    csl = apply_fix(csl, [*title_traces(csl), *name_traces(csl)])
    names, _more = read_names(csl.get("author") or csl.get("editor"))
    start = read_issued(csl).start
    words = [name.family for name in names[:MAX_QUERY_NAMES]] + [str(start.year) if start else ""]
    words += [title_of(csl), text_of(csl.get("container-title"))]
    return " ".join(filter(None, words))
