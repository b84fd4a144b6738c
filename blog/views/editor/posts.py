"""The writer's own post, by its address."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from blog import access
from blog.models import Course, Post
from blog.text.slugs import post_of_draft_slug


def own_post(request, course: Course, slug: str) -> Post:
    """Return a post of this person; the address it had as a draft still leads to it."""
    post = _find(request, course, slug, Post.objects.for_page())
    if post.prompt is not None:
        post.prompt.extended_until = post.extended_until  # its author is who reads the page
    return post


def own_post_to_save(request, course: Course, slug: str) -> Post:
    """Return the same with what saving its draft needs, which no page is made of."""
    posts = Post.objects.select_related("prompt", "revision")
    post = _find(request, course, slug, posts.defer("revision__html", "revision__paragraphs"))
    post.author = request.user
    return post


def _find(request, course: Course, slug: str, posts: QuerySet[Post]) -> Post:
    posts = posts.in_course(course).visible_to(request.user)
    post = posts.filter(slug=slug).first()
    earlier = post_of_draft_slug(slug)
    if post is None and earlier is not None:
        post = posts.filter(pk=earlier, author=request.user).first()
    if post is None:
        raise Http404
    post.course = course
    if not access.can_edit_post(request.user, post):
        raise PermissionDenied
    return post
