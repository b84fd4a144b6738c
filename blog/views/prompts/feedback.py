"""A student's feedback on a prompt: what they have seen of it, and what they will change."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.feedback import mark_feedback_seen, save_feedback_reply
from blog.exceptions import Refused, StaleReply
from blog.forms.prompts.feedback_reply import FeedbackReplyForm
from blog.models import FeedbackReply, Prompt
from blog.queries.feedback import feedback_on, readable_feedback
from blog.web.decorators import in_course
from blog.web.forms import status_of
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


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_reply(request, course, number):
    """Write what one will change, beside the feedback; 404 before there is any."""
    prompts = Prompt.objects.in_course(course).visible_to(request.user).select_related("course")
    prompt = get_object_or_404(prompts, number=number)
    if not access.can_reply_to_feedback(request.user, prompt):
        raise Http404
    reply = FeedbackReply.objects.by(request.user).filter(prompt=prompt).first()
    form = FeedbackReplyForm(request.POST or None, reply=reply)
    if form.is_valid() and _save_reply(request, form, prompt):
        return redirect(f"{_address_of_feedback(request, prompt)}#feedback")
    context = {
        "prompt": prompt,
        "reply": reply,
        "form": form,
        "grades": [
            grade
            for grade in readable_feedback(request.user, course)
            if grade.grading.prompt_id == prompt.pk
        ],
        "back": f"{_address_of_feedback(request, prompt)}#feedback",
    }
    return render(request, "blog/prompts/feedback_reply.html", context, status=status_of(form))


def _save_reply(request, form: FeedbackReplyForm, prompt: Prompt) -> bool:
    """Save a valid form, or say in it why that was refused; return whether it is saved."""
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        reply = save_feedback_reply(prompt, by=request.user, text=text, version=version)
    except StaleReply as refusal:
        form.show_stale(str(refusal), refusal.stored)
    except Refused as refusal:
        form.add_error(refusal.field or "text", str(refusal))
    else:
        saved = _("Saved. You and the teaching team can read it.") if reply else _("Deleted.")
        messages.success(request, saved)
    return not form.errors


def _address_of_feedback(request, prompt: Prompt) -> str:
    return feedback_on(request.user, prompt.course, prompt.number)[0].get_absolute_url()
