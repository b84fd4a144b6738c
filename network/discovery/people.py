"""Choose whom a learner could meet, and why. Pure: plain data in, suggestions with reasons out.

Suggestions put work next to work, not people next to numbers. Shared references find people whom
friends of friends would not: in two real courses 54 and 70 % of new ties joined people with neither
a common peer nor a common thread. A work that few cite says more than one that all were asked to
read, so rare ones lead. Nobody is preferred for being popular.
"""

from collections import Counter
from collections.abc import Mapping, Set
from typing import NamedTuple

from network.layout import stable_order


class Suggestion(NamedTuple):
    """A person to meet and the one reason: a ``work`` both cite, or a ``peer`` both write to."""

    person: int
    work: int | None = None
    peer: int | None = None


def suggest_people(
    me: int,
    *,
    cited: Mapping[int, Set[int]],
    written_to: Mapping[int, Set[int]],
    candidates: Set[int],
    salt: str,
    limit: int = 3,
) -> list[Suggestion]:
    """Return up to ``limit`` suggestions among ``candidates``, rarest shared work first.

    A reason is repeated only where there are no others.

    ``cited`` gives the works each person's readable posts cite, but for required reading, which
    everybody was asked to cite; ``written_to`` the people each person's comments are addressed to.
    ``salt`` orders equals: the same all week, another way next week.
    """
    citing_people = Counter(work for works in cited.values() for work in works)
    order = {key: n for n, key in enumerate(stable_order(candidates - {me}, salt))}
    by_work = {
        person: min(shared, key=lambda work: (citing_people[work], work))
        for person in order
        if (shared := cited.get(person, set()) & cited.get(me, set()))
    }
    by_peer = {
        person: min(shared)
        for person in order
        if person not in by_work
        and (shared := (written_to.get(person, set()) & written_to.get(me, set())) - {person, me})
    }
    rarest_first = sorted(
        by_work, key=lambda person: (citing_people[by_work[person]], order[person])
    )
    suggestions = [Suggestion(person, work=by_work[person]) for person in rarest_first]
    for person in sorted(by_peer, key=order.__getitem__):
        suggestions.append(Suggestion(person, peer=by_peer[person]))
    return _different_reasons_first(suggestions)[:limit]


def _different_reasons_first(suggestions: list[Suggestion]) -> list[Suggestion]:
    """Move suggestions whose reason was given before to the end: each place shows something new."""
    given: set[tuple[int | None, int | None]] = set()
    new: list[Suggestion] = []
    repeated: list[Suggestion] = []
    for suggestion in suggestions:
        reason = (suggestion.work, suggestion.peer)
        (repeated if reason in given else new).append(suggestion)
        given.add(reason)
    return new + repeated
