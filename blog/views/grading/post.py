"""The page where one post is graded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.grading import StaleGrading, choose_grade_of_record, give_feedback
from blog.exceptions import Refused
from blog.forms.grading.grading import GradingForm
from blog.models import Comment, Course, Grading, Post, Prompt, Revision, User, name_for
from blog.queries.grading_queue import grading_queue, next_to_grade
from blog.queries.revisions import changed_since_grading
from blog.views.grading.queue import find_prompt, queue_context, require_grader
from blog.web.decorators import in_course


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
    choose_grade_of_record(grading, by=request.user)
    grader = name_for(grading.grader, request.user)
    messages.success(request, _("The grade by %(name)s now counts.") % {"name": grader})
    return _to_post(request, prompt, post)


def _show_or_save(request, course: Course, number: int, slug: str, *, then) -> HttpResponse:
    require_grader(request, course)
    prompt = find_prompt(course, number)
    post = _find_post(request, prompt, slug)
    gradings = _gradings_of(prompt, post.author)
    own = next((grading for grading in gradings if grading.grader_id == request.user.pk), None)
    form = GradingForm(
        request.POST or None,
        initial={"revision": post.revision_id},
        criteria=_criteria_of(prompt),
        grading=own,
    )
    if form.is_valid() and _save(request, form, prompt, post):
        student = name_for(post.author, request.user)
        messages.success(request, _("Feedback for %(name)s saved.") % {"name": student})
        return then(request, prompt, post)
    queue = grading_queue(prompt, request.user)
    of_record = next((grading for grading in gradings if grading.of_record), None)
    context = queue_context(request, prompt, queue) | {
        "post": post,
        "item": next((item for item in queue if item.post == post), None),
        "form": form,
        "own_grading": own,
        "other_gradings": [grading for grading in gradings if grading is not own],
        "changed": changed_since_grading(post, own or of_record),
        "comments_written": _comments(request.user)
        .filter(author=post.author, post__prompt=prompt)
        .exclude(post=post),
        "comments_received": _comments(request.user).filter(post=post).exclude(author=post.author),
    }
    return render(request, "blog/grading/grading_post.html", context)


def _save(request, form: GradingForm, prompt: Prompt, post: Post) -> bool:
    """Save what is in a valid form, or say in it why that was refused; return whether it is saved.

    The grading is bound to the revision that was on the page.
    """
    data = form.cleaned_data
    revision = Revision.objects.filter(post=post, pk=data["revision"]).first() or post.revision
    try:
        give_feedback(
            prompt,
            post.author,
            by=request.user,
            post=post,
            revision=revision,
            levels=form.levels(),
            words=data["text"],
            version=data["version"],
        )
    except StaleGrading as refusal:
        form.add_error(None, str(refusal))
    except Refused as refusal:
        form.add_error("text", str(refusal))
    return not form.errors


def _to_post(request, prompt: Prompt, post: Post) -> HttpResponse:
    return redirect("grading_post", prompt.course.slug, prompt.number, post.slug)


def _to_next(request, prompt: Prompt, post: Post) -> HttpResponse:
    """Redirect to the next post to grade, or to the queue if there is none."""
    item = next_to_grade(grading_queue(prompt, request.user), after=post.author)
    if item is None:
        return redirect("grading_prompt", prompt.course.slug, prompt.number)
    return _to_post(request, prompt, item.post)


def _find_post(request, prompt: Prompt, slug: str) -> Post:
    posts = Post.objects.published().answering(prompt).visible_to(request.user)
    return get_object_or_404(posts.for_page(), slug=slug)


def _gradings_of(prompt: Prompt, student: User) -> list[Grading]:
    return list(
        Grading.objects.answering(prompt)
        .filter(student=student)
        .select_related("grader", "revision")
        .prefetch_related("scores__criterion", "scores__level")
    )


def _criteria_of(prompt: Prompt) -> list:
    return list(prompt.rubric.criteria.prefetch_related("levels")) if prompt.rubric else []


def _comments(reader: User):
    return (
        Comment.objects.open()
        .visible_to(reader)
        .select_related("author", "post", "post__course")
        .order_by("created_at", "pk")
    )
