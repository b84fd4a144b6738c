"""The most points of grades by rubrics."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Max, QuerySet

from blog.models import Level
from blog.models.prepared_queries import prepared


def highest_points_by_rubric(rubrics: Collection[int | None]) -> dict[int, Decimal]:
    """Return by rubric what a grade can have at most; one query, and None has nothing."""
    keys = tuple(pk for pk in rubrics if pk)
    best = _best_levels.rows(None, rubrics=keys) if keys else []
    most: dict[int, Decimal] = defaultdict(Decimal)
    for rubric, _criterion, weight, highest in best:
        most[rubric] += Decimal(highest) * Decimal(weight) / 10_000
    return dict(most)


@prepared
def _best_levels(_shape: None, rubrics: tuple) -> QuerySet:
    return (
        Level.objects.filter(criterion__rubric__in=rubrics)
        .order_by()
        .values_list("criterion__rubric", "criterion", "criterion__weight_hundredths")
        .annotate(highest=Max("hundredths"))
    )
