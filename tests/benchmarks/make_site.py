"""Makes the site of a size in an empty database, and writes down what there is to visit.

    python -m tests.benchmarks.make_site class plans.json

``bench_pages`` runs it for each size, in the environment of that site. Queries and bytes of each
page are counted here, in this process, so that nothing counts while time is taken.
"""

import json
import sys
import time
from pathlib import Path

import django


def main(size: str, file: str) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.benchmarks import courses, measured_course, sizes

    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    measured = sizes.build(sizes.SIZES[size])
    plans = {place: measured_course.prepare(course) for place, course in measured.items()}
    sizes.check(sizes.SIZES[size])
    courses.settle_statistics()
    took = time.perf_counter() - start
    for plan in plans.values():
        plan["counts"] = count(plan)
    Path(file).write_text(json.dumps({"plans": plans, "seconds": took}))
    connection.close()


def count(plan: dict) -> dict[str, dict]:
    """Return queries and bytes of each visit, before compression."""
    from tests.benchmarks.in_process import Visitor
    from tests.benchmarks.visits import visits_of

    visitor, counts = Visitor(), {}
    for page in visits_of(plan).values():
        [reader, *_others] = page.readers
        answer = visitor.open(page, reader)
        counts[page.name] = {
            "queries": len(visitor.queries(page, reader)),
            "bytes": len(answer),
        }
    return counts


if __name__ == "__main__":
    main(*sys.argv[1:])
