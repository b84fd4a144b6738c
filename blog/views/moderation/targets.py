"""The post or comment that an address of moderation names."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from blog import access
from blog.models import Comment, Course, Post, is_waiting


def visible_target(request, course: Course, name: str) -> Post | Comment:
    """Return the post or comment named "post-4" or "comment-17", if the reader sees it.

    Moderation of a comment that is not published yet is for the team alone.
    """
    model, key = name.split("-")
    if model == "post":
        posts = Post.objects.in_course(course).visible_to(request.user)
        return get_object_or_404(posts.for_page(), pk=key)
    comments = Comment.objects.filter(post__course=course, deleted_at=None)
    comment = get_object_or_404(comments.visible_to(request.user).for_page(), pk=key)
    if is_waiting(comment) and not access.can_see_moderation(request.user, course):
        raise Http404
    return comment
