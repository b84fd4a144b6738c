"""Gradings: levels and private feedback by one grader, and the grade of record."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from html import unescape

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from blog.models.grading_parts import GradingPart
from blog.models.memberships import Membership
from blog.models.point_reasons import reason_in_words
from blog.models.posts import Post
from blog.models.prompts import RUBRIC_FIELDS, Prompt
from blog.models.revisions import Revision
from blog.models.rubrics import Criterion, Rubric
from blog.models.scores import Score
from blog.text import render_comment
from blog.text.invisible import is_visible


def complete_by(rubric) -> Q:
    """Return the condition that a grading is complete by a rubric: a key, an OuterRef, or None.

    It has a level for each criterion or, where there are no criteria, feedback in words or points.
    Feedback without a grade needs the words alone; for whoever is excused or has not submitted
    there is nothing to add. This is the one definition; ``complete_now`` and every count rest on
    it.
    """
    criteria = Criterion.objects.filter(rubric=rubric)
    scores = Score.objects.filter(criterion=OuterRef("pk"), grading=OuterRef(OuterRef("pk")))
    has_every_level = ~Exists(criteria.exclude(Exists(scores)))
    has_words, has_points = ~Q(html=""), Q(override_hundredths__isnull=False)
    is_graded = Q(status=Grading.Status.GRADED) & Q(has_every_level)
    return (
        (is_graded & (Q(Exists(criteria)) | has_words | has_points))
        | (Q(status=Grading.Status.FEEDBACK) & has_words)
        | Q(status__in=Grading.WITHOUT_WORK)
    )


def complete_now() -> Q:
    """Return the condition that a grading is complete by its prompt's present rubric for its kind.

    In a subquery of the grading the rubric is a column of its prompt.
    """
    return Q(kind=Grading.Kind.POST) & complete_by(OuterRef("prompt__rubric")) | Q(
        kind=Grading.Kind.COMMENTS
    ) & complete_by(OuterRef("prompt__comments_rubric"))


def has_content() -> Q:
    """Return the condition that a grading has anything of a grade: a level, points, or words."""
    has_levels = Q(Exists(Score.objects.filter(grading=OuterRef("pk"))))
    has_points = Q(override_hundredths__isnull=False)
    return has_levels | has_points | ~Q(html="") | Q(status__in=Grading.WITHOUT_WORK)


def render_feedback(text: str) -> str:
    """Return the HTML of feedback; none for a text of which nothing is visible.

    Raises TextRefused for a text that is too costly to render.
    """
    if not text.strip():
        return ""
    html = render_comment(text).html
    return html if is_visible(unescape(strip_tags(html))) else ""


class GradingQuerySet(models.QuerySet):
    def answering(self, prompt):
        return self.filter(prompt=prompt)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def of_posts(self):
        return self.of_kind(Grading.Kind.POST)

    def of_record(self):
        return self.filter(of_record=True)

    def released(self):
        return self.filter(released_at__lte=timezone.now())

    def planned(self):
        """Return the gradings whose release has a date ahead. Nobody sees them before it."""
        return self.filter(released_at__gt=timezone.now())

    def begun(self):
        """Return the gradings that are not empty."""
        return self.filter(has_content())

    def complete(self):
        """Return the gradings that are complete by their prompt's present rubric."""
        return self.filter(complete_now())

    def with_levels(self):
        """Return the gradings whose levels count: not those without work, or feedback alone."""
        return self.filter(status=Grading.Status.GRADED)

    def with_every_level(self):
        """Return what can be compared with another grader's: complete, and its levels count."""
        return self.complete().with_levels()

    def complete_as_released(self):
        """Return the gradings that are complete by the rubric with which they were released."""
        return self.filter(complete_by(OuterRef("released_rubric")))

    def done(self):
        """Return the gradings that need nothing more: complete, or released already."""
        return self.filter(complete_now() | Q(released_at__isnull=False))

    def with_progress(self):
        """Annotate ``is_begun`` and ``is_complete``."""
        return self.annotate(
            is_begun=ExpressionWrapper(has_content(), models.BooleanField()),
            is_complete=ExpressionWrapper(complete_now(), models.BooleanField()),
        )

    def replaceable(self):
        """Return the grades of record from which a complete grading takes over.

        They are incomplete, not released, and no instructor has chosen them. ``successor`` is the
        key of the other grading.
        """
        complete = Grading.objects.complete().filter(
            prompt=OuterRef("prompt"), student=OuterRef("student"), kind=OuterRef("kind")
        )
        first = complete.order_by("created_at", "pk").values("pk")[:1]
        return (
            self.of_record()
            .filter(released_at=None, is_chosen=False)
            .with_progress()
            .filter(is_complete=False)
            .annotate(successor=Subquery(first))
            .exclude(successor=None)
        )

    def for_student(self):
        """Return gradings with everything a student reads of them, and no other levels."""
        scores = Score.objects.seen_by_student().select_related("criterion", "level")
        return self.select_related("grader", "revision", "post").prefetch_related(
            models.Prefetch("scores", scores.order_by("criterion__position"))
        )

    def visible_to(self, reader):
        """Return the gradings of a teaching reader's courses, and their own released ones."""
        if not reader.is_authenticated:
            return self.none()
        memberships = reader.memberships_now
        teaching = [m.course_id for m in memberships if m.teaches]
        member = [m.course_id for m in memberships]
        return self.filter(
            Q(prompt__course__in=teaching)
            | Q(
                student=reader,
                of_record=True,
                released_at__lte=timezone.now(),
                prompt__course__in=member,
            )
        )

    def visible_to_their_students(self):
        """Return the gradings that ``visible_to`` shows to their own students, for all at once."""
        course, student = OuterRef("prompt__course"), OuterRef("student")
        members = Membership.objects.active().filter(course=course, user=student)
        return self.of_record().released().filter(Exists(members))


