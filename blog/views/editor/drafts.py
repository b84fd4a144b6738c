"""The author's own drafts, with their withdrawn and deleted posts."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog import access
from blog.queries.drafts import own_drafts
from blog.web.decorators import in_course


@in_course
@require_safe
def draft_list(request, course):
    """List the posts that the reader has started, withdrawn or deleted in this course."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    return render(
        request, "blog/editor/draft_list.html", {"drafts": own_drafts(request.user, course)}
    )
