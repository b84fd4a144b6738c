"""Query ties: one person's, or a whole course's. A fixed number of queries, and no writing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import NamedTuple, cast

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import Greatest, Least

from blog.models import Course, Membership, User
from blog.models.people import UNPRINTED_FIELDS
from blog.models.prepared_queries import prepared
from network.metrics.units import UnitsOfDay
from network.models import Follow, TieClock
from network.ties.arcs import (
    ArcsAtDate,
    read_arcs,
    read_own_arcs,
    units_by_day,
    units_until,
)
from network.ties.classes import EMPTY_ARC, Decay, TieClass
from network.ties.clock import clock_of, tie_date
from network.ties.outlook import TieState


@dataclass(frozen=True, slots=True)
class Tie:
    """One person's tie to ``peer``, seen from that person.

    ``s_out`` and ``s_in`` are for sorting and drawing only: they are never printed, and no class
    is decided on them.
    """

    peer: User
    role: str
    tie_class: TieClass
    dormant: bool
    s_out: float
    s_in: float
    units: int
    events_out: int
    events_in: int
    days: int
    first_day: date | None
    last_day: date | None
    follows: bool
    followed_by: bool

    @property
    def activity(self) -> float:
        """Return T, the sum of both ways."""
        return self.s_out + self.s_in

    @property
    def mutual(self) -> float:
        """Return M, the geometric mean of both ways, 0 if only one of them ever wrote."""
        return sqrt(self.s_out * self.s_in)

    @property
    def events(self) -> int:
        return self.events_out + self.events_in


class Arc(NamedTuple):
    """One person's comments to another in a course; ``strength`` is s at the date asked for."""

    source: int
    target: int
    strength: float
    units: int
    events: int


class Pair(NamedTuple):
    """Two people of a course who exchanged something; ``one`` is the smaller key."""

    one: int
    other: int
    tie_class: TieClass
    dormant: bool
    units: int
    days: int
    first_day: date
    last_day: date


class Contact(NamedTuple):
    """The days on which two people exchanged something: number, first and last."""

    days: int = 0
    first: date | None = None
    last: date | None = None


def ties_of(
    user: User, course: Course, as_of: date | None = None, *, staff: bool = False
) -> list[Tie]:
    """Return the user's ties to people who are in the course now, strongest first.

    Staff, which is everybody who is not a student, are left out unless asked for: where they
    reply to everybody they would crowd the students out. ``as_of`` computes the ties at another
    date, from the units up to it.
    """
    [seen] = _seen_at(user, course, [as_of], staff=staff)
    return _in_order(map(_tie, seen))


def states_of(
    user: User, course: Course, as_of: date | None = None, *, staff: bool = False
) -> list[tuple[Tie, TieState]]:
    """Return the ties of ``ties_of``, in no order, each with all that its class follows from.

    A follow of today that did not exist yet on the day ``as_of`` is no tie then.
    """
    [seen] = _seen_at(user, course, [as_of], staff=staff)
    return [(_tie(each), each.state) for each in seen]


def ties_since(
    user: User, clock: TieClock, as_of: date | None, before: date | None
) -> tuple[list[Tie], dict[int, TieClass]]:
    """Return the ties of ``ties_of``, and by peers the classes at the end of a day ``before``."""
    dates = [as_of] if before is None else [as_of, before]
    now, *earlier = _seen_at(user, clock.course, dates, clock=clock)
    classes = {seen.member.user_id: seen.state.tie_class for each in earlier for seen in each}
    return _in_order(map(_tie, now)), classes


def _in_order(ties: Iterable[Tie]) -> list[Tie]:
    return sorted(ties, key=lambda tie: (-tie.tie_class, -tie.activity, tie.peer.pk))


class Seen(NamedTuple):
    """The parts of a tie, on a day."""

    member: Membership
    state: TieState
    contact: Contact
    follows: bool
    followed_by: bool


def _seen_at(
    user: User,
    course: Course,
    dates: Sequence[date | None],
    *,
    staff: bool = False,
    clock: TieClock | None = None,
) -> list[list[Seen]]:
    """Return the parts of a person's ties, at several dates in as many queries as at one."""
    clock = clock or clock_of(course)
    last = None if None in dates else max(date for date in dates if date)
    units = list(units_by_day(course, last, user))
    follows = _follows(user, course)
    arcs = [read_own_arcs(clock, user, units, as_of) for as_of in dates]
    pairs = {pair for at_date in arcs for pair in at_date.totals} | follows.keys()
    peers = {other if one == user.pk else one for one, other in pairs}
    members = (
        _members_of.rows(staff, course=course.pk, people=tuple(sorted(peers))) if peers else []
    )
    return [
        _seen(
            user,
            members,
            at_date,
            units,
            _follows_on(user, course, follows, as_of),
            as_of,
            as_of or tie_date(course),
        )
        for at_date, as_of in zip(arcs, dates, strict=True)
    ]


