"""The page where one post is graded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.grading import give_feedback
from blog.actions.releases import choose_grade_of_record
from blog.exceptions import EmptyGrading, Refused, StaleGrading, StaleRubric
from blog.forms.grading.grading import GradingForm
from blog.models import Course, Grading, Post, Prompt, Revision, name_for
from blog.queries.grading_page import (
    GradingWithLevels,
    comments_on_and_by,
    criteria_of,
    gradable_posts,
    gradings_of,
)
from blog.queries.grading_queue import grading_queue, next_to_grade
from blog.queries.process_notes import process_of
from blog.queries.revisions import changed_since_grading
from blog.views.grading.queue import find_prompt, queue_context, require_grader
from blog.web.decorators import in_course
from blog.web.forms import status_of


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def grading_post(request, course, number, slug):
    """Show a post with its rubric, and save the reader's grading of it."""
    return _show_or_save(request, course, number, slug, then=_to_post)


@in_course
@require_POST
def grading_post_next(request, course, number, slug):
    """Save the grading, and go on to the next post in the queue."""
    return _show_or_save(request, course, number, slug, then=_to_next)


@in_course
@require_POST
def grading_choose(request, course, number, slug, pk):
    """Make one of a student's gradings the grade of record."""
    if not access.can_release(request.user, course):
        raise PermissionDenied
    prompt = find_prompt(course, number)
    post = _find_post(request, prompt, slug)
    gradings = Grading.objects.answering(prompt).filter(student=post.author)
    grading = get_object_or_404(gradings.select_related("prompt__course", "grader"), pk=pk)
    try:
        choose_grade_of_record(grading, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        grader = name_for(grading.grader, request.user)
        messages.success(request, _("The grade by %(name)s now counts.") % {"name": grader})
    return _to_post(request, prompt, post)


def _show_or_save(request, course: Course, number: int, slug: str, *, then) -> HttpResponse:
    require_grader(request, course)
    prompt = find_prompt(course, number)
    post = _find_post(request, prompt, slug)
    gradings = gradings_of(prompt, post.author)
    own = next((one for one in gradings if one.grading.grader_id == request.user.pk), None)
    form = GradingForm(
        request.POST or None,
        initial={"revision": post.revision_id},
        prompt=prompt,
        criteria=criteria_of(prompt.rubric),
        grading=own and own.grading,
    )
    try:
        if form.is_valid() and _save(request, form, prompt, post):
            return then(request, prompt, post)
    except StaleRubric:  # changed between the form and the action: now the form itself says so
        return _show_or_save(request, course, number, slug, then=then)
    context = _page_context(request, prompt, post, form, gradings, own)
    return render(request, "blog/grading/grading_post.html", context, status=status_of(form))


def _page_context(
    request,
    prompt: Prompt,
    post: Post,
    form: GradingForm,
    gradings: list[GradingWithLevels],
    own: GradingWithLevels | None,
) -> dict:
    queue = grading_queue(prompt, request.user)
    item = next((item for item in queue if item.member.user_id == post.author_id), None)
    of_record = next((one.grading for one in gradings if one.grading.of_record), None)
    graded = own.grading if own else of_record
    others = [] if item and item.is_due else [one for one in gradings if one is not own]
    return queue_context(request, prompt, queue) | {
        "post": post,
        "item": item if item and item.post == post else None,
        "form": form,
        "own": own,
        "others": others,
        "of_record": of_record,
        "changed": changed_since_grading(post, graded) if post.is_readable else None,
        "process": process_of(post, request.user),
        **comments_on_and_by(post, prompt, request.user),
    }


def _save(request, form: GradingForm, prompt: Prompt, post: Post) -> bool:
    """Save what is in a valid form, or say in it why that was refused; return whether to go on.

    The grading is bound to the revision that was on the page.
    """
    data = form.cleaned_data
    student = name_for(post.author, request.user)
    revision = Revision.objects.filter(post=post, pk=data["revision"]).first() or post.revision
    try:
        grading = give_feedback(
            prompt,
            post.author,
            by=request.user,
            post=post,
            revision=revision,
            levels=form.levels(),
            words=data["text"],
            version=data["version"],
        )
    except StaleRubric:
        raise
    except EmptyGrading:
        nothing = (
            _("Nothing to save for %(name)s: you chose no level, and your feedback shows no words.")
            if data["text"].strip()
            else _("Nothing to save for %(name)s: you chose no level and typed no feedback.")
        )
        messages.info(request, nothing % {"name": student})
    except StaleGrading as refusal:
        form.is_stale = True
        form.add_error(None, str(refusal))
    except Refused as refusal:
        form.add_error("text", str(refusal))
    else:
        done = _("Feedback for %(name)s saved.") if grading else _("Feedback for %(name)s removed.")
        messages.success(request, done % {"name": student})
    return not form.errors


def _to_post(request, prompt: Prompt, post: Post) -> HttpResponse:
    return redirect("grading_post", prompt.course.slug, prompt.number, post.slug)


def _to_next(request, prompt: Prompt, post: Post) -> HttpResponse:
    """Redirect to the next post to grade, or to the queue if there is none."""
    item = next_to_grade(grading_queue(prompt, request.user), after=post.author)
    if item is None or item.post is None:
        return redirect("grading_prompt", prompt.course.slug, prompt.number)
    return _to_post(request, prompt, item.post)


def _find_post(request, prompt: Prompt, slug: str) -> Post:
    return get_object_or_404(gradable_posts(prompt, request.user), slug=slug)
