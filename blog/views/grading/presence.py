"""Other graders who have a student open on the desk; its script asks twice a minute."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.grading_presence import keep_open
from blog.models import QueuePlace, User, name_for
from blog.queries.grading_page import graders_at, places_to_grade
from blog.text.lists import isolated
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course, only_if


@in_course
@only_if(access.can_see_grading)
@require_POST
def grading_open(request, course, number, place):
    """Record that the reader has a student open, and say who else has."""
    prompt = find_prompt(course, number)
    found = get_object_or_404(
        places_to_grade(prompt).select_related("prompt__course"), number=place
    )
    keep_open(found, by=request.user)
    return JsonResponse({"said": open_too(found, request.user)})


def open_too(place: QueuePlace, reader: User) -> str:
    """Return who else has a student open, as a sentence; "" for nobody."""
    names = [name_for(grader, reader) for grader in graders_at(place, reader)]
    sentences = [_("%(name)s has this open.") % {"name": isolated(str(name))} for name in names]
    return " ".join(sentences)