def _seen(
    user: User,
    members: list[Membership],
    arcs: ArcsAtDate,
    units: Iterable[UnitsOfDay],
    followed: tuple[set[int], set[int]],
    as_of: date | None,
    day: date,
) -> list[Seen]:
    decay, totals = arcs
    follows, followers = followed
    contacts, me = _contacts_of(user, units, as_of), user.pk
    peers = {other if one == me else one for one, other in totals} | follows | followers
    found = []
    for member in members:
        peer = member.user_id
        if peer not in peers:
            continue
        contact = contacts.get(peer, Contact())
        state = TieState(
            decay,
            out=totals.get((me, peer), EMPTY_ARC),
            back=totals.get((peer, me), EMPTY_ARC),
            days=contact.days,
            has_today=contact.last == day,
            follow=peer in follows or peer in followers,
        )
        found.append(Seen(member, state, contact, peer in follows, peer in followers))
    return found


def arcs_of(course: Course, as_of: date | None = None) -> list[Arc]:
    """Return every arc of the course, staff's too, by source and target."""
    decay, totals = read_arcs(course, as_of)
    return [
        Arc(source, target, decay.strength(arc.acc), arc.units, arc.events)
        for (source, target), arc in sorted(totals.items())
    ]


def pairs_of(course: Course, as_of: date | None = None) -> list[Pair]:
    """Return the class of every two people of the course who exchanged something."""
    decay, totals = read_arcs(course, as_of)
    return [
        _pair(decay, one, other, totals, contact)
        for (one, other), contact in sorted(_contacts(course, as_of).items())
    ]


def _tie(seen: Seen) -> Tie:
    member, state, contact, follows, followed_by = seen
    decay, out, back = state[:3]
    return Tie(
        peer=member.user,
        role=member.role,
        tie_class=state.tie_class,
        dormant=decay.is_dormant(out, back),
        s_out=decay.strength(out.acc),
        s_in=decay.strength(back.acc),
        units=out.units + back.units,
        events_out=out.events,
        events_in=back.events,
        days=contact.days,
        first_day=contact.first,
        last_day=contact.last,
        follows=follows,
        followed_by=followed_by,
    )


def _pair(decay: Decay, one: int, other: int, totals: dict, contact: Contact) -> Pair:
    out, back = totals.get((one, other), EMPTY_ARC), totals.get((other, one), EMPTY_ARC)
    return Pair(
        one,
        other,
        decay.classify(out, back, contact.days),
        decay.is_dormant(out, back),
        out.units + back.units,
        contact.days,
        cast(date, contact.first),
        cast(date, contact.last),
    )


CONTACT = {"days": Count("day", distinct=True), "first": Min("day"), "last": Max("day")}


def _contacts_of(user: User, units: Iterable[UnitsOfDay], as_of: date | None) -> dict[int, Contact]:
    days, me = defaultdict(set), user.pk
    for source, target, day, _units, _events in units:
        if as_of is None or day <= as_of:
            days[target if source == me else source].add(day)
    return {peer: Contact(len(some), min(some), max(some)) for peer, some in days.items()}


def _contacts(course: Course, as_of: date | None) -> dict[tuple[int, int], Contact]:
    rows = (
        units_until(course, as_of)
        .annotate(one=Least("source", "target"), other=Greatest("source", "target"))
        .values("one", "other")
        .annotate(**CONTACT)
        .values_list("one", "other", *CONTACT)
    )
    return {(one, other): Contact(*contact) for one, other, *contact in rows}


def _follows(user: User, course: Course) -> dict[tuple[int, int], datetime]:
    """Return since when the user follows people here, and they the user."""
    found = _follows_of.rows(None, user=user.pk, course=course.pk)
    return {(follower, followed): at for follower, followed, at in found}


@prepared
def _follows_of(_shape: None, user: int, course: int) -> QuerySet:
    rows = Follow.objects.in_course(course).values_list("follower", "followed", "created_at")
    return rows.filter(follower=user).union(rows.filter(followed=user))


def _follows_on(
    user: User, course: Course, follows: Mapping[tuple[int, int], datetime], as_of: date | None
) -> tuple[set[int], set[int]]:
    """Return whom the user follows, and who follows the user, already on the day ``as_of``."""
    pairs = {pair for pair, at in follows.items() if as_of is None or course.day_of(at) <= as_of}
    return {b for a, b in pairs if a == user.pk}, {a for a, b in pairs if b == user.pk}


@prepared
def _members_of(staff: bool, course: int, people: tuple) -> QuerySet[Membership]:
    members = Membership.objects.in_course(course).active().filter(user__in=people)
    members = (members if staff else members.students()).select_related("user")
    of_people = (f"user__{name}" for name in UNPRINTED_FIELDS)
    return members.defer("listed_name", "family_name", *of_people)
