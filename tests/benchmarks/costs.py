"""Cost of pages and writes beside an empty view, in figures that no busy machine changes.

    python -m tests.benchmarks.costs            says what they cost now, and CPU time beside it
    python -m tests.benchmarks.costs --write    also writes the table that tests compare with

The table is ``costs.json`` beside this file, and ``tests/test_page_costs.py`` the test: no page
takes more queries than there, nor more than 1.3 times the calls and steps (ADR 0048). Whoever made
a page faster writes the table again, so that it stays so. SQLite alone counts steps, so the table
is written there.
"""

import argparse
import json
import os
from pathlib import Path

TABLE = Path(__file__).with_name("costs.json")
ALLOWED = 1.3
OTHER_COURSES, LATER_COURSES = 12, 24
# What three times the courses may add to the steps of a page, and the pages where they add more.
ALLOWED_GROWTH = 1.15
GROWING: set[str] = set()
FEW, MANY, READERS = 20, 100, 3
ROUNDS = 3
CALLS = {"calls", "first"}


def make_site():
    """Make a class among others, small enough for a test; return its plan of visits."""
    from network import ties
    from tests.benchmarks import measured_course, university

    for number in range(1, OTHER_COURSES + 1):
        make_other(number)
    course = university.make_pattern(
        0, people=12, posts=60, comments=300, works=20, prompts=2, search_comments=True
    )
    ties.rebuild(course)
    return measured_course.prepare(course, few=FEW, many=MANY, readers=READERS)


def make_other(number: int):
    from tests.benchmarks import university

    return university.make_pattern(
        number, people=8, posts=40, comments=200, works=10, search_comments=True
    )


def costs_of(plan: dict) -> dict[str, dict]:
    """Return queries, calls as a multiple of those of the empty view, and steps of each visit.

    Of what there are several, the last one is opened by nobody before: ``first`` has its calls,
    with nothing kept of what it says. The others are of pages that were open before.
    """
    from tests.benchmarks.in_process import Visitor
    from tests.benchmarks.visits import EMPTY, WRITES, visits_of

    visitor, visits = Visitor(), visits_of(plan)
    found = {}
    for page in visits.values():
        [reader, *_others] = page.readers
        for _ in range(max(2, len(page.paths) - 1)):  # what is loaded once is not what it costs
            visitor.open(page, reader)
        has_others = len(page.paths) > 2 and page.name not in WRITES
        first = {"first": visitor.calls(page, reader)} if has_others else {}
        found[page.name] = {
            "queries": len(visitor.queries(page, reader)),
            "calls": min(visitor.calls(page, reader) for _ in range(ROUNDS)),
            "steps": min(visitor.steps(page, reader) for _ in range(ROUNDS)),
        } | first
    floor = found[EMPTY]["calls"]
    return {
        name: cost | {each: round(cost[each] / floor, 1) for each in cost.keys() & CALLS}
        for name, cost in found.items()
    }


def growing(plan: dict) -> set[str]:
    """Make more courses beside the class; return what takes more steps in it from then on."""
    before = steps_of(plan)
    for number in range(OTHER_COURSES + 1, OTHER_COURSES + LATER_COURSES + 1):
        make_other(number)
    after = steps_of(plan)
    return {name for name in before if after[name] > ALLOWED_GROWTH * before[name]}


def steps_of(plan: dict) -> dict[str, int]:
    from tests.benchmarks.in_process import Visitor
    from tests.benchmarks.visits import visits_of

    visitor = Visitor()
    return {page.name: visitor.steps(page, page.readers[-1]) for page in visits_of(plan).values()}


def processor_ratios(plan: dict, rounds: int = 9) -> dict[str, float]:
    """Return the least CPU time of each visit beside the floor's, taken in turns."""
    from tests.benchmarks.in_process import Visitor
    from tests.benchmarks.visits import EMPTY, PACED, visits_of

    visitor, visits = Visitor(), visits_of(plan)
    spent: dict[str, list[float]] = {}
    for turn in range(rounds):
        for page in visits.values():
            reader = page.readers[turn % len(page.readers)]
            if page.name not in PACED or turn < ROUNDS * len(page.readers):  # it has its limit
                spent.setdefault(page.name, []).append(visitor.seconds(page, reader))
    return {name: min(times) / min(spent[EMPTY]) for name, times in spent.items()}


def grown(found: dict[str, dict], written: dict[str, dict]) -> list[str]:
    """Return a line for each figure that is beyond what the table allows, and for unknown names."""
    lines = [f"{name}: not in {TABLE.name}" for name in found if name not in written]
    for name in found.keys() & written.keys():
        now, then = found[name], written[name]
        if now["queries"] > then["queries"]:
            lines.append(f"{name}: {now['queries']} queries, {then['queries']} before")
        for figure in (now.keys() & then.keys()) - {"queries"}:
            if now[figure] > ALLOWED * then[figure]:
                lines.append(f"{name}: {now[figure]:g} {figure}, {then[figure]:g} before")
    return sorted(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    arguments = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    from tests.benchmarks.courses import own_database

    with own_database():
        report(arguments.write)


def report(write: bool):
    from django.db import connection, transaction
    from django.test.utils import setup_test_environment

    # As under pytest: templates tell a test what they render, and a transaction is open.
    setup_test_environment(debug=False)
    with transaction.atomic():
        plan = make_site()
        found = costs_of(plan)
        ratios = processor_ratios(plan)
        larger = growing(plan)
    print(f"{'':28}{'queries':>8}{'calls':>8}{'first':>8}{'CPU':>8}{'steps':>10}")
    for name, cost in found.items():
        print(
            f"{name:28}{cost['queries']:>8}{cost['calls']:>8.1f}{cost.get('first', ''):>8}"
            f"{ratios[name]:>8.1f}{cost['steps']:>10,}"
        )
    print(f"more steps on a larger site: {', '.join(sorted(larger)) or 'none'}")
    if write:
        assert connection.vendor == "sqlite", "write the table on SQLite, which counts steps"
        TABLE.write_text(json.dumps(found, indent=1) + "\n")
        print(f"written to {TABLE}")


if __name__ == "__main__":
    main()
