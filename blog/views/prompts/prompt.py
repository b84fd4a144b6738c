"""Prompts: the question with its posts, and how an instructor creates and changes it."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog import access
from blog.actions.prompts import save_prompt
from blog.exceptions import Refused
from blog.forms.prompts.prompt import NewPromptForm, PromptForm
from blog.lookup import is_on
from blog.models import Post, Prompt, User
from blog.queries.course_home import current_prompt, student_steps
from blog.queries.feedback import feedback_apart
from blog.queries.feedback_replies import reply_of
from blog.queries.prompt_states import prompt_states
from blog.queries.rota import first_comments_missing, student_rota
from blog.queries.visible_prompts import visible_prompts
from blog.views.prompts.table import show_table
from blog.web.decorators import in_course, instructors_only, reload_if_stale
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.pages import page_of

POSTS_PER_PAGE = 50


@in_course
@require_safe
def prompt_list(request, course):
    """List the prompts, to a student with their own state in each; to instructors in a table."""
    if access.can_edit_course(request.user, course):
        return show_table(request, course)
    prompts = visible_prompts(request.user, course, listed=True)
    for prompt in prompts:
        prompt.course = course
    context = {"prompts": prompts[::-1], "prompt": current_prompt(prompts)}
    if request.membership.is_student:
        context["states"] = prompt_states(request.user, course, prompts)[::-1]
    return render(request, "blog/prompts/prompt_list.html", context)


@in_course
def prompt_page(request, course, number):
    prompt = get_object_or_404(
        Prompt.objects.in_course(course)
        .visible_to(request.user)
        .select_related("rubric", "comments_rubric"),
        number=number,
    )
    prompt.course = course
    answers = Post.objects.published_for(request.user, course).answering(prompt)
    page = page_of(answers.for_list(), request.GET.get("page"), POSTS_PER_PAGE)
    rubrics = [rubric for rubric in (prompt.rubric, prompt.comments_rubric) if rubric]
    prefetch_related_objects(rubrics, "criteria__levels")
    can_grade = access.can_see_grading(request.user, course)
    context = {
        "prompt": prompt,
        "works": prompt.required_works.order_by("label"),
        "rubric": prompt.rubric,
        "comments_rubric": prompt.comments_rubric,
        "page": page,
        "can_edit": access.can_edit_course(request.user, course),
        "can_grade": can_grade,
    }
    if request.membership.is_student:
        steps = student_steps(request.user, prompt)
        rota = student_rota(request.user, prompt, has_published=steps.is_published)
        grades = (
            feedback_apart(request.user, prompt)
            if steps.feedback or steps.comments_feedback
            else []
        )
        reply = reply_of(request.user, prompt, request.user) if grades else None
        context |= {"steps": steps, "rota": rota, "grades": grades, "reply": reply}
    elif can_grade and prompt.shows_missing_comments:
        context["missing"] = first_comments_missing(request.user, [prompt])
    return render(request, "blog/prompts/prompt_page.html", context)


@in_course
@instructors_only
def prompt_new(request, course):
    form = NewPromptForm(request.POST or None, course=course, reader=request.user)

    def create() -> str:
        return _save(form, by=request.user).get_absolute_url()

    address = create_once(form, f"prompt_new {course.pk}", by=request.user, create=create)
    if address is not None:
        messages.success(request, _("Prompt created."))
        if form.is_valid():  # a second sending may not be any more: the course may have ended
            _warn(request, form)
        return redirect(address)
    return show_prompt_form(request, form)


@reload_if_stale
@in_course
@instructors_only
def prompt_edit(request, course, number):
    prompt = get_object_or_404(Prompt.objects.in_course(course), number=number)
    title = prompt.title
    form = PromptForm(request.POST or None, instance=prompt, reader=request.user)
    if form.is_valid():
        try:
            _save(form, by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Prompt saved."))
            _warn(request, form)
            return redirect(prompt)
    return show_prompt_form(request, form, title=title)


def show_prompt_form(request, form: PromptForm, **context) -> HttpResponse:
    """Return the page of a new or a stored prompt with its form."""
    prompt = form.instance
    is_new = prompt.pk is None
    keys = [prompt.course.slug] if is_new else [prompt.course.slug, prompt.number]
    context |= {
        "form": form,
        "number": prompt.number,
        "save": reverse("prompt_new" if is_new else "prompt_edit", args=keys),
        "arrange": reverse("prompt_new_arrange" if is_new else "prompt_arrange", args=keys),
        "can_look_up": is_on(),
    }
    template = "blog/prompts/prompt_new.html" if is_new else "blog/prompts/prompt_edit.html"
    return render(request, template, context, status=status_of(form))


def _warn(request, form: PromptForm) -> None:
    for warning in form.midnights():
        messages.warning(request, warning)


def _save(form: PromptForm, *, by: User) -> Prompt:
    """Save a valid form, with the required reading that was picked and that was pasted."""
    return save_prompt(
        form.save(commit=False),
        by=by,
        works=list(form.cleaned_data.get("required_works", [])),
        pasted=[*form.cleaned_data["records"], *form.cleaned_data["more_works"]],
    )
