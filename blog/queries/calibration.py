"""The calibration of a prompt's graders: who has graded its posts, and where they differ."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from blog.models import Calibration, Criterion, Grading, Level, Membership, Post, Prompt, User
from blog.queries.second_gradings import GraderProgress, graders_of

Levels = dict[tuple[int, int, int], Level]  # student, grader and criterion → level


@dataclass(frozen=True)
class CriterionLevels:
    """Each grader's level of a criterion of one post, in the order of the graders."""

    criterion: Criterion
    levels: list[Level | None]

    @property
    def apart(self) -> int:
        """Return the number of levels between the lowest and the highest."""
        places = [level.position for level in self.levels if level]
        return max(places) - min(places) if places else 0


@dataclass(frozen=True)
class PostLevels:
    """A post that all graders graded, with their levels."""

    post: Post
    criteria: list[CriterionLevels]


@dataclass(frozen=True)
class CalibrationState:
    """A calibration: how far each grader is, who has graded, and what they chose."""

    calibration: Calibration
    progress: list[GraderProgress]
    graders: list[User]  # those with a complete grading of one of its posts
    posts: list[PostLevels]

    @property
    def is_open_to_read(self) -> bool:
        """Return whether its differences are shown: all have graded, or somebody ended it."""
        return self.calibration.has_ended or not any(each.due for each in self.progress)

    def due_from(self, grader: User) -> int:
        return sum(each.due for each in self.progress if each.grader == grader)


def calibratable_posts(prompt: Prompt, reader: User) -> QuerySet[Post]:
    """Return the published posts of students for a prompt whose grade is not released."""
    students = Membership.objects.in_course(prompt.course).active().students()
    released = Grading.objects.of_posts().answering(prompt).filter(released_at__isnull=False)
    return (
        Post.objects.published()
        .answering(prompt)
        .visible_to(reader)
        .filter(author__in=students.values("user"))
        .exclude(Exists(released.filter(student=OuterRef("author"))))
    )


def calibration_state(prompt: Prompt, criteria: Sequence[Criterion]) -> CalibrationState | None:
    """Return the calibration of a prompt, None if there is none; five queries."""
    calibration = Calibration.objects.filter(prompt=prompt).first()
    if calibration is None:
        return None
    posts = list(calibration.posts.published().for_list().order_by("pk"))
    team = [member.user for member in graders_of(prompt).for_list()]
    gradings = (
        Grading.objects.of_posts()
        .answering(prompt)
        .with_every_level()
        .filter(student__in=[post.author_id for post in posts])
        .select_related("grader")
        .prefetch_related("scores__level")
        .order_by("grader__display_name", "grader")
    )
    done: dict[int, int] = {}
    graders: dict[int, User] = {}
    levels: Levels = {}
    for grading in gradings:
        done[grading.grader_id] = done.get(grading.grader_id, 0) + 1
        graders[grading.grader_id] = grading.grader
        for score in grading.scores.all():
            levels[grading.student_id, grading.grader_id, score.criterion_id] = score.level
    progress = [
        GraderProgress(user, done.get(user.pk, 0), len(posts) - done.get(user.pk, 0))
        for user in team
    ]
    shown = [_post_levels(post, criteria, graders, levels) for post in posts]
    return CalibrationState(calibration, progress, list(graders.values()), shown)


def _post_levels(
    post: Post, criteria: Sequence[Criterion], graders: Collection[int], levels: Levels
) -> PostLevels:
    return PostLevels(
        post,
        [
            CriterionLevels(
                criterion,
                [levels.get((post.author_id, grader, criterion.pk)) for grader in graders],
            )
            for criterion in criteria
        ],
    )
