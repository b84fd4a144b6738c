"""Verifications: what registries say about works, and when to ask them again."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.citations import normalise_doi
from blog.citations.comparison import (
    Discrepancy,
    VerificationResult,
    discrepancies_between,
    verification_result,
)
from blog.models.prepared_queries import prepared
from blog.models.works import Work


class WorkVerificationQuerySet(models.QuerySet["WorkVerification"]):
    def of(self, works):
        """Return the verifications of these works by the work's key, in one query."""
        keys = tuple(work if isinstance(work, int) else work.pk for work in works)
        found = _verifications_of.rows(None, works=keys) if keys else []
        return {one.work_id: one for one in found}

    def due(self):
        """Return those to be repeated: while the course runs, or as long as no answer came."""
        now = timezone.now()
        running = Q(work__course__ends_on__gte=now.date()) | Q(checked_at=None)
        return self.filter(running, due_at__lte=now)

    def due_works(self):
        """Return works that were never verified, then those whose verification is due.

        Merged works and posts of the course are left out.
        """
        due = Q(verification=None) | Q(verification__in=self.due())
        works = Work.objects.canonical().filter(due, post=None)
        return works.order_by(F("verification__due_at").asc(nulls_first=True), "pk")


@prepared
def _verifications_of(_shape, works: tuple):
    return WorkVerification.objects.filter(work__in=works)


class WorkVerification(models.Model):
    """A registry's last answer about a work: ``found`` is ``lookup.Found``, null for no record.

    The result compares that answer with the work as it is now. A published post has its own copy
    of the work, which may be older: it is compared with the same answer when it is shown
    (``result_for``). A row without ``checked_at`` waits for a service that did not answer.
    """

    RESULTS = [
        (VerificationResult.CHECKED.value, _("checked")),
        (VerificationResult.DIFFERS.value, _("differs")),
        (VerificationResult.NOT_FOUND.value, _("not found")),
        (VerificationResult.RETRACTED.value, _("retracted")),
    ]

    work = models.OneToOneField(Work, models.CASCADE, primary_key=True, related_name="verification")
    result = models.CharField(max_length=10, choices=RESULTS, blank=True)
    found = models.JSONField(null=True)
    doi = models.CharField(max_length=300, blank=True, help_text=_("The DOI that was looked up."))
    checked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = WorkVerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a reference")
        verbose_name_plural = _("checks of references")
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", checked_at=None)
                | (~Q(result="") & Q(checked_at__isnull=False)),
                name="results_have_a_date",
            ),
        ]

    def __str__(self):
        result = self.get_result_display() or _("not checked yet")
        return f"{self.work}: {result}"

    @property
    def source(self) -> str:
        """Return the name of the service that answered."""
        return self.found["source"] if self.found else ""

    def is_about(self, csl: dict) -> bool:
        """Return whether the answer is about this record, not about what the work was before."""
        doi = normalise_doi(str(csl.get("DOI", "")))
        known = {self.doi, normalise_doi(str((self.found or {}).get("csl", {}).get("DOI", "")))}
        return self.checked_at is not None and (not doi or doi in known)

    def result_for(self, csl: dict) -> VerificationResult | None:
        """Return the result for a copy of the work; None if it was not looked up."""
        return verification_result(csl, self.found) if self.is_about(csl) else None

    def discrepancies_for(self, csl: dict) -> list[Discrepancy]:
        """Return the discrepancies between a copy of the work and the found record."""
        return discrepancies_between(csl, self.found) if self.found and self.is_about(csl) else []
