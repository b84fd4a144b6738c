"""Posts from outside a student's usual reading, five a week, and what they want of that."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.models import Course, Post, Work
from blog.text.lists import isolated
from blog.web.decorators import in_course
from network import actions
from network.queries.offered_posts import offer_of


@in_course
@require_safe
def discover(request, course):
    """Show the posts of the week; those who are no students are told whom it is for."""
    is_student = request.membership.is_student
    offer = offer_of(request.user, course) if is_student else None
    return render(request, "network/discover.html", {"offer": offer})


@in_course
@require_POST
def discover_leave(request, course, slug):
    """Dismiss this post for this reader, until they undo that."""
    post = _post(request, course, slug)
    _require_student(request, course)
    actions.leave_post(post, by=request.user)
    messages.success(
        request,
        _("“%(title)s” is not suggested now. It is listed below.")
        % {"title": isolated(post.title)},
    )
    return redirect("discover", course.slug)


@in_course
@require_POST
def discover_readmit(request, course, slug):
    """Let a post be suggested again."""
    post = _post(request, course, slug)
    _require_student(request, course)
    actions.readmit_post(post, by=request.user)
    messages.success(
        request, _("“%(title)s” can be suggested again.") % {"title": isolated(post.title)}
    )
    return redirect("discover", course.slug)


@in_course
@require_POST
def work_leave(request, course, pk):
    """Offer this reader nothing more because of a work."""
    work = _work(request, course, pk)
    _require_student(request, course)
    actions.leave_work(work, by=request.user)
    messages.success(
        request,
        _("You get no more suggestions because of %(work)s.") % {"work": isolated(work.label)},
    )
    return redirect("discover", course.slug)


@in_course
@require_POST
def work_readmit(request, course, pk):
    """Let a work be a reason for suggestions again."""
    work = _work(request, course, pk)
    _require_student(request, course)
    actions.readmit_work(work, by=request.user)
    messages.success(
        request,
        _("%(work)s can be a reason for suggestions again.") % {"work": isolated(work.label)},
    )
    return redirect("discover", course.slug)


@in_course
@require_POST
def discover_off(request, course):
    _require_student(request, course)
    actions.switch_suggestions(course, by=request.user, is_off=True)
    messages.success(request, _("Suggestions are off. You can turn them on again here."))
    return redirect("discover", course.slug)


@in_course
@require_POST
def discover_on(request, course):
    _require_student(request, course)
    actions.switch_suggestions(course, by=request.user, is_off=False)
    messages.success(request, _("Suggestions are on again."))
    return redirect("discover", course.slug)


def _post(request, course: Course, slug: str) -> Post:
    posts = Post.objects.published_for(request.user, course)
    return get_object_or_404(posts, slug=slug)


def _work(request, course: Course, pk: int) -> Work:
    """Return a work that the reader can meet, listed or not."""
    return get_object_or_404(Work.objects.visible_in(request.user, course), pk=pk)


def _require_student(request, course: Course) -> None:
    if not access.can_choose_suggestions(request.user, course):
        raise PermissionDenied
