"""People that a comment can mention: the list that opens at an @."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from blog import access
from blog.models import Post
from blog.queries.comments import names_to_mention
from blog.web.decorators import in_course
from blog.web.keys import read_key


@in_course
@require_safe
def comment_people(request, course, slug):
    """Return to a script the names of who can read a comment on this post or to ``parent``."""
    posts = Post.objects.in_course(course).visible_to(request.user)
    post = get_object_or_404(posts.for_page(), slug=slug)
    if not access.can_comment(request.user, post):
        raise PermissionDenied
    comments = post.comments.visible_to(request.user)
    parent = comments.filter(pk=read_key(request.GET.get("parent"))).first()
    return JsonResponse({"names": names_to_mention(request.user, post, parent)})
