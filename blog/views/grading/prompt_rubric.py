"""Change the rubric of a prompt that may have grades already."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.actions.rubrics import change_rubric
from blog.exceptions import Refused
from blog.forms.grading.prompt_rubric import PromptRubricForm
from blog.models import Grading, Prompt
from blog.queries.rubric_change import rubric_change
from blog.views.grading.pages import PAGES
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of


@in_course
@instructors_only
@require_http_methods(["GET", "HEAD", "POST"])
def prompt_rubric(request, course, number, kind=Grading.Kind.POST):
    """Show what each rubric would do to the grades of a prompt, and change it on a POST."""
    prompt = find_prompt(course, number)
    form = PromptRubricForm(request.POST or None, prompt=prompt)
    if form.is_valid() and _change(form, prompt, kind, by=request.user):
        messages.success(request, _("Rubric changed. No level was deleted."))
        return redirect(PAGES[kind].queue, course.slug, number)
    prompt = find_prompt(course, number)
    context = {"prompt": prompt, "form": form, "change": rubric_change(prompt, kind), "kind": kind}
    return render(request, "blog/grading/prompt_rubric.html", context, status=status_of(form))


def _change(form: PromptRubricForm, prompt: Prompt, kind: str, *, by) -> bool:
    """Change the rubric, or say in the form why not; return whether it is changed."""
    new, old = form.cleaned_data["rubric"], form.cleaned_data["instead_of"]
    try:
        change_rubric(prompt, new, by=by, instead_of=old, kind=kind)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
