"""Queueing of grades and posts for LMSs. Their content is read when it is sent."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from blog.models.courses import Course
from blog.models.grading import Grading
from blog.models.memberships import Membership
from blog.models.platform_courses import LineItem, PlatformCourse, PlatformMember, PlatformScore
from blog.models.posts import Post

# What is to be told: prompt, kind and student, by their keys, and from when on.
Told = Mapping[tuple[int, str, int], datetime]


def queue_scores(gradings: Iterable[Grading]) -> None:
    """Queue released, changed or withdrawn grades for LMSs, in this transaction.

    A release that is dated ahead is told at its date. One query where no LMS is connected.
    """
    gradings, now = list(gradings), timezone.now()
    courses = {grading.prompt.course_id for grading in gradings}
    told = {
        (one.prompt_id, one.kind, one.student_id): max(one.released_at or now, now)
        for one in gradings
    }
    for course in courses:
        _queue(course, told)


def queue_submission(post: Post) -> None:
    """Queue the publication of a post, or its removal, for LMSs."""
    if post.prompt_id is not None and post.published_at is not None:
        key = (post.prompt_id, Grading.Kind.POST.value, post.author_id)
        _queue(post.course_id, {key: timezone.now()})


def queue_all(course: Course, *, students: Iterable[int] | None = None) -> None:
    """Queue everything in a course, or of some students, for LMSs.

    That is what is released and published, and what they were told before: it may have changed, or
    was taken back, while no way led there. So this is called wherever a way opens, and what an LMS
    knows is not sent again. Of former members they keep what they have.
    """
    if not PlatformCourse.objects.sending_grades().filter(course=course).exists():
        return
    members = Membership.objects.in_course(course).active().students()
    if students is not None:
        members = members.filter(user__in=[*students])
    people = members.values("user")
    gradings = Grading.objects.filter(
        prompt__course=course, released_at__isnull=False, student__in=people
    )
    queue_scores(gradings.select_related("prompt"))
    posts = Post.objects.in_course(course).filter(author__in=people).exclude(prompt=None)
    rows = posts.exclude(published_at=None).values_list("prompt", "author")
    keys = {(prompt, Grading.Kind.POST.value, author) for prompt, author in rows}
    told = PlatformScore.objects.in_course(course).filter(student__in=people, sent_at__isnull=False)
    keys |= set(told.values_list("line_item__prompt", "line_item__kind", "student"))
    _queue(course.pk, dict.fromkeys(keys, timezone.now()))


def _queue(course: int, told: Told) -> None:
    connected = list(PlatformCourse.objects.sending_grades().filter(course=course))
    if not connected or not told:
        return
    members = PlatformMember.objects.filter(platform_course__in=connected)
    there = set(members.values_list("platform_course", "user"))
    wanted = {
        (one.pk, *key): due
        for one in connected
        for key, due in told.items()
        if (one.pk, key[2]) in there
    }
    LineItem.objects.bulk_create(
        [
            LineItem(platform_course_id=pk, prompt_id=prompt, kind=kind)
            for pk, prompt, kind in {key[:3] for key in wanted}
        ],
        ignore_conflicts=True,
    )
    items = {
        (item.platform_course_id, item.prompt_id, item.kind): item.pk
        for item in LineItem.objects.filter(platform_course__in=connected)
    }
    rows = {(items[key[:3]], key[3]): due for key, due in wanted.items()}
    PlatformScore.objects.bulk_create(
        [PlatformScore(line_item_id=item, student_id=student) for item, student in rows],
        ignore_conflicts=True,
    )
    _make_due(rows)


def _make_due(rows: Mapping[tuple[int, int], datetime]) -> None:
    """Give rows their next moment; what waits already goes out no later than it would have.

    What is planned puts off no retry, and leaves one its count. The rows are locked, so that a tick
    that is done with one of them sees what is planned for it, or this sees that it is done.
    """
    now = timezone.now()
    items = {item for item, _student in rows}
    found = PlatformScore.objects.filter(
        line_item__in=items, student__in={student for _item, student in rows}
    )
    by_moment: dict[tuple[datetime, bool], list[int]] = {}
    for row in found.select_for_update(no_key=True).order_by("pk"):
        due = rows.get((row.line_item_id, row.student_id))
        if due is None or (due > now and row.due_at is not None and row.due_at <= due):
            continue
        by_moment.setdefault((due, due <= now or row.is_given_up), []).append(row.pk)
    for (due, begins_anew), pks in by_moment.items():
        anew = {"attempts": 0, "refused_status": None} if begins_anew else {}
        PlatformScore.objects.filter(pk__in=pks).update(due_at=due, **anew)
