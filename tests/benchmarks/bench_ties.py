"""Time to store and derive ties, as ratios within one run.

    python -m tests.benchmarks.bench_ties            100,000 events
    python -m tests.benchmarks.bench_ties 1000000    a university's worth: 20,000 people

DATABASE_URL chooses the database; the run makes one of its own beside it and drops it afterwards.
The floor of a rebuild is the same rows grouped and inserted into the same tables, with their keys
and indexes, but without asking what counts or what a day weighs.
"""

import random
import resource
import statistics
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as midnight

from tests.benchmarks import courses

FIRST_DAY = date(2024, 9, 2)
DAYS = 84
FRIENDS = 15  # how many others each person writes to
SAMPLE = 400

BARE_UNITS = """
INSERT INTO network_tieunit (course_id, source_id, target_id, post_id, day, events, quantum)
SELECT %s, author_id, addressee_id, post_id, day, COUNT(*), 1
FROM blog_comment GROUP BY author_id, addressee_id, post_id, day
"""
BARE_ARCS = """
INSERT INTO network_tiearc (course_id, source_id, target_id, acc, units, events)
SELECT %s, source_id, target_id, SUM(quantum), COUNT(*), SUM(events)
FROM network_tieunit GROUP BY source_id, target_id
"""


def measure(count):
    from django.db import connection

    from network import ties

    course, people, posts = make_events(count)
    print(f"{connection.vendor}: {count:,} events, {len(people):,} people", flush=True)
    courses.settle_statistics()
    before = peak()
    bare = best(lambda: bare_insert(course), prepare=empty)
    fresh = best(lambda: ties.rebuild(course), prepare=empty)
    again = best(lambda: ties.rebuild(course))
    report("bare INSERT … SELECT … GROUP BY", bare)
    report("rebuild, nothing stored before", fresh, bare)
    report("rebuild, everything stored before", again, bare)
    print(f"{'peak memory of this process, added':44}{peak() - before:>10.1f} MB")
    report("check", best(lambda: ties.check(course), times=1), bare)
    add, remove, floor = events_one_by_one(course, people, posts)
    report("a bare upsert", floor)
    report("add one event", add, floor)
    report("remove one event", remove, floor)
    some = random.Random(1).sample(people, 20)
    report("read one person's ties", best(lambda: [ties.ties_of(one, course) for one in some]) / 20)


def make_events(count):
    """Make people who each write to a few others, on posts of theirs, over twelve weeks."""
    from blog.models import Comment, Post

    dice = random.Random(7)
    size = max(40, count // 50)
    course, people = courses.make_course(size, FIRST_DAY, DAYS)
    posts = Post.objects.bulk_create(
        Post(course=course, author=user, slug=f"post-{user.pk}") for user in people
    )
    courses.publish(posts)
    friends = [
        [(one + step) % size for step in dice.sample(range(1, size), FRIENDS)]
        for one in range(size)
    ]

    def comments():
        for _ in range(count):
            source = dice.randrange(size)
            target = dice.choice(friends[source])
            day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
            yield Comment(
                post=posts[target],
                author=people[source],
                addressee=people[target],
                text="-",
                html="<p>-</p>",
                renderer=1,
                day=day,
                created_at=datetime.combine(day, midnight(), UTC),
            )

    Comment.objects.bulk_create(comments(), batch_size=5000)
    return course, people, posts


def events_one_by_one(course, people, posts):
    """Return the median seconds of adding, of removing, and of an upsert without all the rest."""
    from django.db import connection

    from blog.models import Interaction
    from network import ties
    from network.ties.store import UPSERT_ARC

    dice = random.Random(3)
    events = [
        Interaction(
            course.pk, people[a].pk, people[b].pk, posts[b].pk, FIRST_DAY + timedelta(days=5)
        )
        for a, b in (dice.sample(range(len(people)), 2) for _ in range(SAMPLE))
    ]
    with connection.cursor() as cursor, undone():
        floor = median(
            lambda one: cursor.execute(UPSERT_ARC, [*one[:3], 1, 1, 1]),
            events,
        )
    with undone():
        add = median(lambda one: ties.apply(course, [], [one]), events)
        remove = median(lambda one: ties.apply(course, [one], []), events)
    return add, remove, floor


@contextmanager
def undone():
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def bare_insert(course):
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE_UNITS, [course.pk])
        cursor.execute(BARE_ARCS, [course.pk])


def empty():
    from network.models import TieArc, TieUnit

    TieArc.objects.all().delete()
    TieUnit.objects.all().delete()
    courses.settle_statistics()


def best(action, *, prepare=None, times=3):
    taken = []
    for _ in range(times):
        if prepare:
            prepare()
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return min(taken)


def median(action, events):
    taken = []
    for one in events:
        start = time.perf_counter()
        action(one)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(what, seconds, floor=None):
    took = f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1e6:,.0f} µs"
    ratio = f"{seconds / floor:>8.2f} ×" if floor else ""
    print(f"{what:44}{took:>13}{ratio}", flush=True)


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="events", default=100_000)
