"""Assign posts to readers, or repair an assignment.

The assignment is a flow of least cost (``networkx.network_simplex``) from the readers to the posts.
What matters more costs so much more that no number of smaller things outweighs it. In this order:

1. each post has its readers, as many as can read it;
2. the readers' numbers of posts differ by at most one;
3. what somebody was given stays theirs;
4. nobody reads more than that takes;
5. a comment that was written unasked counts;
6. nobody reads the person whom they read last time;
7. one's pod comes first, if the prompt says so.
"""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import networkx as nx

from blog.rota.facts import Pair, RotaFacts

# How many readers of a post, and posts of a reader, are looked at beyond those that it takes: they
# are the next ones on a circle in random order, so a large course takes no longer than it must.
SPARE_CANDIDATES = 6


def draw(facts: RotaFacts) -> frozenset[Pair]:
    """Return who is given which post from now on: what was given, with as few changes as it takes.

    Given pairs with a comment stay, whatever became of their reader or post: they are done. Equal
    facts make equal pairs, also in another process.
    """
    plan = _Plan(facts)
    if plan.is_settled(plan.held):
        return plan.done | plan.held
    return plan.done | _solve(facts, plan, _candidates(facts, plan))


class _Plan:
    """The assignments to make: those ``done``, those ``held``, and what posts and readers need.

    ``need``: for each post the readers that it still lacks, with nothing held; ``load``: for each
    reader the posts that are done, offers included; ``base``: how many posts each reads at least.
    """

    def __init__(self, facts: RotaFacts):
        self.facts = facts
        self.done = facts.given & facts.commented
        self.held = frozenset(p for p in facts.given - self.done if facts.can_be_given(p))
        read = self.done | facts.offered & facts.commented
        self.closed = read | facts.offered
        read_by = Counter(pair.post for pair in read)
        self.need = {
            post: self._count_readers(post, most=facts.readers_per_post - read_by[post])
            for post in facts.authors
        }
        self.load = Counter(pair.reader for pair in read if pair.reader in facts.readers)
        total = sum(self.need.values()) + self.load.total()
        self.base = total // len(facts.readers) if facts.readers else 0

    def can_add(self, pair: Pair) -> bool:
        return pair not in self.closed and self.facts.can_be_given(pair)

    def is_settled(self, pairs: frozenset[Pair]) -> bool:
        """Return whether some pairs give each post its readers, and each reader a fair load."""
        if self.done | pairs != self.facts.given:
            return False
        readers = Counter(pair.post for pair in pairs)
        loads = self.load + Counter(pair.reader for pair in pairs)
        return all(readers[post] >= need for post, need in self.need.items()) and all(
            loads[reader] in (self.base, self.base + 1) for reader in self.facts.readers
        )

    def _count_readers(self, post: int, *, most: int) -> int:
        """Return the number of people who can be given a post, up to ``most``."""
        pairs = (Pair(reader, post) for reader in self.facts.readers)
        return len([*islice(filter(self.can_add, pairs), max(0, most))])


def _candidates(facts: RotaFacts, plan: _Plan) -> list[Pair]:
    """Return the pairs to choose from, sorted: held ones, comments, pods, and some of the others.

    Those are near each other on a circle. Where most pairs are held, the few readers and posts that
    lack something may be far apart: they are put on a circle of their own.
    """
    circle = [Pair(author, post) for post, author in facts.authors.items()]
    random.Random(facts.seed).shuffle(circle)
    pairs = {*plan.held, *filter(plan.can_add, facts.commented)}
    pairs |= _near(circle, circle, plan)
    if plan.held:
        loads = plan.load + Counter(pair.reader for pair in plan.held)
        readers = Counter(pair.post for pair in plan.held)
        free = [place for place in circle if loads[place.reader] < plan.base]
        short = [place for place in circle if readers[place.post] < plan.need[place.post]]
        pairs |= _near(free, short, plan)
    if facts.pods_first:
        pairs |= set(filter(plan.can_add, _pairs_in_pods(facts)))
    return sorted(pairs)


