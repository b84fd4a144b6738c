"""Shared parts of the benchmarks on rows: a database of their own, and simple courses.

Django is set up by ``run``, so whatever needs its models is imported where it is used.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import django


def run(measure: Callable[[int], None], *, doc: str, what: str, default: int) -> None:
    """Call ``measure`` with the number on the command line, on a database that is dropped after.

    It is made beside the one that DATABASE_URL chooses.
    """
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument(what, type=int, nargs="?", default=default)
    count = getattr(parser.parse_args(), what)
    with own_database():
        measure(count)


@contextmanager
def own_database() -> Iterator[None]:
    """Set Django up, on a database beside the one of DATABASE_URL, which is dropped after."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plnsite.settings")
    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    settings.DEBUG = False  # or every query would be kept and every template watched

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)


def make_course(size: int, first_day: date | datetime, days: int, slug: str = "bench"):
    """Return a course and its students, ``size`` of them, who cannot log in."""
    from blog.models import Course, Membership, User

    course = Course.objects.create(
        slug=slug,
        title="Bench",
        starts_on=first_day,
        ends_on=first_day + timedelta(days=days - 1),
    )
    people = User.objects.bulk_create(
        User(username=f"{slug}-{n}", email=f"{n}@{slug}.invalid", password="!") for n in range(size)
    )
    Membership.objects.bulk_create(Membership(course=course, user=user) for user in people)
    return course, people


def sign_in(client, user) -> None:
    """Sign somebody in who has accepted the notice, as whoever opens pages has."""
    from blog.models import User, notice_version

    User.objects.filter(pk=user.pk).update(notice_version=notice_version())
    client.force_login(user)


def publish(posts: list) -> None:
    """Publish posts with a text of one character."""
    from django.db.models import OuterRef, Subquery

    from blog.models import Post, Revision

    Revision.objects.bulk_create(
        Revision(
            post=post, number=1, title="-", text="-", html="-", excerpt="-", words=1, renderer=1,
            created_by=post.author,
        )
        for post in posts
    )  # fmt: skip
    revision = Revision.objects.filter(post=OuterRef("pk"))
    Post.objects.update(
        status=Post.Status.PUBLISHED,
        revision=Subquery(revision.values("pk")),
        published_at=Subquery(revision.values("created_at")),
    )


def compare(what: str, pages: dict[str, Callable[[], int]], *, rounds: int, most: float) -> None:
    """Time two pages in turns, so that a busy minute slows both; say what more the second takes.

    A page returns its size in bytes, 0 for none that is told. AssertionError if the ratio of the
    best rounds is over ``most``.
    """
    from django.db import connection

    spent: dict[str, list[float]] = {name: [] for name in pages}
    sizes = dict.fromkeys(pages, 0)
    for _ in range(rounds):
        for name, page in pages.items():
            start = time.perf_counter()
            sizes[name] = page()
            spent[name].append(time.perf_counter() - start)
    print(f"{connection.vendor}: {what}, {rounds} rounds")
    for name, times in spent.items():
        size = f"{sizes[name] / 1e3:>10.0f} kB" if sizes[name] else ""
        print(f"{name:28}{min(times) * 1e3:>10.1f} ms{size}")
    small, large = (min(times) for times in spent.values())
    ratio = large / small
    print(f"{'ratio':28}{ratio:>10.1f} ×, {most:g} at most: {'PASS' if ratio <= most else 'OVER'}")
    assert ratio <= most, f"{what}: {ratio:.1f} times as long, {most:g} at most"


def settle_statistics() -> None:
    """Let the database look at its tables, as it does by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
