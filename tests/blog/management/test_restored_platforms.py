"""After a restore an LMS lets in nobody whom its registration had left out since the backup."""

import pytest

from blog.management.backups.replay import replay_line
from blog.models import AuditEvent, Platform, PlatformCourse
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_lms_is_off_although_courses_are_connected_through_what_goes(course, instructor):
    """Its courses were disconnected before it could go, and that line may be lost."""
    connected = factories.make_platform_course(course, instructor)
    platform = connected.platform
    Platform.objects.update(trusts_email=True)

    replay_line(f"platform_changed platform:{platform.pk} - another", "sign")

    platform.refresh_from_db()
    assert platform.openness == "- -"
    assert not PlatformCourse.objects.connected().exists()
    assert AuditEvent.objects.filter(action="lms_course_disconnected", course=course).exists()


def test_courses_of_a_deployment_that_stays_are_connected(course, instructor):
    connected = factories.make_platform_course(course, instructor)
    platform = connected.platform
    name = platform.deployments.get().deployment_id

    replay_line(f"platform_changed platform:{platform.pk} - {name}", "sign")

    platform.refresh_from_db()
    assert not platform.is_on
    assert PlatformCourse.objects.connected().get() == connected
