"""Moderation: reports of posts and comments, the decisions about them, and their log."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.charter import MAX_NAME_CHARS, Norm
from blog.models.comments import Comment
from blog.models.courses import Course
from blog.models.posts import Post

MAX_REASON_CHARS = 500
MAX_REPORT_CHARS = 300


def one_target(post: str = "post", comment: str = "comment") -> Q:
    """Return the condition that a row is about a post or about a comment, not both or neither."""
    return Q(**{f"{post}__isnull": False, f"{comment}__isnull": True}) | Q(
        **{f"{post}__isnull": True, f"{comment}__isnull": False}
    )


class ModerationCaseQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def waiting(self):
        """Return the cases that wait for a decision, the oldest first."""
        return self.filter(state=ModerationCase.State.WAITING).order_by("waiting_since", "pk")

    def about(self, target: Post | Comment):
        return self.filter(**target_field(target))

    def seen_by_team(self, reader):
        """Return the cases of the courses that a reader teaches, if they see what these are about.

        A post for its author alone is nobody's case, nor are the comments on it.
        """
        teaching = [m.course_id for m in reader.memberships_now if m.teaches]
        posts = Post.objects.visible_to(reader)
        comments = Comment.objects.visible_to(reader).filter(deleted_at=None)
        return self.filter(
            Q(Exists(posts.filter(pk=OuterRef("post"))))
            | Q(Exists(comments.filter(pk=OuterRef("comment")))),
            course__in=teaching,
        )

    def about_works_of(self, author):
        """Return the cases about a person's posts and comments on which something was decided."""
        return self.filter(Q(post__author=author) | Q(comment__author=author), is_author_told=True)

    def for_list(self):
        return self.select_related(
            "post__author", "post__revision", "comment__author", "comment__post__revision"
        )


