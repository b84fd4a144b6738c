"""What opening a student on the grading desk costs in a large course, as a ratio within one run.

    python -m tests.benchmarks.bench_grading_desk         2500 students beside 40
    python -m tests.benchmarks.bench_grading_desk 400     400 students beside 40

Every student has posted, and half of the posts are graded. The peer is the same page in a course of
40. DATABASE_URL chooses the database; the run makes one of its own beside it and drops it.
"""

import time

from tests.benchmarks import courses
from tests.benchmarks.bench_grading import make_graded_course

CLASS = 40
MAX_RATIO = 3
ROUNDS = 7


def measure(count):
    from django.db import connection

    pages = [page_of(CLASS, "small"), page_of(count, "large")]
    courses.settle_statistics()
    spent = [[], []]
    for _ in range(ROUNDS):  # in turns, so that a busy minute slows both
        for times, page in zip(spent, pages, strict=True):
            start = time.perf_counter()
            page()
            times.append(time.perf_counter() - start)
    small, large = map(min, spent)
    print(f"{connection.vendor}: opening a student on the grading desk")
    print(f"{f'{CLASS} students':28}{small * 1e3:>10.1f} ms")
    print(f"{f'{count} students':28}{large * 1e3:>10.1f} ms")
    print(f"{'ratio':28}{large / small:>10.1f} ×, {MAX_RATIO} at most")
    assert large / small <= MAX_RATIO


def page_of(count, slug):
    """Make a course, and return a function that opens a student of it who is to be graded."""
    from django.test import Client

    from blog.models import Membership, Post, QueuePlace, draw_queue_places
    from tests.factories import desk_address

    course, instructor = make_graded_course(count, slug)
    prompt = course.prompts.get(number=1)
    students = Membership.objects.in_course(course).students().values_list("user", flat=True)
    draw_queue_places([prompt], list(students))
    assert QueuePlace.objects.filter(prompt=prompt).count() == count
    client = Client(headers={"host": "localhost"})
    client.force_login(instructor)
    address = desk_address(Post.objects.answering(prompt).order_by("pk").last())

    def open_page():
        assert client.get(address).status_code == 200

    return open_page


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="students", default=2500)
