"""Query ties: one person's, or a whole course's. A fixed number of queries, and no writing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import NamedTuple, cast

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import Greatest, Least

from blog.models import Course, Membership, User
from network.models import Follow
from network.ties.arcs import read_arcs, units_until
from network.ties.classes import EMPTY_ARC, ArcTotals, Decay, TieClass


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
        """T: the sum of both ways."""
        return self.s_out + self.s_in

    @property
    def mutual(self) -> float:
        """M: the geometric mean of both ways, 0 if only one of them ever wrote."""
        return sqrt(self.s_out * self.s_in)

    @property
    def events(self) -> int:
        return self.events_out + self.events_in


class Arc(NamedTuple):
    """What one person of a course wrote to another; ``strength`` is s at the date asked for."""

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
    """On how many days two people exchanged something, and from when to when."""

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
    decay, totals = read_arcs(course, as_of, user)
    contacts = _contacts_of(user, course, as_of)
    follows, followers = _follows(user, course)
    peers = {b if a == user.pk else a for a, b in totals} | follows | followers
    ties = [
        _tie(
            decay,
            member,
            totals.get((user.pk, member.user_id), EMPTY_ARC),
            totals.get((member.user_id, user.pk), EMPTY_ARC),
            contacts.get(member.user_id, Contact()),
            member.user_id in follows,
            member.user_id in followers,
        )
        for member in _members(course, peers, staff=staff)
    ]
    return sorted(ties, key=lambda tie: (-tie.tie_class, -tie.activity, tie.peer.pk))


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


def _tie(
    decay: Decay,
    member: Membership,
    out: ArcTotals,
    back: ArcTotals,
    contact: Contact,
    follows: bool,
    followed_by: bool,
) -> Tie:
    return Tie(
        peer=member.user,
        role=member.role,
        tie_class=decay.classify(out, back, contact.days, follows or followed_by),
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


def _contacts_of(user: User, course: Course, as_of: date | None) -> dict[int, Contact]:
    units = units_until(course, as_of)
    out = units.filter(source=user).values_list("target", "day")
    days = defaultdict(list)
    for peer, day in out.union(units.filter(target=user).values_list("source", "day")):
        days[peer].append(day)
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


def _follows(user: User, course: Course) -> tuple[set[int], set[int]]:
    """Return whom the user follows here, and who follows the user."""
    rows = Follow.objects.in_course(course).values_list("follower", "followed")
    rows = set(rows.filter(follower=user).union(rows.filter(followed=user)))
    return {b for a, b in rows if a == user.pk}, {a for a, b in rows if b == user.pk}


def _members(course: Course, people: set[int], *, staff: bool) -> QuerySet[Membership]:
    members = Membership.objects.in_course(course).active().filter(user__in=people)
    return (members if staff else members.students()).select_related("user")
