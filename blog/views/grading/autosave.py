"""Autosaves of levels and texts, for the script of the grading desk."""

from decimal import Decimal

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.grading_autosave import Autosaved, choose_level, keep_typed
from blog.exceptions import Refused, StaleLevel, StaleRubric, StaleTyped
from blog.forms.grading.level import LevelForm, TypedForm
from blog.models import (
    Course,
    Grading,
    Level,
    Post,
    Prompt,
    QueuePlace,
    Revision,
    User,
    reason_in_words,
    version_of,
)
from blog.queries.grading_page import places_to_grade, post_to_grade
from blog.queries.other_graders import levels_of_others
from blog.templatetags.dates import at_time
from blog.views.editor.autosave import saving
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course, only_if
from blog.web.forms import CONFLICT, UNPROCESSABLE


@in_course
@only_if(access.can_see_grading)
@require_POST
def level_choose(request, course, number, place, kind=Grading.Kind.POST):
    """Keep one level; answer with the versions that the page is to name from now on.

    Where another window has saved another level, the answer is that one, for somebody to choose.
    What others have chosen here comes with it.
    """
    prompt, found = _find(course, number, place)
    form = LevelForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"said": _("This level could not be saved.")}, status=UNPROCESSABLE)
    data = form.cleaned_data
    levels = Level.objects.filter(criterion__rubric__course=course).select_related("criterion")
    level = get_object_or_404(levels, criterion=data["criterion"], position=data["level"])
    post, read = _read_post(prompt, found, kind, request.user, data["revision"])
    try:
        saved = choose_level(
            prompt,
            found.student,
            level,
            by=request.user,
            kind=kind,
            version=data["seen"],
            post=post,
            revision=read,
        )
    except StaleLevel as refusal:
        position = levels.get(pk=refusal.level).position
        stored = {"level": position, "seen": refusal.version, "said": str(refusal)}
        return JsonResponse(stored, status=CONFLICT)
    except StaleRubric as refusal:
        return JsonResponse({"said": str(refusal)}, status=CONFLICT)
    except Refused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    others = levels_of_others(prompt, found.student, kind, request.user).get(level.criterion_id, [])
    return JsonResponse(
        {
            "seen": saved.seen,
            "version": _version_to_name(data["version"], saved),
            "said": _saved(saved, course),
            "state": _state(saved),
            "others": [{"name": other.name, "level": other.position} for other in others],
        }
    )


@saving
@in_course
@only_if(access.can_see_grading)
def typed_keep(request, course, number, place, kind=Grading.Kind.POST):
    """Keep the words, the private note or the record of a grade as they are typed.

    Where another window has saved something else, the answer is that, for somebody to choose.
    """
    prompt, found = _find(course, number, place)
    form = TypedForm(request.POST)
    if not form.is_valid():
        [errors, *_rest] = form.errors.values()
        return JsonResponse({"said": errors[0]}, status=UNPROCESSABLE)
    data, (part, values) = form.cleaned_data, form.values_of_part()
    post, read = _read_post(prompt, found, kind, request.user, data["revision"])
    try:
        saved = keep_typed(
            prompt,
            found.student,
            part,
            values,
            by=request.user,
            kind=kind,
            seen=data["seen"],
            post=post,
            revision=read,
        )
    except StaleTyped as refusal:
        stored = {"seen": refusal.key, "said": str(refusal), **_stored(refusal.values)}
        return JsonResponse(stored, status=CONFLICT)
    except Refused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    return JsonResponse(
        {
            "seen": saved.grading.typed_key(part) if saved.grading else "",
            "version": _version_to_name(data["version"], saved),
            "said": _saved(saved, course),
            "state": _state(saved),
        }
    )


def _find(course: Course, number: int, place: int) -> tuple[Prompt, QueuePlace]:
    prompt = find_prompt(course, number)
    return prompt, get_object_or_404(places_to_grade(prompt), number=place)


def _read_post(
    prompt: Prompt, place: QueuePlace, kind: str, reader: User, revision: int | None
) -> tuple[Post | None, Revision | None]:
    """Return the post of a student and the revision that was on the page; for comments none."""
    is_of_post = kind == Grading.Kind.POST
    post = post_to_grade(prompt, place.student, reader) if is_of_post else None
    if post is None:
        return None, None
    return post, Revision.objects.filter(post=post, pk=revision).first() or post.revision


def _stored(values: dict) -> dict[str, object]:
    """Return another window's values of a part: in words, and by field of the form."""
    if "status" not in values:
        [words] = values.values()
        return {"words": words, "fields": values}
    hundredths = values["override_hundredths"]
    points = None if hundredths is None else Decimal(hundredths) / 100
    words = [str(Grading.Status(values["status"]).label)]
    reason = reason_in_words(values["override_reason"])
    if points is not None:
        record = {"points": floatformat(points, -2), "reason": reason}
        words.append(_("Other points: %(points)s. %(reason)s") % record)
    fields = {
        "status": values["status"],
        "override_points": "" if points is None else f"{points.normalize():f}",
        "override_reason": reason,
    }
    return {"words": "\n".join(words), "fields": fields}


def _saved(saved: Autosaved, course: Course) -> str:
    time = at_time(timezone.now(), course)
    if saved.is_held and saved.grading and not saved.grading.is_released:
        return _("Saved %(time)s as a draft. It counts when you click “Save”.") % {"time": time}
    if saved.is_held:
        return _("Saved %(time)s as a draft. The student sees it when you click “Save”.") % {
            "time": time
        }
    return _("Saved %(time)s.") % {"time": time}


def _state(saved: Autosaved) -> str:
    """Return the state of the student in the queue now; "" where the queue itself has to tell."""
    grading = saved.grading
    if grading is None or saved.is_held:
        return ""
    same = Grading.objects.of_kind(grading.kind).filter(
        prompt=grading.prompt_id, student=grading.student_id
    )
    gradings = list(same.with_progress())
    if len(gradings) > 1 or not gradings[0].is_begun:
        return ""
    return "graded" if gradings[0].is_complete else "in_progress"


def _version_to_name(sent: str, saved: Autosaved) -> str:
    """Return the version of the grading that the page names from now on.

    It is the new one only if the page knew the one before: otherwise another window has saved
    something that this page has not shown, and the page must not overwrite it.
    """
    grading, before = saved.grading, saved.version_before
    if grading is None:
        return ""
    known = "" if before is None else f"{grading.pk}.{before}"
    return version_of(grading) if sent == known else sent
