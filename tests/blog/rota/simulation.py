"""A course and its reply rota, simulated: who publishes, and who comments on what they are given.

Forty students. Some never show up; the others publish on time, and comment on each post that they
are given, or offered later, with one probability. Nobody comments unasked, so the rota has it as
hard as it can be.
"""

import random
from dataclasses import dataclass, replace

from blog.rota import Pair, RotaFacts, draw, offer

STUDENTS = 40
NO_SHOWS = 6  # 15 % of them
KEEPS_TO_LIST = 0.75
SEEDS = range(500)


@dataclass(frozen=True)
class Run:
    """The result of one prompt by the last day; students and posts are numbered from 0."""

    published: frozenset[int]
    commented: frozenset[Pair]
    before_offers: int  # posts with a comment when the offers begin

    @property
    def with_comment(self) -> frozenset[int]:
        return frozenset(pair.post for pair in self.commented)


def simulate(seed: int, readers_per_post: int = 2) -> Run:
    """Run one prompt until its last day. The post of a student has the student's number."""
    chance = random.Random(seed)
    students = sorted(chance.sample(range(STUDENTS), STUDENTS - NO_SHOWS))
    facts = RotaFacts(
        authors={student: student for student in students},
        readers_per_post=readers_per_post,
        seed=seed,
        uncommented=frozenset(students),
    )
    facts = replace(facts, given=draw(facts))
    facts = _comment(facts, facts.given, chance)
    before_offers = len(students) - len(facts.uncommented)
    while offers := offer(facts):
        facts = replace(facts, offered=facts.offered | offers)
        facts = _comment(facts, offers, chance)
    return Run(frozenset(students), facts.commented, before_offers)


def _comment(facts: RotaFacts, asked: frozenset[Pair], chance: random.Random) -> RotaFacts:
    """Return the facts once those who keep to their list have commented."""
    new = frozenset(pair for pair in sorted(asked) if chance.random() < KEEPS_TO_LIST)
    commented = facts.commented | new
    waiting = facts.uncommented - {pair.post for pair in new}
    return replace(facts, commented=commented, uncommented=waiting)


def share_with_comment(runs: list[Run]) -> float:
    """Return how many of the published posts have a comment before the last day, 1 being all."""
    return sum(len(run.with_comment) for run in runs) / sum(len(run.published) for run in runs)
