"""Cost of the grading desk in a large course, as ratios within one run.

    python -m tests.benchmarks.bench_grading_desk         2500 students beside 40
    python -m tests.benchmarks.bench_grading_desk 400     400 students beside 40

Every student has posted, and half of the posts are graded. A student is opened, and a level is
chosen for them. The peer is the same in a course of 40. DATABASE_URL chooses the database; the run
makes one of its own beside it and drops it. It fails if a ratio is over MAX_RATIO.
"""

from itertools import count as counting

from tests.benchmarks import courses
from tests.benchmarks.bench_grading import make_graded_course

CLASS = 40
MAX_RATIO = 3
ROUNDS = 7


def measure(count):
    desks = {
        f"{CLASS} students": desk_of(CLASS, "small"),
        f"{count} students": desk_of(count, "large"),
    }
    courses.settle_statistics()
    for place, what in enumerate(["opening a student on the grading desk", "choosing a level"]):
        pages = {name: desk[place] for name, desk in desks.items()}
        courses.compare(what, pages, rounds=ROUNDS, most=MAX_RATIO)


def desk_of(count, slug):
    """Make a course; return a function that opens a student of it who is to be graded, and one that
    chooses a level for them, each time another one.
    """
    from django.test import Client

    from blog.models import Membership, Post, QueuePlace, draw_queue_places
    from tests.factories import desk_address

    course, instructor = make_graded_course(count, slug)
    prompt = course.prompts.get(number=1)
    students = Membership.objects.in_course(course).students().values_list("user", flat=True)
    draw_queue_places([prompt], list(students))
    assert QueuePlace.objects.filter(prompt=prompt).count() == count
    client = Client(headers={"host": "localhost"})
    courses.sign_in(client, instructor)
    post = Post.objects.answering(prompt).order_by("pk").last()
    address = desk_address(post)
    criterion = prompt.rubric.criteria.first()
    levels = [level.position for level in criterion.levels.all()]
    turns = counting()
    known = {"seen": 0, "version": ""}

    def open_page():
        answer = client.get(address)
        assert answer.status_code == 200
        return len(answer.content)

    def choose_level():
        level = levels[next(turns) % len(levels)]
        sent = {"criterion": criterion.pk, "level": level, "revision": post.revision_id}
        answer = client.post(f"{address}level/", sent | known)
        assert answer.status_code == 200
        known.update({name: answer.json()[name] for name in known})
        return 0

    return open_page, choose_level


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="students", default=2500)
