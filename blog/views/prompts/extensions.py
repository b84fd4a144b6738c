"""Extensions: more time for one student, as instructors give it and take it back."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.actions.extensions import give_extension, take_back_extension
from blog.exceptions import Refused, StaleExtension
from blog.forms.prompts.extension import ExtensionForm
from blog.models import Course, Extension, Prompt, User, name_for
from blog.queries.extensions import extensions_of, seen_versions
from blog.templatetags.dates import at_time
from blog.text.lists import isolated
from blog.views.prompts.finding import find_prompt
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of

USUAL_DAYS = 2


@in_course
@instructors_only
@require_http_methods(["GET", "HEAD", "POST"])
def extension_list(request, course, number):
    """List the extensions of a prompt, and give one; ``?student`` names whom it is for."""
    prompt = find_prompt(course, number)
    form = ExtensionForm(
        request.POST or None,
        prompt=prompt,
        reader=request.user,
        initial=_usual(request, prompt),
    )
    if form.is_valid():
        student, until = form.cleaned_data["student"], form.cleaned_data["until"]
        try:
            give_extension(
                prompt, student, by=request.user, until=until, seen=form.cleaned_data["seen"]
            )
        except StaleExtension as refusal:
            stored = _what_is_stored(refusal.stored, course, request.user)
            advice = _("Give more time again to replace it.")
            form.show_stale(f"{stored} {advice}")
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            words = _("%(name)s has until %(moment)s. Only they and the teaching team see this.")
            name = name_for(student, request.user)
            messages.success(
                request, words % {"name": isolated(str(name)), "moment": at_time(until, course)}
            )
            return redirect("extension_list", course.slug, number)
    current, taken_back = extensions_of(prompt)
    context = {
        "prompt": prompt,
        "form": form,
        "current": current,
        "taken_back": taken_back,
        "seen": seen_versions([*current, *taken_back]),
    }
    template = "blog/prompts/extension_list.html"
    return render(request, template, context, status=status_of(form))


@in_course
@instructors_only
@require_POST
def extension_take_back(request, course, number, pk):
    """Take an extension back."""
    extensions = Extension.objects.filter(prompt=find_prompt(course, number))
    extension = get_object_or_404(extensions.select_related("prompt__course", "student"), pk=pk)
    seen = request.POST.get("seen", "").split()
    try:
        take_back_extension(extension, by=request.user, seen=seen)
    except StaleExtension as refusal:
        messages.error(request, _what_is_stored(refusal.stored, course, request.user))
    else:
        name = name_for(extension.student, request.user)
        words = _("%(name)s now has the same due date as everyone else.")
        messages.success(request, words % {"name": isolated(str(name))})
    return redirect("extension_list", course.slug, number)


def _what_is_stored(extension: Extension, course: Course, reader: User) -> str:
    """Return somebody else's change of an extension since the page was opened."""
    names = {
        "name": name_for(extension.student, reader),
        "by": name_for(extension.given_by, reader),
    }
    if extension.taken_back_at is not None:
        words = _("The extension of %(name)s was taken back in the meantime. Nothing is saved yet.")
        return words % names
    words = _("%(name)s now has until %(moment)s, given by %(by)s. Nothing is saved yet.")
    return words % {**names, "moment": at_time(extension.until, course)}


def _usual(request, prompt: Prompt) -> dict:
    """Return the initial values of the form: some days more, from now or from the due date."""
    today = timezone.localtime().replace(hour=23, minute=59, second=0, microsecond=0)
    begin = max(prompt.due_at, today)
    until = timezone.localtime(begin).replace(tzinfo=None) + timedelta(days=USUAL_DAYS)
    return {"student": request.GET.get("student", ""), "until": until}
