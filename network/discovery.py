"""Whom a learner could meet, and why. Pure: plain data in, leads with true reasons out.

Suggestions put work next to work, not people next to numbers. Shared reading finds people whom
friends of friends would not: in two real courses 54 and 70 % of new ties joined people with neither
a common peer nor a common thread. A source that few cite says more than one that all were asked to
read, so rare ones lead. Nobody is preferred for being popular.
"""

from collections import Counter
from collections.abc import Mapping, Set
from typing import NamedTuple

from network.layout import stable_order


class Lead(NamedTuple):
    """A person to meet and the one reason: a ``work`` both cite, or a ``person`` both answer."""

    person: int
    work: int | None = None
    answered: int | None = None


def people_to_meet(
    me: int,
    *,
    cited: Mapping[int, Set[int]],
    answered: Mapping[int, Set[int]],
    candidates: Set[int],
    required: Set[int] = frozenset(),
    salt: str,
    few: int = 3,
) -> list[Lead]:
    """Return up to ``few`` leads among ``candidates``, rarest shared source first.

    ``cited`` gives the works each person's readable posts cite, ``answered`` the people each
    person's comments answer; ``required`` reading is no reason, since everybody was asked for it.
    ``salt`` orders equals: the same all week, another way next week.
    """
    spread = Counter(work for works in cited.values() for work in works)
    order = {key: n for n, key in enumerate(stable_order(candidates - {me}, salt))}
    by_work = {
        person: min(shared, key=lambda work: (spread[work], work))
        for person in order
        if (shared := (cited.get(person, set()) & cited.get(me, set())) - required)
    }
    by_person = {
        person: min(shared)
        for person in order
        if person not in by_work
        and (shared := (answered.get(person, set()) & answered.get(me, set())) - {person, me})
    }
    readers = sorted(by_work, key=lambda person: (spread[by_work[person]], order[person]))
    answerers = sorted(by_person, key=order.__getitem__)
    leads = [Lead(person, work=by_work[person]) for person in readers]
    leads += [Lead(person, answered=by_person[person]) for person in answerers]
    return leads[:few]
