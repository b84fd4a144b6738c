"""The history of a comment, for all who see it."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog.models import Comment, Post
from blog.queries.comment_history import CommentHistory
from blog.queries.comment_history import comment_history as history_of
from blog.web.compression import same_for_visitors
from blog.web.decorators import in_course
from blog.web.keys import read_key


@in_course
@require_safe
def comment_history(request, course, pk):
    """Show the texts that a comment had, and what changed; a deleted one has no history."""
    comments = Comment.objects.filter(post__course=course, deleted_at=None)
    comment = get_object_or_404(comments.visible_to(request.user).for_page(), pk=pk)
    history = _history(request, comment, comment.revisions.visible_to(request.user))
    context = {"comment": comment, "post": comment.post, "history": history}
    return render(request, "blog/comments/comment_history.html", context)


@login_not_required
@require_safe
@same_for_visitors
def comment_public_history(request, pk):
    """Show the texts that a comment had on a public page, by its writer's public name.

    Strangers learn no more from the address than from that of a public post.
    """
    comments = Comment.objects.visible_to(request.user).on_public_page().filter(deleted_at=None)
    on_public_posts = comments.filter(post__in=Post.objects.beyond_course())
    comment = on_public_posts.for_page().select_related("guest").filter(pk=pk).first()
    if comment is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    history = _history(request, comment, comment.revisions.on_public_page())
    context = {"comment": comment, "post": comment.post, "history": history}
    response = render(request, "blog/comments/comment_public_history.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _history(request, comment: Comment, former: QuerySet) -> CommentHistory:
    """Return a page of a comment's history, older than ``?before`` if there is one."""
    before = request.GET.get("before")
    key = read_key(before)
    if before is not None and key is None:
        raise Http404
    return history_of(comment, former, before=key)
