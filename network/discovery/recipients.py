"""Choose who is offered a question on a post, and why. Pure: plain data in, people with works out.

Whoever cites what the post cites has something to say to it. People whom its author exchanges
comments with come first, the strongest ties leading: a network is there to be asked. The others
follow by chance, so that a question also meets somebody new, and nobody is preferred for being
popular.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from network.layout import stable_order


class Recipient(NamedTuple):
    """A person to ask, and the one reason: a ``work`` that the post and one of theirs cite."""

    person: int
    work: int


def choose_recipients(
    cited: Mapping[int, Set[int]],
    *,
    own: Set[int],
    ties: Sequence[int],
    required: Set[int] = frozenset(),
    salt: str,
    limit: int = 5,
) -> list[Recipient]:
    """Return up to ``limit`` of the people of ``cited`` who share a work with a post.

    ``cited`` gives the works that each person's readable posts cite, ``own`` those of the post,
    ``ties`` the people whom its author has a tie to, the strongest first. Of several shared works
    the reason is the one that fewest cite; ``required`` reading only where there is no other, and
    among people without a tie whoever shares more than that comes first. ``salt`` orders the rest.
    """
    shared = {person: works & own for person, works in cited.items() if works & own}
    citing_people = Counter(work for works in shared.values() for work in works)
    by_chance = {person: place for place, person in enumerate(stable_order(shared, salt))}
    by_tie = {person: place for place, person in enumerate(ties)}

    def place(person: int) -> tuple[int, bool, int]:
        return by_tie.get(person, len(by_tie)), shared[person] <= required, by_chance[person]

    return [
        Recipient(
            person,
            min(shared[person], key=lambda work: (work in required, citing_people[work], work)),
        )
        for person in sorted(shared, key=place)[:limit]
    ]
