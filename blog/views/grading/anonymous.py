"""Anonymous grading of a prompt."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.actions.anonymous_grading import change_anonymity
from blog.queries.graded_names import anonymity_changes
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course, instructors_only


@in_course
@instructors_only
@require_http_methods(["GET", "HEAD", "POST"])
def grading_anonymous(request, course, number):
    """Explain what anonymous grading hides; on a POST begin it, or end it."""
    prompt = find_prompt(course, number)
    if request.method == "POST" and request.POST.get("anonymous") in ("on", "off"):
        is_anonymous = request.POST["anonymous"] == "on"
        change_anonymity(prompt, is_anonymous, by=request.user)
        done = (
            _("Graders see no names until a student’s grade is released.")
            if is_anonymous
            else _("Graders see names from now on.")
        )
        messages.success(request, done)
        return redirect("grading_prompt", course.slug, number)
    context = {
        "prompt": prompt,
        "changes": anonymity_changes(prompt),
        "has_grades": prompt.gradings.exists(),
    }
    return render(request, "blog/grading/grading_anonymous.html", context)
