"""Levels that are saved as soon as they are chosen, for the script of the grading desk."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions.grading import ChosenLevel, choose_level
from blog.exceptions import Refused, StaleLevel, StaleRubric
from blog.forms.grading.level import LevelForm
from blog.models import Grading, Level, Revision, version_of
from blog.queries.grading_page import places_to_grade, post_to_grade
from blog.templatetags.dates import at_time
from blog.views.grading.queue import find_prompt, require_grader
from blog.web.decorators import in_course
from blog.web.forms import CONFLICT, UNPROCESSABLE


@in_course
@require_POST
def level_choose(request, course, number, place, kind=Grading.Kind.POST):
    """Save one level; answer with the versions that the page is to name from now on.

    Where another window has saved another level, the answer is that one, for somebody to choose.
    """
    require_grader(request, course)
    prompt = find_prompt(course, number)
    found = get_object_or_404(places_to_grade(prompt), number=place)
    form = LevelForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"said": _("This level could not be saved.")}, status=UNPROCESSABLE)
    data = form.cleaned_data
    levels = Level.objects.filter(criterion__rubric__course=course).select_related("criterion")
    level = get_object_or_404(levels, criterion=data["criterion"], position=data["level"])
    is_of_post = kind == Grading.Kind.POST
    post = post_to_grade(prompt, found.student, request.user) if is_of_post else None
    read = Revision.objects.filter(post=post, pk=data["revision"]).first() if post else None
    try:
        chosen = choose_level(
            prompt,
            found.student,
            level,
            by=request.user,
            kind=kind,
            version=data["seen"],
            post=post,
            revision=read or (post and post.revision),
        )
    except StaleLevel as refusal:
        score = refusal.score
        stored = {"level": score.level.position, "seen": score.version, "said": str(refusal)}
        return JsonResponse(stored, status=CONFLICT)
    except StaleRubric as refusal:
        return JsonResponse({"said": str(refusal)}, status=CONFLICT)
    except Refused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    grading = chosen.score.grading
    time = at_time(grading.updated_at, course)
    return JsonResponse(
        {
            "seen": chosen.score.version,
            "version": _version_to_name(data["version"], chosen),
            "said": _("Saved %(time)s.") % {"time": time},
        }
    )


def _version_to_name(sent: str, chosen: ChosenLevel) -> str:
    """Return the version of the grading that the page names from now on.

    It is the new one only if the page knew the one before: otherwise another window has saved words
    that this page has not shown, and the page must not overwrite them.
    """
    grading, before = chosen.score.grading, chosen.version_before
    known = "" if before is None else f"{grading.pk}.{before}"
    return version_of(grading) if sent == known else sent
