"""Cost of the gradebook's page in a large course, as a ratio within one run.

    python -m tests.benchmarks.bench_gradebook         500 students, 2500 submissions, beside 40
    python -m tests.benchmarks.bench_gradebook 200     200 students beside 40

Every student has posted for five prompts, and half of the posts are graded. The peer is the same
page in a course of 40, which fits on one page. DATABASE_URL chooses the database; the run makes one
of its own beside it and drops it. It fails if the ratio is over MAX_RATIO.
"""

from tests.benchmarks import courses
from tests.benchmarks.bench_grading import make_graded_course

CLASS = 40
MAX_RATIO = 5  # a page of a large course has more rows than a class has students
ROUNDS = 5


def measure(count):
    pages = {
        f"{CLASS} students": page_of(CLASS, "small"),
        f"{count} students": page_of(count, "large"),
    }
    courses.settle_statistics()
    courses.compare("the page of the gradebook", pages, rounds=ROUNDS, most=MAX_RATIO)


def page_of(count, slug):
    """Make a course, and return a function that opens its gradebook and returns the page's size."""
    from django.test import Client

    from blog.models import Membership, draw_queue_places

    course, instructor = make_graded_course(count, slug)
    students = Membership.objects.in_course(course).students().values_list("user", flat=True)
    draw_queue_places(list(course.prompts.all()), list(students))
    client = Client(headers={"host": "localhost"})
    courses.sign_in(client, instructor)

    def open_page():
        answer = client.get(f"/c/{slug}/gradebook/")
        assert answer.status_code == 200
        return len(answer.content)

    return open_page


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="students", default=500)
