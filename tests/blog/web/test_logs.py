"""Lines of logs: what of a request and an error is in them, and what never is."""

import json
import logging

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from blog.web.logs import HidePaths, PlainLines, RequestLogMiddleware, one_line, trace_of
from tests import factories

SECRET = "quince-marmalade"
JSON = "blog.web.json_logs"


@pytest.fixture
def lines(settings):
    """Collect the lines of a production site with structured logs, as they go to the console."""
    json_logs = pytest.importorskip(JSON, reason="python-json-logger is not installed")
    written = []

    class Handler(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Handler()
    handler.setFormatter(json_logs.JsonLines())
    handler.addFilter(HidePaths())
    loggers = [logging.getLogger(name) for name in ("django", "blog")]
    for logger in loggers:
        logger.addHandler(handler)
    settings.LOG_FORMAT = "json"
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


def the_line(lines, message="answered"):
    [line] = [json.loads(line) for line in lines if json.loads(line)["message"] == message]
    return line


def test_a_request_is_a_line_with_its_page_and_no_words(client, lines, ada, course):
    client.force_login(ada)
    post = factories.make_post(ada, course, slug=SECRET)

    answer = client.get(reverse("post_page", args=[course.slug, post.slug]), {"undo": SECRET})

    line = the_line(lines)
    assert line.pop("time").endswith("+00:00")
    assert line.pop("duration_ms") >= 0
    assert line.pop("request_id") == answer["X-Request-ID"]
    assert line == {
        "level": "INFO",
        "logger": "blog.web.logs",
        "message": "answered",
        "method": "GET",
        "view": "post_page",
        "user": f"user:{ada.pk}",
        "status": 200,
    }
    assert SECRET not in "".join(lines)


def test_a_visitor_and_an_unknown_address_have_no_user_and_no_page(client, lines, db):
    client.get(f"/{SECRET}\r\nforged/")

    line = the_line(lines)
    assert (line["status"], "user" in line, "view" in line) == (404, False, False)
    assert SECRET not in "".join(lines)


def test_an_error_has_its_place_and_not_its_words(client, lines, ada, course, monkeypatch):
    def fail(*args, **kwargs):
        try:
            raise IntegrityError(f"Key (email)=({SECRET}@example.edu) already exists.")
        except IntegrityError as error:
            raise ValueError(SECRET) from error

    client.raise_request_exception = False
    client.force_login(ada)
    monkeypatch.setattr("blog.views.courses.course.render", fail)

    answer = client.get(reverse("course_home", args=[course.slug]))

    assert answer.status_code == 500
    line = the_line(lines, "Internal Server Error: course_home")
    assert line["request_id"] == the_line(lines)["request_id"]
    assert [one for one in line["trace"] if " in " not in one] == [
        "django.db.utils.IntegrityError",
        "builtins.ValueError",
    ]
    assert any(one.startswith("blog/views/courses/course.py:") for one in line["trace"])
    assert SECRET not in "".join(lines)


@pytest.mark.parametrize("path", ["/healthz", "/static/css/base.css"])
def test_what_comes_each_few_seconds_has_no_line(client, lines, db, path):
    client.get(path).close()

    assert [one for one in lines if json.loads(one).get("status", 0) < 400] == []


def test_a_line_is_written_for_no_query(client, lines, ada, django_assert_num_queries):
    """Who asks is known where the page has asked, and else not looked up."""
    client.force_login(ada)

    with django_assert_num_queries(0):
        client.get("/favicon.ico")

    assert "user" not in the_line(lines)


@pytest.mark.parametrize(
    ("proxies", "sent", "is_kept"),
    [
        (1, "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51", True),
        (0, "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51", False),
        (1, "short", False),
        (1, "a" * 65, False),
        (1, "forged line of a log", False),
    ],
)
def test_the_number_of_a_request_comes_from_our_own_proxy(
    client, lines, db, settings, proxies, sent, is_kept
):
    settings.TRUSTED_PROXY_COUNT = proxies

    answer = client.get("/about/", headers={"X-Request-ID": sent})

    assert (answer["X-Request-ID"] == sent) == is_kept
    assert the_line(lines)["request_id"] == answer["X-Request-ID"]


def test_without_structured_logs_requests_have_no_lines(settings):
    settings.LOG_FORMAT = "plain"

    with pytest.raises(MiddlewareNotUsed):
        RequestLogMiddleware(lambda request: HttpResponse())


def record_of(message, *arguments, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("blog", logging.ERROR, __file__, 1, message, arguments, info)


def test_a_plain_line_of_production_says_as_little():
    try:
        raise IndexError(SECRET)
    except IndexError as error:
        record = record_of("Mail 7 was not sent: %r", OSError(f"{SECRET}@example.edu"), error=error)

    written = PlainLines("%(message)s", hides_values=True).format(record)

    assert written.splitlines()[0] == "Mail 7 was not sent: OSError('…@…')"
    assert written.splitlines()[-1] == "  builtins.IndexError"
    assert SECRET not in written


def test_a_development_site_shows_what_an_error_says():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        record = record_of("It broke", error=error)

    assert SECRET in PlainLines("%(message)s").format(record)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Error handling request POST /c/networks/?q=quince", "Error handling request POST …"),
        ("to Ada <ada@example.edu>, refused", "to Ada <…@…>, refused"),
        ("/feeds/token-of-ada/calendar.ics", "/feeds/…/calendar.ics"),
        ("Forbidden: /lti/connect/token-of-ada/", "Forbidden: /lti/connect/…/"),
        ("one\r\nINFO forged\u2028line\x1b[2J", "one\\r\\nINFO forged\\u2028line\\x1b[2J"),
    ],
)
def test_a_line_repeats_no_address_of_people_or_pages(said, written):
    assert one_line(said) == written


@given(st.text())
def test_nothing_in_a_record_begins_a_line(text):
    written = PlainLines("%(levelname)s: %(message)s").format(record_of("Read %s", text))

    assert len(written.splitlines()) == 1


@given(st.text())
def test_a_record_is_one_line_of_json(text):
    json_logs = pytest.importorskip(JSON, reason="python-json-logger is not installed")

    written = json_logs.JsonLines().format(record_of("Read %s", text))

    assert len(written.splitlines()) == 1
    assert json.loads(written)["message"] == one_line(f"Read {text}")


def test_a_trace_names_places_of_ours_from_the_root():
    try:
        raise TypeError
    except TypeError as error:
        trace = trace_of(error)

    [place, kind] = trace
    assert place.startswith("tests/blog/web/test_logs.py:")
    assert kind == "builtins.TypeError"
