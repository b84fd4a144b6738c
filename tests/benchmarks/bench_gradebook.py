"""What the gradebook's page costs in a large course, as a ratio within one run.

    python -m tests.benchmarks.bench_gradebook         500 students, 2500 submissions, beside 40
    python -m tests.benchmarks.bench_gradebook 200     200 students beside 40

Every student has posted for five prompts, and half of the posts are graded. The peer is the same
page in a course of 40, which fits on one page. DATABASE_URL chooses the database; the run makes one
of its own beside it and drops it.
"""

import time

from tests.benchmarks import courses
from tests.benchmarks.bench_grading import make_graded_course

CLASS = 40
ROUNDS = 5


def measure(count):
    from django.db import connection

    pages = [page_of(CLASS, "small"), page_of(count, "large")]
    courses.settle_statistics()
    spent = [[], []]
    sizes = [0, 0]
    for _ in range(ROUNDS):  # in turns, so that a busy minute slows both
        for at, page in enumerate(pages):
            start = time.perf_counter()
            sizes[at] = page()
            spent[at].append(time.perf_counter() - start)
    small, large = map(min, spent)
    print(f"{connection.vendor}: the page of the gradebook, {ROUNDS} rounds")
    for name, seconds, size in ((CLASS, small, sizes[0]), (count, large, sizes[1])):
        print(f"{f'{name} students':28}{seconds * 1e3:>10.1f} ms{size / 1e3:>10.0f} kB")
    print(f"{'ratio':28}{large / small:>10.1f} ×{sizes[1] / sizes[0]:>11.1f} ×")


def page_of(count, slug):
    """Make a course, and return a function that opens its gradebook and returns the page's size."""
    from django.test import Client

    from blog.models import Membership, draw_queue_places

    course, instructor = make_graded_course(count, slug)
    students = Membership.objects.in_course(course).students().values_list("user", flat=True)
    draw_queue_places(list(course.prompts.all()), list(students))
    client = Client(headers={"host": "localhost"})
    client.force_login(instructor)

    def open_page():
        answer = client.get(f"/c/{slug}/gradebook/")
        assert answer.status_code == 200
        return len(answer.content)

    return open_page


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="students", default=500)
