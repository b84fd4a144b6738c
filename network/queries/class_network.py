"""Read a whole course as a network, ready to be written to a file."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from blog.models import Course, Membership, User, name_for
from network import ties
from network.export import Edge, Network, Node, pseudonym
from network.models import Follow, TieClock
from network.ties import Pair, TieClass


def class_network(course: Course, *, as_of: date | None = None, names: bool = False) -> Network:
    """Return everybody in the course, and every arc that has units, as they stood on a day.

    Everybody is whoever is a member now, and whoever has an arc: what those who left wrote, and
    what was written to them, still ties the others. `as_of` reads the units and follows made up
    to that day; it is never later than the day at which the course's ties are read. Without
    `names` people are called by pseudonyms that stay the same as long as the export key does.
    """
    clock = _kept_clock(course)
    day = min(as_of, ties.reading_day(course)) if as_of else None
    arcs, pairs = ties.arcs_of(course, day), ties.pairs_of(course, day)
    people = _people(course, {person for arc in arcs for person in (arc.source, arc.target)})
    ids = {pk: _id(user, clock, names=names) for pk, (user, _) in people.items()}
    outwards, inwards = _follows(course, ids, day)
    talk = _talk(pairs)
    classes = {(pair.one, pair.other): pair.cls for pair in pairs}
    return Network(
        nodes=tuple(
            Node(
                ids[pk],
                name_for(user) if names else ids[pk],
                membership.role if membership else "",
                membership.pod.name if membership and membership.pod else "",
                outwards[pk],
                inwards[pk],
                *talk.get(pk, ()),
            )
            for pk, (user, membership) in people.items()
        ),
        edges=tuple(
            Edge(
                ids[arc.source],
                ids[arc.target],
                arc.strength,
                arc.units,
                arc.events,
                _word(classes[min(arc.source, arc.target), max(arc.source, arc.target)]),
            )
            for arc in arcs
        ),
        about={
            "course": course.slug,
            "as_of": (day or ties.reading_day(course)).isoformat(),
            "half_life": clock.half_life,
            "ties": ties.explain(clock),
        },
    )


def _kept_clock(course: Course) -> TieClock:
    """Return the course's clock, stored: its export key must be the same the next time."""
    clock = ties.clock_of(course)
    if clock.pk is None:
        ties.settle(course)
        clock = ties.clock_of(course)
    return clock


def _people(course: Course, tied: set[int]) -> dict[int, tuple[User, Membership | None]]:
    members = {
        membership.user_id: (membership.user, membership)
        for membership in Membership.objects.in_course(course).select_related("user", "pod")
        if membership.ended_at is None or membership.user_id in tied
    }
    others = User.objects.in_bulk(tied - members.keys())
    return members | {pk: (user, None) for pk, user in others.items()}


def _id(user: User, clock: TieClock, *, names: bool) -> str:
    return user.username if names else pseudonym(clock.export_key, clock.course_id, user.pk)


def _follows(course: Course, people: Iterable[int], day: date | None) -> tuple[Counter, Counter]:
    """Count whom each of these people follows among them, and who follows each."""
    rows = [
        (follower, followed)
        for follower, followed, at in Follow.objects.in_course(course).values_list(
            "follower", "followed", "created_at"
        )
        if follower in people and followed in people and (not day or course.day_of(at) <= day)
    ]
    return Counter(follower for follower, _ in rows), Counter(followed for _, followed in rows)


def _talk(pairs: Iterable[Pair]) -> dict[int, tuple[int, date, date]]:
    """Return each person's units with all others, and the first and last day of them."""
    found: dict[int, tuple[int, date, date]] = {}
    for pair in pairs:
        for person in (pair.one, pair.other):
            units, first, last = found.get(person, (0, pair.first_day, pair.last_day))
            found[person] = (
                units + pair.units,
                min(first, pair.first_day),
                max(last, pair.last_day),
            )
    return found


def _word(cls: TieClass) -> str:
    """Name a class in files the same way in every language of the site."""
    return cls.name.lower().replace("_", " ")
