"""The class network: a whole course as plain data, ready to be exported."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from blog.models import Course, Membership, User, name_for
from network import ties
from network.export import Edge, Network, Node
from network.models import Follow, TieClock
from network.ties import Pair, TieClass


def class_network(course: Course, *, as_of: date | None = None, names: bool = False) -> Network:
    """Return everybody in the course, and every arc that has units, at a date.

    Everybody is whoever is a member now, and whoever has an arc: what those who left wrote, and
    what was written to them, still ties the others. `as_of` reads the units and follows made up
    to that day; it is never later than the course's tie date. Without `names` people are called
    by pseudonyms that stay the same as long as the export key does: the clock has to be stored.
    """
    clock = ties.clock_of(course)
    day = min(as_of, ties.tie_date(course)) if as_of else None
    arcs, pairs = ties.arcs_of(course, day), ties.pairs_of(course, day)
    people = _people(course, {person for arc in arcs for person in (arc.source, arc.target)})
    ids = {pk: _id(user, clock, names=names) for pk, (user, _) in people.items()}
    follows_out, follows_in = _count_follows(course, ids, day)
    activity = _activity(pairs)
    classes = {(pair.one, pair.other): pair.tie_class for pair in pairs}
    return Network(
        nodes=tuple(
            Node(
                ids[pk],
                name_for(user) if names else ids[pk],
                membership.role if membership else "",
                membership.pod.name if membership and membership.pod else "",
                follows_out[pk],
                follows_in[pk],
                *activity.get(pk, ()),
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
                _class_name(classes[min(arc.source, arc.target), max(arc.source, arc.target)]),
            )
            for arc in arcs
        ),
        about={
            "course": course.slug,
            "as_of": (day or ties.tie_date(course)).isoformat(),
            "half_life": clock.half_life,
            "landmark": clock.landmark.isoformat(),
            "ties": ties.explain(clock),
        },
    )


def _people(course: Course, tied: set[int]) -> dict[int, tuple[User, Membership | None]]:
    members = {
        membership.user_id: (membership.user, membership)
        for membership in Membership.objects.in_course(course).select_related("user", "pod")
        if membership.ended_at is None or membership.user_id in tied
    }
    others = User.objects.in_bulk(tied - members.keys())
    return members | {pk: (user, None) for pk, user in others.items()}


def _id(user: User, clock: TieClock, *, names: bool) -> str:
    return user.username if names else clock.code_of(user.pk)


def _count_follows(
    course: Course, people: Iterable[int], day: date | None
) -> tuple[Counter, Counter]:
    """Count whom each of these people follows among them, and who follows each."""
    rows = [
        (follower, followed)
        for follower, followed, at in Follow.objects.in_course(course).values_list(
            "follower", "followed", "created_at"
        )
        if follower in people and followed in people and (not day or course.day_of(at) <= day)
    ]
    return Counter(follower for follower, _ in rows), Counter(followed for _, followed in rows)


def _activity(pairs: Iterable[Pair]) -> dict[int, tuple[int, date, date]]:
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


def _class_name(tie_class: TieClass) -> str:
    """Name a class in files the same way in every language of the site."""
    return tie_class.name.lower().replace("_", " ")
