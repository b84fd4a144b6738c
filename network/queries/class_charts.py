"""The charts of a class by week, each with the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network import charts
from network.metrics.reach import StaffShare
from network.queries.class_figures import ClassFigures
from network.ties import TieClass

MIX = (TieClass.STRONG, TieClass.WEAK, TieClass.VERY_WEAK)


@dataclass(frozen=True)
class WeekTable:
    """A row for each week: its number, and a cell under each of the ``headings``."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]

    @classmethod
    def of(cls, headings: list[str], cells: list[list[str]]) -> "WeekTable":
        return cls(headings, list(enumerate(cells, start=1)))


def class_charts(figures: ClassFigures) -> dict:
    """Return the charts by week, and their tables."""
    mixes = [[mix[kind] for kind in MIX] for mix in figures.mix_by_week]
    returned = figures.reciprocity_by_week
    received = figures.lorenz
    return {
        "mix": dict(zip(("strong", "weak", "very_weak"), mixes[-1], strict=True)),
        "mix_bars": charts.stacked_bars(
            mixes,
            numbers=[str(sum(mix)) for mix in mixes],
            css=[f"bar-{kind.css}" for kind in MIX],
        ),
        "mix_table": WeekTable.of(
            [str(kind.label) for kind in MIX], [[str(n) for n in mix] for mix in mixes]
        ),
        "staff_bars": _percent_bars([_with_staff(share) for share in figures.share_by_week]),
        "staff_table": _staff_table(figures.share_by_week),
        "reciprocity_bars": _percent_bars([100 * (share or 0) for share in returned]),
        "reciprocity_table": _reciprocity_table(returned),
        "earlier_reciprocity": _span(returned[:-1]),
        "curve": charts.curve(received),
        "half_has": 100 * received[len(received) // 2],
    }


def _with_staff(share: StaffShare) -> float:
    """Return the percentage of comments to or by the team."""
    return 100 - share.percent_among_students if share.total else 0.0


def _percent_bars(values: list[float]) -> list[charts.Bar]:
    numbers = [f"{value:.0f}" for value in values]
    return charts.stacked_bars([[value] for value in values], numbers=numbers, highest=50)


def _staff_table(shares: Sequence[StaffShare]) -> WeekTable:
    headings = [_("Comments"), _("To the team"), _("By the team"), _("Among students")]
    return WeekTable.of(
        headings,
        [
            [
                str(share.total),
                _percent(share.percent_to_staff),
                _percent(share.percent_by_staff),
                _percent(share.percent_among_students),
            ]
            for share in shares
        ],
    )


def _reciprocity_table(shares: Sequence[float | None]) -> WeekTable:
    cells = [_("no comment yet") if share is None else _percent(100 * share) for share in shares]
    return WeekTable.of([_("Returned")], [[cell] for cell in cells])


def _percent(value: float) -> str:
    return f"{value:.0f} %"


def _span(shares: Sequence[float | None]) -> tuple[float, float] | None:
    known = [100 * share for share in shares if share is not None]
    return (min(known), max(known)) if known else None
