"""Steps of grades that go to an LMS, for the tests of what it is told."""

from decimal import Decimal

from blog.actions.posts import publish_post
from blog.models import (
    Audience,
    Grading,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
    announce_edit,
)
from blog.queries.platform_scores import connected_courses
from tests import factories


def connect(lms, course, instructor, student):
    """Return a course of an LMS that takes grades, from which a student has come."""
    platform = lms.register()
    found = PlatformCourse.objects.create(
        deployment=platform.deployments.get(),
        context_id="context-1",
        course=course,
        lineitems_url=f"{lms.url}/lineitems?course=1",
        sends_grades=True,
        connected_by=instructor,
    )
    PlatformMember.objects.create(platform_course=found, user=student, subject="s-a")
    return found


def grade(student, prompt, instructor):
    """Return the student’s complete grade, which is not released; nothing waits to be sent."""
    post = factories.make_post(student, prompt.course, f"Of ties, by {student.pk}", prompt=prompt)
    grading = factories.make_grading(post, instructor, level=3)
    PlatformScore.objects.filter(student=student).delete()
    return grading


def grade_comments(student, prompt, instructor):
    if prompt.comments_rubric is None:
        prompt.comments_rubric = factories.make_rubric(prompt.course, "Comments")
        prompt.save()
    return factories.make_comments_grading(prompt, student, instructor, level=3)


def sent(lms):
    return [
        (number, score["userId"], score.get("scoreGiven"), score["gradingProgress"])
        for number, score in lms.scores
    ]


def states(lms):
    return [grading for *_who, grading in sent(lms)]


def publish(author, course, prompt, audience=Audience.COURSE):
    post = factories.make_draft_post(author, course, "Of ties", prompt=prompt)
    publish_post(post, by=author, title="Of ties", text="They bind.", audience=audience)
    return post


def edit_grade(points):
    """Give the one released grade other points, or those of its rubric."""
    hundredths = None if points is None else int(Decimal(points) * 100)
    reason = "Late" if points else ""
    Grading.objects.update(override_hundredths=hundredths, override_reason=reason)
    announce_edit([Grading.objects.select_related("prompt__course", "student", "post").get()])


def shown(course):
    """Return the state of each row on the page of the course, and whether its points are stale."""
    return [(row.state, row.stale) for one in connected_courses(course) for row in one.rows]
