"""Reference statuses: what registries say of works.

Each list costs one query, however many works it has.
"""

from ast import literal_eval
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from blog.citations.comparison import (
    Discrepancy,
    VerificationResult,
    is_verifiable,
    own_discrepancies,
)
from blog.citations.csl.doi import doi_address
from blog.lookup import can_find
from blog.models import Revision, Work, WorkVerification


@dataclass(frozen=True)
class ReferenceStatus:
    """The status of a reference: the result of its verification, and what to correct.

    ``discrepancies`` are with the registry or, without its record, within the reference itself.
    ``is_pending`` says that a registry of this site will be asked, but was not yet.
    """

    result: VerificationResult | None
    source: str = ""
    checked_at: datetime | None = None
    discrepancies: list[Discrepancy] = field(default_factory=list)
    notice: dict = field(default_factory=dict)
    is_pending: bool = False

    @property
    def label(self) -> str:
        """Return the status as a page prints it; empty if there is nothing to say."""
        if self.result is None:
            return _("Not checked yet") if self.is_pending else ""
        words = {
            VerificationResult.CHECKED: gettext_noop("Checked with %(source)s"),
            VerificationResult.DIFFERS: gettext_noop("Differs from %(source)s"),
            VerificationResult.NOT_FOUND: gettext_noop(
                "Not found (many references are not listed)"
            ),
            VerificationResult.RETRACTED: gettext_noop("Retracted"),
        }[self.result]
        return _(words) % {"source": self.source}

    @property
    def has_several_corrections(self) -> bool:
        """Return whether there is more than one correction to accept."""
        return sum(bool(discrepancy.change) for discrepancy in self.discrepancies) > 1

    @property
    def notice_address(self) -> str:
        return doi_address(self.notice["doi"]) if self.notice.get("doi") else ""


def reference_status(csl: dict, verification: WorkVerification | None) -> ReferenceStatus:
    """Return the status of a record, or of a revision's copy of it."""
    result = verification.result_for(csl) if verification else None
    if verification is None or result is None:
        return ReferenceStatus(
            None,
            discrepancies=_own_discrepancies(csl),
            is_pending=is_verifiable(csl) and can_find(csl),
        )
    found = verification.found or {"csl": {}, "notices": []}
    return ReferenceStatus(
        result,
        source=verification.source,
        checked_at=verification.checked_at,
        discrepancies=verification.discrepancies_for(csl)
        if found["csl"]
        else _own_discrepancies(csl),
        notice=next(iter(found["notices"]), {}),
    )


def reference_statuses(works: Iterable[Work]) -> dict[int, ReferenceStatus]:
    """Return the status of each work, by its key."""
    works = list(works)
    verifications = WorkVerification.objects.of(works) if works else {}
    return {work.pk: reference_status(work.csl, verifications.get(work.pk)) for work in works}


def reference_list(revision: Revision | None) -> list[dict]:
    """Return the reference list of a revision, each entry with its status.

    A revision has its own copies of the records. The status is that of the copy: a correction
    counts only once it is published.
    """
    references = revision.references if revision else []
    if not references:
        return []
    verifications = WorkVerification.objects.of([entry["work"] for entry in references])
    return [
        entry | {"status": reference_status(entry["csl"], verifications.get(entry["work"]))}
        for entry in references
    ]


def discrepancies_of(work: Work, verification: WorkVerification | None) -> list[Discrepancy]:
    """Return a work's discrepancies with its registry record or, without one, within itself."""
    has_record = verification and verification.found and verification.found["csl"]
    if verification and has_record and verification.is_about(work.csl):
        return verification.discrepancies_for(work.csl)
    return _own_discrepancies(work.csl)


def _own_discrepancies(csl: dict) -> list[Discrepancy]:
    """Return the faults that a record shows by itself; a class opens the same records often."""
    return list(_found_in(repr(csl)))


@lru_cache(maxsize=2_000)
def _found_in(csl: str) -> tuple[Discrepancy, ...]:
    return tuple(own_discrepancies(literal_eval(csl)))
