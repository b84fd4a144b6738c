"""A form that arrives twice does its deed once, whichever form of whichever page it is.

The pages come from the URL configuration and the forms from the pages, so nobody has to remember a
new one: it is sent twice here as it was printed, with some words in what is empty.
"""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from blog.models import User
from tests.access_rows import ROWS
from tests.durability.forms import forms_of
from tests.security.support import address_of, keys_of, make_course_of
from tests.security.test_forms_of_others import rebuild_ties_of
from tests.written import snapshot, undone

pytestmark = pytest.mark.slow
# What keeps it from doing so are rows that may be there once, and views, which are the same there.
ELSEWHERE = pytest.mark.slow if connection.vendor == "sqlite" else pytest.mark.long

# Not content: sessions and limits, what SQLite's search keeps for itself, and that somebody did
# something, which they did each time.
NOT_CONTENT = ("django_session", "cache", "blog_searchwords", "blog_auditevent")

# A link whose secret the page shows, and nobody keeps: what arrives again gets another one.
SHOWN_ONCE = {"registration_link_create": ["blog_registrationlink"]}

# Forms that make something from what is typed here. Those that want more than some words, such as a
# file or dates in order, have their test in ``tests/blog/views``.
MADE_FROM_WORDS = {
    *("case_ask", "case_keep", "charter_start", "class_pods_save", "comment_new", "follow"),
    *("intention_save", "mute", "norm_drop", "norm_new", "pod_draw", "pod_list", "post_cite"),
    *("post_new", "post_publish", "process_note_edit", "prompts_copy", "report_new"),
    *("roster_import_add", "roster_import_new", "rubric_new", "saved_comment_list"),
    *("section_list", "work_add"),
}


@pytest.fixture
def root(instructor):
    """Return somebody who may do everything: an instructor who runs the site as well."""
    User.objects.filter(pk=instructor.pk).update(is_staff=True, is_superuser=True)
    return User.objects.get(pk=instructor.pk)


def content() -> dict[str, list[str]]:
    return {table: rows for table, rows in snapshot().items() if not table.startswith(NOT_CONTENT)}


def pages_of(rows):
    """Return the addresses of all pages."""
    return [
        address_of(name, keys_of(rows)) for name, (method, _row) in ROWS.items() if method == "GET"
    ]


def sent_twice(client, addresses, seen):
    """Yield the name of each form, what its first sending added, and what its second did."""
    for address in addresses:
        page = client.get(address)
        if page.streaming:
            b"".join(page.streaming_content)  # which closes its file
        if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
            continue
        for form in forms_of(address, page.content.decode()):
            if form.shape in seen:
                continue
            seen.add(form.shape)
            with undone(), same_session(client):
                start = content()
                client.post(form.path, form.fields)
                first = content()
                again = client.post(form.path, form.fields)
                yield form.name, added(start, first), done_by(again, first, content())


@contextmanager
def same_session(client):
    """Keep somebody signed in whom a form signs out."""
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    yield
    client.cookies.clear()
    client.cookies.load(before)


def added(before, after):
    lengths = {table: len(after[table]) - len(rows) for table, rows in before.items()}
    return {table: more for table, more in lengths.items() if more > 0}


def done_by(again, before, after) -> list:
    """Return the status of a second answer that broke, and the tables where it added or took away
    rows. What it saves once more may get a new version."""
    broken = [again.status_code] if again.status_code >= 500 else []
    return broken + [table for table, rows in before.items() if len(after[table]) != len(rows)]


@pytest.mark.figure
@ELSEWHERE
@pytest.mark.parametrize(
    "each", [pytest.param(4, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)
def test_a_form_of_any_page_that_arrives_twice_adds_its_rows_once(root, figure, each):
    rows, seen, creating, twice = make_course_of(root, "own"), set(), {}, {}
    rebuild_ties_of("own")
    for person in (root, rows["student"]):
        client = Client(raise_request_exception=False)
        client.force_login(person)
        for name, first, second in sent_twice(client, pages_of(rows)[::each], seen):
            if first:
                creating.setdefault(name, first)
            if second:
                twice[name] = second

    assert {name: tables for name, tables in SHOWN_ONCE.items() if name in creating} == twice
    if each == 1:
        assert set(creating) >= MADE_FROM_WORDS
    figure("A form that arrives twice acts once", f"{len(seen)} forms, {len(creating)} add rows")
