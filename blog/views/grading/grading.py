"""The marking desk: a queue, a post, a rubric, and one act of release."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog import access
from blog.actions import grading as actions
from blog.exceptions import Refused
from blog.forms.grading.grading import GradingForm
from blog.models import Comment, Grading, Post, Prompt, Revision
from blog.queries.grading_queue import grading_queue, next_to_grade
from blog.queries.revisions import changed_since_grading
from blog.web.decorators import in_course


def team_only(request, course):
    if not access.can_grade(request.user, course):
        raise PermissionDenied


def find_prompt(course, number):
    return get_object_or_404(
        Prompt.objects.in_course(course).select_related("rubric", "course"), number=number
    )


@in_course
def grading_overview(request, course):
    """List the prompts with what is left to read."""
    team_only(request, course)
    handed_in = Q(posts__in=Post.objects.published().visible_to(request.user))
    read = Q(gradings__of_record=True)
    prompts = (
        Prompt.objects.in_course(course)
        .opened()
        .annotate(
            handed_in=Count("posts", filter=handed_in, distinct=True),
            read=Count("gradings", filter=read, distinct=True),
            released=Count(
                "gradings", filter=read & Q(gradings__released_at__isnull=False), distinct=True
            ),
        )
        .order_by("-number")
    )
    return render(request, "blog/grading/grading_overview.html", {"prompts": prompts})


@in_course
def grading_prompt(request, course, number):
    """Show a prompt's whole queue and what can be released."""
    team_only(request, course)
    prompt = find_prompt(course, number)
    queue = grading_queue(prompt, request.user)
    return render(request, "blog/grading/grading_prompt.html", desk_context(request, prompt, queue))


def desk_context(request, prompt, queue):
    return {
        "prompt": prompt,
        "queue": queue,
        "left": sum(item.state in ("ungraded", "in_progress") for item in queue),
        "ready": sum(item.state == "graded" for item in queue),
        "released": sum(item.state == "released" for item in queue),
        "next": next_to_grade(queue),
        "can_release": access.can_release(request.user, prompt.course),
    }


@in_course
def grading_post(request, course, number, slug):
    """Read one post beside the rubric; save, or save and go to the next."""
    team_only(request, course)
    prompt = find_prompt(course, number)
    post = get_object_or_404(
        Post.objects.published().answering(prompt).visible_to(request.user).for_page(), slug=slug
    )
    gradings = gradings_of(prompt, post.author)
    mine = next((f for f in gradings if f.grader_id == request.user.pk), None)
    if request.POST.get("record"):
        return choose_record(request, post, gradings)
    form = GradingForm(
        request.POST or None,
        initial={"revision": post.revision_id},
        criteria=criteria_of(prompt),
        feedback=mine,
    )
    if form.is_valid() and store(request, form, prompt, post):
        messages.success(request, _("Saved: %(name)s.") % {"name": post.author.display_name})
        return redirect(after_saving(request, prompt, post))
    queue = grading_queue(prompt, request.user)
    context = desk_context(request, prompt, queue) | {
        "post": post,
        "item": next((item for item in queue if item.post == post), None),
        "form": form,
        "mine": mine,
        "changed": changed_since_grading(post, mine or of_record(gradings)),
        "others": [f for f in gradings if f is not mine],
        **talk_of(prompt, post, request.user),
    }
    return render(request, "blog/grading/grading_post.html", context)


def gradings_of(prompt, student):
    return list(
        Grading.objects.answering(prompt)
        .filter(student=student)
        .select_related("grader", "revision")
        .prefetch_related("scores__criterion", "scores__level")
    )


def of_record(gradings):
    return next((reading for reading in gradings if reading.of_record), None)


def criteria_of(prompt):
    if prompt.rubric is None:
        return []
    return list(prompt.rubric.criteria.prefetch_related("levels"))


def store(request, form, prompt, post) -> bool:
    """Give the feedback of a valid form; a refusal stands in the form, with all that was typed."""
    data = form.cleaned_data
    read = Revision.objects.filter(post=post, pk=data["revision"]).first() or post.revision
    try:
        actions.give_feedback(
            prompt,
            post.author,
            by=request.user,
            post=post,
            revision=read,
            levels=form.levels(),
            words=data["text"],
            version=data["version"],
        )
    except actions.StaleGrading as refusal:
        form.add_error(None, str(refusal))
    except Refused as refusal:
        form.add_error("text", str(refusal))
    return not form.errors


def choose_record(request, post, gradings):
    chosen = next((f for f in gradings if str(f.pk) == request.POST["record"]), None)
    if chosen is None or not access.can_release(request.user, post.course):
        raise PermissionDenied
    actions.choose_grade_of_record(chosen, by=request.user)
    messages.success(
        request, _("The reading by %(name)s is the grade now.") % {"name": chosen.grader}
    )
    return redirect("grading_post", post.course.slug, post.prompt.number, post.slug)


def after_saving(request, prompt, post):
    if request.POST.get("action") == "next":
        item = next_to_grade(grading_queue(prompt, request.user), after=post.author)
        if item is None:
            return redirect("grading_prompt", prompt.course.slug, prompt.number).url
        return redirect("grading_post", prompt.course.slug, prompt.number, item.post.slug).url
    return redirect("grading_post", prompt.course.slug, prompt.number, post.slug).url


def talk_of(prompt, post, reader):
    """Return what the student said to others on this prompt, and what others said to them."""
    comments = (
        Comment.objects.open()
        .visible_to(reader)
        .select_related("author", "post", "post__course")
        .order_by("created_at", "pk")
    )
    return {
        "said": comments.filter(author=post.author, post__prompt=prompt).exclude(post=post),
        "heard": comments.filter(post=post).exclude(author=post.author),
    }


@in_course
def grading_release(request, course, number):
    """Say in words who will see what, and release on a POST."""
    team_only(request, course)
    if not access.can_release(request.user, course):
        raise PermissionDenied
    prompt = find_prompt(course, number)
    if request.method == "POST":
        released = actions.release_prompt(prompt, by=request.user)
        messages.success(
            request,
            ngettext(
                "One student can read their feedback now.",
                "%(count)d students can read their feedback now.",
                len(released),
            )
            % {"count": len(released)},
        )
        return redirect("grading_prompt", course.slug, number)
    queue = grading_queue(prompt, request.user)
    return render(
        request,
        "blog/grading/grading_release.html",
        {
            "prompt": prompt,
            "ready": [item for item in queue if item.state == "graded"],
            "rest": [
                item for item in queue if item.state in ("ungraded", "in_progress", "no_post")
            ],
        },
    )
