"""Store ties as comments change: one event at a time, in any order, under concurrency.

Each event costs at most three statements whatever the size of the course: the clock (with a look
at the rows of a removed event), the unit, the arc. Whether an event opens or closes its unit is
decided by the statement that changes the row, under that row's lock, so that two comments at the
same moment can never weigh twice. Rows are changed in one order, pair by pair, so that two changes
can never wait for each other.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F, QuerySet

from blog.models import Course, Interaction
from network.models import TieArc, TieClock, TieUnit
from network.ties.clock import StoredEvents, clock_fits, horizon_of, lock_clock
from network.ties.decay import quantum
from network.ties.derive import rebuild


class TiesOutOfSync(RuntimeError):
    """An event to be removed is not stored. ``manage.py rebuild_ties`` repairs that."""


class UnitChange(NamedTuple):
    """A net change of one unit: how many events are added, or removed if negative."""

    interaction: Interaction
    events: int


@transaction.atomic(savepoint=False)
def apply(
    course: Course, removed: Iterable[Interaction] = (), added: Iterable[Interaction] = ()
) -> None:
    """Take the removed interactions out of the course's ties and put the added ones in.

    Runs in the transaction that changed the comments. Raises TiesOutOfSync where a removed
    interaction is not stored; then that transaction must be rolled back.
    """
    changes = net_changes(removed, added)
    if not changes:
        return
    if any(change.interaction.course != course.pk for change in changes):
        raise ValueError("Interactions of another course.")
    horizon = horizon_of(course, *(c.interaction.day for c in changes if c.events > 0))
    leaving = [change.interaction for change in changes if change.events < 0]
    clock, stored = lock_clock(course, horizon, leaving)
    if not clock_fits(clock, horizon):
        rebuild(course)  # which reads the comments as they are now, these among them
        return
    stored_events = dict(zip(leaving, stored, strict=True))
    for _pair, of_pair in groupby(
        changes, key=lambda c: (c.interaction.source, c.interaction.target)
    ):
        _change_pair(clock, list(of_pair), stored_events)


def net_changes(removed: Iterable[Interaction], added: Iterable[Interaction]) -> list[UnitChange]:
    """Return the changes left when added and removed events of a unit cancel, in lock order."""
    change = Counter(added)
    change.subtract(Counter(removed))
    return [UnitChange(one, events) for one, events in sorted(change.items()) if events]


def _change_pair(
    clock: TieClock, changes: list[UnitChange], stored_events: dict[Interaction, StoredEvents]
) -> None:
    """Change the units that one person has to another, then their arc by the sum."""
    acc = units = 0
    for interaction, events in changes:
        weight = quantum((interaction.day - clock.landmark).days, clock.half_life)
        if events > 0:
            opened = int(_add_to_unit(interaction, events, weight))
        else:
            opened = -_subtract(_units(interaction), -events, stored_events[interaction].unit)
        acc += opened * weight
        units += opened
    arc = changes[0].interaction
    events = sum(change.events for change in changes)
    leaving = next((change.interaction for change in changes if change.events < 0), None)
    if leaving is None:
        _add_to_arc(arc, acc, units, events)
    elif acc or units or events:
        _subtract(
            _arcs(arc),
            -events,
            stored_events[leaving].arc,
            acc=F("acc") + acc,
            units=F("units") + units,
        )


UPSERT_UNIT = """
INSERT INTO network_tieunit (course_id, source_id, target_id, post_id, day, events, quantum)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (course_id, source_id, target_id, post_id, day)
DO UPDATE SET events = network_tieunit.events + excluded.events
RETURNING events
"""

UPSERT_ARC = """
INSERT INTO network_tiearc (course_id, source_id, target_id, acc, units, events)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (course_id, source_id, target_id)
DO UPDATE SET acc = network_tiearc.acc + excluded.acc,
              units = network_tiearc.units + excluded.units,
              events = network_tiearc.events + excluded.events
"""


def _add_to_unit(interaction: Interaction, events: int, weight: int) -> bool:
    """Add events to a unit; return whether that opened it."""
    day = connection.ops.adapt_datefield_value(interaction.day)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT_UNIT, [*interaction[:4], day, events, weight])
        return cursor.fetchone()[0] == events


def _add_to_arc(interaction: Interaction, acc: int, units: int, events: int) -> None:
    """Add to an arc, which is stored already unless one of its units has just been opened."""
    if units:
        with connection.cursor() as cursor:
            cursor.execute(UPSERT_ARC, [*interaction[:3], acc, units, events])
    elif not _arcs(interaction).update(events=F("events") + events):
        raise TiesOutOfSync("A unit is stored, but its arc is not.")


def _units(interaction: Interaction) -> QuerySet[TieUnit]:
    return _arcs(interaction, TieUnit).filter(post=interaction.post, day=interaction.day)


def _arcs(interaction: Interaction, model=TieArc) -> QuerySet:
    return model.objects.filter(
        course=interaction.course, source=interaction.source, target=interaction.target
    )


def _subtract(row: QuerySet, events: int, stored: int | None, **changes) -> bool:
    """Take events from one row, deleting it when none is left; return whether it was deleted.

    ``stored`` is the number of events that was read without a lock. If it is outdated the row is
    locked and read again. Raises TiesOutOfSync where too few events are stored.
    """
    for is_locked in (False, True):
        if is_locked:
            stored = row.select_for_update().values_list("events", flat=True).first()
        if stored == events:
            if row.filter(events=events).delete()[0]:
                return True
        elif (stored or 0) > events and row.filter(events__gt=events).update(
            events=F("events") - events, **changes
        ):
            return False
    raise TiesOutOfSync(f"{row.model.__name__} stores {stored} events; {events} were to go.")
