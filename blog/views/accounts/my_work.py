"""My work: what one person has in a course; nobody else sees it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import access
from blog.models import Course, Draft, target_of
from blog.queries.memberships import current_memberships, ended_memberships
from blog.queries.my_work import my_work as work_in
from blog.views.editor.draft_conflicts import address_of
from blog.web.decorators import in_course


@require_safe
def my_work(request):
    """Redirect to the reader's work in their one running course, or list their courses."""
    memberships = current_memberships(request.user)
    writing = {
        state: [m for m in found if access.can_see_own_work(request.user, m.course)]
        for state, found in memberships.items()
    }
    if len(writing["running"]) == 1:
        return redirect("course_work", writing["running"][0].course.slug)
    left = [] if any(writing.values()) else ended_memberships(request.user)
    return render(request, "blog/accounts/my_work.html", writing | {"left": left})


@in_course
@require_safe
def course_work(request, course):
    if not access.can_see_own_work(request.user, course):
        raise PermissionDenied
    context = work_in(request.user, course)
    context["unsent"] = [(draft, _address_of(draft, course)) for draft in context["unsent"]]
    return render(request, "blog/accounts/course_work.html", context)


def _address_of(draft: Draft, course: Course) -> str | None:
    """Return the address to send an unsent comment; None where that is over."""
    draft.post.course = course
    if not draft.is_post_visible or course.is_over:
        return None
    if draft.is_conflict_copy:
        return reverse("draft_compare", args=[course.slug, draft.pk])
    return address_of(target_of(draft))
