"""A class of any size for tests of the class network, with comments in a ring."""

from datetime import timedelta

from django.utils import timezone

from blog.models import Comment
from network import ties
from tests import factories


def make_class(course, size, *, pods=0):
    """Add students S0, S1 …, each with a post of ten days ago, in so many pods by turns."""
    at = timezone.now() - timedelta(days=10)
    groups = [factories.make_pod(course, f"Pod {n + 1}") for n in range(pods)]
    students, posts = [], []
    for place in range(size):
        student = factories.make_user(f"S{place} Student")
        pod = groups[place % pods] if pods else None
        factories.add_member(course, student, pod=pod, joined_at=at - timedelta(days=30))
        students.append(student)
        posts.append(factories.make_post(student, course, f"Post {place}", at=at))
    return students, posts


def write(course, *comments, days_ago=5):
    """Write comments by one person on a post, and derive the ties."""
    at = timezone.now() - timedelta(days=days_ago)
    Comment.objects.bulk_create(
        Comment(
            post=post,
            author=author,
            addressee=post.author,
            text="A thought.",
            html="<p>A thought.</p>",
            renderer=1,
            day=at.date(),
            created_at=at,
        )
        for author, post in comments
    )
    ties.rebuild(course)


def write_in_ring(course, students, posts, *steps, **fields):
    """Let each student comment on the post of the one so many places further on."""
    size = len(students)
    write(
        course,
        *((students[n], posts[(n + step) % size]) for step in steps for n in range(size)),
        **fields,
    )
