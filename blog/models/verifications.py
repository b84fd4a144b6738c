"""What registries say about works, and when they are asked again."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.citations import normalise_doi
from blog.citations.comparison import Defect, Verdict, differences, verdict_of
from blog.models.references import Work


class WorkCheckQuerySet(models.QuerySet):
    def of(self, works):
        """The checks of these works, by the work's key: one query for a whole list."""
        return {check.work_id: check for check in self.filter(work__in=works)}

    def due(self):
        """Those to be made anew: while the course runs, and later too if no answer came yet."""
        now = timezone.now()
        running = Q(work__course__ends_on__gte=now.date()) | Q(checked_at=None)
        return self.filter(running, due_at__lte=now)

    def due_works(self):
        """Works that nobody was asked about yet, then those whose check is to be made anew.

        What was merged into another record is not asked for, nor a post of the course.
        """
        due = Q(checked=None) | Q(checked__in=self.due())
        works = Work.objects.standing().filter(due, post=None)
        return works.order_by(F("checked__due_at").asc(nulls_first=True), "pk")


class WorkCheck(models.Model):
    """The last answer about a work, as it came: ``found`` is ``lookup.Found``, null for nothing.

    The verdict compares that answer with the record as it is now. A published post has its own
    copy of the record, which may be older: it is compared with the same answer when it is shown
    (``verdict_on``). A row without ``checked_at`` waits for a service that did not answer.
    """

    VERDICTS = [
        (Verdict.CHECKED.value, _("checked")),
        (Verdict.DIFFERS.value, _("differs")),
        (Verdict.NOT_FOUND.value, _("not found")),
        (Verdict.RETRACTED.value, _("retracted")),
    ]

    work = models.OneToOneField(Work, models.CASCADE, primary_key=True, related_name="checked")
    verdict = models.CharField(max_length=10, choices=VERDICTS, blank=True)
    found = models.JSONField(null=True)
    doi = models.CharField(max_length=300, blank=True, help_text=_("What was asked for."))
    checked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = WorkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a work")
        verbose_name_plural = _("checks of works")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", checked_at=None)
                | (~Q(verdict="") & Q(checked_at__isnull=False)),
                name="a_verdict_has_its_date",
            ),
        ]

    def __str__(self):
        return f"{self.work}: {self.verdict or _('waits')}"

    @property
    def source(self) -> str:
        """Name who answered, for people."""
        return self.found["source"] if self.found else ""

    def speaks_of(self, csl: dict) -> bool:
        """Say whether the answer is about this record, or about what it was before."""
        doi = normalise_doi(str(csl.get("DOI", "")))
        known = {self.doi, normalise_doi(str((self.found or {}).get("csl", {}).get("DOI", "")))}
        return self.checked_at is not None and (not doi or doi in known)

    def verdict_on(self, csl: dict) -> Verdict | None:
        """Judge a copy of the record; None if nothing was asked about it."""
        return verdict_of(csl, self.found) if self.speaks_of(csl) else None

    def differences_of(self, csl: dict) -> list[Defect]:
        """Return what differs in a copy of the record from what was found."""
        return differences(csl, self.found) if self.found and self.speaks_of(csl) else []
