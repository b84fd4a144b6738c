import pytest
from django.contrib.auth.models import Permission

from blog.actions import courses as actions
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Course, Membership
from blog.signals import course_saved
from tests import factories


@pytest.fixture
def teacher(db):
    user = factories.make_user("Theo Teacher")
    user.user_permissions.add(Permission.objects.get(codename="open_course"))
    return user


def course_fields(**changes):
    return {
        "title": "Networks",
        "slug": "networks",
        "starts_on": "2026-09-07",
        "ends_on": "2026-12-04",
        "time_zone": "America/Vancouver",
    } | changes


def test_create_course_makes_its_opener_the_instructor(teacher):
    heard = []
    course_saved.connect(
        lambda course, **kwargs: heard.append(course), weak=False, dispatch_uid="t"
    )

    course = actions.create_course(by=teacher, **course_fields())

    course_saved.disconnect(dispatch_uid="t")
    membership = Membership.objects.get(course=course)
    assert (membership.user, membership.role) == (teacher, "instructor")
    assert heard == [course]
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["course_opened"]


def test_create_course_without_permission_is_refused(db):
    with pytest.raises(Refused):
        actions.create_course(by=factories.make_user(), **course_fields())

    assert Course.objects.count() == 0


def test_change_course_narrows_wider_posts(course, ada, instructor):
    public = factories.make_post(ada, course, audience=Audience.PUBLIC)
    inner = factories.make_post(ada, course, audience=Audience.INSTRUCTORS)
    course.widest_audience = Audience.COURSE

    narrowed = actions.change_course(course, by=instructor)

    public.refresh_from_db()
    inner.refresh_from_db()
    assert narrowed == 1
    assert (public.audience, inner.audience) == (Audience.COURSE, Audience.INSTRUCTORS)


def test_join_course_twice_is_once(course, eve):
    actions.join_course(course, by=eve)
    actions.join_course(course, by=eve)

    assert [m.role for m in Membership.objects.filter(course=course, user=eve)] == ["student"]
    assert AuditEvent.objects.filter(action="joined").count() == 1


def test_join_course_after_removal_is_refused(course, ada, instructor):
    actions.remove_member(ada.membership_in(course), by=instructor)

    with pytest.raises(Refused):
        actions.join_course(course, by=ada)

    assert Membership.objects.get(course=course, user=ada).ended_at is not None


def test_restore_member_gives_back_role_and_pod(course, ada, instructor):
    pod = factories.make_pod(course, "Pod 1", ada)
    actions.remove_member(ada.membership_in(course), by=instructor)

    actions.restore_member(Membership.objects.get(course=course, user=ada), by=instructor)

    membership = Membership.objects.get(course=course, user=ada)
    assert (membership.ended_at, membership.role, membership.pod) == (None, "student", pod)


def test_the_last_instructor_cannot_be_removed(course, instructor):
    with pytest.raises(Refused):
        actions.remove_member(instructor.membership_in(course), by=instructor)

    assert instructor.memberships.get(course=course).ended_at is None


def test_the_last_instructor_cannot_be_made_a_student(course, instructor):
    membership = instructor.membership_in(course)

    with pytest.raises(Refused):
        actions.change_member(membership, by=instructor, role="student", pod=None)

    assert instructor.memberships.get(course=course).role == "instructor"


def test_rotate_join_code_kills_the_old_one(course, instructor):
    old = course.join_code

    new = actions.rotate_join_code(course, by=instructor)

    assert new != old
    assert not Course.objects.filter(join_code=old).exists()
