"""Write: the way to the text that one is most likely to write, or to a choice."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import access
from blog.models import Prompt
from blog.queries.course_home import current_prompt
from blog.queries.editor import unanswered_prompts
from blog.queries.own_posts import own_posts
from blog.web.decorators import in_course


@in_course
@require_safe
def write(request, course):
    """Redirect to the reader's draft for the current prompt, else to the choice of prompts."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    prompts = Prompt.objects.in_course(course).visible_to(request.user).listed()
    prompt = current_prompt(list(prompts))
    post = own_posts(request.user, course).answering(prompt) if prompt else None
    if post is not None and post.is_draft:
        return redirect("post_edit", course.slug, post.slug)
    return redirect("write_choice", course.slug)


@in_course
@require_safe
def write_choice(request, course):
    """Offer the open prompts without a post, the drafts, and a post without a prompt."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    is_student = request.membership.is_student
    context = {
        "prompts": unanswered_prompts(request.user, course) if is_student else [],
        "posts": own_posts(request.user, course),
    }
    return render(request, "blog/editor/write_choice.html", context)


@in_course
@require_safe
def draft_list(request, course):
    """Redirect to the drafts in My work, from their former address."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    return redirect(f"{reverse('course_work', args=[course.slug])}#drafts")
