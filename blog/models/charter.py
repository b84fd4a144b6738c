"""The charter of a course: its norms, and what members propose for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course

MAX_NAME_CHARS = 60
MAX_SENTENCE_CHARS = 240


class CharterQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def visible_to(self, reader):
        """Return what is of the reader's courses."""
        if not reader.is_authenticated:
            return self.none()
        return self.filter(course__in=[m.course_id for m in reader.memberships_now])


class NormQuerySet(CharterQuerySet):
    def current(self):
        """Return the norms of a charter as it is now, in the order in which they came."""
        return self.filter(dropped_at=None).order_by("accepted_at", "pk")


class Norm(models.Model):
    """One norm of a charter: a short name and one sentence. A dropped one stays for its history."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="norms")
    name = models.CharField(
        _("short name"),
        max_length=MAX_NAME_CHARS,
        help_text=_("What people choose in a report."),
    )
    sentence = models.CharField(_("in one sentence"), max_length=MAX_SENTENCE_CHARS)
    version = models.PositiveIntegerField(default=1, editable=False)
    accepted_at = models.DateTimeField(default=timezone.now, editable=False)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = NormQuerySet.as_manager()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        constraints = [
            models.UniqueConstraint(
                "course",
                Lower("name"),
                condition=Q(dropped_at=None),
                name="one_norm_per_name_and_course",
                violation_error_message=_("The charter already has a norm with this name."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None


class NormProposalQuerySet(CharterQuerySet):
    def open(self):
        """Return the proposals that wait for an instructor, the oldest first."""
        return self.filter(state=NormProposal.State.OPEN).order_by("created_at", "pk")

    def decided(self):
        """Return the decisions on norms, the newest first: the history of the charter."""
        states = (NormProposal.State.ACCEPTED, NormProposal.State.DECLINED)
        return self.filter(state__in=states).order_by("-decided_at", "-pk")

    def for_list(self):
        return self.select_related("norm", "proposed_by", "decided_by")


class NormProposal(models.Model):
    """A proposal to add, change or drop a norm.

    ``name`` and ``sentence`` are as proposed; ``former_name`` and ``former_sentence`` what the norm
    was when it was proposed, and after acceptance what it was before, so that decided proposals
    are the history of the charter.
    """

    class Kind(models.TextChoices):
        ADD = "add", _("add")
        CHANGE = "change", _("change")
        DROP = "drop", _("drop")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("not accepted")
        TAKEN_BACK = "taken_back", _("taken back")

    course = models.ForeignKey(Course, models.CASCADE, related_name="norm_proposals")
    kind = models.CharField(max_length=6, choices=Kind)
    norm = models.ForeignKey(Norm, models.CASCADE, related_name="proposals", null=True, blank=True)
    name = models.CharField(_("short name"), max_length=MAX_NAME_CHARS, blank=True)
    sentence = models.CharField(_("in one sentence"), max_length=MAX_SENTENCE_CHARS, blank=True)
    former_name = models.CharField(max_length=MAX_NAME_CHARS, blank=True)
    former_sentence = models.CharField(max_length=MAX_SENTENCE_CHARS, blank=True)
    why = models.CharField(_("why"), max_length=MAX_SENTENCE_CHARS)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="norm_proposals"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="norm_decisions",
        null=True,
        blank=True,
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.CharField(_("your reason"), max_length=MAX_SENTENCE_CHARS, blank=True)

    objects = NormProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for the charter")
        verbose_name_plural = _("proposals for the charter")
        indexes = [
            models.Index(fields=["course", "state"], name="norm_proposals_of_a_course"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["norm", "proposed_by"],
                condition=Q(state="open"),
                name="one_open_proposal_per_norm_and_person",
            ),
            models.CheckConstraint(
                condition=Q(kind="add") | Q(norm__isnull=False),
                name="proposals_to_change_or_drop_have_a_norm",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | ~Q(state="open"),
                name="open_proposals_are_not_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_proposals_say_by_whom",
            ),
        ]

    def __str__(self):
        return self.name or self.former_name

    def get_absolute_url(self):
        return reverse("proposal_page", args=[self.course.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_outdated(self) -> bool:
        """Return whether its norm was changed or dropped since it was proposed."""
        if not self.is_open or self.norm is None:
            return False
        former = (self.former_name, self.former_sentence)
        return self.norm.is_dropped or (self.norm.name, self.norm.sentence) != former
