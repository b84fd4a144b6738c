"""Choose the five posts of a week: four by score, one by chance. Pure.

Scores alone would leave some authors out for weeks: whom a reader knows a little, and whose works
all others cite too, is never among the first four. So the last of these four places is kept for the
author whose turn it is with this reader. The turns go round the class, another way each week, and
each author has one each week (ADR 0041).
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from network.discovery.ranking import Candidate, Interests, Relation, Scope, Score, rarity_of, score

ITEMS = 5
MAX_PER_GROUP = 2


class Reason(StrEnum):
    """The reason to offer a post, from what counts most for it; each is said in one sentence."""

    WORK = "work"
    CITED_TOGETHER = "together"
    PEER = "peer"
    UNANSWERED = "unanswered"
    NOT_MET = "not_met"
    CHANCE = "chance"


class Pick(NamedTuple):
    """A post of the week and its one reason, with the works or the peer which that names."""

    post: int
    reason: Reason
    work: int | None = None
    own_work: int | None = None
    peer: int | None = None


def turns(people: Iterable[int], reader: int, *, salt: str) -> list[int]:
    """Return whose turn it is with a reader: everybody else, round the class from the reader on.

    ``salt`` is of a course and week, the same for all its readers: then each person comes first
    with one of them, second with another, and so on.
    """
    circle = sorted({*people, reader}, key=lambda person: _draw(salt, person))
    place = circle.index(reader)
    return [*circle[place + 1 :], *circle[:place]]


def choose(
    candidates: Iterable[Candidate],
    interests: Interests,
    scope: Scope,
    *,
    salt: str,
    turns: Sequence[int] = (),
) -> list[Pick]:
    """Return up to five posts, best first and the one by chance last.

    At most one of each author and for each leading work, two of each group. The order of what comes
    in makes no difference: equal scores are put in order by ``salt``, which is of one reader and
    week, so no name or number has an advantage. Strong ties are never offered. One place by score
    is for the first author among ``turns`` of whom a post can be offered, for the best of theirs.
    """
    eligible = [one for one in candidates if one.relation is not Relation.STRONG]
    rarity = rarity_of([interests.words, *(one.words for one in eligible if one.words)])
    scores = {one.post: score(one, interests, scope, rarity) for one in eligible}
    ranked = sorted(eligible, key=lambda one: (-scores[one.post].value, _draw(salt, one.post)))
    chance = _by_chance(eligible, salt)
    taken = Taken()
    if chance is not None:
        taken.take(chance, None)
    places = ITEMS - (chance is not None)
    picks: dict[int, Pick] = {}

    def fill(count: int, some: Iterable[Candidate]) -> None:
        for one in some:
            if len(picks) == count:
                return
            pick = _pick(one, scores[one.post])
            if pick is not None and taken.take(one, pick.work):
                picks[one.post] = pick

    place_of = {author: place for place, author in enumerate(turns)}
    with_turn = [one for one in ranked if one.author in place_of]
    fill(1, sorted(with_turn, key=lambda one: place_of[one.author]))
    fill(places, ranked)
    found = [picks[one.post] for one in ranked if one.post in picks]
    return found if chance is None else [*found, Pick(chance.post, Reason.CHANCE)]


class Taken:
    """The authors, leading works and groups taken so far."""

    def __init__(self) -> None:
        self._authors: set[int] = set()
        self._works: set[int] = set()
        self._groups: Counter[int | None] = Counter()

    def take(self, one: Candidate, work: int | None) -> bool:
        """Take a post unless its author, leading work or group has had its turn."""
        is_group_full = one.group is not None and self._groups[one.group] >= MAX_PER_GROUP
        if one.author in self._authors or work in self._works or is_group_full:
            return False
        self._authors.add(one.author)
        self._groups[one.group] += 1
        if work is not None:
            self._works.add(work)
        return True


def _by_chance(eligible: list[Candidate], salt: str) -> Candidate | None:
    """Return any of the posts that no peer has commented on."""
    unanswered = [one for one in eligible if one.comments == 0]
    return min(unanswered, key=lambda one: _draw(f"{salt}:chance", one.post), default=None)


def _pick(one: Candidate, found: Score) -> Pick | None:
    """Return the post with the reason that counts most, or None if nothing true can be said."""
    factors = [
        (found.coupling, Pick(one.post, Reason.WORK, work=found.work)),
        (found.cocitation / 2, _together(one.post, found.pair)),
        (found.allocation / 2, Pick(one.post, Reason.PEER, peer=found.peer)),
    ]
    weight, pick = max(factors, key=lambda factor: factor[0])
    if weight > 0:
        return pick
    if one.comments == 0:
        return Pick(one.post, Reason.UNANSWERED)
    return None if one.is_met else Pick(one.post, Reason.NOT_MET)


def _together(post: int, pair: tuple[int, int] | None) -> Pick:
    work, own_work = pair or (None, None)
    return Pick(post, Reason.CITED_TOGETHER, work=work, own_work=own_work)


def _draw(salt: str, post: int) -> bytes:
    return hmac.new(salt.encode(), str(post).encode(), hashlib.sha256).digest()