class ModerationCase(models.Model):
    """All that was reported and decided about one post or comment; there is one at most.

    Whether readers see the post or comment is stored with that (``Post.hidden_at``,
    ``Comment.state``). ``is_author_told`` is set by the first decision: a report alone is the
    business of its writer and the teaching team.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a decision")
        KEEP = "keep", _("stays as it is")
        ASK = "ask", _("a change is asked for")
        HIDE = "hide", _("hidden")
        CLOSED = "closed", _("closed")

    course = models.ForeignKey(Course, models.CASCADE, related_name="moderation_cases")
    post = models.OneToOneField(
        Post, models.CASCADE, related_name="moderation_case", null=True, blank=True
    )
    comment = models.OneToOneField(
        Comment, models.CASCADE, related_name="moderation_case", null=True, blank=True
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    waiting_since = models.DateTimeField(default=timezone.now)
    is_author_told = models.BooleanField(default=False)
    # Counts the events, for two people who decide at once.
    version = models.PositiveIntegerField(default=0)

    objects = ModerationCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation case")
        verbose_name_plural = _("moderation cases")
        indexes = [
            models.Index(fields=["course", "state", "waiting_since"], name="cases_of_a_course"),
        ]
        constraints = [
            models.CheckConstraint(condition=one_target(), name="cases_have_one_target"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def target(self) -> Post | Comment:
        """Return the post or comment that it is about."""
        found = self.post or self.comment
        assert found is not None  # a constraint says so
        return found

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    def state_without_reports(self) -> str:
        """Return the state that it would be in if nobody had reported anything.

        The author of what it is about knows no other one, and acts on it: a report alone is not
        their business. It is found from the log.
        """
        kinds, state = ModerationEvent.Kind, str(self.State.CLOSED)
        before: dict[int | None, str] = {}
        for event in self.events.all() if self.pk else []:
            before[event.pk] = state
            if event.kind in ModerationEvent.DECISIONS:
                state = event.kind
            elif event.kind in ModerationEvent.FILTERED:
                state = ModerationEvent.FILTERED[kinds(event.kind)]
            elif event.kind in (kinds.EXPLAIN, kinds.OBJECT, kinds.EDIT):
                state = self.State.WAITING
            elif event.kind == kinds.DELETE:
                state = self.State.CLOSED
            elif event.kind in (kinds.UNDO, kinds.RESTORE):
                state = before[event.undoes_id]
        return state

    @property
    def hidden_by(self) -> str:
        """Return the person whose decision hides it, by key: "0" if unknown, "" if it is shown.

        As audit events and the lists of `catch_up` have it.
        """
        if not self.target.is_hidden:
            return ""
        decision = self.last_decision()
        if decision is None or decision.kind != ModerationEvent.Kind.HIDE:
            return "0"
        return str(decision.actor_id or 0)

    def last_decision(self, *, or_of_filter: bool = False) -> "ModerationEvent | None":
        """Return the last decision that was not undone: of the team, or also of the spam filter."""
        if self.pk is None:
            return None
        kinds = [*ModerationEvent.DECISIONS, *(ModerationEvent.FILTERED if or_of_filter else [])]
        decisions = self.events.filter(kind__in=kinds, undone_by=None)
        return decisions.select_related("actor").last()


class ReportQuerySet(models.QuerySet):
    def open(self):
        """Return the reports that nobody has decided on and nobody has taken back."""
        return self.filter(closed_at=None)

    def by(self, reporter):
        return self.filter(reporter=reporter)

    def visible_to(self, reader):
        """Return the reader's own reports in their courses: a list of nothing but what they sent.

        The teaching team reads a report in its case.
        """
        return self.by(reader).filter(
            case__course__in=[m.course_id for m in reader.memberships_now]
        )

    def about(self, target: Post | Comment):
        return self.filter(**target_field(target, "case__"))


class Report(models.Model):
    """A member's report of a post or comment. Only the teaching team learns who wrote it.

    ``norm`` is None for something that no norm is about. ``norm_name`` is its name at the time.
    ``closed_by`` is the event that closed it: a decision, or that it was taken back.
    """

    case = models.ForeignKey(ModerationCase, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports")
    norm = models.ForeignKey(Norm, models.SET_NULL, related_name="reports", null=True, blank=True)
    norm_name = models.CharField(max_length=MAX_NAME_CHARS, blank=True)
    sentence = models.CharField(max_length=MAX_REPORT_CHARS, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "blog.ModerationEvent",
        models.SET_NULL,
        related_name="closed_reports",
        null=True,
        blank=True,
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"],
                condition=Q(closed_at=None),
                name="one_open_report_per_case_and_person",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self):
        """Return the address of the outcome, for its reporter."""
        return f"{reverse('course_work', args=[self.case.course.slug])}#reports"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ModerationEvent(models.Model):
    """One act in the log of a case. Only ever added: a trigger of the database refuses changes.

    ``state_before``, ``was_hidden`` and ``was_waiting`` (of a comment that was not published yet)
    say how things were before it, so that it can be undone; ``undoes`` is the event that it takes
    back. Unlike an ``AuditEvent`` it holds words, which are
    for those it concerns alone (ADR 0025).
    """

    class Kind(models.TextChoices):
        REPORT = "report", _("reported")
        TAKE_BACK = "take_back", _("report taken back")
        KEEP = "keep", _("stays as it is")
        ASK = "ask", _("change asked for")
        HIDE = "hide", _("hidden")
        UNDO = "undo", _("decision undone")
        EXPLAIN = "explain", _("explained")
        OBJECT = "object", _("objected")
        EDIT = "edit", _("edited")
        DELETE = "delete", _("deleted")
        RESTORE = "restore", _("restored")
        PASS = "pass", _("published by the spam filter")
        STOP = "stop", _("not published by the spam filter")

    DECISIONS = (Kind.KEEP, Kind.ASK, Kind.HIDE)
    # What the spam filter decides about a guest's comment, by the state of its case after that.
    FILTERED = {Kind.PASS: ModerationCase.State.KEEP, Kind.STOP: ModerationCase.State.HIDE}

    case = models.ForeignKey(ModerationCase, models.CASCADE, related_name="events")
    # None is the guest who wrote the comment that the case is about, or the spam filter.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="moderation_events",
        null=True,
        blank=True,
    )
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.CharField(max_length=MAX_REASON_CHARS, blank=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="events", null=True, blank=True)
    state_before = models.CharField(max_length=8, choices=ModerationCase.State, blank=True)
    was_hidden = models.BooleanField(default=False)
    was_waiting = models.BooleanField(default=False, db_default=False)
    undoes = models.OneToOneField(
        "self", models.CASCADE, related_name="undone_by", null=True, blank=True
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("moderation event")
        verbose_name_plural = _("moderation events")
        indexes = [models.Index(fields=["case", "kind"], name="events_of_a_case")]

    def __str__(self):
        return f"{self.kind} {self.case_id}"

    @property
    def is_decision(self) -> bool:
        return self.kind in self.DECISIONS

    @property
    def publishes_guest(self) -> bool:
        """Return whether it lets readers see a guest's comment that they did not see before."""
        return self.kind == self.Kind.KEEP and self._is_about_unseen_guest

    @property
    def refuses_guest(self) -> bool:
        """Return whether it refuses a guest's comment that readers did not see before."""
        return self.kind == self.Kind.HIDE and self._is_about_unseen_guest

    @property
    def _is_about_unseen_guest(self) -> bool:
        return (self.was_hidden or self.was_waiting) and self.case.target.author_id is None


def target_field(target: Post | Comment, prefix: str = "") -> dict[str, Post | Comment]:
    """Return the field of rows for a post or comment, for a filter: ``{"comment": target}``."""
    return {f"{prefix}{target._meta.model_name}": target}
