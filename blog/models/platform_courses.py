"""Courses of LMSs that are connected with courses here, and the grades that are sent there."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.exceptions import Refused
from blog.lti.claims import MAX_KEY_CHARS
from blog.models.courses import Course
from blog.models.grading import Grading
from blog.models.memberships import Membership
from blog.models.platforms import ASKED_AGAIN_AFTER, Deployment, denied_since
from blog.models.prompts import Prompt

MAX_ATTEMPTS = 12  # to send one grade; then a person has to look at it
CLAIM_LASTS = timedelta(minutes=10)  # an LMS may be slow; longer, the tick that had it was stopped


class PlatformCourseQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def connected(self):
        return self.filter(disconnected_at=None)

    def disconnected(self):
        """Return those that are kept for what the LMS has of them."""
        return self.exclude(disconnected_at=None)

    def for_list(self):
        return self.select_related("deployment__platform", "connected_by").order_by("pk")

    def of_issuer(self, issuer):
        """Return those of an LMS, however often this site is registered there."""
        return self.filter(deployment__platform__issuer=issuer)

    def of_platform(self, platform):
        """Return those of one registration of an LMS."""
        return self.filter(deployment__platform=platform)

    def sending(self, launch):
        """Return the course from which an LMS has sent somebody, or None."""
        found = self.connected().filter(
            deployment=launch.deployment_id, context_id=launch.context_id or None
        )
        return found.select_related("course").first()

    def sending_grades(self):
        """Return those to which grades go: an instructor has said so, and the LMS takes some.

        While an LMS is off they wait for it.
        """
        return self.filter(sends_grades=True).exclude(lineitems_url="")


class PlatformCourse(models.Model):
    """A course in an LMS, and the course here that an instructor has connected with it.

    Several courses of an LMS, its sections for instance, may lead to one here. The addresses are
    of services of the LMS, as the last launch by an instructor had them. One that was disconnected
    keeps its row: the LMS may still have grades of it. Connected again, it hands its columns over.
    """

    deployment = models.ForeignKey(Deployment, models.PROTECT, related_name="courses")
    context_id = models.CharField(_("course in the LMS"), max_length=MAX_KEY_CHARS)
    title = models.CharField(_("title"), max_length=150, blank=True)
    course = models.ForeignKey(Course, models.CASCADE, related_name="platform_courses")
    memberships_url = models.CharField(max_length=2000, blank=True)
    lineitems_url = models.CharField(max_length=2000, blank=True)
    sends_grades = models.BooleanField(_("grades go to the LMS"), default=False)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("connected by")
    )
    connected_at = models.DateTimeField(_("connected"), default=timezone.now, editable=False)
    disconnected_at = models.DateTimeField(_("disconnected"), null=True, blank=True, editable=False)

    objects = PlatformCourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course in an LMS")
        verbose_name_plural = _("courses in LMSs")
        constraints = [
            models.UniqueConstraint(
                fields=["deployment", "context_id"],
                condition=Q(disconnected_at=None),
                name="one_course_per_deployment_and_context",
            ),
        ]

    def __str__(self):
        return self.title or self.context_id

    @property
    def platform(self):
        return self.deployment.platform

    def require_on(self) -> None:
        """Raise Refused where the LMS is off: it is not asked, and its keys are not believed."""
        if not self.platform.is_on:
            raise Refused(_("This LMS is off, so it is not asked. Site staff can turn it on."))

    @property
    def is_told_grades(self) -> bool:
        """Return whether grades go there, as ``sending_grades`` says it of rows."""
        return self.sends_grades and bool(self.lineitems_url)


class PlatformMemberQuerySet(models.QuerySet):
    def keep(self, platform_course: PlatformCourse, subjects: Mapping[int, str]) -> list[int]:
        """Store the keys of people, by their own, in the place of others; return who got one.

        A key that an LMS gives to somebody else is theirs from then on, with what was sent to it.
        """
        there = self.filter(platform_course=platform_course)
        known = dict(there.values_list("user", "subject"))
        new = {user: key for user, key in subjects.items() if known.get(user) != key}
        if new:
            there.filter(Q(user__in=new) | Q(subject__in=new.values())).delete()
            rows = [
                self.model(platform_course=platform_course, user_id=user, subject=subject)
                for user, subject in new.items()
            ]
            self.bulk_create(rows, ignore_conflicts=True)
            hand_over(platform_course, new)
        return [*new]


class PlatformMember(models.Model):
    """A member who is in a course of an LMS, with the key that it has for them."""

    platform_course = models.ForeignKey(PlatformCourse, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="platform_memberships"
    )
    subject = models.CharField(_("key in the LMS"), max_length=MAX_KEY_CHARS)

    objects = PlatformMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a course in an LMS")
        verbose_name_plural = _("members of courses in LMSs")
        constraints = [
            models.UniqueConstraint(
                fields=["platform_course", "user"], name="one_member_per_platform_course_and_person"
            ),
            models.UniqueConstraint(
                fields=["platform_course", "subject"],
                name="one_member_per_platform_course_and_key",
            ),
        ]

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"


class LineItemQuerySet(models.QuerySet):
    def to_make(self):
        """Return those without an address, for which no other tick is looking now."""
        since = timezone.now() - CLAIM_LASTS
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lt=since), url="")


class LineItem(models.Model):
    """A column of an LMS for posts or comments of a prompt; ``url`` is "" until it is made.

    ``claimed_at`` is when a tick began to look for it in the LMS, and to make it there.
    """

    platform_course = models.ForeignKey(PlatformCourse, models.CASCADE, related_name="line_items")
    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="line_items")
    kind = models.CharField(_("grade for"), max_length=8, choices=Grading.Kind)
    url = models.CharField(max_length=2000, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LineItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("column in an LMS")
        verbose_name_plural = _("columns in LMSs")
        constraints = [
            models.UniqueConstraint(
                fields=["platform_course", "prompt", "kind"],
                name="one_line_item_per_course_prompt_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["post", "comments"]), name="line_items_have_a_known_kind"
            ),
        ]

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"

    @property
    def resource_id(self) -> str:
        """Return the identifier that finds the column in the LMS, with its kind."""
        return resource_id_of(self.prompt)


def resource_id_of(prompt: Prompt) -> str:
    """Return an LMS's identifier of a prompt: the same for its link and for its columns."""
    return f"prompt-{prompt.pk}"


