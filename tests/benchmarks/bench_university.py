"""Cost of ties and network pages with 500 courses, 20,000 people and 1,000,000 comments.

    python -m tests.benchmarks.bench_university         500 courses
    python -m tests.benchmarks.bench_university 50      a tenth of that

It counts, as ratios within one run:

- ``manage.py rebuild_ties`` over all courses, in a process of its own: its memory beside that for
  one course, and its lines of progress;
- deriving the ties beside the bare ``INSERT … SELECT … GROUP BY`` and beside the same in networkx,
  which has to come to the same arcs;
- pages of one course among all the others beside the same pages where it is alone, in turns;
- rows that a page reads in a course of four times as many people;
- a second view of the class network beside the first one of the day.

On SQLite time is what this process takes of a processor, so that others on the machine do not
count; on PostgreSQL it is the time that passes.

DATABASE_URL chooses the database; the run makes two of its own beside it and drops them afterwards.
It fails if a ratio is over what is allowed.
"""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import courses, university
from tests.benchmarks.bench_ties import empty, report
from tests.rows_read import counting_rows

ROUNDS = 6
MAX_PAGE_RATIO = 1.5
MAX_MEMORY_RATIO = 1.15
MAX_DERIVE_RATIO = 8.0
MAX_SECOND_VIEW = 0.6
TIMES_AS_MANY = 4
MAX_ROWS_RATIO = 2.0

BARE_UNITS = """
INSERT INTO network_tieunit (course_id, source_id, target_id, post_id, day, events, quantum)
SELECT p.course_id, c.author_id, c.addressee_id, c.post_id, c.day, COUNT(*), 1
FROM blog_comment c JOIN blog_post p ON p.id = c.post_id
GROUP BY p.course_id, c.author_id, c.addressee_id, c.post_id, c.day
"""
BARE_ARCS = """
INSERT INTO network_tiearc (course_id, source_id, target_id, acc, units, events)
SELECT course_id, source_id, target_id, SUM(quantum), COUNT(*), SUM(events)
FROM network_tieunit GROUP BY course_id, source_id, target_id
"""
EVENTS = """
SELECT p.course_id, c.author_id, c.addressee_id, c.post_id, c.day
FROM blog_comment c JOIN blog_post p ON p.id = c.post_id
"""


class Verdicts:
    """The results within their bounds and beyond them, printed as they come."""

    def __init__(self):
        self.over = []

    def __call__(self, what, ratio, most):
        verdict = "PASS" if ratio <= most else "OVER"
        print(f"{what:58}{ratio:>8.2f} ×, {most:g} at most: {verdict}", flush=True)
        if ratio > most:
            self.over.append(what)


def measure(count):

    from network import ties

    verdict = Verdicts()
    start = time.perf_counter()
    course = university.make_pattern(0)
    ties.rebuild(course)
    courses.settle_statistics()
    alone = copy_of_database()
    try:
        measure_among_others(count, course, alone, start, verdict)
    finally:
        drop_copy(alone)
    assert not verdict.over, verdict.over


