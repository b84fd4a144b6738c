"""A student's feedback on a prompt: what they have seen of it."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from blog.actions.feedback import mark_feedback_seen
from blog.queries.feedback import feedback_on
from blog.web.decorators import in_course
from blog.web.times import read_moment


@in_course
@require_POST
def feedback_seen(request, course, number):
    """Record that the reader has seen their feedback on a prompt as their page showed it.

    A form names the kind of feedback that was on its page.
    """
    kind = request.POST.get("kind")
    found = [
        grading
        for grading in feedback_on(request.user, course, number)
        if kind in (None, grading.kind)
    ]
    if not found:
        raise Http404
    # When the page was made: what is edited after that, its reader has not seen.
    shown_at = read_moment(request.POST.get("shown_at", ""))
    for grading in found:
        mark_feedback_seen(grading, by=request.user, at=shown_at)
    return redirect(f"{found[0].get_absolute_url()}#feedback")
