"""Prompts: the question, its dates, and what a complete post has."""

from datetime import UTC, datetime, tzinfo
from secrets import token_hex
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Audience, Course
from blog.models.extensions import extended_until
from blog.models.prompt_dates import (
    DATES,
    LAST_DAY,
    OFFERS_BEGIN,
    ONE_MINUTE,
    days_after,
    minute_after,
    opened_rules,
    same_clock_time,
)
from blog.models.prompt_requirements import required_comments_of, requirements_of
from blog.models.titles import TitleField

if TYPE_CHECKING:
    from blog.models.rubrics import Rubric

MAX_ROTA_POSTS = 6
MAX_LATE_DAYS = 365
# The field of the rubric by the kind of grades that it is for, a ``Grading.Kind``.
RUBRIC_FIELDS = {"post": "rubric", "comments": "comments_rubric"}
# What keeps people from a prompt, or from the posts of others for it.
CLOSING_FLAGS = ("is_draft", "own_post_first")
MAX_LINK_NAME_CHARS = 40


def new_link_name() -> str:
    """Return a name for links in an LMS that no other prompt has, on any site."""
    return token_hex(8)


class PromptQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def opened(self, now=None):
        """Return the prompts that the whole course can see now, archived ones too."""
        return self.filter(opened_rules(now=now))

    def listed(self):
        """Return the prompts without archived ones, which no list has."""
        return self.filter(archived_at=None)

    def writable(self):
        """Return the prompts that somebody can begin a post for now."""
        return self.opened().listed()

    def with_running_rota(self):
        """Return the prompts whose rota may run now; ``Prompt.is_rota_running`` is exact."""
        now = timezone.now()
        begun = Q(due_at__lte=now) | Q(comments_due_at__lte=now + OFFERS_BEGIN)
        not_over = Q(comments_due_at__gt=now - ONE_MINUTE)
        return self.opened().exclude(rota=Prompt.Rota.NONE).filter(begun, not_over)

    def gated_for(self, student):
        """Return the prompts that keep the posts of others from a student who has none of theirs.

        A post opens the gate while it is published and the teaching team can read it.
        """
        own = student.posts.opening_gates().filter(prompt=OuterRef("pk"))
        return self.filter(~Exists(own), own_post_first=True)

    def visible_to(self, reader):
        """Return the open prompts of the reader's courses; a teaching reader sees all prompts.

        ``extended_until`` is the reader's own extension.
        """
        if not reader.is_authenticated:
            return self.none()
        memberships = reader.memberships_now
        member = [m.course_id for m in memberships]
        teaching = [m.course_id for m in memberships if m.teaches]
        rules = Q(opened_rules(), course__in=member) | Q(course__in=teaching)
        return self.filter(rules).annotate(extended_until=extended_until("pk", reader))

    def visible_in(self, reader, course, now):
        """Return the prompts of a course that ``visible_to`` would at that time."""
        membership = reader.membership_in(course) if reader.is_authenticated else None
        if membership is None:
            return self.none()
        found = self.in_course(course)
        if not membership.teaches:
            found = found.filter(opened_rules(now=now))
        return found.annotate(extended_until=extended_until("pk", reader))


