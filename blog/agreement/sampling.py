"""Sampling of the grades to be graded a second time, and of their graders."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random


@dataclass(frozen=True)
class Candidate:
    """A grade that can be drawn: its key, its group of students, and who graded it first.

    ``graders`` can grade it a second time; ``first_grader`` is not among them.
    """

    key: int
    group: str
    first_grader: int
    graders: frozenset[int]

    @property
    def stratum(self) -> tuple[str, int]:
        return self.group, self.first_grader


def draw_sample(
    candidates: Sequence[Candidate], size: int, *, seed: int, load: Mapping[int, int]
) -> dict[int, int]:
    """Return the second grader of each grade drawn, by its key; the same for the same seed.

    Each candidate that somebody can grade has the same chance, and each stratum (group of students
    × first grader) its share of the sample but for one: a systematic sample of the candidates in
    the order of strata, shuffled within them (Cochran, 1977, Sampling Techniques, chapter 8).
    Grades go to whoever has the fewest; ``load`` has what graders were given before.
    """
    chance = Random(seed)  # random() alone is the same in every version of Python
    ticket = {candidate.key: chance.random() for candidate in _in_order(candidates)}
    eligible = [each for each in candidates if each.graders]
    eligible.sort(key=lambda each: (each.stratum, ticket[each.key]))
    ordered = _strata_shuffled(eligible, chance)
    size = min(size, len(ordered))
    if not size:
        return {}
    step, start = len(ordered) / size, chance.random()
    drawn = [ordered[min(int((number + start) * step), len(ordered) - 1)] for number in range(size)]
    return _assign(sorted(drawn, key=lambda each: ticket[each.key]), load, chance)


def _in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda each: each.key)


def _strata_shuffled(eligible: list[Candidate], chance: Random) -> list[Candidate]:
    """Return the candidates with their strata in a random order, each still together."""
    strata = [list(members) for _, members in groupby(eligible, key=lambda each: each.stratum)]
    places = {number: chance.random() for number in range(len(strata))}
    order = sorted(range(len(strata)), key=lambda number: places[number])
    return [each for number in order for each in strata[number]]


def _assign(drawn: list[Candidate], load: Mapping[int, int], chance: Random) -> dict[int, int]:
    """Return the grader of each: first those with the least choice, then whoever has least."""
    given = Counter(load)
    graders = {}
    for candidate in sorted(drawn, key=lambda each: len(each.graders)):
        order = {grader: chance.random() for grader in sorted(candidate.graders)}
        grader = min(order, key=lambda each: (given[each], order[each]))
        graders[candidate.key] = grader
        given[grader] += 1
    return graders