def key_digest(subject: str) -> str:
    """Return the stored digest of a key to which something was sent."""
    return hashlib.sha256(subject.encode()).hexdigest()


class PlatformScoreQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(line_item__platform_course__course=course)

    def waiting(self):
        """Return those with something to send, now or later."""
        return self.filter(due_at__isnull=False)

    def due(self):
        """Return those to be sent now, the longest due first.

        None of an LMS that has just not let this site in.
        """
        platform, now = "line_item__platform_course__deployment__platform", timezone.now()
        may_be_asked = Q(**{f"{platform}__denied_at": None})
        may_be_asked |= Q(**{f"{platform}__denied_at__lt": now - ASKED_AGAIN_AFTER})
        return self.filter(
            may_be_asked,
            due_at__lte=now,
            line_item__platform_course__sends_grades=True,
            line_item__platform_course__deployment__platform__is_on=True,
        ).order_by("due_at", "pk")

    def with_way(self):
        """Annotate ``has_way``: whether the LMS is told now of what changes for the student."""
        connected = "line_item__platform_course"
        denied = f"{connected}__deployment__platform__denied_at"
        student = (
            Membership.objects.active()
            .students()
            .filter(course=OuterRef(f"{connected}__course"), user=OuterRef("student"))
        )
        known = PlatformMember.objects.filter(
            platform_course=OuterRef(connected), user=OuterRef("student")
        )
        is_sent = Q(
            **{
                f"{connected}__sends_grades": True,
                f"{connected}__deployment__platform__is_on": True,
            }
        ) & ~Q(**{f"{connected}__lineitems_url": ""})
        is_sent &= Q(**{denied: None}) | Q(**{f"{denied}__lte": denied_since()})
        has_way = models.ExpressionWrapper(
            is_sent & Q(Exists(known)) & Q(Exists(student)), output_field=models.BooleanField()
        )
        return self.annotate(has_way=has_way)


