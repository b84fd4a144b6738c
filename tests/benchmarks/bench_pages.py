"""What the pages with lists cost beside an empty view and a plain Django page, in one run.

    python -m tests.benchmarks.bench_pages         40 people, 195 posts, 5,000 comments
    python -m tests.benchmarks.bench_pages 400     as many in a course of 400 people

Each line is a page as a signed-in member opens it: the CPU milliseconds of this process, what part
of the page an empty view behind the same middleware costs, how many plain Django pages it is
(a list of ten posts: ``floor.plain``), its queries and its bytes. Pages are opened in turns, so
that a busy minute slows all of them, and the median of the rounds counts. Requests go to the
handler itself: no server and no test client is counted.

DATABASE_URL chooses the database; the run makes one of its own beside it and drops it afterwards.
``PAGES_PROFILED=posts`` prints where that page spends its time instead.
"""

import cProfile
import os
import pstats
import statistics
import time

from tests.benchmarks import courses, university

ROUNDS = 15
COMMENTS_PER_PERSON = 125
PROFILED_VIEWS, PROFILED_LINES = 20, 60


def measure(people):
    from django.db import connection
    from django.test.utils import override_settings

    course = make_class(people)
    courses.settle_statistics()
    with override_settings(ROOT_URLCONF="tests.benchmarks.floor", ALLOWED_HOSTS=["localhost"]):
        pages = pages_of(course)
        for page in pages.values():
            page()  # what this process reads and compiles once
        wanted = os.environ.get("PAGES_PROFILED")
        if wanted:
            profile(pages[wanted])
            return
        spent = in_turns(pages)
        floor, plain = (statistics.median(spent[name]) for name in ("empty view", "plain page"))
        print(f"{connection.vendor}: {people} people, {ROUNDS} rounds")
        print(f"{'':24}{'CPU ms':>8}{'of empty':>10}{'× plain':>9}{'queries':>9}{'kB':>7}")
        for name, times in spent.items():
            took = statistics.median(times)
            queries, size = counted(pages[name])
            print(
                f"{name:24}{1000 * took:8.2f}{floor / took:10.3f}{took / plain:9.2f}"
                f"{queries:9}{size / 1000:7.1f}"
            )


def make_class(people):
    """Make a course with prompts, pods, posts, comments, works and ties."""
    from datetime import timedelta

    from blog.models import Post, Prompt, draw_queue_places
    from network import ties
    from tests import factories

    course = university.make_pattern(
        0, people=people, comments=people * COMMENTS_PER_PERSON, works=3 * people // 2
    )
    students = people - 1
    posts = list(Post.objects.in_course(course).order_by("pk"))
    for number in range(university.WEEKS // university.PROMPT_WEEKS):
        opens = university.at(course.starts_on + timedelta(weeks=university.PROMPT_WEEKS * number))
        prompt = factories.make_prompt(
            course,
            opens_at=opens,
            due_at=opens + timedelta(days=12),
            comments_due_at=opens + timedelta(days=30),
        )
        answers = posts[number * students : (number + 1) * students]
        Post.objects.filter(pk__in=[post.pk for post in answers]).update(prompt=prompt)
    draw_queue_places(Prompt.objects.in_course(course), [post.author_id for post in posts])
    ties.rebuild(course)
    return course


def pages_of(course):
    """Return functions that open pages, by their names; each returns its answer."""
    from django.core.handlers.wsgi import WSGIHandler

    from blog.models import Post, User

    people = User.objects.filter(memberships__course=course)
    staff = people.get(memberships__role="instructor")
    student = people.filter(memberships__role="student").order_by("pk").first()
    peer = Post.objects.in_course(course).exclude(author=student).earliest("pk").author
    handler = WSGIHandler()
    mine, theirs = cookie_of(student), cookie_of(staff)
    at = f"/c/{course.slug}/"
    addresses = {
        "empty view": (mine, "/floor/empty/"),
        "plain page": (mine, f"/floor/plain/{course.slug}/"),
        "course home": (mine, at),
        "course home, team": (theirs, at),
        "posts": (mine, f"{at}posts/"),
        "posts, last page": (mine, f"{at}posts/?page=9999"),
        "people": (mine, f"{at}people/"),
        "person": (mine, f"{at}people/{peer.username}/"),
        "prompt": (mine, f"{at}prompts/3/"),
        "references": (mine, f"{at}references/"),
        "references, team": (theirs, f"{at}references/"),
        "desk": (theirs, f"{at}desk/"),
        "queue": (theirs, f"{at}desk/3/"),
        "discover": (mine, f"{at}discover/"),
        "my network": (mine, f"{at}network/"),
        "search": (mine, f"{at}search/?q=w17"),
    }
    store_week(student, course)
    return {
        name: lambda cookie=cookie, address=address: answer_of(handler, cookie, address)
        for name, (cookie, address) in addresses.items()
    }


def store_week(student, course):
    """Store the choice of the week, as ``tick`` does."""
    from network.models import WeeklyChoice
    from network.queries.week_choice import choose_week, week_of

    monday = week_of(course)
    WeeklyChoice.store(course, student, monday, choose_week(student, course, monday))


def cookie_of(user) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def answer_of(handler, cookie, address):
    """Send a request through the whole middleware and return its answer."""
    from django.test import RequestFactory

    if handler._middleware_chain is None:
        handler.load_middleware()
    request = RequestFactory().get(
        address, headers={"host": "localhost", "cookie": cookie}, secure=True
    )
    answer = handler.get_response(request)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def in_turns(pages):
    """Return the CPU seconds of each round by the page's name."""
    spent = {name: [] for name in pages}
    for _round in range(ROUNDS):
        for name, page in pages.items():
            start = time.process_time()
            page()
            spent[name].append(time.process_time() - start)
    return spent


def counted(page):
    """Return how many queries a page makes, and how many bytes it has."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = page()
    return len(queries), len(answer.content)


def profile(page):
    profiler = cProfile.Profile()
    profiler.enable()
    for _view in range(PROFILED_VIEWS):
        page()
    profiler.disable()
    stats = pstats.Stats(profiler)
    stats.sort_stats("cumulative").print_stats(PROFILED_LINES)
    stats.sort_stats("tottime").print_stats(PROFILED_LINES // 2)


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="people", default=university.PEOPLE)
