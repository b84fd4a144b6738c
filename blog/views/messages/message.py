"""Write to those who have not posted, have not commented, or have no comment yet."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import access
from blog.actions.messages import send_message, withdraw_message
from blog.exceptions import Refused
from blog.forms.messages.message import MessageForm
from blog.models import Message, Prompt
from blog.queries.students_who import listed_students, messages_about, students_who
from blog.text.mailto import mailto_links
from blog.views.grading.queue import find_prompt
from blog.views.messages.default_text import first_words
from blog.web.decorators import in_course, instructors_only, only_if
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.rate_limits import HOUR, enforce_rate_limit

SENDINGS_PER_HOUR = 20


@in_course
@only_if(access.can_see_grading)
@require_safe
def message_overview(request, course):
    """List the open prompts, the last first, with those who lack something for each."""
    prompts = list(Prompt.objects.in_course(course).opened().listed().reverse())
    groups = students_who(prompts, course, request.user)
    rows = [(prompt, _counts(groups[prompt.pk])) for prompt in prompts]
    return render(request, "blog/messages/message_overview.html", {"rows": rows})


@in_course
@only_if(access.can_see_grading)
@require_http_methods(["GET", "HEAD", "POST"])
def message_new(request, course, number, to):
    """List whom a message would be for, and look at it before it is sent: a POST sends nothing."""
    prompt, to = find_prompt(course, number), _group(to)
    form = _form(request, prompt, to)
    return _show(request, prompt, to, form, is_previewed=form.is_bound and form.is_valid())


@in_course
@require_POST
@instructors_only
def message_send(request, course, number, to):
    """Send a message to those who are ticked, once."""
    enforce_rate_limit(request, "message_send", SENDINGS_PER_HOUR, per=HOUR)
    prompt, to = find_prompt(course, number), _group(to)
    form = _form(request, prompt, to)

    def create() -> str:
        chosen = form.cleaned_data["students"]
        message = send_message(prompt, to, chosen, by=request.user, **form.content())
        return reverse("message_new", args=[course.slug, number, to]) + f"#m{message.pk}"

    try:
        address = create_once(form, f"message {prompt.pk} {to}", by=request.user, create=create)
    except Refused as refusal:
        form.add_error("students", str(refusal))
        address = None
    if address is None:
        return _show(request, prompt, to, form)
    messages.success(
        request,
        _(
            "Your message will be sent in 10 minutes, or at 07:00 if it is night for a student. "
            "Until then you can withdraw it."
        ),
    )
    return redirect(address)


@in_course
@require_POST
@instructors_only
def message_withdraw(request, course, pk):
    """Withdraw a message that nobody has got yet."""
    found = Message.objects.filter(prompt__course=course).select_related("prompt__course")
    message = get_object_or_404(found, pk=pk)
    try:
        withdraw_message(message, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Message withdrawn. Nobody received it."))
    return redirect("message_new", course.slug, message.prompt.number, message.to)


def _group(to: str) -> str:
    if to not in Message.To:
        raise Http404
    return to


def _counts(groups: dict[str, frozenset[int]]) -> list[tuple[Message.To, int]]:
    return [(to, len(groups[to])) for to in Message.To]


def _form(request, prompt: Prompt, to: str) -> MessageForm:
    [groups] = students_who([prompt], prompt.course, request.user).values()
    listed = listed_students(prompt, groups[to], to, request.user)
    data = request.POST if request.method == "POST" else None
    initial = first_words(prompt, to, request.user, groups[to])
    return MessageForm(data, listed=listed, initial=initial)


def _show(request, prompt: Prompt, to: str, form: MessageForm, *, is_previewed: bool = False):
    chosen = form.chosen() if is_previewed else []
    context = {
        "prompt": prompt,
        "to": to,
        "groups": list(Message.To),
        "form": form,
        "chosen": chosen,
        "is_previewed": is_previewed,
        "links": _own_mail(request, form) if is_previewed else [],
        "sent": [each for each in messages_about(prompt) if each.to == to],
        "can_send": access.can_write_to_students(request.user, prompt.course),
    }
    return render(request, "blog/messages/message_new.html", context, status=status_of(form))


def _own_mail(request, form: MessageForm) -> list[tuple[str, int]]:
    emails = [each.user.email for each in form.chosen() if each.user.is_active]
    content = form.content()
    return mailto_links(request.user.email, emails, subject=content["title"], body=content["text"])
