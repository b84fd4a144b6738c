"""The writer's own post, by its address."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from blog import access
from blog.models import Course, Post
from blog.text.slugs import post_of_draft_slug


def own_post(request, course: Course, slug: str) -> Post:
    """Return a post of this person; the address it had as a draft still leads to it."""
    posts = Post.objects.in_course(course).visible_to(request.user).for_page()
    post = posts.filter(slug=slug).first()
    earlier = post_of_draft_slug(slug)
    if post is None and earlier is not None:
        post = posts.filter(pk=earlier, author=request.user).first()
    if post is None:
        raise Http404
    if not access.can_edit_post(request.user, post):
        raise PermissionDenied
    if post.prompt is not None:
        post.prompt.extended_until = post.extended_until  # its author is who reads the page
    return post
