"""Fields of what a grading records beside levels and words: other points, reason, note."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from blog.forms.grading.points_field import PointsField
from blog.models.point_limits import MAX_OTHER_POINTS

MAX_REASON_CHARS = 300
MAX_NOTE_CHARS = 2000


def points_field() -> PointsField:
    """Return the field of the points that count instead of those of the levels."""
    return PointsField(label=_("Other points"), required=False, max_value=MAX_OTHER_POINTS)


def hundredths(points: Decimal | None) -> int | None:
    return None if points is None else int(points * 100)
