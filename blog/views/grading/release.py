"""Release the grades of a prompt."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from blog import access
from blog.actions.releases import release_prompt
from blog.models import Grading
from blog.queries.graded_names import graded_names
from blog.queries.grading_queue import (
    UNGRADED,
    attach_students,
    grading_queue,
    ready_for_release,
)
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def grading_release(request, course, number):
    """Show whose grades would be released; on a POST release them as they were shown."""
    if not access.can_release(request.user, course):
        raise PermissionDenied
    prompt = find_prompt(course, number)
    if request.method == "POST":
        shown = request.POST.getlist("grading")
        released = release_prompt(prompt, by=request.user, shown=shown)
        _say_what_is_released(request, len(_students(released)), len(ready_for_release(prompt)))
        return redirect("grading_prompt", course.slug, number)
    queue = grading_queue(prompt, request.user)
    graded = [item for item in queue if item.state == "graded"]
    settled = ready_for_release(prompt)
    ready = [item for item in graded if item.grading in settled]
    of_comments = [grading for grading in settled if grading.is_of_comments]
    context = {"prompt": prompt, "unsettled_count": len(graded) - len(ready)}
    if not ready and not of_comments:
        return render(request, "blog/grading/grading_release_none.html", context)
    attach_students(ready)
    names = graded_names(prompt, request.user)
    of_comments.sort(key=lambda grading: names.order_of(grading.student))
    context |= {
        "names": names,
        "ready": ready,
        "of_comments": of_comments,
        "grade_count": len(ready) + len(of_comments),
        "student_count": len({item.member.user_id for item in ready} | _students(of_comments)),
        "not_ready_count": sum(item.state in UNGRADED for item in queue),
        "no_post_count": sum(item.state == "no_post" for item in queue),
        "back": reverse("grading_prompt", args=[course.slug, number]),
    }
    return render(request, "blog/grading/grading_release.html", context)


def _students(gradings: Iterable[Grading]) -> set[int]:
    return {grading.student_id for grading in gradings}


def _say_what_is_released(request, released: int, waiting: int) -> None:
    if released:
        text = ngettext(
            "%(n)d student can now read their feedback.",
            "%(n)d students can now read their feedback.",
            released,
        )
        messages.success(request, text % {"n": released})
    if waiting:
        text = ngettext(
            "%(n)d grade was changed or completed since you opened the page, and is not released. "
            "Look at it again, then release it.",
            "%(n)d grades were changed or completed since you opened the page, and are not "
            "released. Look at them again, then release them.",
            waiting,
        )
        messages.warning(request, text % {"n": waiting})
    if not released and not waiting:
        messages.info(request, _("Nothing was left to release."))
