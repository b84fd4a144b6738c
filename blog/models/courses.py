"""Courses: their dates, their time zone and their audiences."""

import secrets
import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.people import validate_time_zone
from blog.models.titles import TitleField

# No 0/O, 1/I/L: codes are read aloud and copied from a board. 13 of 31 characters are 64 bits.
JOIN_CODE_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

# Addresses below /courses/ and /c/ that are the site's own.
RESERVED_SLUGS = frozenset({"new"})


def new_join_code() -> str:
    """Return a course code of 64 random bits, such as ``K7QM-2PXR-9TBWA``."""
    code = "".join(secrets.choice(JOIN_CODE_CHARACTERS) for _ in range(13))
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


class Audience(models.IntegerChoices):
    """The audience of a post, from narrow to wide; a wider audience is a larger number."""

    ONLY_ME = 0, _("only me")
    INSTRUCTORS = 10, _("me and the teaching team")
    POD = 20, _("my pod")
    COURSE = 30, _("course")
    SIGNED_IN = 40, _("everyone signed in")
    PUBLIC = 50, _("public web")


class GuestComments(models.TextChoices):
    """The rule for guests' comments on the public posts of a course, and when they appear."""

    OFF = "off", _("No: only members of the course can comment")
    MODERATED = "moderated", _("Yes, and the teaching team decides on each comment")
    FILTERED = "filtered", _("Yes, and comments that pass the spam filter appear at once")


def lock_courses(keys: Iterable[int]) -> None:
    """Lock courses until the transaction ends; what they hold is read by the queries after it.

    Whoever gives a work its DOI, or opens one to the course, holds this lock.
    """
    rows = Course.objects.filter(pk__in=set(keys)).order_by("pk")
    list(rows.select_for_update(no_key=True).values("pk"))


class CourseQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Return the courses that the reader is a member of now."""
        if not reader.is_authenticated:
            return self.none()
        return self.filter(pk__in=[m.course_id for m in reader.memberships_now])

    def not_erasing(self):
        """Return the courses that are not hidden already, to be erased (ADR 0084).

        Nobody is a member of such a one, so pages never find it; whoever asks without a reader, as
        commands, ``tick`` and site staff do, asks this.
        """
        return self.filter(erasing_since=None)


# The settings that say how far a course opens.
OPENNESS = ("widest_audience", "default_audience", "guest_comments")
DATES_AHEAD = ("closes_on", "public_ends_on", "read_only_on")
ERASED_ON = "erased_on"
ALL_DATES = (*DATES_AHEAD, ERASED_ON)
# So many days before, everybody in the course gets a mail; from the first on, its pages say so.
TOLD_DAYS_AHEAD = (30, 7)
# So long after the last day of a course, and after the last change of a grade, grades are kept, and
# under a name: a university has to keep what a decision rests on for a year (FIPPA, section 31).
GRADES_NAMED_FOR = timedelta(days=365)


class Course(models.Model):
    """One run of a course: its dates, its zone and its audiences."""

    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("The short name in its web address, for example edci338."),
        error_messages={"unique": _("Another course has this address.")},
    )
    title = TitleField(_("title"), max_length=120)
    term = models.CharField(
        _("term"), max_length=60, blank=True, help_text=_("For example: Fall 2026.")
    )
    about = models.TextField(
        _("about the course"), max_length=2000, blank=True, help_text=_("Plain text.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(
        _("last day"), help_text=_("Commenting closes at the end of this day.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("All due dates are in this time zone."),
    )
    # What it speaks to people who have chosen none; "" is what the browser of each asks for.
    language = models.CharField(_("language"), max_length=12, blank=True, default="", db_default="")
    default_audience = models.PositiveSmallIntegerField(
        _("default audience of a new post"), choices=Audience, default=Audience.COURSE
    )
    widest_audience = models.PositiveSmallIntegerField(
        _("widest audience allowed"), choices=Audience, default=Audience.COURSE
    )
    guest_comments = models.CharField(
        _("comments by guests"),
        max_length=9,
        choices=GuestComments,
        default=GuestComments.OFF,
        db_default=GuestComments.OFF,
        help_text=_(
            "People without an account, on the public page of a post. Without a spam filter, the "
            "teaching team decides on each comment."
        ),
    )
    join_code = models.CharField(
        _("course code"),
        max_length=20,
        unique=True,
        default=new_join_code,
        validators=[RegexValidator(r"^[0-9A-Z-]+$")],
    )
    can_be_joined = models.BooleanField(
        _("people can join with the course code"), default=True, db_default=True
    )
    takes_own_blogs = models.BooleanField(
        _("members can connect their own blogs"), default=True, db_default=True
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    # Days on which ``tick`` changes the course; each is emptied by the change (ADR 0063).
    closes_on = models.DateField(
        _("nobody new can join from"),
        null=True,
        blank=True,
        help_text=_("The course code and open invitations no longer work."),
    )
    public_ends_on = models.DateField(
        _("posts leave the public web on"),
        null=True,
        blank=True,
        help_text=_("From then on only the course can read them, new posts included."),
    )
    read_only_on = models.DateField(
        _("the course becomes read-only on"),
        null=True,
        blank=True,
        help_text=_("It is archived: its members can read it, and nobody can write."),
    )
    erased_on = models.DateField(
        _("the course is erased on"),
        null=True,
        blank=True,
        help_text=_("With all posts, comments and grades. Nobody can bring it back."),
    )
    # Since when nobody sees it any more, and ``tick`` erases it (ADR 0084).
    erasing_since = models.DateTimeField(null=True, blank=True, editable=False)
    # Of which days its people were told: a line for each notice, with field, day and how many days
    # ahead. The mails themselves go after a period of their own.
    dates_told = models.TextField(blank=True, default="", db_default="", editable=False)
    # The highest number of a prompt that was deleted: links of an LMS name prompts by theirs.
    last_deleted_number = models.IntegerField(default=0, db_default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        permissions = [("open_course", _("Can open a course"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="courses_end_after_they_start",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(default_audience__lte=F("widest_audience")),
                name="default_audience_within_the_widest",
                violation_error_message=_(
                    "The default audience cannot be wider than the widest audience allowed."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("course_home", args=[self.slug])

    @property
    def openness(self) -> str:
        """Return how far the course opens, as audit events and the lists of `catch_up` have it."""
        widest, default = int(self.widest_audience), int(self.default_audience)
        return f"{widest} {default} {self.guest_comments}"

    @property
    def days(self) -> str:
        """Return the days of its coming changes, as `openness` is stored."""
        return ",".join(f"{field}={getattr(self, field) or '-'}" for field in ALL_DATES)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def day_of(self, moment: datetime):
        """Return the calendar day of an aware datetime in the course's zone."""
        return moment.astimezone(self.zone).date()

    def today(self):
        """Return the current day in the course's zone."""
        return self.day_of(timezone.now())

    @property
    def is_archived(self) -> bool:
        """Return whether its members read it and nobody writes in it (``access.require_open``)."""
        return self.archived_at is not None

    @property
    def dates_ahead(self) -> list[tuple[str, date]]:
        """Return the days of its coming changes, by field, the next one first."""
        days = [(field, getattr(self, field)) for field in ALL_DATES]
        return sorted(((field, day) for field, day in days if day), key=lambda one: one[1])

    @property
    def dates_near(self) -> list[tuple[str, date]]:
        """Return those of these days that the pages of the course announce."""
        until = self.today() + timedelta(days=TOLD_DAYS_AHEAD[0])
        return [(field, day) for field, day in self.dates_ahead if day <= until]

    @property
    def earliest_erased_on(self) -> date:
        """Return the first day on which it can be erased, if that is chosen today.

        Its grades are kept as long as they have to be, and its people are told twice.
        """
        told = self.today() + timedelta(days=TOLD_DAYS_AHEAD[0])
        return max(self.grades_kept_until, told)

    @property
    def last_graded_at(self) -> datetime | None:
        """Return the time of the last change of one of its grades, by their history; or None."""
        return self.prompts.aggregate(last=Max("grading_events__at"))["last"]

    @property
    def grades_kept_until(self) -> date:
        """Return the day until which its grades stay; they may change after its last day."""
        changed = self.last_graded_at
        last = self.ends_on if changed is None else max(self.ends_on, self.day_of(changed))
        return last + GRADES_NAMED_FOR

    @property
    def has_ended(self) -> bool:
        return self.today() > self.ends_on

    @property
    def is_over(self) -> bool:
        """Return whether commenting is over: its last day has passed, or it is archived."""
        return self.has_ended or self.is_archived

    def widest_audience_for(self, prompt) -> int:
        """Return the widest audience of posts for a prompt, or for none: that of the narrower."""
        limit = prompt.widest_audience if prompt else None
        return self.widest_audience if limit is None else min(self.widest_audience, limit)

    def audiences(self, prompt=None):
        """Return the audiences an author can choose from, narrow to wide."""
        widest = self.widest_audience_for(prompt)
        return [(value, label) for value, label in Audience.choices if value <= widest]
