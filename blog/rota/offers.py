"""Offer posts without a comment to those who have done theirs, shortly before comments are due."""

import random
from collections import Counter
from collections.abc import Iterable

from blog.rota.facts import Pair, RotaFacts

OFFERS_PER_POST = 2


def offer(facts: RotaFacts) -> frozenset[Pair]:
    """Return new offers: posts without a comment, to readers who have done what they were given.

    Whoever has written the fewest comments is asked first, and nobody about two posts at a time. A
    second reader is asked about a post when each has one.
    """
    pending = {pair for pair in facts.offered if pair.post in facts.uncommented} - facts.commented
    busy = {pair.reader for pair in pending}
    busy |= {pair.reader for pair in facts.given - facts.commented if facts.can_be_given(pair)}
    written = Counter(pair.reader for pair in facts.commented)
    chance = _shuffled(facts.readers, facts.seed)
    free = sorted(chance, key=lambda reader: written[reader])
    free = [reader for reader in free if reader not in busy]
    asked_about = Counter(pair.post for pair in pending)
    taken = facts.given | facts.offered | facts.commented
    offers: set[Pair] = set()
    for round_number in range(OFFERS_PER_POST):
        for post in facts.authors:
            if post not in facts.uncommented or asked_about[post] > round_number:
                continue
            pairs = (Pair(reader, post) for reader in free)
            found = next((p for p in pairs if facts.can_be_given(p) and p not in taken), None)
            if found:
                offers.add(found)
                asked_about[post] += 1
                free.remove(found.reader)
    return frozenset(offers)


def _shuffled(keys: Iterable[int], seed: int) -> list[int]:
    """Return keys in a random order that is the same for each seed."""
    order = sorted(keys)
    random.Random(seed).shuffle(order)
    return order
