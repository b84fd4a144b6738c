"""Facts for a rota: who wrote which post, who can read it, earlier assignments and comments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Pair(NamedTuple):
    """A reader and a post, by their keys."""

    reader: int
    post: int


@dataclass(frozen=True)
class RotaFacts:
    """The facts for a rota. All keys are integers; every author reads, and nobody else.

    ``authors``: the author of each post, in the order of publication, one post an author;
    ``restricted``: for a post that not everybody can read, those who can; ``commented``: who has
    commented on what, asked or unasked; ``uncommented``: posts without a comment by anybody else;
    ``given``, ``offered``: the pairs so far; ``earlier``: who read whom (both people) last time.
    """

    authors: Mapping[int, int]
    readers_per_post: int = 2
    pods_first: bool = False
    seed: int = 0
    pods: Mapping[int, int] = field(default_factory=dict)
    restricted: Mapping[int, frozenset[int]] = field(default_factory=dict)
    commented: frozenset[Pair] = frozenset()
    uncommented: frozenset[int] = frozenset()
    given: frozenset[Pair] = frozenset()
    offered: frozenset[Pair] = frozenset()
    earlier: frozenset[tuple[int, int]] = frozenset()

    def can_be_given(self, pair: Pair) -> bool:
        """Return whether a pair is somebody who reads and a post of somebody else they can read."""
        reader, post = pair
        if post not in self.authors or self.authors[post] == reader:
            return False
        return reader in self.readers and reader in self.restricted.get(post, self.readers)

    @cached_property
    def readers(self) -> frozenset[int]:
        return frozenset(self.authors.values())
