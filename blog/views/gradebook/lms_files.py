"""Files of an LMS: upload one, choose the column, look at what is written, download it."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.exports import record_filled_file
from blog.actions.lms_files import answer_lms_file, start_lms_file
from blog.forms.gradebook.lms_files import FillForm, LmsUploadForm
from blog.forms.gradebook.words import refusal_words
from blog.forms.roster.imports import RosterQuestionsForm
from blog.gradebook_files import LmsGradebook
from blog.models import Course, LmsFile, Prompt
from blog.queries.lms_files import Choice, filling_of, read_lms_file
from blog.queries.prompt_use import prompts_to_export
from blog.spreadsheets import TableRefused
from blog.web.decorators import in_course, instructors_only, only_if
from blog.web.forms import status_of
from blog.web.rate_limits import HOUR, enforce_rate_limit
from blog.web.reauthentication import confirmed_lately
from blog.web.uploads import READINGS, start_upload


@in_course
@instructors_only
def lms_file_new(request, course):
    """Take the file of an LMS, and lead to what is written into it."""
    form = LmsUploadForm(request.POST or None, request.FILES or None)
    address = start_upload(
        request,
        form,
        f"lms_file_new {course.pk}",
        scope="lms file",
        start=lambda: _start(request, course, form),
    )
    if address is not None:
        return redirect(address)
    return render(
        request, "blog/gradebook/lms_file_new.html", {"form": form}, status=status_of(form)
    )


def _start(request, course: Course, form: LmsUploadForm) -> str:
    started = start_lms_file(course, by=request.user, **form.content)
    return reverse("lms_file", args=[course.slug, started.pk])


@in_course
@instructors_only
def lms_file(request, course, pk):
    """Ask what goes into which column of a file, and show what that does; keep it on a POST."""
    found = _find(course, pk)
    book = read_lms_file(found)
    prompts, first = prompts_to_export(course)
    if book.open_questions:
        form = RosterQuestionsForm(
            request.POST or None, roster=book.roster, questions=book.open_questions
        )
    else:
        form = FillForm(
            request.POST or None, book=book, prompts=prompts, initial=_initial(found, first)
        )
    if form.is_valid():
        enforce_rate_limit(request, "lms file", READINGS, per=HOUR)
        answers = form.answers if isinstance(form, FillForm) else form.cleaned_data
        try:
            answer_lms_file(found, by=request.user, answers=answers)
        except TableRefused as refusal:
            form.add_error(None, refusal_words(refusal))
        else:
            return redirect("lms_file", course.slug, found.pk)
    context = {"lms_file": found, "book": book, "form": form, "prompts": prompts}
    choice = None if form.is_bound else _choice_of(found, book, prompts)
    if choice:
        context |= _preview(request, found, book, *choice)
    return render(request, "blog/gradebook/lms_file.html", context, status=status_of(form))


def _preview(request, found: LmsFile, book, choice: Choice, prompt: Prompt) -> dict:
    try:
        filling = filling_of(book, prompt, choice, request.user)
    except TableRefused as refusal:
        return {"refusal": refusal_words(refusal)}
    return {
        "filling": filling,
        "choice": choice,
        "prompt": prompt,
        "column": book.column(choice.column),
    }


@in_course
@require_POST
@only_if(access.can_export_grades)
@confirmed_lately(lambda course, pk: reverse("lms_file", args=[course.slug, pk]))
def lms_file_download(request, course, pk):
    """Send the file with the grades in it, and all else as it came; record that."""
    found = _find(course, pk)
    book = read_lms_file(found)
    choice = _choice_of(found, book, prompts_to_export(course)[0])
    if choice is None:
        return redirect("lms_file", course.slug, found.pk)
    try:
        filling = filling_of(book, choice[1], choice[0], request.user)
    except TableRefused:
        return redirect("lms_file", course.slug, found.pk)
    record_filled_file(found, choice[1], by=request.user, kind=choice[0].kind)
    return HttpResponse(
        filling.data,
        content_type="application/octet-stream",
        headers={"Content-Disposition": content_disposition_header(True, found.name or "grades")},
    )


def _find(course: Course, pk: int) -> LmsFile:
    return get_object_or_404(LmsFile.objects.in_course(course), pk=pk)


def _initial(found: LmsFile, first: Prompt | None) -> dict:
    """Return the initial form: the earlier choices, or the prompt that is shown first."""
    ticks = {name: found.answers.get(name) == "yes" for name in ("scale", "names")}
    return {"prompt": str(first.number) if first else ""} | found.answers | ticks


def _choice_of(
    found: LmsFile, book: LmsGradebook, prompts: Sequence[Prompt]
) -> tuple[Choice, Prompt] | None:
    """Return the choices for a file with its prompt, None before there are any."""
    choice = Choice.of(found.answers)
    if choice is None or book.column(choice.column) is None:
        return None
    prompt = next((one for one in prompts if one.number == choice.prompt), None)
    return (choice, prompt) if prompt else None
