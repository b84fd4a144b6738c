"""The page of one student to grade beside its queue: their post, and all gradings."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)

from blog.models import (
    Comment,
    Criterion,
    Grading,
    Membership,
    OpenPlace,
    Post,
    Prompt,
    QueuePlace,
    Rubric,
    Score,
    User,
)
from blog.models.extensions import extended_until
from blog.queries.graded_names import GradedNames


@dataclass(frozen=True)
class GradingWithLevels:
    """A grading with its scores by the prompt's rubric, and those of rubrics it had before."""

    grading: Grading
    scores: list[Score]
    old_scores: list[Score]

    @property
    def points(self) -> Decimal | None:
        return self.grading.points_by(self.scores)


def gradable_posts(prompt: Prompt, reader: User) -> QuerySet[Post]:
    """Return the published posts a reader sees, and those that were graded and are no longer.

    ``is_readable`` says whether the reader may see the post itself: a grade stays with the teaching
    team when its post is withdrawn, deleted or closed, but a text that is closed stays closed.
    """
    readable = Post.objects.answering(prompt).visible_to(reader).filter(pk=OuterRef("pk"))
    graded = Grading.objects.of_posts().answering(prompt).filter(post=OuterRef("pk"))
    published = Q(status=Post.Status.PUBLISHED, is_readable=True)
    return (
        Post.objects.answering(prompt)
        .for_page()
        .annotate(is_readable=Exists(readable))
        .filter(published | Exists(graded))
    )


def places_to_grade(prompt: Prompt) -> QuerySet[QueuePlace]:
    """Return the numbers of a course's students, and of whoever was graded and is no longer one.

    Each has ``extended_until``, the end of its student's extension.
    """
    students = Membership.objects.in_course(prompt.course).active().students()
    graded = Grading.objects.answering(prompt)
    return (
        prompt.queue_places.filter(
            Q(student__in=students.values("user")) | Q(student__in=graded.values("student"))
        )
        .select_related("student")
        .annotate(**{"extended_until": extended_until("prompt", OuterRef("student"))})
    )


def graders_at(place: QueuePlace, reader: User) -> QuerySet[User]:
    """Return who else has a student open on the desk now."""
    now = OpenPlace.objects.now().filter(place=place).exclude(grader=reader)
    return User.objects.filter(pk__in=now.values("grader")).order_by("display_name", "pk")


def post_to_grade(prompt: Prompt, student: User, reader: User) -> Post | None:
    """Return a student's published post, else the one that was graded; None for none of them."""
    posts = list(
        gradable_posts(prompt, reader).filter(author=student).order_by("-published_at", "-pk")
    )
    published = [post for post in posts if post.is_published and post.is_readable]
    return next(iter(published or posts), None)


def gradings_of(
    prompt: Prompt, student: User, kind: str = Grading.Kind.POST
) -> list[GradingWithLevels]:
    """Return a student's gradings of a kind, the grade of record first; two queries."""
    scores = Score.objects.select_related("criterion__rubric", "level")
    gradings = (
        Grading.objects.of_kind(kind)
        .answering(prompt)
        .filter(student=student)
        .with_progress()
        .select_related("grader", "revision", "released_rubric", "prompt", "held")
        .prefetch_related(
            Prefetch("scores", scores.order_by("criterion__rubric", "criterion__position"))
        )
        .order_by("-of_record", "pk")
    )
    return [_with_levels(grading) for grading in gradings]


def _with_levels(grading: Grading) -> GradingWithLevels:
    present: list[Score] = []
    old: list[Score] = []
    for score in grading.scores.all():
        (present if score.criterion.rubric_id == grading.rubric_key else old).append(score)
    return GradingWithLevels(grading, present, old)


def criteria_of(rubric: Rubric | None) -> list[Criterion]:
    """Return the criteria of a rubric with their levels; none without a rubric."""
    return list(rubric.criteria.prefetch_related("levels")) if rubric else []


def comments_on_and_by(
    student: User, post: Post | None, prompt: Prompt, reader: User, peers: GradedNames
) -> dict[str, object]:
    """Return the comments of others on a student's post, and theirs on others' for the prompt.

    Those written stand by the name of the person whom they were written to, as the reader knows
    ``peers``. Each has ``is_late``.
    """
    is_late = Q(created_at__gte=prompt.comments_close_at)
    comments = (
        Comment.objects.open()
        .visible_to(reader)
        .select_related("author", "post", "post__author", "post__course")
        .annotate(is_late=ExpressionWrapper(is_late, BooleanField()))
        .order_by("created_at", "pk")
    )
    others = comments.by(student).filter(post__prompt=prompt).exclude(post__author=student)
    written = sorted(others, key=lambda comment: peers.of(comment.post.author))
    return {
        "comments_written": written,
        "written_to": len({comment.post.author_id for comment in written}),
        "written_late": sum(comment.is_late for comment in written),
        "comments_received": comments.on(post).exclude(author=student) if post else [],
    }
