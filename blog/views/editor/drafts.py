"""A writer's own drafts, withdrawn and deleted posts."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog import access
from blog.models import Draft, Post
from blog.web.decorators import in_course

UNDO_FOR = timedelta(days=30)


@in_course
@require_safe
def draft_list(request, course):
    """What the reader has begun, taken back or deleted here; nobody else has this page."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    drafts = Draft.objects.of_posts().by(request.user).filter(set_aside_at=None)
    drafts = drafts.defer("text").order_by("is_other", "-updated_at")
    posts = list(
        Post.objects.in_course(course)
        .by(request.user)
        .select_related("prompt")
        .prefetch_related(Prefetch("drafts", drafts, to_attr="changes"))
        .order_by("-created_at", "-pk")
    )
    kept = [post for post in posts if post.deleted_at is None]
    horizon = timezone.now() - UNDO_FOR
    return render(
        request,
        "blog/editor/draft_list.html",
        {
            "unpublished": [p for p in kept if p.is_draft],
            "changed": [p for p in kept if p.is_published and p.changes],
            "withdrawn": [p for p in kept if p.status == Post.Status.WITHDRAWN],
            "deleted": [p for p in posts if p.deleted_at and p.deleted_at > horizon],
        },
    )
