"""Draw groups of even sizes."""

import random
from collections import defaultdict
from collections.abc import Hashable, Mapping


def draw_groups(people: Mapping[Hashable, Hashable], *, size: int, seed: int) -> list[list]:
    """Return the people in groups of about a size; nobody is in a group with another kind.

    ``people`` maps keys to their kind, such as a section. The sizes of a kind differ by one at
    most, and are nearest to ``size``: nine in groups of four are five and four. The same people in
    the same order are drawn into the same groups by the same ``seed``.
    """
    drawn = random.Random(seed)
    kinds: dict[Hashable, list] = defaultdict(list)
    for key, kind in people.items():
        kinds[kind].append(key)
    groups = []
    for keys in kinds.values():
        drawn.shuffle(keys)
        count = max(1, (len(keys) + size // 2) // size)
        groups += [keys[place::count] for place in range(count)]
    return groups
