"""A course of an LMS, connected with ours."""

import pytest

from blog.models import PlatformAccount, PlatformCourse


@pytest.fixture
def platform(lms):
    return lms.register(trusts_email=True)


@pytest.fixture
def connected(lms, platform, course, instructor):
    """Return the course of the LMS, connected with ours; its instructor has come from there."""
    PlatformAccount.objects.create(issuer=lms.url, subject="t-1", user=instructor)
    return PlatformCourse.objects.create(
        deployment=platform.deployments.get(),
        context_id="context-1",
        title="Networks there",
        course=course,
        memberships_url=f"{lms.url}/members",
        lineitems_url=f"{lms.url}/lineitems?course=1",
        connected_by=instructor,
    )
