"""Works of a course that are one work with another beyond doubt."""

from collections.abc import Iterable

from django.db.models import F, Q

from blog.citations.matching import doi_of, is_one_record
from blog.models import Work
from blog.models.works import WorkQuerySet


def works_like(works: WorkQuerySet, wanted: Iterable[Work]) -> list[Work]:
    """Return those of these works that may be one of the wanted, shared ones first."""
    dois = {doi_of(work.csl) for work in wanted} - {""}
    labels = {work.label for work in wanted if not doi_of(work.csl)}
    alike = works.filter(Q(doi__in=dois) | Q(label__in=labels))
    return list(alike.order_by(F("shared_at").asc(nulls_last=True), "pk"))


def same_work(works: Iterable[Work], wanted: Work) -> Work | None:
    """Return the first of these works that is the wanted one beyond doubt."""
    doi, csl = doi_of(wanted.csl), wanted.csl
    if doi:
        return next((work for work in works if work.doi == doi), None)
    alike = (work for work in works if work.label == wanted.label)
    return next((work for work in alike if is_one_record(work.csl, csl)), None)
