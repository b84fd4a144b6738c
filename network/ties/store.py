"""Keep the ties in step with the comments, one event at a time, in any order, under concurrency.

Each event costs at most three statements whatever the size of the course: the clock (with a look
at what a leaving event stands on), the unit, the arc. Whether an event opens or closes its unit is
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
from network.ties.clock import Standing, hold, horizon_of, serves
from network.ties.decay import quantum
from network.ties.derive import rebuild


class TiesOutOfStep(RuntimeError):
    """An event that is to be taken away was never there. ``rebuild_ties`` sets it right."""


class Step(NamedTuple):
    """A net change of one unit: how many events come, or leave if negative."""

    exchange: Interaction
    events: int


@transaction.atomic(savepoint=False)
def apply(
    course: Course, removed: Iterable[Interaction] = (), added: Iterable[Interaction] = ()
) -> None:
    """Take the removed interactions out of the course's ties and put the added ones in.

    Runs in the transaction that changed the comments. Raises TiesOutOfStep where a removed
    exchange is not there; then nothing of that transaction may stand.
    """
    steps = net(removed, added)
    if not steps:
        return
    if any(step.exchange.course != course.pk for step in steps):
        raise ValueError("Exchanges of another course.")
    horizon = horizon_of(course, *(s.exchange.day for s in steps if s.events > 0))
    leaving = [step.exchange for step in steps if step.events < 0]
    clock, standing = hold(course, horizon, leaving)
    if not serves(clock, horizon):
        rebuild(course)  # which reads the comments as they are now, these among them
        return
    seen = dict(zip(leaving, standing, strict=True))
    for _pair, of_pair in groupby(steps, key=lambda s: (s.exchange.source, s.exchange.target)):
        _change_pair(clock, list(of_pair), seen)


def net(removed: Iterable[Interaction], added: Iterable[Interaction]) -> list[Step]:
    """Return what is left to do when comings and goings of one unit are set off, in lock order."""
    change = Counter(added)
    change.subtract(Counter(removed))
    return [Step(one, events) for one, events in sorted(change.items()) if events]


def _change_pair(clock: TieClock, steps: list[Step], seen: dict[Interaction, Standing]) -> None:
    """Change the units that one person has to another, then their arc by the sum."""
    acc = units = 0
    for exchange, events in steps:
        weight = quantum((exchange.day - clock.landmark).days, clock.half_life)
        if events > 0:
            turned = int(_raise_unit(exchange, events, weight))
        else:
            turned = -_lower(_units(exchange), -events, seen[exchange].unit)
        acc += turned * weight
        units += turned
    arc = steps[0].exchange
    events = sum(step.events for step in steps)
    leaving = next((step.exchange for step in steps if step.events < 0), None)
    if leaving is None:
        _raise_arc(arc, acc, units, events)
    elif acc or units or events:
        _lower(_arcs(arc), -events, seen[leaving].arc, acc=F("acc") + acc, units=F("units") + units)


RAISE_UNIT = """
INSERT INTO network_tieunit (course_id, source_id, target_id, post_id, day, events, quantum)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (course_id, source_id, target_id, post_id, day)
DO UPDATE SET events = network_tieunit.events + excluded.events
RETURNING events
"""

RAISE_ARC = """
INSERT INTO network_tiearc (course_id, source_id, target_id, acc, units, events)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (course_id, source_id, target_id)
DO UPDATE SET acc = network_tiearc.acc + excluded.acc,
              units = network_tiearc.units + excluded.units,
              events = network_tiearc.events + excluded.events
"""


def _raise_unit(exchange: Interaction, events: int, weight: int) -> bool:
    """Add events to a unit; say whether they opened it."""
    day = connection.ops.adapt_datefield_value(exchange.day)
    with connection.cursor() as cursor:
        cursor.execute(RAISE_UNIT, [*exchange[:4], day, events, weight])
        return cursor.fetchone()[0] == events


def _raise_arc(exchange: Interaction, acc: int, units: int, events: int) -> None:
    """Add to an arc, which is there already unless one of its units has just been opened."""
    if units:
        with connection.cursor() as cursor:
            cursor.execute(RAISE_ARC, [*exchange[:3], acc, units, events])
    elif not _arcs(exchange).update(events=F("events") + events):
        raise TiesOutOfStep("There is a unit, but its arc is not there.")


def _units(exchange: Interaction) -> QuerySet[TieUnit]:
    return _arcs(exchange, TieUnit).filter(post=exchange.post, day=exchange.day)


def _arcs(exchange: Interaction, model=TieArc) -> QuerySet:
    return model.objects.filter(
        course=exchange.course, source=exchange.source, target=exchange.target
    )


def _lower(row: QuerySet, events: int, standing: int | None, **changes) -> bool:
    """Take events from one row, which goes when none is left; say whether it went.

    ``standing`` is what the row was seen to hold. If that was so no longer, the row is locked and
    read, and what it holds then is certain. Where nothing is left to take from, this raises.
    """
    for sure in (False, True):
        if sure:
            standing = row.select_for_update().values_list("events", flat=True).first()
        if standing == events:
            if row.filter(events=events).delete()[0]:
                return True
        elif (standing or 0) > events and row.filter(events__gt=events).update(
            events=F("events") - events, **changes
        ):
            return False
    raise TiesOutOfStep(f"{row.model.__name__} holds {standing} events, {events} are to go.")