def _near(readers: list[Pair], posts: list[Pair], plan: _Plan) -> set[Pair]:
    """Return the pairs of each reader with the next posts, and of each post with the last readers.

    Readers and posts are places on a circle, each a person with their own post. So equal loads are
    always among the pairs of a first assignment if everybody can read everything.
    """
    count = plan.facts.readers_per_post + SPARE_CANDIDATES
    pairs: set[Pair] = set()
    for at, reader in enumerate(readers):
        start = at * len(posts) // len(readers)
        onward = posts[start:] + posts[:start]
        to_read = (Pair(reader.reader, place.post) for place in onward)
        pairs |= {*islice(filter(plan.can_add, to_read), count)}
    for at, post in enumerate(posts):
        start = at * len(readers) // len(posts)
        back = reversed(readers[start:] + readers[:start])
        read_by = (Pair(place.reader, post.post) for place in back)
        pairs |= {*islice(filter(plan.can_add, read_by), count)}
    return pairs


def _pairs_in_pods(facts: RotaFacts) -> Iterator[Pair]:
    for post, author in facts.authors.items():
        for reader in facts.pods:
            if _share_pod(facts, reader, author):
                yield Pair(reader, post)


def _share_pod(facts: RotaFacts, reader: int, author: int) -> bool:
    return reader in facts.pods and facts.pods[reader] == facts.pods.get(author)


class _Costs:
    """The costs of unwanted assignments; each outweighs any number of those above it."""

    def __init__(self, pairs: int):
        step = 4 * (pairs + 1)
        self.chance = 256
        self.outside_pod = self.chance * step
        self.repeat = self.outside_pod * step
        self.new_comment = self.repeat * step
        self.extra_reader = self.new_comment * step
        self.taking_back = self.extra_reader * step
        self.imbalance = self.taking_back * step
        self.missing_reader = self.imbalance * step * step


def _solve(facts: RotaFacts, plan: _Plan, pairs: list[Pair]) -> frozenset[Pair]:
    """Return the pairs of the flow of least cost, as the head of this module explains it."""
    if not pairs:
        return frozenset()
    costs = _Costs(len(pairs))
    graph = nx.MultiDiGraph()
    for reader, count in sorted(Counter(pair.reader for pair in pairs).items()):
        _add_load(graph, ("reader", reader), plan.load[reader], plan.base, count, costs)
    for post, count in sorted(Counter(pair.post for pair in pairs).items()):
        # The first reader too many is best one of a post that nobody has commented on.
        extra = costs.extra_reader * (1 if post in facts.uncommented else 2)
        node, need = ("post", post), plan.need[post]
        graph.add_edge(node, "end", capacity=need, weight=-costs.missing_reader)
        graph.add_edge(node, "end", capacity=1, weight=extra)
        graph.add_edge(node, "end", capacity=count, weight=3 * costs.extra_reader)
    chance = random.Random(facts.seed)
    for pair in pairs:
        weight = chance.randrange(1, costs.chance) + _cost(facts, pair, costs)
        if pair in plan.held:
            weight = -costs.taking_back
        graph.add_edge(("reader", pair.reader), ("post", pair.post), capacity=1, weight=weight)
    graph.add_edge("end", "start", capacity=len(pairs), weight=0)
    flow = nx.network_simplex(graph)[1]
    return frozenset(pair for pair in pairs if flow["reader", pair.reader]["post", pair.post][0])


def _add_load(
    graph: nx.MultiDiGraph, node: tuple[str, int], load: int, base: int, count: int, costs: _Costs
) -> None:
    """Let ``count`` posts be given to a reader with ``load``: the further from ``base`` the dearer.

    One more than ``base`` is as good as ``base``, since loads differ by one where they must.
    """
    for posts in range(load, load + count):
        graph.add_edge("start", node, capacity=1, weight=(posts - base) * costs.imbalance)


def _cost(facts: RotaFacts, pair: Pair, costs: _Costs) -> int:
    author = facts.authors[pair.post]
    cost = 0
    if pair not in facts.commented:
        cost += costs.new_comment
    if (pair.reader, author) in facts.earlier:
        cost += costs.repeat
    if facts.pods_first and not _share_pod(facts, pair.reader, author):
        cost += costs.outside_pod
    return cost
