"""The benchmark of pages says what it measured, and no site has what it compares them with."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import Resolver404, resolve

from network.ties import check as check_ties
from tests.benchmarks import report, sizes
from tests.benchmarks.driver import Load, drive
from tests.benchmarks.servers import command_of_readme
from tests.benchmarks.sizes import CLASS, LECTURE, SIZES, VISITED_COURSES, Size, build, check
from tests.benchmarks.targets import CONNECTIONS, PEER_COMMENT, SHORT, Measured, verdicts
from tests.benchmarks.university import PEOPLE
from tests.benchmarks.visits import EMPTY, FLOORS, Page, visits_of

PAGES = (
    SHORT,
    "post page, 300 comments",
    "course home",
    "post list, first page",
    "post list, last page",
    "people",
    "references",
    "grading queue",
    "discover",
    "search",
    "my network",
    "editor",
)


def make_load(milliseconds, count=100):
    """Make answers that each took so long, of a server that did nothing else."""
    seconds = milliseconds / 1000
    return Load([seconds] * count, seconds * count, 1000 * count, seconds * count)


def make_measured(size, milliseconds=4.0):
    plan = {"readers": [], "instructor": {}, "plain": 1, "posts": [], "seen": [], "text": ""}
    names = visits_of(plan | {"pages": dict.fromkeys(PAGES, ["/"])})
    loads = {
        ("class", name, number): make_load(1.0 if name == EMPTY else milliseconds)
        for name in names
        for number in CONNECTIONS
    }
    counts = {"class": {name: {"queries": 5, "bytes": 20_000} for name in names}}
    return Measured(size, loads, counts, memory=99, starting=0.9, building=3)


class FewVisits(Page):
    """A page that takes three requests from each reader."""

    def may_send(self, reader):
        reader["left"] = reader.get("left", 3) - 1
        return reader["left"] >= 0


@pytest.fixture
def stub():
    """Yield a server that notes the connection and the cookie of each request."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append((self.client_address, self.headers["Cookie"]))
            self.send_response(200)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, *_args):
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, asked
        server.shutdown()
        thread.join()


def test_each_connection_is_kept_and_has_readers_of_its_own(stub):
    port, asked = stub
    page = FewVisits("home", ["/"], [{"cookie": name} for name in "abcd"])

    load = drive(page, port, connections=2, seconds=600)

    by_connection = {}
    for connection, cookie in asked:
        by_connection.setdefault(connection, []).append(cookie)
    assert sorted(by_connection.values()) == [["a", "c"] * 3, ["b", "d"] * 3]
    assert (load.count, load.bytes) == (12, 5)


def test_wrong_answer_ends_the_benchmark(stub):
    port, _asked = stub
    page = Page("home", ["/"], [{"cookie": "a"}], status=302)

    with pytest.raises(AssertionError, match="home: 200"):
        drive(page, port, connections=1, seconds=0)


@pytest.mark.parametrize("path", [path.format(plain=1) for path in FLOORS.values()])
def test_no_site_has_the_floors(path, settings):
    with pytest.raises(Resolver404):
        resolve(path)

    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    assert resolve(path).func.__module__ == "tests.benchmarks.floors"


def test_the_server_is_the_one_of_the_readme():
    assert command_of_readme()[:2] == ["gunicorn", "plnsite.wsgi"]


@pytest.mark.parametrize("name", SIZES)
def test_courses_add_up_to_the_size(name):
    size = SIZES[name]
    copies = size.patterns * (size.copies + 1)
    alike = [size.each] * copies + list(size.single)
    # In each that is measured are seven posts more, five with 20 comments and two with 300.
    measured = [CLASS, LECTURE] if size.has_lecture else [CLASS]
    new = LECTURE["people"] - VISITED_COURSES * PEOPLE if size.has_lecture else 0

    assert len(alike) + len(measured) == size.courses
    assert (len(alike) + 1) * PEOPLE + new == size.people
    assert sum(posts for posts, _ in alike) + sum(c["posts"] + 7 for c in measured) == size.posts
    comments = sum(comments for _, comments in alike)
    assert comments + sum(c["comments"] + 700 for c in measured) == size.comments


@pytest.mark.django_db
def test_people_of_other_courses_are_in_the_lecture(monkeypatch):
    few = {"people": 6, "posts": 10, "comments": 12, "prompts": 1}
    monkeypatch.setattr(sizes, "CLASS", few)
    monkeypatch.setattr(sizes, "LECTURE", few | {"people": 20, "posts": 40})
    monkeypatch.setattr(sizes, "VISITED_COURSES", 2)
    monkeypatch.setattr(sizes, "PEOPLE", 8)
    size = Size(
        6 + 5 * 8 + 4, 10 + 5 * 14 + 40, 12 + 5 * 20 + 12, 7,
        patterns=2, each=(14, 20), single=((14, 20),), has_lecture=True,
    )  # fmt: skip

    measured = build(size)

    check(size)
    assert list(measured) == ["class", "lecture"]
    assert measured["lecture"].memberships.count() == 20
    assert check_ties(measured["lecture"]) == []


def test_percentiles_are_of_all_rounds():
    load = make_load(10, count=98)
    load.add(make_load(500, count=2))

    assert [load.percentile(share) for share in (0.5, 0.95, 0.99)] == [10, 10, 500]
    assert load.count == 100


def test_targets_compare_pages_with_the_floor_and_sizes_with_each_other():
    sizes = {
        "class": make_measured("class"),
        "university": make_measured("university", milliseconds=5.0),
    }

    found = {one.target: (one.figure, one.verdict) for one in verdicts(sizes, {}, is_postgres=True)}

    assert found["course home, university beside class ≤ 1.15"] == ("1.25", "**missed**")
    assert found["course home, of the empty view ≥ 0.2"] == ("0.25", "met")
    assert found[f"{SHORT}, of the empty view ≥ 0.35"] == ("0.25", "**missed**")
    assert found[f"{SHORT}, times as fast as WordPress’s classic theme ≥ 10"] == (
        "–",
        "not measured in this run",
    )


@pytest.mark.parametrize(("is_postgres", "verdict"), [(False, "**missed**"), (True, "met")])
def test_peer_is_compared_by_the_time_of_processors(is_postgres, verdict):
    peer = {(PEER_COMMENT, 8): make_load(10)}

    found = verdicts({"class": make_measured("class")}, peer, is_postgres=is_postgres)

    [one] = [one for one in found if PEER_COMMENT in one.target]
    assert (one.figure, one.verdict) == ("2.5", verdict)


def test_page_names_what_was_missed():
    sizes = {"class": make_measured("class")}

    page = report.write(
        sizes, command="make bench SIZES=class", vendor="SQLite", peer={}, load=(0.1, 2.0)
    )

    assert f"Missed: 2 of 22: {SHORT}, of the empty view ≥ 0.35 (0.25); autosave" in page
    assert "## Class\n\n40 people, 500 posts, 5,000 comments, 1 course; made in 3 s." in page
    assert "| course home | 5 | 20.0 | 1.0 | 4.0 | 0.25 | 1.00 |" in page
    assert "| course home | 250 | 250 | 250 | 4 / 4 / 4 | 4 / 4 / 4 | 4 / 4 / 4 | 100 |" in page