class PlatformScore(models.Model):
    """One student in one column of an LMS: the last score sent, and the one that waits.

    It has no grade in it: what is sent is read when it is sent, so nothing goes out before its
    release, and what was taken back in the meantime does not go out at all. ``due_at`` is None
    while there is nothing to send. ``sent_hundredths`` are the points that the LMS has, None for
    none; ``told_at`` is the time in the last message, as each has to be later than the one before.
    ``sent_digest`` is of the content that it has, "" where nobody can tell. ``sent_to`` has digests
    of the keys under which it may have something, each with a space behind it: an LMS may give one
    of them to somebody else.
    """

    line_item = models.ForeignKey(LineItem, models.CASCADE, related_name="scores")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="platform_scores"
    )
    due_at = models.DateTimeField(_("next try"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    refused_status = models.PositiveSmallIntegerField(_("refused with"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    told_at = models.DateTimeField(_("time of the last message"), null=True, blank=True)
    sent_hundredths = models.PositiveIntegerField(
        _("points in the LMS, in hundredths"), null=True, blank=True
    )
    sent_digest = models.CharField(
        max_length=64, blank=True, editable=False, default="", db_default=""
    )

    sent_to = models.TextField(blank=True, editable=False, default="", db_default="")

    objects = PlatformScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade for an LMS")
        verbose_name_plural = _("grades for LMSs")
        constraints = [
            models.UniqueConstraint(
                fields=["line_item", "student"], name="one_score_per_line_item_and_student"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="platform_scores_by_due_date")]

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"

    @property
    def is_given_up(self) -> bool:
        """Return whether the LMS failed so often that it is asked no more."""
        return self.due_at is not None and self.attempts >= MAX_ATTEMPTS

    @property
    def sent_points(self) -> Decimal | None:
        """Return the points that the LMS has."""
        return None if self.sent_hundredths is None else Decimal(self.sent_hundredths) / 100

    @property
    def may_have_points(self) -> bool:
        """Return whether the LMS has points, or may have some."""
        is_unknown = self.sent_at is not None and not self.sent_digest
        return self.sent_hundredths is not None or is_unknown

    def note_key(self, subject: str) -> None:
        """Store that a message under a key is on its way: from now on the LMS may have it."""
        key = key_digest(subject)
        if key not in self.sent_to.split():
            noted = Concat("sent_to", Value(f"{key} "), output_field=models.TextField())
            type(self).objects.filter(pk=self.pk).update(sent_to=noted)

    def take_over(self, other: "PlatformScore", key: str) -> None:
        """Take what an LMS has of another student under a key, in these two rows."""
        now = timezone.now()
        self.due_at, self.attempts, self.refused_status = now, 0, None
        self.sent_at = other.sent_at or now
        self.told_at = max(filter(None, (self.told_at, other.told_at)), default=None)
        if other.sent_hundredths is not None:
            self.sent_hundredths = other.sent_hundredths
        self.sent_to += f"{key} "
        other.sent_to = other.sent_to.replace(f"{key} ", "")
        if not other.sent_to:
            other.sent_at = other.sent_hundredths = None
        self.sent_digest = other.sent_digest = ""

    def next_moment(self, now: datetime) -> datetime:
        """Return the time for the next message: later than that of the last one."""
        if self.told_at is None or now > self.told_at:
            return now
        return self.told_at + timedelta(milliseconds=1)


def hand_over(platform_course: PlatformCourse, subjects: Mapping[int, str]) -> None:
    """Record as people's own the data that an LMS has under their present keys.

    It is due: their own grade goes in its place, or nothing. One query where there is none.
    """
    owners = {key_digest(subject): user for user, subject in subjects.items()}
    there = PlatformScore.objects.filter(line_item__platform_course=platform_course)
    sent = there.exclude(sent_to="").values_list("line_item", "student", "sent_to")
    of_others = [
        (item, student, owners[key], key)
        for item, student, keys in sent
        for key in keys.split()
        if owners.get(key, student) != student
    ]
    if not of_others:
        return
    PlatformScore.objects.bulk_create(
        [PlatformScore(line_item_id=item, student_id=owner) for item, _s, owner, _k in of_others],
        ignore_conflicts=True,
    )
    concerned = there.filter(
        line_item__in={item for item, *_rest in of_others},
        student__in={person for _i, *both, _k in of_others for person in both},
    )
    rows = {
        (row.line_item_id, row.student_id): row
        for row in concerned.select_for_update(of=("self",), no_key=True).order_by("pk")
    }
    for item, student, owner, key in of_others:
        if (item, student) in rows:
            rows[item, owner].take_over(rows[item, student], key)
    fields = ["due_at", "attempts", "refused_status", "sent_at", "told_at", "sent_hundredths"]
    PlatformScore.objects.bulk_update(rows.values(), [*fields, "sent_digest", "sent_to"])
