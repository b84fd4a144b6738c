"""Rubrics of the courses that a person sets up, to be used again."""

from django.db.models import QuerySet

from blog import access
from blog.models import Criterion, Rubric, User
from blog.models.rubrics import RubricQuerySet


def rubrics_to_copy(user: User) -> RubricQuerySet:
    """Return the rubrics of all courses in which a person sees the rubrics, by course."""
    courses = [
        membership.course_id
        for membership in user.memberships_now
        if access.can_see_settings(user, membership.course)
    ]
    return (
        Rubric.objects.filter(course__in=courses)
        .select_related("course")
        .order_by("course__title", "course", "title", "pk")
    )


def criteria_to_take(user: User, *, besides: Rubric | None) -> QuerySet[Criterion]:
    """Return the criteria of all those rubrics except one, by rubric and place."""
    rubrics = rubrics_to_copy(user).offered()
    if besides is not None and besides.pk is not None:
        rubrics = rubrics.exclude(pk=besides.pk)
    return (
        Criterion.objects.filter(rubric__in=rubrics.order_by())
        .select_related("rubric__course")
        .order_by("rubric__course__title", "rubric__course", "rubric__title", "rubric", "position")
    )
