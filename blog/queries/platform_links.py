"""Prompts that a link of an LMS can lead to."""

from blog.models import Course, Prompt
from blog.queries.rubric_points import highest_points_by_rubric


def prompts_to_link(course: Course) -> list[Prompt]:
    """Return the prompts of a course that are not archived, each with ``highest_points``.

    Those are the points of its posts, None without a rubric. Two queries.
    """
    prompts = list(Prompt.objects.in_course(course).filter(archived_at=None))
    points = highest_points_by_rubric([prompt.rubric_id for prompt in prompts])
    for prompt in prompts:
        prompt.highest_points = points.get(prompt.rubric_id)
    return prompts