def measure_among_others(count, course, alone, start, verdict):
    from django.db import connection

    from blog.models import Comment, Course, User

    for number in range(1, min(university.PATTERNS, count)):
        university.make_pattern(number)
    empty()
    if count > university.PATTERNS:
        university.copy_courses(count // university.PATTERNS - 1)
    courses.settle_statistics()
    print(
        f"{connection.vendor}: {Course.objects.count():,} courses, {User.objects.count():,} people,"
        f" {Comment.objects.count():,} comments, made in {time.perf_counter() - start:.0f} s",
        flush=True,
    )
    memory_of_rebuilding(course, verdict)
    derive(verdict)
    pages_beside_alone(course, alone, verdict)
    views_of_a_day(course, verdict)
    rows_of_pages(verdict)


def best(action, *, prepare=None, times=3):
    """Return the least seconds that an action takes, by the clock of this database."""
    return min(timed(action, prepare) for _ in range(times))


def timed(action, prepare=None):
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    if prepare:
        prepare()
    start = clock()
    action()
    return clock() - start


# The course alone


def copy_of_database():
    """Copy the database as it is; return the copy's name."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    copy = f"{name}-alone"
    if connection.vendor == "sqlite":
        Path(copy).unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [copy])
    else:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    return copy


def drop_copy(copy):
    from django.db import connection

    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
    else:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}"')


@contextmanager
def within(name):
    """Let everything in the block read and write another database."""
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def pages_beside_alone(course, alone, verdict):
    """Open pages in both databases by turns, so that a busy minute slows both."""
    from django.db import connection

    from network import ties

    spent = {}
    for name in ROUNDS * [alone, connection.settings_dict["NAME"]]:
        with within(name):
            pages = pages_of(course) | {"rebuilding its ties": lambda: ties.rebuild(course)}
            for page, opened in pages.items():
                opened()  # reads what this connection has not read yet
                spent.setdefault(page, {}).setdefault(name, []).append(timed(opened))
    for page, times in spent.items():
        few, many = (min(found) for found in times.values())
        verdict(f"{page}, among all beside alone", many / few, MAX_PAGE_RATIO)


# Rebuilding


def memory_of_rebuilding(course, verdict):
    """Compare the memory of the command for one course with that for all of them."""
    empty()
    one, _lines, _took = rebuild_command("--course", course.slug)
    empty()
    everything, lines, took = rebuild_command()
    print(f"{'rebuild_ties, last line of its progress':58}  {lines[-1]}")
    print(f"{'rebuild_ties, in a process of its own':58}{took:>8.1f} s")
    print(f"{'peak memory for one course':58}{one:>8.0f} MB")
    print(f"{'peak memory for all':58}{everything:>8.0f} MB")
    verdict("peak memory, all courses beside one", everything / one, MAX_MEMORY_RATIO)
    assert len(lines) == int(re.match(r"\[\d+/(\d+)\]", lines[-1])[1]), "a line for each course"


def rebuild_command(*options):
    """Run ``manage.py rebuild_ties``; return its peak memory in MB, its lines, and its seconds."""
    start = time.perf_counter()
    environment = os.environ | {"DATABASE_URL": address_of_database()}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "rebuild_ties", *options],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    output = process.stdout.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    assert status == 0, output
    return usage.ru_maxrss / 1024, output.splitlines(), time.perf_counter() - start


def address_of_database():
    """Return the DATABASE_URL of the database that this run has made."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    address, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"{address}/{name}"


def derive(verdict):
    """Compare deriving all ties with the bare aggregate, and with the same in networkx."""
    from blog.models import Course
    from network import ties

    everywhere = list(Course.objects.order_by("pk"))

    def rebuild():
        for one in everywhere:
            ties.rebuild(one)

    graphs = {}

    def by_networkx():
        graphs.clear()
        graphs.update(graphs_of_networkx())

    bare = best(bare_insert, prepare=empty, times=2)
    derived = best(rebuild, prepare=empty, times=2)
    again = best(rebuild, times=2)
    in_networkx = best(by_networkx, times=2)
    report("bare INSERT … SELECT … GROUP BY", bare)
    report("rebuild, nothing stored before", derived, bare)
    report("rebuild, everything stored before", again, bare)
    report("networkx, kept in memory alone", in_networkx, bare)
    assert_same_arcs(graphs)
    verdict("deriving ties, beside the bare aggregate", derived / bare, MAX_DERIVE_RATIO)
    verdict("deriving ties, beside networkx", derived / in_networkx, MAX_DERIVE_RATIO)


def bare_insert():
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE_UNITS)
        cursor.execute(BARE_ARCS)


def graphs_of_networkx():
    """Return a graph of each course: an arc weighs as many units as there are, by their days."""
    import networkx as nx
    from django.db import connection
    from django.utils.dateparse import parse_date

    from network.models import TieClock
    from network.ties.decay import weight

    clocks = {clock.course_id: clock for clock in TieClock.objects.all()}
    graphs = {key: nx.DiGraph() for key in clocks}
    units, weights = set(), {}
    with connection.cursor() as cursor:
        cursor.execute(EVENTS)
        while rows := cursor.fetchmany(5000):
            for row in rows:
                if row in units:
                    continue
                units.add(row)
                course, source, target, _post, day = row
                if (course, day) not in weights:
                    date = parse_date(day) if isinstance(day, str) else day
                    days = (date - clocks[course].landmark).days
                    weights[course, day] = weight(days, clocks[course].half_life)
                graph = graphs[course]
                if graph.has_edge(source, target):
                    graph[source][target]["acc"] += weights[course, day]
                else:
                    graph.add_edge(source, target, acc=weights[course, day])
    return graphs


