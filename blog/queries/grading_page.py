"""What the page of one post to grade shows beside its queue: the post, and all gradings of it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from blog.models import Comment, Criterion, Grading, Post, Prompt, Rubric, Score, User


@dataclass(frozen=True)
class GradingWithLevels:
    """A grading with its scores by the prompt's rubric, and those of rubrics it had before."""

    grading: Grading
    scores: list[Score]
    old_scores: list[Score]


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


def gradings_of(prompt: Prompt, student: User) -> list[GradingWithLevels]:
    """Return the gradings of a student's post, the grade of record first; two queries."""
    scores = Score.objects.select_related("criterion__rubric", "level")
    gradings = (
        Grading.objects.of_posts()
        .answering(prompt)
        .filter(student=student)
        .with_progress()
        .select_related("grader", "revision", "released_rubric", "prompt")
        .prefetch_related(
            Prefetch("scores", scores.order_by("criterion__rubric", "criterion__position"))
        )
        .order_by("-of_record", "pk")
    )
    return [_with_levels(grading, prompt) for grading in gradings]


def _with_levels(grading: Grading, prompt: Prompt) -> GradingWithLevels:
    present: list[Score] = []
    old: list[Score] = []
    for score in grading.scores.all():
        (present if score.criterion.rubric_id == prompt.rubric_id else old).append(score)
    return GradingWithLevels(grading, present, old)


def criteria_of(rubric: Rubric | None) -> list[Criterion]:
    """Return the criteria of a rubric with their levels; none without a rubric."""
    return list(rubric.criteria.prefetch_related("levels")) if rubric else []


def comments_on_and_by(post: Post, prompt: Prompt, reader: User) -> dict[str, QuerySet[Comment]]:
    """Return the comments of others on a post, and its author's on other posts for the prompt."""
    comments = (
        Comment.objects.open()
        .visible_to(reader)
        .select_related("author", "post", "post__course")
        .order_by("created_at", "pk")
    )
    written = comments.filter(author=post.author, post__prompt=prompt)
    return {
        "comments_written": written.exclude(post=post),
        "comments_received": comments.filter(post=post).exclude(author=post.author),
    }
