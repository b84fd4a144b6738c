"""Rank posts for one reader: relevant, and yet from outside what they read anyway. Pure.

Reader u, post p by another student a, with R the works that each cites::

    idf(r)  = ln((N+1)/(df_r+1))                 N posts in the course; what all cite weighs nothing
    BC      = Σ_{r∈R(u)∩R(p)} idf(r)² / (‖R(u)‖·‖R(p)‖)      works both cite: cosine
    CC      = share of p's other works that others cite together with one of u's
    RA      = Σ 1/k_z over the peers z of both;   RA' = RA/(1+RA)
    Rel     = 1 − (1−BC)(1−½CC)(1−½RA')
    Score   = Rel · τ · B · V · √Att · F

τ prefers people whom the reader hardly knows, B those with one to three common peers, V another
view of the same work, Att posts with few comments, F fresh ones. Whoever cites nothing yet is
given τ · B · Att · F.

Relevant, novel and unexpected (Kotkov, Wang & Veijalainen 2016). Bibliographic coupling (Kessler
1963) as a cosine, co-citation (Small 1973), resource allocation (Zhou, Lü & Zhang 2009). Weak ties
with few common peers help most (Rajkumar et al. 2022, an inverted U), and so does the same interest
with another view of it (Rajagopal et al. 2015). Popularity predicts best what happens anyway, and
is left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum
from math import log, sqrt
from typing import NamedTuple

FRESH_DAYS = 28
Words = Mapping[str, int]


class Relation(Enum):
    """The relation of reader and author. The words are of this package and never printed."""

    STRONG = "strong"
    WEAK = "weak"
    VERY_WEAK = "very weak"
    DORMANT = "dormant"
    NONE = "none"
    LATENT = "latent"


RELATION_WEIGHTS = {
    Relation.STRONG: 0.0,
    Relation.WEAK: 0.4,
    Relation.VERY_WEAK: 0.8,
    Relation.DORMANT: 0.9,
    Relation.NONE: 0.9,
    Relation.LATENT: 1.0,
}


@dataclass(frozen=True)
class Interests:
    """The works that the reader cites in their last posts, and the words of those."""

    works: frozenset[int] = frozenset()
    words: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A post that could be offered, as it stood when the week began.

    ``is_met`` says that the reader and its author have exchanged a comment, however long ago.
    ``comments`` are those by students other than its author; ``peers`` are whom both the reader and
    its author exchange comments with.
    """

    post: int
    author: int
    relation: Relation = Relation.NONE
    is_met: bool = False
    group: int | None = None
    works: frozenset[int] = frozenset()
    peers: frozenset[int] = frozenset()
    comments: int = 0
    age_days: int = 0
    words: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """The known facts of the course.

    ``posts`` is N; ``citing_posts`` has df of each work. ``cited_together`` has for each work the
    reader's works that it is cited with in one post, each with the authors of such posts.
    ``degrees`` has with how many people each peer exchanges comments. ``me`` is the reader.
    """

    me: int
    posts: int = 0
    citing_posts: Mapping[int, int] = field(default_factory=dict)
    cited_together: Mapping[int, Mapping[int, Set[int]]] = field(default_factory=dict)
    degrees: Mapping[int, int] = field(default_factory=dict)

    def idf(self, work: int) -> float:
        return max(0.0, log((self.posts + 1) / (self.citing_posts.get(work, 0) + 1)))


class Score(NamedTuple):
    """The value of a post for the reader, 0 to 1, and its parts.

    ``work`` is the rarest that both cite; ``pair`` one of the post's and the reader's work with
    which others cite it; ``peer`` a common peer, the one with the fewest others.
    """

    value: float
    relevance: float
    coupling: float
    cocitation: float
    allocation: float
    work: int | None
    pair: tuple[int, int] | None
    peer: int | None


