"""The earlier texts of a post: for its author and the teaching team, nobody else."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog import access
from blog.decorators import in_course
from blog.models import Audience, Course, Post, User


@in_course
@require_safe
def revision_list(request, course, slug):
    post = _post_with_history(request, course, slug)
    revisions = _readable(post, request.user).defer("text", "html", "paragraphs", "references")
    return render(request, "blog/revision_list.html", {"post": post, "revisions": revisions})


@in_course
@require_safe
def revision_page(request, course, slug, number):
    post = _post_with_history(request, course, slug)
    revision = get_object_or_404(_readable(post, request.user), number=number)
    return render(request, "blog/revision_page.html", {"post": post, "revision": revision})


def _post_with_history(request, course: Course, slug: str) -> Post:
    posts = Post.objects.in_course(course).visible_to(request.user).for_page()
    post = get_object_or_404(posts, slug=slug)
    if not access.can_read_history(request.user, post):
        raise PermissionDenied
    return post


def _readable(post: Post, reader: User):
    """Return the revisions this reader may see: what a writer kept to themselves stays theirs."""
    if reader == post.author:
        return post.revisions.all()
    return post.revisions.filter(audience__gte=Audience.INSTRUCTORS)
