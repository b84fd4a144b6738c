"""The grading desk: the prompts of a course, and the queue of one."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog import access
from blog.models import Course, Post, Prompt
from blog.queries.grading_queue import UNGRADED, QueueItem, grading_queue, next_to_grade
from blog.web.decorators import in_course


@in_course
@require_safe
def grading_overview(request, course):
    """List the prompts with their numbers of posts, gradings and released grades."""
    require_grader(request, course)
    published = Q(posts__in=Post.objects.published().visible_to(request.user))
    of_record = Q(gradings__of_record=True)
    released = of_record & Q(gradings__released_at__isnull=False)
    prompts = (
        Prompt.objects.in_course(course)
        .opened()
        .annotate(
            post_count=Count("posts", filter=published, distinct=True),
            grading_count=Count("gradings", filter=of_record, distinct=True),
            released_count=Count("gradings", filter=released, distinct=True),
        )
        .order_by("-number")
    )
    return render(request, "blog/grading/grading_overview.html", {"prompts": prompts})


@in_course
@require_safe
def grading_prompt(request, course, number):
    """Show the queue of a prompt."""
    require_grader(request, course)
    prompt = find_prompt(course, number)
    queue = grading_queue(prompt, request.user)
    context = queue_context(request, prompt, queue)
    return render(request, "blog/grading/grading_prompt.html", context)


def require_grader(request, course: Course) -> None:
    """Answer 403 unless the reader can grade in this course."""
    if not access.can_grade(request.user, course):
        raise PermissionDenied


def find_prompt(course: Course, number: int) -> Prompt:
    prompts = Prompt.objects.in_course(course).select_related("rubric", "course")
    return get_object_or_404(prompts, number=number)


def queue_context(request, prompt: Prompt, queue: list[QueueItem]) -> dict:
    """Return the context of the head of every page with a queue."""
    return {
        "prompt": prompt,
        "queue": queue,
        "ungraded_count": sum(item.state in UNGRADED for item in queue),
        "ready_count": sum(item.state == "graded" for item in queue),
        "released_count": sum(item.state == "released" for item in queue),
        "next_item": next_to_grade(queue),
        "can_release": access.can_release(request.user, prompt.course),
    }