def score(
    candidate: Candidate,
    interests: Interests,
    scope: Scope,
    rarity: Mapping[str, float] | None = None,
) -> Score:
    """Return the score of one post; ``rarity`` has the idf of words, from ``rarity_of``."""
    shared = interests.works & candidate.works
    coupling = _coupling(shared, interests.works, candidate.works, scope)
    together = _cited_together(candidate, interests, scope)
    others = candidate.works - interests.works
    cocitation = len(together) / len(others) if others else 0.0
    allocated = sum(1 / max(1, scope.degrees.get(peer, 1)) for peer in candidate.peers)
    allocation = allocated / (1 + allocated)
    relevance = 1 - (1 - coupling) * (1 - cocitation / 2) * (1 - allocation / 2)
    attention = 1 / (1 + candidate.comments)
    value = RELATION_WEIGHTS[candidate.relation] * _of_peers(len(candidate.peers))
    value *= _freshness(candidate)
    if interests.works:
        view = _other_view(interests.words, candidate.words, rarity or {}) if coupling > 0 else 0.5
        value *= relevance * view * sqrt(attention)
    else:
        value *= attention
    return Score(
        value,
        relevance,
        coupling,
        cocitation,
        allocation,
        work=max(shared, key=lambda work: (scope.idf(work), -work)) if coupling > 0 else None,
        pair=min(together.items(), key=lambda pair: (-scope.idf(pair[0]), pair))
        if together
        else None,
        peer=min(candidate.peers, key=lambda p: (scope.degrees.get(p, 1), p), default=None),
    )


def _coupling(shared: Set[int], own: Set[int], theirs: Set[int], scope: Scope) -> float:
    norms = _norm(own, scope) * _norm(theirs, scope)
    if not shared or not norms:
        return 0.0
    return min(1.0, sum(scope.idf(work) ** 2 for work in sorted(shared)) / norms)


def _norm(works: Set[int], scope: Scope) -> float:
    return sqrt(sum(scope.idf(work) ** 2 for work in sorted(works)))


def _cited_together(candidate: Candidate, interests: Interests, scope: Scope) -> dict[int, int]:
    """Return the post’s works that third authors cite with one of the reader’s, and with which."""
    found = {}
    for work in candidate.works - interests.works:
        with_own = [
            own
            for own, authors in scope.cited_together.get(work, {}).items()
            if own in interests.works and authors - {scope.me, candidate.author}
        ]
        if with_own:
            found[work] = max(with_own, key=lambda own: (scope.idf(own), -own))
    return found


def _of_peers(count: int) -> float:
    """Return B, an inverted U: a few common peers help more than none or many."""
    if count == 0:
        return 0.8
    if count <= 3:
        return 1.0
    return 0.7 if count <= 8 else 0.5


def _freshness(candidate: Candidate) -> float:
    return 0.5 + 0.5 * 2.0 ** (-max(0, candidate.age_days) / FRESH_DAYS)


def _other_view(own: Words, theirs: Words, rarity: Mapping[str, float]) -> float:
    return 0.5 + 0.5 * (1 - cosine(own, theirs, rarity))


def cosine(one: Words, other: Words, rarity: Mapping[str, float]) -> float:
    """Return the similarity of two texts by their words, 0 to 1, each weighed by its rarity."""
    norms = _length(one, rarity) * _length(other, rarity)
    if not norms:
        return 0.0
    dot = sum(one[word] * other[word] * rarity.get(word, 0.0) ** 2 for word in one if word in other)
    return min(1.0, dot / norms)


def _length(words: Words, rarity: Mapping[str, float]) -> float:
    return sqrt(sum((count * rarity.get(word, 0.0)) ** 2 for word, count in words.items()))


def rarity_of(texts: Iterable[Words]) -> dict[str, float]:
    """Return the idf of each word among some texts, smoothed: a word of all of them weighs 1.

    Else two texts among a few would have nothing in common but words that weigh nothing.
    """
    texts = list(texts)
    found = Counter(word for text in texts for word in text)
    return {word: 1 + log((len(texts) + 1) / (count + 1)) for word, count in found.items()}
