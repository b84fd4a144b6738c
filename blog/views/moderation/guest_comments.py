"""Decide about comments by guests, and enter those they wrote elsewhere."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.guest_comments import import_guest_comment
from blog.actions.guest_moderation import (
    publish_guest_comment,
    refuse_guest_comment,
    refuse_spam,
)
from blog.exceptions import Refused, StaleCase
from blog.forms.comments.guest import ImportedCommentForm, RefusalForm
from blog.forms.moderation.moderation import CaseForm
from blog.models import Comment, case_of
from blog.views.moderation.case import show_stale_case
from blog.views.posts.post import visible_post
from blog.web.decorators import in_course
from blog.web.forms import CONFLICT, status_of
from blog.web.idempotency import create_once


@in_course
@require_POST
def guest_comment_publish(request, course, pk):
    comment = _comment(request, course, pk)
    try:
        publish_guest_comment(comment, by=request.user, version=CaseForm(request.POST).version_seen)
    except StaleCase as stale:
        return show_stale_case(request, course, f"comment-{pk}", stale)
    messages.success(
        request, _("The comment is published. To undo this, open its log under “Decisions”.")
    )
    return redirect("moderation", course.slug)


@in_course
def guest_comment_refuse(request, course, pk):
    """Refuse a comment, or withdraw it, with the reason that the guest reads."""
    comment = _comment(request, course, pk)
    version, status = case_of(comment).version, None
    sent = request.POST if request.method == "POST" else None
    form = RefusalForm(sent, initial={"version": version})
    if form.is_valid():
        try:
            refuse_guest_comment(comment, by=request.user, **form.cleaned_data)
            return _refused(request, course)
        except StaleCase as stale:
            form.add_error(None, str(stale))
            form.show_version(version)
            status = CONFLICT
    return render(
        request,
        "blog/moderation/guest_comment_refuse.html",
        {"comment": comment, "form": form, "is_stale": status == CONFLICT},
        status=status or status_of(form),
    )


@in_course
@require_POST
def guest_comment_spam(request, course, pk):
    """Refuse a comment as spam, and let the spam filter learn."""
    comment = _comment(request, course, pk)
    try:
        refuse_spam(comment, by=request.user, version=CaseForm(request.POST).version_seen)
    except StaleCase as stale:
        return show_stale_case(request, course, f"comment-{pk}", stale)
    return _refused(request, course)


@in_course
def guest_comment_import(request, course, slug):
    """Import comments that guests wrote elsewhere, one after the other."""
    post = visible_post(request, course, slug)
    if not access.can_import_guest_comment(request.user, post):
        raise PermissionDenied
    form = ImportedCommentForm(request.POST or None)

    def create() -> str:
        fields = {name: form.cleaned_data[name] for name in ("text", "name", "day")}
        return import_guest_comment(post, by=request.user, **fields).get_absolute_url()

    try:
        address = create_once(
            form, f"guest_comment_import {post.pk}", by=request.user, create=create
        )
    except Refused as refused:
        form.refuse(refused)
    else:
        if address is not None:
            messages.success(request, _("The comment is added. You can add the next one."))
            return redirect("guest_comment_import", course.slug, post.slug)
    return render(
        request,
        "blog/moderation/guest_comment_import.html",
        {"form": form, "post": post},
        status=status_of(form),
    )


def _refused(request, course):
    messages.success(
        request, _("The comment is not published. To undo this, open its log under “Decisions”.")
    )
    return redirect("moderation", course.slug)


def _comment(request, course, pk) -> Comment:
    """Return a guest's comment; 403 for members who see it and do not decide.

    What the guest has withdrawn is nobody's to read any more.
    """
    comments = Comment.objects.filter(
        post__course=course, guest__isnull=False, deleted_at__isnull=True
    )
    comment = get_object_or_404(
        comments.visible_to(request.user).select_related("guest", "post__course"), pk=pk
    )
    if not access.can_decide_guest_comment(request.user, comment):
        raise PermissionDenied
    return comment
