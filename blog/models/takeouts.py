"""Take-outs: everything of one person as a zip, asked for and made in the background (ADR 0058)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.outbox import mail_to, queue_mails
from blog.models.people import User
from blog.models.private_files import delete_unnamed_files, restrict_file, unguessable_zip

KEPT_FOR = timedelta(days=7)
# So long a tick that makes one may be silent before another one takes over.
SILENT_FOR = timedelta(minutes=10)
FOLDER = "takeouts"


def takeout_path(takeout: "Takeout", name: str) -> str:
    """Return where a new one is stored; migrations name this function."""
    return unguessable_zip(FOLDER)


class TakeoutQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person)

    def waiting(self):
        """Return those that are asked for or being made."""
        return self.filter(state=Takeout.State.WAITING)

    def due(self):
        """Return those that are to be made now, the oldest first."""
        return self.waiting().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")

    def ready(self):
        """Return those that their person can download now."""
        horizon = timezone.now() - KEPT_FOR
        return self.filter(state=Takeout.State.READY, finished_at__gt=horizon)

    def old(self):
        """Return those that are not kept any longer."""
        return self.filter(finished_at__lte=timezone.now() - KEPT_FOR)


class Takeout(models.Model):
    """A zip of everything that a person has in one course, or in all: only they download it.

    ``done`` of ``total`` steps are made; both are 0 until somebody has begun. ``due_at`` moves
    ahead while it is being made, so that no second tick makes it too.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("not prepared")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="takeouts"
    )
    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="+", null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    file = models.FileField(upload_to=takeout_path, blank=True, default="", max_length=100)
    bytes = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TakeoutQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("file of everything of a person")
        verbose_name_plural = _("files of everything of a person")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=Q(state="waiting", course__isnull=False),
                name="one_takeout_under_way_per_person_and_course",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="waiting", course=None),
                name="one_takeout_of_all_courses_under_way_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(finished_at__isnull=False) & ~Q(file=""),
                name="takeouts_that_are_ready_have_a_file",
            ),
        ]

    def __str__(self):
        return f"takeout {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def kept_until(self) -> datetime | None:
        return self.finished_at + KEPT_FOR if self.finished_at else None

    def record_steps(self, done: int, total: int) -> bool:
        """Record its progress, and go on having it; False if it is cancelled."""
        self.done, self.total = done, total
        self.due_at = timezone.now() + SILENT_FOR
        waiting = Takeout.objects.waiting().filter(pk=self.pk)
        return bool(waiting.update(done=done, total=total, due_at=self.due_at))

    def restrict_file(self) -> None:
        """Let nobody but the account that runs the site read the zip, where it is on a disk."""
        restrict_file(self.file)

    def delete_file(self) -> None:
        """Delete the zip; the row names it no more."""
        if self.file:
            self.file.delete(save=False)

    @classmethod
    def delete_unnamed_files(cls) -> int:
        """Delete files that no row names, and return their number."""
        return delete_unnamed_files(cls, "file", FOLDER)


def prepare_again(courses: Collection[int], *, but: User | None, tells: bool) -> None:
    """Delete the files of people who are or were in some courses, and prepare new ones.

    For names that must not be in them any longer; that of ``but`` is in their own. One that is
    being made is given up for another. With ``tells`` its people are told, as they may look for it.
    """
    stale = Q(course__in=courses) | Q(course=None, person__memberships__course__in=courses)
    others = Takeout.objects.exclude(person=but) if but else Takeout.objects.all()
    keys = others.filter(stale).values("pk")
    # Locked: tick may be storing one at this moment.
    locked = Takeout.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk")
    found = [takeout for takeout in locked if takeout.state != Takeout.State.FAILED]
    for takeout in found:
        transaction.on_commit(takeout.delete_file, robust=True)
    Takeout.objects.filter(pk__in=[takeout.pk for takeout in found]).delete()
    wanted = {(takeout.person_id, takeout.course_id): takeout for takeout in found}
    again = [
        Takeout(person_id=person, course_id=course)
        for person, course in sorted(wanted, key=lambda pair: (pair[0], pair[1] or 0))
    ]
    Takeout.objects.bulk_create(again)
    if not tells:
        return
    people = User.objects.filter(pk__in={takeout.person_id for takeout in found}, is_active=True)
    last = max((takeout.pk for takeout in found), default=0)
    queue_mails(
        mail_to(one, "takeout_again", key=f"takeout-again:{last}:{one.pk}") for one in people
    )
