"""Cost of the comments of one class while the site grows, as ratios within one run.

    python -m tests.benchmarks.bench_visibility            40 courses beside the class
    python -m tests.benchmarks.bench_visibility 400        a university's worth

DATABASE_URL chooses the database; the run makes one of its own beside it and drops it afterwards.
"Through the posts" is the same rule with the posts asked in a subquery, as it was once written.
"""

import time

from tests.benchmarks import courses

POSTS, COMMENTS_PER_POST, ON_A_PAGE = 100, 5, 10
ROUNDS = 30


def measure(count):
    from django.db import connection

    from blog.models import Comment, Post
    from blog.models.comments import comment_rules

    course, reader = make_class()
    posts = list(Post.objects.in_course(course)[:ON_A_PAGE])

    def as_it_is():
        assert list(Comment.objects.filter(post__in=posts).visible_to(reader))

    def through_the_posts():
        seen = Post.objects.visible_to(reader).values("pk")
        list(Comment.objects.filter(comment_rules(reader), post__in=posts).filter(post__in=seen))

    before = best(as_it_is), best(through_the_posts)
    for _number in range(count):
        make_class()
    courses.settle_statistics()
    after = best(as_it_is), best(through_the_posts)
    print(f"{connection.vendor}: {(count + 1) * POSTS:,} posts")
    for name, small, large in zip(("as it is", "through the posts"), before, after, strict=True):
        print(f"{name:20}{small:8.2f} ms alone {large:8.2f} ms in the site {large / small:6.2f} x")
    print(f"{'ratio':20}{after[1] / after[0]:8.2f} x")


def make_class():
    """Make a course of posts with comments; return it and their author."""
    from blog.models import Comment, Post
    from tests import factories

    author = factories.make_user()
    course = factories.make_course()
    factories.add_member(course, author)
    posts = Post.objects.bulk_create(
        Post(course=course, author=author, slug=f"p{number}") for number in range(POSTS)
    )
    Comment.objects.bulk_create(
        Comment(post=post, author=author, text="x", html="x", renderer=1, day=course.starts_on)
        for post in posts
        for _number in range(COMMENTS_PER_POST)
    )
    return course, author


def best(call):
    """Return the least milliseconds a call took: the machine may be busy."""
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="courses", default=40)
