"""A term of a made-up class: who writes what to whom, and what is offered to them each week.

Students are in pods, publish a post for a prompt every second week, and cite the prompt’s reading
and works of their topics. They comment once a week on average, some more and some less, most of it
in their pod, and more on the posts of those who are good at being read. As in real forums, comments
are spread unevenly. Of what is offered some is read, and a little commented on.
"""

from collections import Counter, defaultdict
from itertools import permutations
from random import Random

from network.discovery import Candidate, Interests, Relation, Scope, choose, turns

POD, WEEKS, PROMPT_WEEKS, HALF_LIFE = 6, 10, 2, 2
MAX_AGE = 8  # weeks
TOPICS, WORKS_OF_TOPIC, CITE_READING = 10, 8, 0.7
PUBLISH, IN_POD, SPREAD = 0.9, 0.9, 1.5
COMMENT_ON_OFFER, READ_OFFER = 0.02, 0.5


class Term:
    """The rows of the term so far, and what was offered: (week, author, hops from the reader)."""

    def __init__(self, students: int, seed: int, *, has_turns: bool = True):
        self.students, self.has_turns = students, has_turns
        self.random = Random(seed)
        self.topics = [self.random.sample(range(TOPICS), 2) for _ in range(students)]
        self.charm = [self.random.lognormvariate(0, SPREAD) for _ in range(students)]
        busy = [self.random.lognormvariate(0, 0.7) for _ in range(students)]
        self.comments_a_week = [students * one / sum(busy) for one in busy]
        self.posts: list[tuple[int, int, frozenset[int]]] = []  # author, week, works
        self.comments: list[tuple[int, int]] = []  # author, post
        self.read = defaultdict(set)
        self.peers = defaultdict(set)
        self.units = defaultdict(set)  # of an author and an addressee: week, post
        self.offered: list[tuple[int, int, int]] = []
        self.could_be_offered: list[int] = []  # hops

    def run(self) -> "Term":
        for week in range(WEEKS):
            if week:
                self.offer(week)
            if week % PROMPT_WEEKS == 0:
                self.publish(week)
            self.write(week)
        return self

    # What students do

    def publish(self, week):
        for author in range(self.students):
            if self.random.random() < PUBLISH:
                works = self.cited_by(author)
                if self.random.random() < CITE_READING:
                    works.add(week)
                self.posts.append((author, week, frozenset(works)))

    def cited_by(self, author):
        """Return three works of one’s own two topics and one of any."""
        own = self.topics[author]
        topics = [*own, self.random.choice(own), self.random.randrange(TOPICS)]
        places = range(WORKS_OF_TOPIC)
        weights = [1 / (place + 1) for place in places]
        return {1000 + 100 * topic + self.random.choices(places, weights)[0] for topic in topics}

    def write(self, week):
        recent = [n for n, (_, at, _) in enumerate(self.posts) if week - at < PROMPT_WEEKS]
        for author, mean in enumerate(self.comments_a_week):
            count = int(mean) + (self.random.random() < mean % 1)
            for _ in range(count):
                in_pod = self.random.random() < IN_POD
                near = [n for n in recent if self.can_comment(author, n, in_pod=in_pod)]
                if near:
                    weights = [self.charm[self.posts[n][0]] for n in near]
                    self.comment(author, self.random.choices(near, weights)[0], week)

    def can_comment(self, author, post, *, in_pod):
        """Return whether a post is somebody else’s; a second comment is a reply in its thread."""
        to = self.posts[post][0]
        return to != author and self.share_pod(to, author) == in_pod

    def share_pod(self, one, other):
        return one // POD == other // POD

    def comment(self, author, post, week):
        to = self.posts[post][0]
        self.comments.append((author, post))
        self.read[author].add(post)
        self.peers[author].add(to)
        self.peers[to].add(author)
        self.units[author, to].add((week, post))

    # What they are offered

    def offer(self, week):
        by_post = Counter(post for _, post in self.comments)
        citing = Counter(work for _, _, works in self.posts for work in works)
        together = defaultdict(lambda: defaultdict(set))
        for author, _, works in self.posts:
            for one, other in permutations(works, 2):
                together[one][other].add(author)
        degrees = {peer: len(some) for peer, some in self.peers.items()}
        picked = []
        for reader in range(self.students):
            own = frozenset().union(*[works for a, _, works in self.posts if a == reader][-6:])
            candidates = [
                self.candidate(reader, n, week, by_post[n], own)
                for n, (author, at, _) in enumerate(self.posts)
                if author != reader and n not in self.read[reader] and week - at <= MAX_AGE
            ]
            self.could_be_offered += [
                self.hops(reader, one.author)
                for one in candidates
                if one.relation is not Relation.STRONG
            ]
            scope = Scope(reader, len(self.posts), citing, together, degrees)
            with_turn = turns(range(self.students), reader, salt=f"term:{week}")
            picks = choose(
                candidates,
                Interests(own),
                scope,
                salt=f"{reader}:{week}",
                turns=with_turn if self.has_turns else (),
            )
            picked += [(reader, pick.post) for pick in picks]
        self.offered += [
            (week, self.posts[post][0], self.hops(reader, self.posts[post][0]))
            for reader, post in picked
        ]
        for reader, post in picked:
            chance = self.random.random()
            if chance < COMMENT_ON_OFFER:
                self.comment(reader, post, week)
            elif chance < READ_OFFER:
                self.read[reader].add(post)

    def candidate(self, reader, post, week, comments, own):
        author, at, works = self.posts[post]
        return Candidate(
            post,
            author,
            self.relation(reader, author, week, is_near=bool(works & own)),
            author in self.peers[reader],
            author // POD,
            works,
            frozenset(self.peers[reader] & self.peers[author]),
            comments,
            7 * (week - at),
        )

    def relation(self, one, other, week, *, is_near):
        out, back = self.units[one, other], self.units[other, one]
        if not out and not back:
            is_near = is_near or self.share_pod(one, other) or self.hops(one, other) == 2
            return Relation.LATENT if is_near else Relation.NONE
        ways = [sum(2 ** ((at - week) / HALF_LIFE) for at, _ in units) for units in (out, back)]
        if min(ways) >= 0.75 and len({at for at, _ in out | back}) >= 3:
            return Relation.STRONG
        count = len(out) + len(back)
        if count >= 3 and sum(ways) < 0.25:
            return Relation.DORMANT
        return Relation.WEAK if count >= 2 and sum(ways) >= 0.5 else Relation.VERY_WEAK

    def hops(self, one, other):
        """Return 1 between people who exchanged a comment, 2 with a common peer, else 3."""
        if other in self.peers[one]:
            return 1
        return 2 if self.peers[one] & self.peers[other] else 3

    # How it went

    def coverage(self):
        """Return the least share of authors who are offered to anybody in any two weeks."""
        shares = []
        for week in range(2, WEEKS - 1):
            authors = {author for author, at, _ in self.posts if week - MAX_AGE <= at < week}
            shown = {author for at, author, _ in self.offered if at in (week, week + 1)}
            shares.append(len(shown & authors) / len(authors))
        return min(shares)

    def exposure(self):
        """Return how unevenly authors are offered, and how unevenly comments are received."""
        shown = Counter(author for _, author, _ in self.offered)
        received = Counter(self.posts[post][0] for _, post in self.comments)
        everybody = range(self.students)
        return gini([shown[one] for one in everybody]), gini([received[one] for one in everybody])

    def far(self):
        """Return the share of offers beyond two hops, and that of all posts that could be."""
        far = [sum(hops > 2 for hops in some) / len(some) for some in (
            [hops for _, _, hops in self.offered], self.could_be_offered
        )]  # fmt: skip
        return far[0], far[1]


def gini(values):
    """Return how unevenly something is spread: 0 for all the same, nearly 1 for all with one."""
    ranked = sorted(values)
    size = len(ranked)
    spread = sum((2 * place - size - 1) * value for place, value in enumerate(ranked, 1))
    return spread / (size * sum(ranked))
