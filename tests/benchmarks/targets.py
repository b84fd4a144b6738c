"""Targets of pages, and their results, as ratios within one run."""

from dataclasses import dataclass, field

from tests.benchmarks.driver import Load
from tests.benchmarks.visits import AUTOSAVE, COMMENT, EMPTY, FLOORS, QUEUE

CONNECTIONS = (1, 8, 32)
USUAL = 8  # connections of the figures that have no other number
SHORT, LONG = "post page, 20 comments", "post page, 300 comments"
OVERVIEWS = (
    "course home",
    "post list, first page",
    "post list, last page",
    "people",
    "references",
    QUEUE,
    "discover",
)
PEER_COMMENT = "POST of a comment"
MET, MISSED, UNKNOWN = "met", "**missed**", "not measured in this run"


@dataclass
class Measured:
    """The figures of one size: loads by place, visit and connections, and counts by place."""

    size: str
    loads: dict[tuple[str, str, int], Load] = field(default_factory=dict)
    counts: dict[str, dict[str, dict]] = field(default_factory=dict)
    memory: float = 0.0
    starting: float = 0.0
    building: float = 0.0

    def cpu(self, name: str, place: str = "class") -> float:
        return self.loads[place, name, USUAL].processor_ms

    def of_empty(self, name: str, place: str = "class") -> float:
        """Return what share of the empty view's speed a page has."""
        return self.cpu(EMPTY, place) / self.cpu(name, place)


@dataclass(frozen=True)
class Verdict:
    target: str
    figure: str
    verdict: str


def ratio(figure: float) -> str:
    """Write a ratio with two digits, however small it is."""
    return f"{figure:.2f}" if figure >= 0.1 else f"{figure:.2g}"


def judge(target: str, figure: float, *, most=None, least=None, write=ratio) -> Verdict:
    is_met = (most is None or figure <= most) and (least is None or figure >= least)
    bound = f"≤ {most:g}" if least is None else f"≥ {least:g}"
    return Verdict(f"{target} {bound}", write(figure), MET if is_met else MISSED)


def verdicts(sizes: dict[str, Measured], peer: dict, *, is_postgres: bool) -> list[Verdict]:
    """Return the results of targets; those of one size are of the class or the smallest there."""
    one = next(iter(sizes.values()))
    found = growth(sizes) + beside_peer(one, peer, is_postgres=is_postgres)
    found += [
        judge(f"{SHORT}, of the empty view", one.of_empty(SHORT), least=0.35),
        judge(f"{SHORT}, queries", one.counts["class"][SHORT]["queries"], most=6, write=str),
        judge(f"{LONG}, beside that with 20", one.cpu(LONG) / one.cpu(SHORT), most=3),
    ]
    found += [judge(f"{name}, of the empty view", one.of_empty(name), least=0.2)
              for name in OVERVIEWS]  # fmt: skip
    found += [judge(f"{name}, of the empty view", one.of_empty(name), least=0.12)
              for name in ("my network", "editor")]  # fmt: skip
    found.append(judge(f"{AUTOSAVE}, of the empty view", one.of_empty(AUTOSAVE), least=0.5))
    writers = one.loads["class", COMMENT, USUAL]
    median = writers.percentile(0.5)
    found.append(
        judge(f"{COMMENT}, 8 writers, p99 beside the median", writers.percentile(0.99) / median,
              most=3)
    )  # fmt: skip
    found += [slowest(one, name) for name in (SHORT, "course home")]
    found.append(judge("memory of a worker, MB", one.memory, most=150, write="{:.0f}".format))
    found.append(judge("start of a worker, seconds of a processor", one.starting, most=1.5))
    return found


def growth(sizes: dict[str, Measured]) -> list[Verdict]:
    """Compare the class among a university with the class alone."""
    if not {"class", "university"} <= set(sizes):
        return [Verdict("every visit, university beside class ≤ 1.15", "–", UNKNOWN)]
    small, large = sizes["class"], sizes["university"]
    return [
        judge(f"{name}, university beside class", large.cpu(name) / small.cpu(name), most=1.15)
        for place, name, connections in small.loads
        if place == "class" and connections == USUAL and name not in FLOORS
    ]


def beside_peer(one: Measured, peer: dict, *, is_postgres: bool) -> list[Verdict]:
    """Compare with WordPress by the time of processors; ``peer`` has loads by name, connections."""
    found = []
    for name, its, least in (
        (SHORT, f"{SHORT}, block theme", 30),
        (SHORT, f"{SHORT}, classic theme", 10),
        (COMMENT, PEER_COMMENT, 2 if is_postgres else 3),
    ):
        target = f"{name}, times as fast as WordPress’s {its.removeprefix(f'{SHORT}, ')}"
        if (its, USUAL) in peer:
            figure = peer[its, USUAL].processor_ms / one.cpu(name)
            found.append(judge(target, figure, least=least, write="{:.1f}".format))
        else:
            found.append(Verdict(f"{target} ≥ {least}", "–", UNKNOWN))
    return found


def slowest(one: Measured, name: str) -> Verdict:
    """Compare the slowest answers under 32 connections with those of the empty view."""
    most = 3 * one.loads["class", EMPTY, 32].percentile(0.99) + 60
    figure = one.loads["class", name, 32].percentile(0.99)
    verdict = judge(f"{name}, 32 connections, p99 in ms", figure, most=most, write="{:.0f}".format)
    words = f"{name}, 32 connections, p99 in ms ≤ 3 × that of the empty view + 60 = {most:.0f}"
    return Verdict(words, verdict.figure, verdict.verdict)
