"""Which released grades show the words of a rubric to their students."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog.models import Criterion, Grading, Level, Score


def released_with(criteria: Iterable[Criterion], levels: Iterable[Level]) -> QuerySet[Grading]:
    """Return the released grades whose students read one of these criteria or levels."""
    shown = Score.objects.seen_by_student().filter(
        Q(criterion__in=criteria) | Q(level__in=levels), grading=OuterRef("pk")
    )
    return Grading.objects.of_record().released().filter(Exists(shown))