class Prompt(models.Model):
    """A question to the course, with its dates. A due date includes its minute.

    With a ``rota`` it gives each student ``rota_posts`` posts to comment on (``blog.rota``).
    ``question_html`` and ``question_plain`` are made of the question by ``render_question``.
    ``link_name`` is what links in an LMS call it: a course that is copied there, and whose set-up
    is copied here, has links that lead to its own prompts.
    Only the teaching team sees a draft, and a prompt before ``opens_at``. A draft without dates has
    others that stand in for them, which no page shows. An archived one takes no new
    posts, and is in no list but those of what was written and graded for it already.
    """

    class Rota(models.TextChoices):
        NONE = "", _("No, they choose for themselves")
        PODS_FIRST = "pods", _("Yes, posts of their pod first")
        MIXED = "mixed", _("Yes, posts of the whole course")

    class LatePosts(models.TextChoices):
        ACCEPT = "accept", _("Accept them")
        LATE = "late", _("Accept, show as late")
        CLOSE = "close", _("Close at the due date")

    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), related_name="prompts"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    # Random, and kept by a copy in another course; the number, for a prompt of before: links that
    # were made then have it. "" for one that older code adds beside this, until it gets a link.
    link_name = models.CharField(
        max_length=MAX_LINK_NAME_CHARS, default=new_link_name, db_default="", editable=False
    )
    title = TitleField(_("short title"), max_length=120, help_text=_("For example: Blog post 1."))
    question = models.TextField(_("question"), max_length=4000)
    question_html = models.TextField(default="", db_default="", editable=False)
    question_plain = models.TextField(default="", db_default="", editable=False)
    position = models.IntegerField(default=0, db_default=0, editable=False)
    is_draft = models.BooleanField(
        _("draft"),
        default=False,
        db_default=False,
        help_text=_("Only the teaching team sees a draft, even after the day on which it opens."),
    )
    has_dates = models.BooleanField(default=True, db_default=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    opens_at = models.DateTimeField(_("opens"))
    due_at = models.DateTimeField(
        _("post by"), help_text=_("A post published in that minute is still on time.")
    )
    comments_due_at = models.DateTimeField(_("comment by"))
    late_posts = models.CharField(
        _("late posts"),
        max_length=6,
        choices=LatePosts,
        default=LatePosts.LATE,
        db_default="late",
        help_text=_(
            "If it closes, nobody can publish a first version after the due date; drafts stay. "
            "A student with an extension can publish until it ends."
        ),
    )
    late_days = models.SmallIntegerField(
        _("late by at most, in days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_LATE_DAYS)],
        help_text=_("For posts shown as late: after so many days it closes. Empty: no limit."),
    )
    widest_audience = models.SmallIntegerField(
        _("widest audience"),
        choices=Audience,
        null=True,
        blank=True,
        help_text=_("For posts that are published from now on."),
    )
    words_min = models.PositiveIntegerField(_("words from"), default=0)
    words_max = models.PositiveIntegerField(_("words to"), null=True, blank=True)
    references_min = models.PositiveSmallIntegerField(_("references required"), default=0)
    comments_min = models.PositiveSmallIntegerField(_("comments required"), default=0)
    comments_across_pods = models.BooleanField(
        _("one of them in another pod"),
        default=False,
        db_default=False,
        help_text=_(
            "At least one comment is on the post of someone in another pod. Students "
            "without a pod can choose anyone."
        ),
    )
    rota = models.CharField(
        _("give each student posts to comment on"),
        max_length=5,
        choices=Rota,
        blank=True,
        default=Rota.NONE,
        db_default="",
        help_text=_(
            "When posts are due, everyone who has published gets posts of others, so that each "
            "post has its readers. Nobody gets the same person twice in a row if it can be avoided."
        ),
    )
    rota_posts = models.SmallIntegerField(
        _("posts for each student"),
        default=2,
        db_default=2,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_ROTA_POSTS)],
        help_text=_("2 if you leave it empty."),
    )
    own_post_first = models.BooleanField(
        _("students see the posts of others after they publish their own"),
        default=False,
        db_default=False,
        help_text=_(
            "Until then they do not see them, on any page or in any email. The teaching team "
            "and observers see them all. A post on the public web stays open to people who are "
            "not signed in."
        ),
    )
    asks_for_help = models.BooleanField(
        _("ask for a statement of help received"),
        default=False,
        db_default=False,
        help_text=_(
            "Before publishing, students are asked which people, tools and AI tools helped. They "
            "can publish without it; the teaching team sees what they wrote."
        ),
    )
    required_works = models.ManyToManyField(
        "blog.Work",
        verbose_name=_("required reading"),
        related_name="required_by",
        blank=True,
    )
    rubric = models.ForeignKey(
        "blog.Rubric",
        models.PROTECT,
        verbose_name=_("rubric"),
        related_name="prompts",
        null=True,
        blank=True,
    )
    comments_rubric = models.ForeignKey(
        "blog.Rubric",
        models.PROTECT,
        verbose_name=_("rubric for comments"),
        related_name="prompts_for_comments",
        null=True,
        blank=True,
        help_text=_("For the comments that a student writes on this prompt, graded together."),
    )
    is_anonymous = models.BooleanField(
        _("grade without names"),
        default=False,
        db_default=False,
        help_text=_(
            "Until you release a student’s grade, graders see no names, pods or pictures of "
            "students."
        ),
    )

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)

    # Annotated by ``visible_to``: the end of the extension of whoever reads it.
    extended_until: datetime | None = None

    objects = PromptQuerySet.as_manager()

    class Meta:
        ordering = ["position", "number"]
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"], name="one_prompt_per_number_and_course"
            ),
            models.CheckConstraint(
                condition=Q(has_dates=True) | Q(is_draft=True),
                name="prompts_without_dates_are_drafts",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opens_at")),
                name="prompts_open_before_they_are_due",
                violation_error_message=_("The due date must be after the prompt opens."),
            ),
            models.CheckConstraint(
                condition=Q(comments_due_at__gte=F("due_at")),
                name="comments_are_due_after_posts",
                violation_error_message=_("Comments cannot be due before posts."),
            ),
            models.CheckConstraint(
                condition=Q(words_max=None) | Q(words_max__gte=F("words_min")),
                name="word_bands_are_in_order",
                violation_error_message=_("“Words to” must be at least “Words from”."),
            ),
            models.CheckConstraint(
                condition=Q(rota_posts__gte=1), name="rotas_give_at_least_one_post"
            ),
            models.CheckConstraint(
                condition=Q(comments_across_pods=False) | Q(comments_min__gte=1),
                name="comments_across_pods_are_required_comments",
                violation_error_message=_("Require at least one comment first."),
            ),
            models.CheckConstraint(
                condition=Q(late_posts__in=["accept", "late", "close"]),
                name="late_posts_are_accepted_shown_as_late_or_closed",
            ),
            models.CheckConstraint(
                condition=Q(late_days=None) | Q(late_days__gte=1),
                name="late_posts_have_at_least_one_day",
            ),
            models.CheckConstraint(
                condition=Q(widest_audience=None) | Q(widest_audience__in=Audience.values),
                name="prompts_have_a_known_widest_audience",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("prompt_page", args=[self.course.slug, self.number])

    def lock(self) -> None:
        """Lock the prompt's row until the transaction ends, and refresh this instance.

        Whoever changes its grades or its rubric holds this lock. In two queries, as in
        ``Post.lock``: else a prompt could come with a new ``rubric_id`` and the old rubric.
        """
        Prompt.objects.select_for_update(no_key=True).values("pk").get(pk=self.pk)
        with_rubrics = Prompt.objects.select_related("course", "rubric", "comments_rubric")
        self.refresh_from_db(from_queryset=with_rubrics)

    def differs_in(self, zone: tzinfo, other: tzinfo) -> bool:
        """Return whether a clock shows another time for one of the dates in another zone."""
        moments = [getattr(self, name) for name in DATES]
        return any(
            moment.astimezone(zone).replace(tzinfo=None)
            != moment.astimezone(other).replace(tzinfo=None)
            for moment in moments
        )

    def move_to(self, other: tzinfo, *, from_zone: tzinfo) -> None:
        """Move the dates so that a clock in another zone shows what it showed before."""
        for name in DATES:
            setattr(self, name, same_clock_time(getattr(self, name), from_zone, other))

    @property
    def openness(self) -> str:
        """Return its readers and its purpose, as audit events and lists of `catch_up` have them."""
        flags = ",".join(name for name in CLOSING_FLAGS if getattr(self, name)) or "-"
        widest = "-" if self.widest_audience is None else int(self.widest_audience)
        return f"{flags} {widest} {self.opens_at.astimezone(UTC).isoformat()}"

    @property
    def has_dates_in_order(self) -> bool:
        return self.opens_at < self.due_at <= self.comments_due_at

    def due_with(self, until: datetime | None) -> datetime:
        """Return the due date of somebody with an extension until a moment, or with none."""
        return max(self.due_at, until) if until else self.due_at

    @property
    def own_due_at(self) -> datetime:
        """Return the due date of whoever reads it, with their extension (``visible_to``)."""
        return self.due_with(self.extended_until)

    @property
    def is_extended(self) -> bool:
        """Return whether whoever reads it has more time than others."""
        return self.own_due_at > self.due_at

    def is_after_due(self, moment: datetime, until: datetime | None = None) -> bool:
        """Return whether a moment is after the due minute, or after that of an extension."""
        return moment >= minute_after(self.due_with(until or self.extended_until))

    def is_late(self, moment: datetime, until: datetime | None = None) -> bool:
        """Return whether something published at ``moment`` is shown as late.

        Nothing is, if the prompt accepts late posts. ``until`` is the extension of its author.
        """
        return self.late_posts != self.LatePosts.ACCEPT and self.is_after_due(moment, until)

    @property
    def is_past_due(self) -> bool:
        """Return whether the due date is over for whoever reads it."""
        return self.is_after_due(timezone.now())

    @property
    def late_limit(self) -> int | None:
        """Return the days a first version can be late: 0 for none, None without a limit."""
        if self.late_posts == self.LatePosts.CLOSE:
            return 0
        return self.late_days if self.late_posts == self.LatePosts.LATE else None

    def closes_at(self, until: datetime | None = None) -> datetime | None:
        """Return the last minute for a first version, by the course's clock, None without a limit.

        ``until`` is the extension of its author, as for ``is_after_due``.
        """
        if self.late_limit is None:
            return None
        due = self.due_with(until or self.extended_until)
        return days_after(due, self.late_limit, self.course.zone) if self.late_limit else due

    def is_after_close(self, moment: datetime, until: datetime | None = None) -> bool:
        """Return whether a first version comes too late at a moment."""
        closes_at = self.closes_at(until)
        return closes_at is not None and moment >= minute_after(closes_at)

    @property
    def own_closes_at(self) -> datetime | None:
        """Return the last minute for a first version of whoever reads it, with their extension."""
        return self.closes_at()

    @property
    def own_late_until(self) -> datetime | None:
        """Return the end of late publishing for whoever reads it, if it is after the due date."""
        return self.own_closes_at if self.late_limit else None

    @property
    def is_closed(self) -> bool:
        """Return whether whoever reads it cannot publish a first version any more."""
        return self.is_after_close(timezone.now())

    @property
    def is_past_comments_due(self) -> bool:
        """Return whether the minute in which comments are due is over."""
        return timezone.now() >= self.comments_close_at

    @property
    def comments_close_at(self):
        """Return the first moment at which a comment is late."""
        return minute_after(self.comments_due_at)

    @property
    def has_rota(self) -> bool:
        return self.rota != self.Rota.NONE

    @property
    def rota_begins_at(self) -> datetime:
        """Return when posts are first given to comment on: after the due minute, or from offers."""
        return min(minute_after(self.due_at), self.comments_due_at - OFFERS_BEGIN)

    @property
    def has_rota_begun(self) -> bool:
        return self.has_rota and self.rota_begins_at <= timezone.now()

    @property
    def is_rota_running(self) -> bool:
        """Return whether posts are given to comment on now, until the date for comments."""
        return self.has_rota_begun and not self.is_past_comments_due

    @property
    def offers_posts(self) -> bool:
        """Return whether posts without a comment are offered to people who have commented."""
        return self.is_rota_running and timezone.now() >= self.comments_due_at - OFFERS_BEGIN

    @property
    def shows_missing_comments(self) -> bool:
        """Return whether the last day to comment has begun: the team sees posts without comment."""
        return self.has_rota and timezone.now() >= self.comments_due_at - LAST_DAY

    @property
    def has_fixed_rubric(self) -> bool:
        """Return whether grading has begun: then only ``change_rubric`` replaces the rubric."""
        return self.has_grades("post")

    @property
    def has_fixed_comments_rubric(self) -> bool:
        """Return whether grading of comments has begun: as ``has_fixed_rubric``."""
        return self.has_grades("comments")

    def has_grades(self, kind: str) -> bool:
        return self.pk is not None and self.gradings.filter(kind=kind).exists()

    def rubric_for(self, kind: str) -> "Rubric | None":
        """Return the rubric by which grades of a kind are given."""
        return getattr(self, RUBRIC_FIELDS[kind])

    @property
    def requirements(self) -> str:
        """Return the requirements of a complete post, such as “500–800 words, 2 references”."""
        return requirements_of(self)

    @property
    def required_comments(self) -> str:
        """Return a student's comments to write, such as “comments on the posts of 2 classmates”."""
        return required_comments_of(self)

    def is_open_at(self, moment: datetime) -> bool:
        return not self.is_draft and self.opens_at <= moment

    @property
    def is_open(self) -> bool:
        """Return whether the whole course can see it now."""
        return self.is_open_at(timezone.now())

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
