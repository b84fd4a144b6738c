"""Time of the counts of the grading overview, as a ratio within one run.

    python -m tests.benchmarks.bench_grading         400 students
    python -m tests.benchmarks.bench_grading 40      a class

The overview counts posts, posts to grade and released grades of each prompt. The peer is a query
that joins posts and gradings and counts distinct rows: for each prompt it makes posts × gradings
rows. DATABASE_URL chooses the database; the run makes one of its own beside it and drops it.
"""

import time
from datetime import timedelta

from tests.benchmarks import courses

PROMPTS = 5
ROUNDS = 5


def measure(count):
    from django.db import connection

    from blog.queries.grading_queue import prompts_to_grade

    course, instructor = make_graded_course(count)
    courses.settle_statistics()
    joined, apart = [], []
    for _ in range(ROUNDS):  # in turns, so that a busy minute slows both
        joined.append(timed(lambda: list(joined_counts(course, instructor))))
        apart.append(timed(lambda: list(prompts_to_grade(course, instructor))))
    print(f"{connection.vendor}: {count} students, {PROMPTS} prompts")
    print(f"{'joined and counted':28}{min(joined) * 1e3:>10.1f} ms")
    print(f"{'a subquery for each number':28}{min(apart) * 1e3:>10.1f} ms")
    print(f"{'ratio':28}{min(joined) / min(apart):>10.1f} ×")


def joined_counts(course, reader):
    from django.db.models import Count, Q

    from blog.models import Post, Prompt

    published = Q(posts__in=Post.objects.published().visible_to(reader))
    of_record = Q(gradings__of_record=True)
    return Prompt.objects.in_course(course).annotate(
        post_count=Count("posts", filter=published, distinct=True),
        grading_count=Count("gradings", filter=of_record, distinct=True),
        released_count=Count(
            "gradings", filter=of_record & Q(gradings__released_at__isnull=False), distinct=True
        ),
    )


def make_graded_course(count, slug="bench"):
    """Make a course whose students have posted for each prompt; half of the posts are graded."""
    from django.utils import timezone

    from blog.models import Grading, Membership, Post, Prompt, Score, User
    from tests.factories import make_rubric

    now = timezone.now()
    course, students = courses.make_course(count, now, 91, slug)
    rubric = make_rubric(course)
    instructor = User.objects.create(username=f"{slug}-i", email=f"i@{slug}.invalid")
    Membership.objects.create(course=course, user=instructor, role=Membership.Role.INSTRUCTOR)
    prompts = Prompt.objects.bulk_create(
        Prompt(
            course=course, number=number, title=str(number), question="-", rubric=rubric,
            opens_at=now - timedelta(days=1), due_at=now, comments_due_at=now,
        )
        for number in range(1, PROMPTS + 1)
    )  # fmt: skip
    posts = Post.objects.bulk_create(
        Post(course=course, author=user, prompt=prompt, slug=f"post-{prompt.pk}-{user.pk}")
        for prompt in prompts
        for user in students
    )
    courses.publish(posts)
    gradings = Grading.objects.bulk_create(
        Grading(
            prompt=post.prompt, student=post.author, grader=instructor, post=post, of_record=True,
            released_at=now if post.prompt == prompts[0] else None,
        )
        for post in posts[::2]
    )  # fmt: skip
    levels = [criterion.levels.first() for criterion in rubric.criteria.all()]
    Score.objects.bulk_create(
        Score(grading=grading, criterion=level.criterion, level=level)
        for grading in gradings
        for level in levels
    )
    return course, instructor


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="students", default=400)
