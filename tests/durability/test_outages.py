"""A disk that is full or read-only: a clear 503 with what was sent, and all is well later.

On both databases; ``tests/blog/web/test_outages.py`` tries every form on a real full SQLite.
"""

import errno
import sqlite3
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from blog.models import Comment, Picture
from tests import factories

TEXT = "Words that took an hour to write."
SAID = "cannot save anything at the moment"
TAKES_NOTHING = (
    "What cannot be saved comes back, and is saved once later",
    "{outages} outages: a full and a read-only database and disk",
)


@contextmanager
def full_database():
    """Refuse each write as a database without room does, in the words of its driver."""

    def refuse(execute, sql, params, many, context):
        if sql.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            error = OperationalError("no room")
            error.__cause__ = type("Error", (Exception,), CODES[connection.vendor])()
            raise error
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


CODES = {
    "sqlite": {"sqlite_errorcode": sqlite3.SQLITE_FULL},
    "postgresql": {"sqlstate": "53100"},
}


@contextmanager
def read_only_database():
    statements = {
        "sqlite": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
        "postgresql": (
            "SET default_transaction_read_only = on",
            "SET default_transaction_read_only = off",
        ),
    }
    begin, end = statements[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute(end)


@pytest.fixture
def writer(transactional_db, ada):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(ada)
    return client


@pytest.mark.figure
@pytest.mark.parametrize("outage", [full_database, read_only_database])
def test_a_database_without_room_gives_the_words_back_and_takes_them_later(
    writer, course, bob, figure, outage
):
    post = factories.make_post(bob, course)
    address = reverse("comment_new", args=[course.slug, post.slug])
    form = {"text": TEXT, "audience": 30, "key": str(uuid4())}

    with outage():
        refused = writer.post(address, form)
        read = writer.get(post.get_absolute_url())
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert SAID in refused.content.decode()
    assert TEXT in refused.content.decode()
    assert read.status_code == 200
    assert not Comment.objects.exists()

    saved, again = writer.post(address, form), writer.post(address, form)
    assert (saved.status_code, again.status_code, again.url) == (302, 302, saved.url)
    assert Comment.objects.count() == 1
    figure(*TAKES_NOTHING, outages=1)


@pytest.mark.figure
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_disk_without_room_for_pictures_takes_them_later(
    writer, ada, course, monkeypatch, settings, figure, code
):
    post = factories.make_draft_post(ada, course)
    address = reverse("picture_add", args=[course.slug, post.slug])
    content = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    key = str(uuid4())

    def send():
        picture = SimpleUploadedFile("map.png", content.getvalue())
        return writer.post(address, {"key": key, "picture": picture, "alternative": TEXT})

    def fail(self, name, content):
        raise OSError(code, "The disk takes nothing")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", fail)
        refused = send()
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert TEXT in refused.content.decode()
    assert not Picture.objects.exists()

    assert [send().status_code, send().status_code] == [302, 302]
    picture = Picture.objects.get()
    named = {picture.large.name, picture.small.name}
    folder = Path(settings.MEDIA_ROOT)
    stored = {path.relative_to(folder).as_posix() for path in folder.rglob(f"*{picture.token}*")}
    assert len(stored) == 2
    assert stored == named
    figure(*TAKES_NOTHING, outages=1)
