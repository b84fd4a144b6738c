"""What the page of a post costs a signed-in student, as ratios within one run.

    python -m tests.benchmarks.bench_post_page          30 rounds
    python -m tests.benchmarks.bench_post_page 5        fewer

In process, without a server: milliseconds of CPU for the page with 20 comments and with 300, beside
an empty view behind the same middleware and a plain Django page that shows the same comments by a
flat template. A round asks for all of them in turns, and the middle one of the rounds counts, so
that a busy minute is shared. DATABASE_URL chooses the database; the run makes one of its own beside
it, by all migrations, and drops it afterwards.
"""

import statistics
import time
from datetime import timedelta

from tests.benchmarks import courses

COMMENTERS, WORDS, REQUESTS = 10, 600, 4
MAX_GROWTH = 3  # times, from 20 comments to 300


def measure(rounds):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    course, reader, author = make_class()
    few, many = (make_post(course, author, count) for count in (20, 300))
    pages = {
        "empty view, signed in": "/floor/empty/",
        "plain Django page, 20": f"/floor/post/{few.pk}/",
        "post page, 20 comments": few.get_absolute_url(),
        "post page, 300 comments": many.get_absolute_url(),
    }
    spent = {name: [] for name in pages}
    with override_settings(ROOT_URLCONF="tests.benchmarks.floor"):
        client = Client(SERVER_NAME="localhost")
        client.force_login(reader)
        asked, sizes = {}, {}
        for name, address in pages.items():  # which also loads what a process loads once
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            sizes[name] = len(response.content)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked[name] = len(queries)
        for _round in range(rounds):
            for name, address in pages.items():
                start = time.process_time()
                for _request in range(REQUESTS):
                    client.get(address)
                spent[name].append((time.process_time() - start) / REQUESTS * 1e3)
    empty, plain, small, large = (statistics.median(times) for times in spent.values())
    print(f"{connection.vendor}, {rounds} rounds: CPU of the middle round, and of the best")
    for name, times in spent.items():
        print(
            f"{name:26}{statistics.median(times):8.2f} ms{min(times):8.2f} ms"
            f"{asked[name]:4} queries{sizes[name]:9,} bytes"
        )
    print(f"{'empty view : post page':26}{empty / small:8.2f}")
    print(f"{'post page : plain page':26}{small / plain:8.2f} x")
    print(f"{'300 comments : 20':26}{large / small:8.2f} x, {MAX_GROWTH} at most")


def make_class():
    """Make a course; return it with a student who reads, and one who writes."""
    from tests import factories

    course = factories.make_course("bench", instructor=factories.make_user())
    people = [factories.make_user(f"Student Number {n}") for n in range(COMMENTERS + 2)]
    for person in people:
        factories.add_member(course, person)
    return course, people[0], people[1]


def make_post(course, author, count):
    """Make a post of some length with so many comments, of which most reply to another."""
    from django.utils import timezone

    from blog.models import Comment, Membership
    from blog.text import render_comment, render_post
    from tests import factories

    paragraph = "Weak ties **carry news** that *nobody near us* knows, as each of us has noticed. "
    text = "\n\n".join([paragraph * 4] * (WORDS // (len(paragraph.split()) * 4)))
    prompt = factories.make_prompt(course)
    post = factories.make_post(author, course, f"Post {count}", text, prompt=prompt)
    rendered = render_post(text, {})
    post.revision.html, post.revision.paragraphs = rendered.html, list(rendered.paragraphs)
    post.revision.save()
    students = Membership.objects.in_course(course).students().order_by("pk")[2:]
    writers = [member.user for member in students.select_related("user")]
    html = render_comment("I read it **another** way.\n\nWhat would change your mind?").html
    at = timezone.now() - timedelta(days=3)
    stored = []
    for number in range(count):
        stored.append(
            Comment.objects.create(
                post=post,
                author=writers[number % len(writers)],
                parent=stored[-1] if number % 4 else None,
                addressee=author,
                text="-",
                html=html,
                renderer=1,
                day=at.date(),
                created_at=at + timedelta(minutes=7 * number),
            )
        )
    return post


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="rounds", default=30)