class Grading(models.Model):
    """One grader's grade of one student's work on a prompt, with its feedback.

    What is graded is the post or, as ``kind`` says, the comments. The grading of a post is bound
    to the revision that was read. Of a student's gradings of one kind one is the grade of record;
    the student sees that one, from ``released_at`` on, which may be ahead: no job releases it.

    Levels of a rubric that the prompt no longer has stay stored. The student sees the words and the
    levels by ``released_rubric``: the rubric at the release, or none. Whatever rubric the prompt
    has later, only a grader who completes the grade by that one shows its levels instead.
    ``edited_at`` is when a student's view of it changed last. ``is_chosen``: an instructor chose
    this grade of record, and no other takes over from it.

    The points of the levels count, unless other points are given instead, which the student reads
    with the reason. ``private_note`` is the grader's own: nobody else reads it. Each part that is
    typed has a version (``GradingPart``), which also counts what is held for a released grade.
    """

    class Kind(models.TextChoices):
        POST = "post", _("post")
        COMMENTS = "comments", _("comments")

    class Status(models.TextChoices):
        GRADED = "graded", _("graded")
        FEEDBACK = "feedback", _("feedback without a grade")
        EXCUSED = "excused", _("excused")
        NOT_SUBMITTED = "missing", _("not submitted")

    WITHOUT_WORK = (Status.EXCUSED, Status.NOT_SUBMITTED)

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="gradings")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gradings_received"
    )
    grader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gradings_given"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POST)
    post = models.ForeignKey(Post, models.PROTECT, related_name="gradings", null=True, blank=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="gradings", null=True, blank=True
    )
    text = models.TextField(_("feedback"), blank=True)
    html = models.TextField(blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.GRADED)
    override_hundredths = models.PositiveIntegerField(
        _("other points in hundredths"), null=True, blank=True
    )
    override_reason = models.CharField(_("reason"), max_length=300, blank=True)
    private_note = models.TextField(_("private note"), max_length=2000, blank=True)
    released_rubric = models.ForeignKey(
        Rubric, models.PROTECT, related_name="gradings_released", null=True, blank=True
    )
    of_record = models.BooleanField(default=False)
    is_chosen = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    words_version = models.IntegerField(default=0)
    note_version = models.IntegerField(default=0)
    record_version = models.IntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Annotated by ``with_progress``.
    is_begun: bool
    is_complete: bool

    # Annotated by ``releases_of``: when the release was announced or dated, and by whom.
    announced_at: datetime | None
    released_by: int | None

    # Annotated by ``own_feedback``, for their student.
    is_unread: bool

    objects = GradingQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "student", "kind", "grader"],
                name="one_grading_per_prompt_student_kind_and_grader",
            ),
            models.UniqueConstraint(
                fields=["prompt", "student", "kind"],
                condition=Q(of_record=True),
                name="one_grade_of_record_per_prompt_student_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(of_record=True),
                name="only_grades_of_record_are_released",
            ),
            models.CheckConstraint(
                condition=Q(is_chosen=False) | Q(of_record=True),
                name="only_grades_of_record_are_chosen",
            ),
            models.CheckConstraint(
                condition=Q(edited_at=None, released_rubric=None) | Q(released_at__isnull=False),
                name="only_released_grades_are_edited_or_have_a_released_rubric",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["post", "comments"]), name="gradings_have_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["graded", "feedback", "excused", "missing"]),
                name="gradings_have_a_known_status",
            ),
            models.CheckConstraint(
                condition=Q(override_hundredths=None) | ~Q(override_reason=""),
                name="other_points_have_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.prompt}: {self.student}"

    def get_absolute_url(self):
        """Return the page where its student reads it; the panel there is ``#feedback``."""
        course = self.prompt.course.slug
        if self.post is not None and self.has_open_post:
            return reverse("post_page", args=[course, self.post.slug])
        return reverse("prompt_page", args=[course, self.prompt.number])

    def release(self, at: datetime | None) -> None:
        """Let the student see it as it is now, from a time on; None takes a release back."""
        self.released_at = at
        self.released_rubric = self.rubric if at else None
        self.edited_at = None
        self.save(update_fields=["released_at", "released_rubric", "edited_at"])

    def take_over_from(self, old: "Grading") -> None:
        """Make it the grade of record instead of another, released when that one is."""
        released_at = old.released_at
        old.release(None)
        old.of_record = old.is_chosen = False
        old.save(update_fields=["of_record", "is_chosen"])
        self.of_record = True
        self.save(update_fields=["of_record"])
        self.release(released_at)

    def has_levels_or_record(self) -> bool:
        """Return whether anything but words is stored: a level, other points, a note, a state."""
        is_recorded = self.status != self.Status.GRADED or self.override_hundredths is not None
        return is_recorded or bool(self.private_note) or self.scores.exists()

    def seen_by_student(self) -> tuple:
        """Return the values a student sees after the release, to tell an edit from none."""
        if self.pk is None:
            return ()
        scores = self.scores.seen_by_student()
        levels = set(scores.values_list("criterion", "level"))
        return self.html, levels, self.status, self.override_hundredths, self.override_reason

    @property
    def override_points(self) -> Decimal | None:
        """Return the points that count instead of those of the levels; None where those count."""
        return None if self.override_hundredths is None else Decimal(self.override_hundredths) / 100

    @property
    def reason(self) -> str:
        """Return the reason for other points, in words for whoever reads them."""
        return reason_in_words(self.override_reason)

    def points_by(self, scores: Iterable[Score]) -> Decimal | None:
        """Return the points of this grading, given its scores by one rubric; None for no grade."""
        if self.status != self.Status.GRADED:
            return None
        if self.override_points is not None:
            return self.override_points
        return sum((score.points for score in scores), start=Decimal(0))

    @property
    def has_open_post(self) -> bool:
        """Return whether the student can open the graded post, where they read their feedback."""
        return self.post is not None and self.post.deleted_at is None

    @property
    def is_released(self) -> bool:
        return self.released_at is not None and self.released_at <= timezone.now()

    @property
    def is_planned(self) -> bool:
        """Return whether its release has a date that is ahead."""
        return self.released_at is not None and not self.is_released

    @property
    def rubric(self) -> Rubric | None:
        """Return the rubric that the prompt has now for grades of this kind."""
        return self.prompt.rubric_for(self.kind)

    @property
    def rubric_key(self) -> int | None:
        """Return the key of that rubric."""
        return getattr(self.prompt, f"{RUBRIC_FIELDS[self.kind]}_id")

    @property
    def counted_rubric_key(self) -> int | None:
        """Return the key of the rubric by which it counts: of its release, once that is set."""
        return self.released_rubric_id if self.released_at else self.rubric_key

    @property
    def is_of_comments(self) -> bool:
        return self.kind == self.Kind.COMMENTS

    @property
    def state_key(self) -> str:
        """Return its key, version and prompt's rubric: a change of its levels changes this."""
        return f"{self.pk}:{self.version}:{self.rubric_key or 0}"

    def values_of(self, part: GradingPart) -> dict[str, object]:
        """Return the stored values of a part, by field."""
        return {name: getattr(self, name) for name in part.fields}

    def typed_key(self, part: GradingPart) -> str:
        """Return its key and the version of a part, by which a window says what it has seen."""
        return f"{self.pk}.{getattr(self, part.version_field)}"

    def count_typed(self, part: GradingPart) -> None:
        """Give a part its next version."""
        setattr(self, part.version_field, getattr(self, part.version_field) + 1)

    @property
    def words_key(self) -> str:
        return self.typed_key(GradingPart.WORDS)

    @property
    def note_key(self) -> str:
        return self.typed_key(GradingPart.NOTE)

    @property
    def record_key(self) -> str:
        return self.typed_key(GradingPart.RECORD)

    @property
    def needs_new_levels(self) -> bool:
        """Return whether its student sees it by another rubric than the prompt has now."""
        rubrics = None, self.released_rubric_id
        return self.released_at is not None and self.rubric_key not in rubrics


def release_together(gradings: Sequence[Grading], prompt: Prompt, at: datetime | None) -> None:
    """Let the students of a prompt see their grades from a time on; None takes the release back.

    One query for each kind of grades.
    """
    for kind in Grading.Kind:
        same = [grading for grading in gradings if grading.kind == kind]
        rubric = prompt.rubric_for(kind) if at else None
        release = {"released_at": at, "released_rubric": rubric, "edited_at": None}
        Grading.objects.filter(pk__in=[grading.pk for grading in same]).update(**release)
        for grading in same:
            for name, value in release.items():
                setattr(grading, name, value)
