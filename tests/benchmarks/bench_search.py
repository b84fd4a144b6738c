"""Cost of the search index where texts are written, as ratios within one run.

    python -m tests.benchmarks.bench_search            a log of 5,000 events
    python -m tests.benchmarks.bench_search 1000       a course

It loads a reply log of so many events with its search index and without (``load_events``), rebuilds
the index alone, and adds comments with an entry for each and without. DATABASE_URL chooses the
database; the run makes one of its own beside it and drops it afterwards. It fails if a ratio is
over what is allowed.
"""

import random
import tempfile
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from unittest.mock import patch

from tests.benchmarks import courses
from tests.benchmarks.bench_university import timed

ROUNDS = 3
COMMENTS = 60
MAX_LOAD_RATIO = 3.0
MAX_COMMENT_RATIO = 1.5
WORDS = "ties people course network reading question answer example practice because"


def measure(events):
    from blog.models import Course
    from blog.models.search import rebuild_search

    with tempfile.TemporaryDirectory() as folder:
        log = make_log(Path(folder) / "log.csv", events)
        compare(
            f"loading {events:,} events",
            lambda: load(log),
            patch("network.importers.load_course.rebuild_search", lambda course: 0),
            rounds=ROUNDS,
            most=MAX_LOAD_RATIO,
        )
    rebuilt = timed(lambda: rebuild_search(Course.objects.order_by("pk").first()))
    print(f"{'rebuilding the index alone':44}{rebuilt:>10.2f} s")
    post, people = make_thread()
    courses.settle_statistics()
    compare(
        f"{COMMENTS} comments",
        lambda: add_comments(post, people),
        patch("blog.models.search.SearchEntryQuerySet.keep", lambda *args: None),
        rounds=2 * ROUNDS,
        most=MAX_COMMENT_RATIO,
    )


def compare(what, action, without_index, *, rounds, most):
    """Time an action without the index and with it, by turns; the best round of each counts."""
    from django.db import connection

    ways = {"without the index": without_index, "with it": nullcontext()}
    spent = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            with way:
                spent[name].append(timed(action))
    for name, times in spent.items():
        print(f"{connection.vendor}: {what}, {name:26}{min(times):>10.2f} s")
    few, many = map(min, spent.values())
    verdict = "PASS" if many / few <= most else "OVER"
    print(f"{'ratio':44}{many / few:>10.2f} ×, {most:g} at most: {verdict}", flush=True)
    assert many / few <= most, f"{what}: {many / few:.2f} times as long, {most:g} at most"


def make_log(path, events):
    dice = random.Random(5)
    people = max(20, events // 40)
    rows = []
    for number in range(1, events + 1):
        source, target = dice.sample(range(1, people + 1), 2)
        at = 1_700_000_000 + dice.randrange(70 * 86_400)
        rows.append(f"{number},{source},{target},{at},{dice.randrange(events // 4) + 1}")
    path.write_text("\n".join(["event_id,src,dst,ts,thread", *rows]) + "\n")
    return path


NUMBERS = count(1)


def load(log):
    from django.core.management import call_command

    call_command("load_events", log, course=f"log{next(NUMBERS)}", verbosity=0)


def make_thread():
    """Return a post in a course of twenty, and those who can comment on it."""
    from tests import factories

    course = factories.make_course(slug="thread")
    people = [factories.make_user() for _ in range(20)]
    for one in people:
        factories.add_member(course, one)
    return factories.make_post(people[0], course), people[1:]


def add_comments(post, people):
    from blog.actions.comments import add_comment

    dice = random.Random(6)
    for number in range(COMMENTS):
        text = " ".join(dice.choices(WORDS.split(), k=60))
        add_comment(post, by=people[number % len(people)], text=text)


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="events", default=5_000)
