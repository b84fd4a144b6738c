"""The writer's own post, by its address."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import NotAllowed
from blog.models import Course, Post
from blog.queries.post_page import post_by_address
from blog.text.slugs import post_of_draft_slug


def own_post(request, course: Course, slug: str, *, to_edit: bool = True) -> Post:
    """Return a post of this person; the address it had as a draft still leads to it.

    One whose text is that of its author's blog elsewhere is not edited here: NotAllowed says so.
    """
    post = _find(request, course, slug, to_save=False)
    if to_edit:
        _refuse_text_of_blog(post)
    if post.prompt is not None:
        post.prompt.extended_until = post.extended_until  # its author is who reads the page
    return post


def own_post_to_save(request, course: Course, slug: str) -> Post:
    """Return the same with what saving its draft needs, which no page is made of."""
    post = _find(request, course, slug, to_save=True)
    post.author = request.user
    _refuse_text_of_blog(post)
    return post


def _refuse_text_of_blog(post: Post) -> None:
    if post.follows_source:
        raise NotAllowed(
            _("The text of this post comes from %(host)s. Change it there.")
            % {"host": post.source_host}
        )


def _find(request, course: Course, slug: str, *, to_save: bool) -> Post:
    reader = request.user
    post = post_by_address(reader, course, slug, to_save=to_save)
    earlier = post_of_draft_slug(slug)
    if post is None and earlier is not None:
        moved = Post.objects.visible_in(reader, course).filter(pk=earlier, author=reader).first()
        post = moved and post_by_address(reader, course, moved.slug, to_save=to_save)
    if post is None:
        raise Http404
    post.course = course
    if not access.can_edit_post(reader, post):
        raise PermissionDenied
    return post
