"""“I’ll use this”: what the author of a post makes of a comment, between the two of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.comment_uses import mark_comment, unmark_comment
from blog.exceptions import Refused
from blog.models import Comment, CommentUse
from blog.queries.comment_uses import change_of_use
from blog.web.decorators import in_course


@in_course
@require_POST
def comment_use(request, course, pk):
    comment = _usable_comment(request, course, pk)
    try:
        mark_comment(comment, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("The comment is in your plan. You see it when you edit this post or your next one."),
        )
    return redirect(comment)


@in_course
@require_POST
def comment_use_undo(request, course, pk):
    comment = _usable_comment(request, course, pk)
    unmark_comment(comment, by=request.user)
    messages.success(request, _("The comment is not in your plan any more."))
    return redirect(comment)


@in_course
@require_safe
def comment_use_change(request, course, pk):
    """Show the author of a comment, or of the post, what the version that uses it changed.

    Where another post uses it, that is the post to read.
    """
    uses = CommentUse.objects.visible_to(request.user).filter(comment__post__course=course)
    uses = uses.select_related(
        "revision__post__course",
        "comment__author",
        "comment__post__course",
        "comment__post__author",
    )
    use = get_object_or_404(uses, comment=pk)
    if use.other_post is not None and use.can_be_read_by(request.user):
        return redirect(use.other_post)
    comparison = change_of_use(use, request.user)
    if comparison is None:
        raise Http404
    context = {
        "comment": use.comment,
        "post": use.comment.post,
        "comparison": comparison,
    }
    return render(request, "blog/comments/comment_use_change.html", context)


def _usable_comment(request, course, pk) -> Comment:
    comments = Comment.objects.filter(post__course=course).visible_to(request.user)
    comment = get_object_or_404(comments.for_page(), pk=pk)
    if not access.can_use_comment(request.user, comment):
        raise PermissionDenied
    return comment
