"""Views to compare pages with: one that does nothing, and a page of the Django tutorial.

Both go through all middleware and load the session and the person. They are in a URLconf of the
benchmarks (``tests.benchmarks.urls``), so no site has them.
"""

from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.views.decorators.http import require_safe

from blog.models import Post


@require_safe
def empty_view(request):
    """Answer with who is signed in, and nothing else."""
    return HttpResponse(f"<!doctype html><title>{request.user.pk}</title>")


@require_safe
def plain_page(request, pk):
    """Show a post, its references and its comments by one flat template; everybody sees all."""
    posts = Post.objects.select_related("author", "course", "revision")
    post = get_object_or_404(posts, pk=pk)
    context = {
        "post": post,
        "comments": post.comments.select_related("author", "parent__author"),
        "references": post.references.select_related("work"),
    }
    return HttpResponse(_template().render(context, request))


@cache
def _template():
    return engines["django"].from_string(Path(__file__).with_name("plain.html").read_text())
