"""Prompts: the question, its answers, and how it is set."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.prompts import save_prompt
from blog.forms.prompts.prompt import NewPromptForm, PromptForm
from blog.models import Post, Prompt
from blog.queries.course_home import steps_of
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent


@in_course
def prompt_page(request, course, number):
    prompt = get_object_or_404(
        Prompt.objects.in_course(course).visible_to(request.user).select_related("rubric"),
        number=number,
    )
    posts = Post.objects.published().answering(prompt).visible_to(request.user).for_list()
    context = {
        "prompt": prompt,
        "works": prompt.required_works.order_by("label"),
        "criteria": prompt.rubric.criteria.prefetch_related("levels") if prompt.rubric else [],
        "posts": posts,
        "steps": steps_of(request.user, prompt) if request.membership.is_student else None,
        "can_edit": access.can_edit_course(request.user, course),
        "can_grade": access.can_grade(request.user, course),
    }
    return render(request, "blog/prompts/prompt_page.html", context)


@in_course
def prompt_new(request, course):
    if not access.can_edit_course(request.user, course):
        raise PermissionDenied
    form = NewPromptForm(
        request.POST or None, instance=Prompt(course=course), initial=usual_dates(course)
    )
    if form.is_valid():
        with idempotent(request.user, form.cleaned_data["key"]) as outcome:
            if outcome.result is None:
                outcome.result = store(form, by=request.user).get_absolute_url()
        messages.success(request, _("The prompt is set."))
        return redirect(outcome.result)
    return render(request, "blog/prompts/prompt_new.html", {"form": form})


@in_course
def prompt_edit(request, course, number):
    if not access.can_edit_course(request.user, course):
        raise PermissionDenied
    prompt = get_object_or_404(Prompt.objects.in_course(course), number=number)
    title = prompt.title
    form = PromptForm(request.POST or None, instance=prompt)
    if form.is_valid():
        store(form, by=request.user)
        messages.success(request, _("The prompt is saved."))
        return redirect(prompt)
    return render(
        request, "blog/prompts/prompt_edit.html", {"form": form, "title": title, "number": number}
    )


def store(form, *, by):
    """Save a valid prompt form: picked works stay, pasted ones are added to the course."""
    return save_prompt(
        form.save(commit=False),
        by=by,
        works=list(form.cleaned_data.get("required_works", [])),
        pasted=form.cleaned_data["more_works"],
    )


def usual_dates(course):
    """Propose a prompt that opens now, is due in two weeks and is talked about for one more."""
    today = timezone.localdate()

    def last_minute(days):
        return datetime.combine(today + timedelta(days=days), time(23, 59), tzinfo=course.zone)

    return {
        "title": _("Blog post %(number)d") % {"number": course.prompts.count() + 1},
        "opens_at": datetime.combine(today, time(0, 0), tzinfo=course.zone),
        "due_at": last_minute(14),
        "comments_due_at": last_minute(21),
        "words_min": 500,
        "words_max": 800,
        "references_min": 2,
        "comments_min": 2,
    }
