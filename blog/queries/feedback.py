"""The released feedback of a student, and what of it they have not seen yet."""

from blog.models import Course, Grading, Post, User, is_unread
from blog.models.grading import GradingQuerySet


def own_feedback(student: User, course: Course) -> GradingQuerySet:
    """Return a student's released grades in a course, the newest first, with ``is_unread``.

    Each has what the student may read of it, and no other levels.
    """
    return (
        Grading.objects.visible_to(student)
        .of_record()
        .released()
        .filter(student=student, prompt__course=course)
        .annotate(is_unread=is_unread())
        .for_student()
        .select_related("prompt__course")
        .order_by("-released_at", "-kind", "-pk")
    )


def feedback_on(student: User, course: Course, number: int) -> list[Grading]:
    """Return what a student can read of their grades for the prompt of a number."""
    return list(own_feedback(student, course).filter(prompt__number=number))


def feedback_on_post(reader: User, post: Post) -> Grading | None:
    """Return the feedback on a post for its author; None before the release."""
    if post.author_id != reader.pk or post.prompt_id is None:
        return None
    return own_feedback(reader, post.course).filter(post=post).order_by("-kind").first()
