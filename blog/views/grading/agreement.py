"""How the levels of a prompt's rubric are used, and how far graders agree on them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.queries.level_use import MIN_GRADES, level_use
from blog.views.grading.queue import find_prompt, require_grader
from blog.web.decorators import in_course


@in_course
@require_safe
def grading_agreement(request, course, number):
    """Show for each criterion how often each level was used."""
    require_grader(request, course)
    prompt = find_prompt(course, number)
    context = {"prompt": prompt, "level_use": level_use(prompt), "min_grades": MIN_GRADES}
    return render(request, "blog/grading/grading_agreement.html", context)
