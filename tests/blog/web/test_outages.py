"""A full disk, a read-only one, a database or cache that is down: 503, and no word lost."""

import errno
import sqlite3
from contextlib import contextmanager, suppress
from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.test import Client
from django.urls import reverse
from PIL import Image

from blog.models import (
    AuditEvent,
    Comment,
    Course,
    Criterion,
    Draft,
    Grading,
    IdempotencyKey,
    Level,
    Picture,
    Pod,
    Prompt,
    Rubric,
    User,
)
from blog.web.outages import is_outage
from tests import factories
from tests.submitted import fields_of

TEXT = "Words that took an hour to write."
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def caused(error, **driver):
    """Return a database error with the attributes of its driver's error."""
    error.__cause__ = type("OperationalError", (Exception,), driver)()
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (caused(OperationalError(), sqlite_errorcode=sqlite3.SQLITE_FULL), True),
        (caused(OperationalError(), sqlite_errorcode=sqlite3.SQLITE_READONLY_DBMOVED), True),
        (caused(OperationalError(), sqlite_errorcode=sqlite3.SQLITE_BUSY), True),
        (caused(OperationalError(), sqlite_errorcode=sqlite3.SQLITE_IOERR_WRITE), True),
        (caused(OperationalError(), sqlite_errorcode=sqlite3.SQLITE_ERROR), False),
        (caused(IntegrityError(), sqlite_errorcode=sqlite3.SQLITE_CONSTRAINT_UNIQUE), False),
        (caused(OperationalError(), sqlstate="53100"), True),
        (caused(InternalError(), sqlstate="25006"), True),
        (caused(InternalError(), sqlstate="25P02"), False),
        (caused(OperationalError(), sqlstate=None), True),
        (caused(DatabaseError(), sqlstate="42P01"), False),
        (InterfaceError("connection already closed"), True),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EROFS, "Read-only file system"), True),
        (FileNotFoundError(errno.ENOENT, "No such file"), False),
        (ValueError("odd"), False),
        (None, False),
    ],
    ids=repr,
)
def test_an_outage_is_known_by_its_code(error, expected):
    assert is_outage(error) is expected


def test_an_outage_is_known_by_what_led_to_the_error():
    error = OperationalError("no such savepoint")
    error.__context__ = caused(OperationalError(), sqlite_errorcode=sqlite3.SQLITE_FULL)

    assert is_outage(error)


# A real full disk, as SQLite tells of it


@pytest.fixture
def signed_in(transactional_db, ada):
    client = Client(headers=SAME_ORIGIN)
    client.force_login(ada)
    return client


@pytest.fixture
def teaching(transactional_db, instructor):
    client = Client(headers=SAME_ORIGIN)
    client.force_login(instructor)
    return client


@pytest.fixture(params=["full", "read-only"])
def stuck(request, transactional_db, signed_in, teaching, bob, course):
    """Stop the database from growing, or from being written, after the rows were made."""
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)
    post = factories.make_post(bob, course, prompt=prompt)
    mine = factories.make_draft_post(signed_in_user(signed_in), course, title="Mine")
    if connection.vendor != "sqlite":
        pytest.skip("a full disk is easy to make with SQLite alone")
    if request.param == "full":
        fill()
        clean_up = ["PRAGMA max_page_count = 1073741823", "DROP TABLE filler"]
    else:
        run("PRAGMA query_only = 1")
        clean_up = ["PRAGMA query_only = 0"]
    yield SimpleNamespace(post=post, course=course, mine=mine, rubric=rubric)
    for statement in clean_up:
        run(statement)


