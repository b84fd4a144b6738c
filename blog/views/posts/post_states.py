"""Withdraw a post, delete it, restore it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import republish_post
from blog.exceptions import Refused
from blog.models import Post
from blog.views.posts.post import visible_post
from blog.web.decorators import in_course


@in_course
def post_withdraw(request, course, slug):
    post = _own_post(request, course, slug)
    if request.method != "POST":
        return render(request, "blog/posts/post_withdraw.html", {"post": post})
    try:
        withdraw_post(post, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("Withdrawn. Only you and the teaching team can see this post now.")
        )
    return redirect(post)


@in_course
@require_POST
def post_republish(request, course, slug):
    """Publish a withdrawn post again as it was."""
    post = _own_post(request, course, slug)
    try:
        republish_post(post, by=request.user, version=request.POST.get("version", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your post is published again, with its comments."))
    return redirect(post)


@in_course
def post_delete(request, course, slug):
    """Ask, delete, and offer to undo it; a second click is answered as the first one."""
    post = _just_deleted(request, course, slug) or _own_post(request, course, slug)
    if request.method != "POST":
        return render(request, "blog/posts/post_delete.html", {"post": post})
    try:
        delete_post(post, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(post)
    # The undo is a form in the message: one click, and no script.
    undo = render_to_string("blog/posts/_post_undo.html", {"post": post, "course": course}, request)
    messages.success(request, undo)
    return redirect("course_work", course.slug)


@in_course
@require_POST
def post_restore(request, course, slug):
    post = get_object_or_404(
        Post.objects.in_course(course).by(request.user).select_related("course"), slug=slug
    )
    if not access.can_edit_post(request.user, post):
        raise PermissionDenied
    try:
        is_as_before = restore_post(post, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("course_work", course.slug)
    if is_as_before:
        messages.success(request, _("Restored. The post is as it was before."))
    else:
        messages.warning(
            request,
            _(
                "Restored, but only you can see the post now: it cites a post that the whole "
                "course cannot read any more. To publish it to others, remove the citation from "
                "your text and the reference from your list."
            ),
        )
    return redirect(post)


def _just_deleted(request, course, slug) -> Post | None:
    """Return the reader's own post if the first of two clicks has deleted it."""
    if request.method != "POST":
        return None
    own = Post.objects.in_course(course).by(request.user).exclude(deleted_at=None)
    return own.select_related("course").filter(slug=slug).first()


def _own_post(request, course, slug):
    """Return a post that the reader sees and may edit; another's is a 403."""
    post = visible_post(request, course, slug)
    if not access.can_edit_post(request.user, post):
        raise PermissionDenied
    return post
