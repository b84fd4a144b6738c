"""The history of a comment, for all who see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog.models import Comment
from blog.queries.comment_history import comment_history as history_of
from blog.web.decorators import in_course
from blog.web.keys import read_key


@in_course
@require_safe
def comment_history(request, course, pk):
    """Show the texts that a comment had, and what changed; a deleted one has no history."""
    comments = Comment.objects.filter(post__course=course, deleted_at=None)
    comment = get_object_or_404(comments.visible_to(request.user).for_page(), pk=pk)
    before = request.GET.get("before")
    key = read_key(before)
    if before is not None and key is None:
        raise Http404
    history = history_of(comment, request.user, before=key)
    context = {"comment": comment, "post": comment.post, "history": history}
    return render(request, "blog/comments/comment_history.html", context)