def signed_in_user(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def one(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def fill():
    """Use up the free pages of the database: nothing that needs a new page fits after that.

    Nor does a row fit into the pages of the tables to which each action and each new form adds one.
    """
    run("CREATE TABLE IF NOT EXISTS filler (words TEXT)")
    run(f"PRAGMA max_page_count = {one('PRAGMA page_count')}")
    for size in (100_000, 4_000, 200, 10):
        repeat_until_full(run, f"INSERT INTO filler VALUES ('{'x' * size}')")
    user = User.objects.first()
    repeat_until_full(AuditEvent.objects.create, action="filler", target="x")
    repeat_until_full(
        lambda: IdempotencyKey.objects.create(user=user, key=uuid4(), action="filler")
    )


def repeat_until_full(add, *args, **kwargs):
    with suppress(OperationalError):
        for _time in range(10_000):
            add(*args, **kwargs)


def assert_given_back(answer):
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "cannot save anything at the moment" in page
    assert answer["Retry-After"] == "60"
    return page


def test_a_comment_is_a_503_with_its_text(signed_in, stuck):
    address = reverse("comment_new", args=[stuck.course.slug, stuck.post.slug])
    form = {"text": TEXT * 200, "audience": 30, "key": "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51"}

    answer = signed_in.post(address, form)

    page = assert_given_back(answer)
    assert TEXT in page
    assert f'action="{address}"' in page
    assert f'name="key" value="{form["key"]}"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert "Send it again" in page
    assert not Comment.objects.exists()


def test_a_text_is_a_503_with_its_words(signed_in, stuck):
    draft = Draft.objects.get(title="Mine")
    form = {"title": "Mine", "text": TEXT * 300, "audience": 30, "version": "0.1"}

    answer = signed_in.post(reverse("post_edit", args=[stuck.course.slug, draft.post.slug]), form)

    assert TEXT in assert_given_back(answer)
    assert Draft.objects.get(title="Mine").text == draft.text


# Each form with words: its address, and the field that holds them.
FORMS = {
    "grading_student": (lambda s: [s.course.slug, s.post.prompt.number, number_of(s.post)], "text"),
    "prompt_new": (lambda s: [s.course.slug], "question"),
    "prompt_edit": (lambda s: [s.course.slug, s.post.prompt.number], "question"),
    "course_edit": (lambda s: [s.course.slug], "about"),
    "rubric_new": (lambda s: [s.course.slug], "text-1-2"),
    "rubric_edit": (lambda s: [s.course.slug, s.rubric.pk], "text-1-2"),
    "profile_edit": (lambda s: [], "about"),
    "pod_list": (lambda s: [s.course.slug], "name"),
}
REQUIRED = {"title": "Of ties", "criterion-1": "Voice"}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_a_503_with_its_words(teaching, stuck, name):
    arguments, field = FORMS[name]
    address = reverse(name, args=arguments(stuck))
    form = fields_of(teaching.get(address), field)
    empty = {one: words for one, words in REQUIRED.items() if form.get(one) == ""}
    before = stored()

    answer = teaching.post(address, form | empty | {field: TEXT})

    assert TEXT in assert_given_back(answer)
    assert stored() == before


def number_of(post):
    return post.prompt.queue_places.get(student=post.author).number


def stored():
    """Return the rows that the forms write."""
    tables = (Grading, Prompt, Course, Rubric, Criterion, Level, User, Pod)
    return [list(model.objects.order_by("pk").values()) for model in tables]


@pytest.fixture
def picture_form():
    content = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return {
        "key": "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51",
        "picture": SimpleUploadedFile("map.png", content.getvalue()),
        "alternative": TEXT,
    }


def test_an_upload_is_a_503_with_its_description(signed_in, stuck, picture_form):
    address = reverse("picture_add", args=[stuck.course.slug, stuck.mine.slug])

    answer = signed_in.post(address, picture_form)

    page = assert_given_back(answer)
    assert TEXT in page
    assert "Send it again" not in page  # the file is not in the page
    assert not Picture.objects.exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_an_upload_to_a_full_disk_is_a_503_with_its_description(
    signed_in, ada, course, picture_form, monkeypatch, code
):
    address = reverse(
        "picture_add", args=[course.slug, factories.make_draft_post(ada, course).slug]
    )

    def fail(self, name, content):
        raise OSError(code, "The disk takes nothing")

    monkeypatch.setattr(FileSystemStorage, "_save", fail)

    answer = signed_in.post(address, picture_form)

    assert TEXT in assert_given_back(answer)
    assert not Picture.objects.exists()


def test_pages_can_still_be_read(signed_in, stuck):
    assert signed_in.get(stuck.post.get_absolute_url()).status_code == 200


def test_a_form_of_another_site_is_not_repeated(signed_in, stuck):
    address = reverse("comment_new", args=[stuck.course.slug, stuck.post.slug])
    form = {"text": TEXT * 200, "audience": 30, "key": "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51"}

    answer = signed_in.post(address, form, headers={"Sec-Fetch-Site": "cross-site"})

    assert TEXT not in assert_given_back(answer)


# The cache


@contextmanager
def read_only():
    """Let the database refuse to write until the end of the block."""
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic():
        run("PRAGMA query_only = 1" if is_sqlite else "SET TRANSACTION READ ONLY")
        try:
            yield
        finally:
            if is_sqlite:
                run("PRAGMA query_only = 0")
            transaction.set_rollback(True)


@pytest.mark.parametrize("how", ["add", "set"])
def test_a_cache_that_cannot_be_written_says_so(db, how):
    with read_only(), pytest.raises(DatabaseError) as refusal:
        getattr(cache, how)("key", 1)

    assert is_outage(refusal.value)


def test_a_cache_whose_commit_fails_says_so(transactional_db, monkeypatch):
    def fail(self):
        raise caused(OperationalError("full"), sqlite_errorcode=sqlite3.SQLITE_FULL)

    with monkeypatch.context() as patch:
        patch.setattr(type(connections["default"]), "_commit", fail)
        with pytest.raises(OSError, match="could not be written"):
            cache.add("key", 1)


def test_a_key_that_is_taken_is_no_failure(db):
    assert [cache.add("key", 1), cache.add("key", 2), cache.get("key")] == [True, False, 1]


def test_a_sign_in_is_not_told_of_too_many_requests(client, ada):
    form = {"login": ada.email, "password": factories.PASSWORD}

    with read_only():
        answer = client.post(reverse("account_login"), form, headers=SAME_ORIGIN)

    assert factories.PASSWORD not in assert_given_back(answer)


def test_autosave_is_not_told_of_too_many_requests(client, ada, course):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)
    form = {"title": "T", "text": TEXT, "audience": 30, "version": "0.1", "writer": ada.pk}

    with read_only():
        answer = client.post(reverse("draft_save", args=[course.slug, post.slug]), form)

    assert answer.status_code == 503


def test_a_session_that_cannot_be_saved_is_a_503_as_well(client, ada, monkeypatch):
    client.raise_request_exception = False
    client.force_login(ada)

    def fail(self, request, response):
        raise caused(OperationalError("full"), sqlite_errorcode=sqlite3.SQLITE_FULL)

    monkeypatch.setattr(SessionMiddleware, "process_response", fail)

    answer = client.post(reverse("account_logout"), headers=SAME_ORIGIN)

    assert answer.status_code == 503
