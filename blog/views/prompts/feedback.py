"""A student's feedback on a prompt: what they have seen of it."""

from datetime import datetime

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from blog.actions.feedback import mark_feedback_seen
from blog.queries.feedback import feedback_on
from blog.web.decorators import in_course


@in_course
@require_POST
def feedback_seen(request, course, number):
    """Record that the reader has seen their feedback on a prompt as their page showed it."""
    found = feedback_on(request.user, course, number)
    if not found:
        raise Http404
    for grading in found:
        mark_feedback_seen(grading, by=request.user, at=_shown_at(request))
    return redirect(f"{found[0].get_absolute_url()}#feedback")


def _shown_at(request) -> datetime | None:
    """Return when the page was made: what is edited after that, its reader has not seen."""
    try:
        shown_at = parse_datetime(request.POST.get("shown_at", ""))
    except ValueError:
        return None
    return shown_at if shown_at and timezone.is_aware(shown_at) else None
