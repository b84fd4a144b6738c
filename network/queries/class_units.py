"""Comments within a class, summed by the database: one row per two people and day."""

from django.db.models import Count, F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from blog.models import Comment, Course, Membership, Prompt
from blog.models.prompt_dates import ONE_MINUTE
from network.metrics.units import UnitsOfDay
from network.models import TieUnit
from network.ties.arcs import units_by_day


def read_units(course: Course, *, without_required: bool = False) -> list[UnitsOfDay]:
    """Return all units of a course; ``without_required`` leaves out required comments.

    The latter come from the comments themselves: a unit does not say which comment it is of.
    """
    if not without_required:
        return list(units_by_day(course))
    rows = (
        Comment.objects.counting()
        .filter(post__course=course)
        .exclude(pk__in=required_comments(course).values("pk"))
        .values("author", "addressee", "day")
        .annotate(units=Count("post", distinct=True), events=Count("pk"))
        .order_by()
        .values_list("author", "addressee", "day", "units", "events")
    )
    return [UnitsOfDay(*row) for row in rows]


def required_comments(course: Course) -> QuerySet[Comment]:
    """Return the comments that a prompt asked for: a student's first, up to the number asked.

    Those on the posts of others for a prompt that asks for some, written by its date.
    """
    students = Membership.objects.in_course(course).students()
    prompt = "post__prompt"
    return (
        Comment.objects.counting()
        .from_others()
        .filter(
            post__course=course,
            post__prompt__comments_min__gt=0,
            created_at__lt=F("post__prompt__comments_due_at") + ONE_MINUTE,
            author__in=students.values("user"),
        )
        .annotate(
            place=Window(
                RowNumber(), partition_by=[F("author"), F(prompt)], order_by=["created_at", "pk"]
            )
        )
        .filter(place__lte=F("post__prompt__comments_min"))
    )


def state_of_units(course: Course) -> tuple:
    """Return a version that changes whenever a unit of the course does, in one query.

    The sum tells apart two units of which one loses the comment that the other gains.
    """
    state = TieUnit.objects.filter(course=course).aggregate(
        n=Count("pk"), last=Max("pk"), checksum=Sum(F("events") * F("pk"))
    )
    return tuple(state.values())


def state_of_requirements(course: Course) -> tuple:
    """Return a version that changes when a prompt of the course asks for other comments."""
    asking = Prompt.objects.in_course(course).filter(Q(comments_min__gt=0)).order_by("pk")
    return tuple(asking.values_list("pk", "comments_min", "comments_due_at"))