def assert_same_arcs(graphs):
    from network.models import TieArc

    count = 0
    rows = TieArc.objects.values_list("course", "source", "target", "acc")
    for course, source, target, acc in rows.iterator():
        assert graphs[course][source][target]["acc"] == acc
        count += 1
    assert count == sum(graph.number_of_edges() for graph in graphs.values())
    print(f"networkx has the same {count:,} arcs")


# Pages


def pages_of(course):
    """Return functions that open pages of a course, by their names."""
    from django.core.cache import cache

    from network.models import WeeklyChoice
    from network.queries.ego_network import load_ego_network
    from network.queries.week_choice import choose_week, week_of

    student, peer, staff = cast_of(course)
    assert load_ego_network(student, course)["ties"], "a student with ties"

    monday = week_of(course)
    picks = choose_week(student, course, monday)
    WeeklyChoice.store(course, student, monday, picks)

    def nothing_stored():
        WeeklyChoice.objects.filter(student=student).delete()
        open_page(student, course, "discover/")
        WeeklyChoice.store(course, student, monday, picks)

    def first_view():
        cache.clear()
        open_page(staff, course, "network/class/")

    return {
        "my network": lambda: open_page(student, course, "network/"),
        "my network, an earlier week": lambda: open_page(student, course, "network/?week=6"),
        "a tie": lambda: open_page(student, course, f"network/{peer.username}/"),
        "discover, nothing stored": nothing_stored,
        "discover, its week stored": lambda: open_page(student, course, "discover/"),
        "class network, first view": first_view,
        "class network, second view": lambda: open_page(staff, course, "network/class/"),
    }


def cast_of(course):
    """Return a student with ties, a peer of theirs, and the instructor."""
    from blog.models import Comment, User

    people = User.objects.filter(memberships__course=course)
    staff = people.get(memberships__role="instructor")
    student = people.filter(memberships__role="student").order_by("pk").first()
    written = Comment.objects.by(student).filter(post__course=course).exclude(addressee=staff)
    return student, written.order_by("pk").first().addressee, staff


CLIENTS = {}


def open_page(user, course, path):
    from django.db import connection
    from django.test import Client

    key = connection.settings_dict["NAME"], user.pk
    if key not in CLIENTS:
        CLIENTS[key] = Client(headers={"host": "localhost"})
        courses.sign_in(CLIENTS[key], user)
    answer = CLIENTS[key].get(f"/c/{course.slug}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    return answer


def views_of_a_day(course, verdict):
    """Compare the views of the class network; a new comment has to be in the next one at once."""
    from django.core.cache import cache

    from blog.models import Post
    from network.queries.class_figures import ClassRecord, class_figures
    from tests import factories

    student, peer, staff = cast_of(course)

    def view():
        open_page(staff, course, "network/class/")

    def comments():
        record = ClassRecord(course)
        return class_figures(record, record.weeks, by_section=False).comments

    first = best(view, prepare=cache.clear, times=ROUNDS)
    second = best(view, times=ROUNDS)
    report("class network, first view of the day", first)
    report("class network, second view", second, first)
    before = comments()
    post = Post.objects.in_course(course).published().by(peer).first()
    factories.make_comment(student, post)
    assert comments() == before + 1, "a comment makes new figures"
    print("a comment was in the next figures at once")
    verdict("class network, second view beside the first", second / first, MAX_SECOND_VIEW)


def rows_of_pages(verdict):
    """Compare the rows that pages read in two courses whose people write as much to as many."""
    from network import ties

    small = university.make_pattern(900)
    large = university.make_pattern(
        901,
        people=TIMES_AS_MANY * university.PEOPLE,
        comments=TIMES_AS_MANY * university.COMMENTS,
        works=TIMES_AS_MANY * university.WORKS,
    )
    for course in (small, large):
        ties.rebuild(course)
    found = {}
    for course in (small, large):
        for name, page in pages_of(course).items():
            page()
            with counting_rows() as count:
                page()
            found.setdefault(name, []).append(count.rows)
    for name, (few, many) in found.items():
        print(f"{name:44}{few:>7} rows{many:>7} in a course {TIMES_AS_MANY} times as large")
        if not name.startswith(("class", "discover, nothing")):  # which measure a whole class
            verdict(f"{name}, rows read", many / few, MAX_ROWS_RATIO)


if __name__ == "__main__":
    courses.run(measure, doc=__doc__, what="courses", default=500)
