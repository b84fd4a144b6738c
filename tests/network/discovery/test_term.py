"""A term of a made-up class: whom the posts of the week bring to whom, and how evenly.

Sixty-four students in pods of four answer a prompt every second week, cite works of their two
topics, and comment once a week: half of it in their pod, the rest where comments are already.
"""

from collections import Counter, defaultdict
from itertools import permutations
from random import Random

import pytest

from network.discovery import Candidate, Interests, Relation, Scope, choose

STUDENTS, POD, WEEKS, COMMENTS = 64, 4, 7, 1
REQUIRED, TOPICS, WORKS_OF_TOPIC = 0, 20, 8
IN_POD, UPTAKE = 0.5, 0.05


class Term:
    """The rows of the term up to a week, and what was offered in each."""

    def __init__(self):
        self.random = Random(338)
        self.topics = [self.random.sample(range(TOPICS), 2) for _ in range(STUDENTS)]
        self.posts = []  # (author, week, works)
        self.comments = []  # (author, post)
        self.read = defaultdict(set)
        self.peers = defaultdict(set)
        self.units = Counter()
        self.offered = []  # (week, author, hops)

    def run(self):
        for week in range(WEEKS):
            if week:
                self.offer(week)
            self.write(week)
        return self

    def comment(self, author, post):
        to = self.posts[post][0]
        self.comments.append((author, post))
        self.read[author].add(post)
        self.peers[author].add(to)
        self.peers[to].add(author)
        self.units[frozenset({author, to})] += 1

    def write(self, week):
        for author in range(STUDENTS) if week % 2 == 0 else ():
            self.posts.append((author, week, frozenset({REQUIRED, *self.cited_by(author)})))
        received = Counter(self.posts[post][0] for _, post in self.comments)
        recent = [n for n, (_, at, _) in enumerate(self.posts) if week - at < 2]
        for author in range(STUDENTS):
            for _ in range(COMMENTS):
                in_pod = self.random.random() < IN_POD
                near = [n for n in recent if self.in_pod(author, n) == in_pod]
                near = [n for n in near if self.posts[n][0] != author]
                weights = [1 + received[self.posts[n][0]] ** 2 for n in near]
                if near:
                    self.comment(author, self.random.choices(near, weights)[0])

    def cited_by(self, author):
        """Return what one cites: three works of one's own two topics, and one of any."""
        topics = [self.topics[author][0], self.random.choice(self.topics[author])]
        topics += [self.topics[author][1], self.random.randrange(TOPICS)]
        return [1 + topic * WORKS_OF_TOPIC + self.work() for topic in topics]

    def work(self):
        """Return a work of a topic, more often one of the first than of the last."""
        places = range(WORKS_OF_TOPIC)
        return self.random.choices(places, [1 / (place + 1) for place in places])[0]

    def in_pod(self, author, post):
        return self.posts[post][0] // POD == author // POD

    def offer(self, week):
        """Offer posts to everybody as the week begins; some lead to a comment, more are read."""
        by_post = Counter(post for _, post in self.comments)
        citing = Counter(work for _, _, works in self.posts for work in works)
        together = defaultdict(lambda: defaultdict(set))
        for author, _, works in self.posts:
            for one, other in permutations(works, 2):
                together[one][other].add(author)
        degrees = {peer: len(some) for peer, some in self.peers.items()}
        picked = []
        for reader in range(STUDENTS):
            own = [works for author, _, works in self.posts if author == reader][-6:]
            scope = Scope(reader, len(self.posts), citing, together, degrees)
            candidates = [
                self.candidate(reader, n, week, by_post[n])
                for n, (author, _, _) in enumerate(self.posts)
                if author != reader and n not in self.read[reader]
            ]
            interests = Interests(frozenset().union(*own))
            picks = choose(candidates, interests, scope, salt=f"{reader}:{week}")
            picked += [(reader, pick.post) for pick in picks]
        for reader, post in picked:
            self.offered.append((week, self.posts[post][0], self.hops(reader, self.posts[post][0])))
        for reader, post in picked:
            if self.random.random() < UPTAKE:
                self.comment(reader, post)
            elif self.random.random() < 0.5:
                self.read[reader].add(post)

    def candidate(self, reader, post, week, comments):
        author, at, works = self.posts[post]
        units = self.units[frozenset({reader, author})]
        return Candidate(
            post,
            author,
            self.relation(units, reader // POD == author // POD),
            author // POD,
            works,
            frozenset(self.peers[reader] & self.peers[author]),
            comments,
            7 * (week - at),
        )

    def relation(self, units, in_pod):
        if not units:
            return Relation.LATENT if in_pod else Relation.NONE
        return Relation.VERY_WEAK if units == 1 else Relation.WEAK if units < 8 else Relation.STRONG

    def hops(self, reader, author):
        if author in self.peers[reader]:
            return 1
        return 2 if self.peers[reader] & self.peers[author] else 3


def gini(values):
    """Return how unevenly something is spread: 0 for all the same, nearly 1 for all with one."""
    ranked = sorted(values)
    size = len(ranked)
    spread = sum((2 * place - size - 1) * value for place, value in enumerate(ranked, 1))
    return spread / (size * sum(ranked))


@pytest.fixture(scope="module")
def term():
    return Term().run()


def test_whoever_few_comment_on_is_offered_to_somebody_within_two_weeks(term):
    """Of all authors, those whom everybody comments on are left to that; it is four in five."""
    for week in range(2, WEEKS - 1):
        shown = {author for at, author, _ in term.offered if at in (week, week + 1)}
        received = Counter(
            author for author, at, _ in (term.posts[n] for _, n in term.comments) if at <= week
        )
        quiet = sorted(range(STUDENTS), key=lambda author: received[author])[: STUDENTS // 2]
        assert len(shown.intersection(quiet)) / len(quiet) >= 0.95, week
        assert len(shown) / STUDENTS >= 0.7, week


def test_readers_are_spread_more_evenly_than_comments(term):
    shown = Counter(author for _, author, _ in term.offered)
    received = Counter(term.posts[post][0] for _, post in term.comments)

    everybody = range(STUDENTS)

    assert gini([shown[one] for one in everybody]) < gini([received[one] for one in everybody])


def test_two_in_five_lead_beyond_the_peers_of_ones_peers(term):
    far = sum(hops > 2 for _, _, hops in term.offered)

    assert far / len(term.offered) >= 0.4
