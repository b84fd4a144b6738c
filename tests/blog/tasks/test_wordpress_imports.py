"""Imports from WordPress that ``tick`` goes on with, gives up, and deletes."""

import logging
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from blog.actions import wordpress_posts
from blog.actions.wordpress_imports import answer_wordpress_import, import_wordpress_posts
from blog.models import (
    Audience,
    AuditEvent,
    Membership,
    Notification,
    Post,
    WordPressImport,
    private_files,
)
from blog.tasks import continue_wordpress_imports, delete_abandoned_wordpress_imports
from blog.tasks.wordpress_imports import MAX_ATTEMPTS
from tests import factories
from tests.blog.actions.wordpress_steps import go_on, key_of, start
from tests.wordpress_files import item, wxr

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(course, instructor):
    now = timezone.now()
    data = wxr(item(1), item(2), item(3))
    return factories.make_wordpress_import(
        course, instructor, data, started_at=now, due_at=now, total=3
    )


def test_a_tick_goes_on_with_what_is_due(started):
    assert continue_wordpress_imports() == 1
    assert continue_wordpress_imports() == 0

    started.refresh_from_db()
    assert (Post.objects.count(), started.done) == (3, 3)
    assert started.finished_at is not None


def test_what_somebody_else_goes_on_with_is_left_to_them(started):
    assert started.claim()

    assert continue_wordpress_imports() == 0
    assert not Post.objects.exists()


def test_who_no_longer_teaches_brings_nothing_in(started, course, instructor):
    factories.add_member(course, factories.make_user("second"), "instructor")
    Membership.objects.filter(user=instructor).update(ended_at=timezone.now())

    assert continue_wordpress_imports() == 0

    started.refresh_from_db()
    assert not Post.objects.exists()
    assert (bytes(started.data), started.changes["problems"]) == (b"", [["", "not_allowed"]])
    assert started.finished_at is not None


def test_what_fails_is_tried_again_and_then_given_up(started, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OSError("the disk is gone")

    monkeypatch.setattr(wordpress_posts.ImportingPosts, "prepare", fail)
    with caplog.at_level(logging.CRITICAL):
        for _ in range(5):
            WordPressImport.objects.update(due_at=timezone.now())
            assert continue_wordpress_imports() == 0

    started.refresh_from_db()
    assert started.changes["problems"] == [["", "stopped"]]
    assert (bytes(started.data), started.can_be_undone) == (b"", True)


@pytest.mark.parametrize("why", ["not_allowed", "stopped"])
def test_who_got_posts_of_an_import_that_stopped_half_way_is_told(course, instructor, ada, why):
    started = start(course, instructor, item(1), item(2, title="Two"))
    answers = {"author-0": key_of(course, ada), "audience": str(Audience.COURSE.value)}
    answer_wordpress_import(started, by=instructor, answers=answers)
    go_on(import_wordpress_posts(started, by=instructor), instructor, seconds=0)
    assert not Notification.objects.exists()
    if why == "not_allowed":
        Membership.objects.filter(user=instructor).update(ended_at=timezone.now())
    attempts = 0 if why == "not_allowed" else MAX_ATTEMPTS
    WordPressImport.objects.update(due_at=timezone.now(), attempts=attempts)

    assert continue_wordpress_imports() == 0

    stopped = WordPressImport.objects.get()
    assert (stopped.done, stopped.changes["problems"]) == (1, [["", why]])
    told = Notification.objects.get()
    assert (told.reader, told.kind) == (ada, Notification.Kind.IMPORTED)
    assert AuditEvent.objects.filter(action="wordpress_imported").count() == 1


def test_what_nobody_imports_is_deleted_after_a_day(course, instructor):
    old = timezone.now() - timedelta(days=1, minutes=1)
    path = default_storage.save("wordpress-imports/a.zip", ContentFile(b"zip"))
    factories.make_wordpress_import(course, instructor, created_at=old, media=path)
    young = factories.make_wordpress_import(course, instructor)
    used = factories.make_wordpress_import(
        course, instructor, created_at=old, started_at=old, finished_at=old
    )

    assert delete_abandoned_wordpress_imports() == 1
    assert delete_abandoned_wordpress_imports() == 0

    assert list(WordPressImport.objects.order_by("pk")) == [young, used]
    assert not default_storage.exists(path)


def test_files_that_no_row_names_are_deleted(course, instructor, monkeypatch):
    with monkeypatch.context() as patch:  # those of tests before this one
        patch.setattr(private_files, "UNNAMED_FOR", timedelta(seconds=-60))
        delete_abandoned_wordpress_imports()
    stray = default_storage.save("wordpress-imports/stray.zip", ContentFile(b"half"))

    assert delete_abandoned_wordpress_imports() == 0
    monkeypatch.setattr(private_files, "UNNAMED_FOR", timedelta(seconds=-60))
    assert delete_abandoned_wordpress_imports() == 1

    assert not default_storage.exists(stray)
