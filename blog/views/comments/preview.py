"""The preview of a comment or of feedback, for the small editor."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from blog import access
from blog.exceptions import TextRefused
from blog.models import Post
from blog.text import Rendered, render_comment
from blog.web.decorators import in_course
from blog.web.rate_limits import enforce_rate_limit

PREVIEWS, PER_SECONDS = 15, 10


@in_course
@require_POST
def comment_preview(request, course):
    """Show the submitted text as its readers will see it, and save nothing.

    ``?post`` names the post that a comment is on: the numbers of its paragraphs become links.
    """
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    enforce_rate_limit(request, "preview", PREVIEWS, per=PER_SECONDS)
    context = {"is_comment": True}
    try:
        context["rendered"] = _render(request, course)
    except TextRefused as refusal:
        context["text_refused"] = str(refusal)
    return render(request, "blog/editor/_preview_text.html", context)


def _render(request, course) -> Rendered | None:
    """Return the submitted text as a comment on its post, or as feedback; None without a text."""
    text, slug = request.POST.get("text", ""), request.GET.get("post")
    post = None
    if slug is not None:
        posts = Post.objects.in_course(course).visible_to(request.user)
        post = get_object_or_404(posts.select_related("revision"), slug=slug)
    if not text.strip():
        return None
    return post.render_comment(text) if post else render_comment(text)
