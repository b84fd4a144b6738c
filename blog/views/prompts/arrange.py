"""The form of a prompt before it is saved: find, add and remove its reading, see its question."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from blog.exceptions import Refused, TextRefused
from blog.forms.prompts.prompt import NewPromptForm, PromptForm, shown_again
from blog.models import Course, Post, Prompt
from blog.text import render_question
from blog.views.prompts.prompt import show_prompt_form
from blog.views.references.finding import Search, find_references
from blog.web.decorators import in_course, instructors_only
from blog.web.rate_limits import enforce_rate_limit

PREVIEWS, PER_SECONDS = 15, 10


@in_course
@instructors_only
@require_POST
def prompt_new_arrange(request, course):
    """Show the form of a new prompt as the pressed button leaves it; nothing is saved."""
    return _arrange(request, NewPromptForm, course=course)


@in_course
@instructors_only
@require_POST
def prompt_arrange(request, course, number):
    """Show the form of a prompt as the pressed button leaves it; nothing is saved."""
    prompt = get_object_or_404(Prompt.objects.in_course(course), number=number)
    return _arrange(request, PromptForm, title=prompt.title, instance=prompt)


def _arrange(request, form_class: type[PromptForm], *, title: str = "", **kwargs) -> HttpResponse:
    search = _search(request, request.course) if "find" in request.POST else None
    data = _with_reading(request.POST)
    form = shown_again(form_class, data, reader=request.user, **kwargs)
    preview = _preview(request) if "preview" in request.POST else None
    return show_prompt_form(request, form, title=title, search=search, preview=preview)


def _with_reading(sent: QueryDict) -> QueryDict:
    """Return the submitted form with the reading that a button adds or removes."""
    data = sent.copy()
    works, records = data.getlist("required_works"), data.getlist("records")
    if "add_work" in sent:
        works.append(sent["add_work"])
    if "add_records" in sent:
        records.append(sent["add_records"])
    if "add_work" in sent or "add_records" in sent:
        data["more_works"] = ""
    works = [key for key in dict.fromkeys(works) if key != sent.get("remove_work")]
    records = [one for one in dict.fromkeys(records) if one != sent.get("remove_record")]
    data.setlist("required_works", works)
    data.setlist("records", records)
    return data


def _search(request, course: Course) -> Search | None:
    """Return the results for the field of the reading; None where nothing is typed."""
    text = request.POST.get("more_works", "")
    if not text.strip():
        return None
    try:
        return find_references(request, course, Post(course=course), text)
    except Refused as refusal:
        return Search(text, [], str(refusal))


def _preview(request) -> dict[str, str]:
    """Return the question as its readers will see it, or why it cannot be rendered."""
    enforce_rate_limit(request, "preview", PREVIEWS, per=PER_SECONDS)
    try:
        html, plain = render_question(request.POST.get("question", ""))
    except TextRefused as refusal:
        return {"refused": str(refusal)}
    return {"html": html, "plain": plain}
