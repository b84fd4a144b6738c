"""The most points of a grade are the same on the desk and in a file."""

from decimal import Decimal

import pytest

from blog.models.point_limits import most_other_points


@pytest.mark.parametrize(
    ("highest", "most"), [(None, 9999), (0, 9999), (Decimal("7.5"), Decimal("7.5")), (20000, 9999)]
)
def test_most_other_points(highest, most):
    assert most_other_points(highest and Decimal(highest)) == most
