"""Time that erasing a class holds the writer of a database, in pieces and at once.

    python -m tests.benchmarks.bench_erased_course          40 people, 500 posts, 5,000 comments
    python -m tests.benchmarks.bench_erased_course 10       ten times as many posts and comments

On the database of DATABASE_URL, beside its own. On SQLite nobody else writes meanwhile.
"""

import time
from contextlib import contextmanager
from datetime import timedelta

from tests.benchmarks import courses

POSTS, COMMENTS = 500, 5_000


@contextmanager
def timed(lengths: list[float]):
    """Note how long each transaction takes, from its first statement to its end."""
    from django.db import transaction

    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    began: list[float] = []

    def begin(self):
        enter(self)
        began.append(time.perf_counter())

    def end(self, *error):
        leave(self, *error)
        start = began.pop()
        if not began:
            lengths.append(time.perf_counter() - start)

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = begin, end
    try:
        yield
    finally:
        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = enter, leave


def measure(factor: int) -> None:
    from django.db import connection

    from blog.tasks import erased_courses

    print(f"{connection.vendor}, {POSTS * factor} posts, {COMMENTS * factor} comments")
    for name, erase in (
        ("in pieces", erased_courses.erase_hidden_course),
        ("at once", erased_courses._delete_last),
    ):
        course = _make(factor)
        hiding: list[float] = []
        erasing: list[float] = []
        with timed(hiding):
            erased_courses.hide_course(course)
        start = time.perf_counter()
        with timed(erasing):
            erase(course)
        took = time.perf_counter() - start
        print(
            f"{name}: hidden in {max(hiding):.2f} s; erased in {took:.2f} s, "
            f"{len(erasing)} transactions, the longest {max(erasing):.2f} s"
        )


def _make(factor: int):
    from blog.models import Course, User
    from network import ties
    from tests.benchmarks import university

    number = User.objects.count()
    course = university.make_pattern(
        number, posts=POSTS * factor, comments=COMMENTS * factor, prompts=5, search_comments=True
    )
    course = Course.objects.get(pk=getattr(course, "pk", course))
    ties.rebuild(course)
    today = course.today()
    Course.objects.filter(pk=course.pk).update(
        starts_on=today - timedelta(days=500),
        ends_on=today - timedelta(days=365),
        erased_on=today,
    )
    course.refresh_from_db()
    return course


if __name__ == "__main__":
    courses.run(measure, doc=__doc__ or "", what="factor", default=1)
