"""Changes of audit events that the database refuses, and deletion of old events."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from blog.models import AuditEvent, AuditPurge, audit_events_at
from blog.tasks.audit_events import purge_audit_events
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

REFUSED = pytest.raises(DatabaseError, match="only ever added")
NOW = timezone.now()


@pytest.fixture
def event(course, instructor):
    return AuditEvent.record("grades_exported", course, by=instructor, course=course, format="csv")


@pytest.mark.parametrize(
    "change",
    [
        {"action": "joined"},
        {"target": "course:0"},
        {"data": {"format": "xlsx"}},
        {"at": timezone.now() - timedelta(days=9)},
        {"actor": None},
        {"course": None, "data": {}},
    ],
    ids=lambda change: "+".join(change),
)
def test_an_event_is_not_changed(event, change):
    before = AuditEvent.objects.values().get()

    with REFUSED, transaction.atomic():
        AuditEvent.objects.update(**change)

    assert AuditEvent.objects.values().get() == before


def test_an_event_is_not_given_to_another_course(event, course):
    with REFUSED, transaction.atomic():
        AuditEvent.objects.update(course=factories.make_course())

    assert AuditEvent.objects.get().course == course


def test_an_event_is_not_deleted(event):
    with REFUSED, transaction.atomic():
        event.delete()

    assert AuditEvent.objects.get() == event


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has REPLACE.")
def test_an_event_is_not_replaced(event):
    columns = ", ".join(field.column for field in AuditEvent._meta.concrete_fields)
    others = columns.replace("data", "'{}'")

    with REFUSED, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"REPLACE INTO blog_auditevent ({columns}) SELECT {others} FROM blog_auditevent"
        )

    assert AuditEvent.objects.get().data == {"format": "csv"}


def test_an_event_outlives_its_course(event):
    course = factories.make_course()
    of_course = AuditEvent.record("course_opened", course, by=None, course=course)

    course.delete()

    kept = AuditEvent.objects.get(pk=of_course.pk)
    assert (kept.course, kept.action) == (None, "course_opened")
    assert AuditEvent.objects.get(pk=event.pk) == event


def test_old_events_go_with_a_record_that_stays(course, instructor, event):
    with audit_events_at(NOW - timedelta(days=400)):
        AuditEvent.record("joined", course, by=instructor, course=course)
    limit = NOW - timedelta(days=365)

    assert purge_audit_events(limit) == 1

    assert AuditEvent.objects.get() == event
    assert AuditPurge.objects.values_list("before", "events").get() == (limit, 1)
    with REFUSED, transaction.atomic():
        AuditPurge.objects.update(events=0)
    with REFUSED, transaction.atomic():
        AuditPurge.objects.all().delete()
    with REFUSED, transaction.atomic():
        event.delete()


def test_where_nothing_is_old_no_purge_is_recorded(event):
    assert purge_audit_events(NOW - timedelta(days=365)) == 0

    assert not AuditPurge.objects.exists()


def test_a_purge_does_not_reach_ahead(event):
    ahead = timezone.now() + timedelta(days=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        purge_audit_events(ahead)

    assert AuditEvent.objects.get() == event


def test_young_events_go_by_the_same_way_alone_and_that_stays_on_record(event):
    """The database knows no period: SECURITY.md says so."""
    limit = event.at + timedelta(microseconds=1)

    assert purge_audit_events(limit) == 1

    assert AuditPurge.objects.values_list("before", "events").get() == (limit, 1)
