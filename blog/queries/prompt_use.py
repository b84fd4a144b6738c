"""Use of prompts: whether one can be deleted, and what its team reads of it."""

from collections.abc import Collection, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from blog.models import (
    Calibration,
    Course,
    Grading,
    GradingEvent,
    Message,
    Post,
    Prompt,
    SecondGradingDraw,
)


def used_prompts(prompts: Collection[Prompt]) -> set[int]:
    """Return the keys of the prompts that somebody has written, graded or drawn for.

    One query for each kind of thing. A post counts in whatever state, and so does a draft that
    nobody but its author sees; a message counts though it was withdrawn.
    """
    used: set[int] = set()
    for model in (Post, Grading, GradingEvent, Message, Calibration, SecondGradingDraw):
        rows = model._default_manager.filter(prompt__in=prompts)
        used |= set(rows.values_list("prompt", flat=True).distinct())
    return used


def prompts_with_work(course: Course) -> QuerySet[Prompt]:
    """Return the open prompts that lists of posts and grades have, in the order of the course.

    An archived one is in no list but for those of what was written and graded for it already.
    """
    posts = Post.objects.published().filter(prompt=OuterRef("pk"))
    gradings = Grading.objects.filter(prompt=OuterRef("pk"))
    some = Q(Exists(posts)) | Q(Exists(gradings))
    return Prompt.objects.in_course(course).opened().filter(Q(archived_at=None) | some)


def prompts_to_export(course: Course) -> tuple[Sequence[Prompt], Prompt | None]:
    """Return the prompts whose grades can be exported, and the one that is shown first; one query.

    It is the last with a grade that is released: of any other a file would be empty.
    """
    released = Grading.objects.released().of_record().filter(prompt=OuterRef("pk"))
    prompts = prompts_with_work(course).select_related("course", "rubric")
    found = list(prompts.annotate(has_released=Exists(released)))
    ready = [prompt for prompt in found if prompt.has_released]
    return found, next(reversed(ready or found), None)


def count_by_prompt(rows: QuerySet) -> Coalesce:
    """Return the number of rows of one prompt as a subquery; no rows are 0."""
    counted = rows.order_by().values("prompt").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)
