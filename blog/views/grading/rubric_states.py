"""Archive rubrics, offer them again, and delete those that nobody has used."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions.rubric_states import archive_rubric, delete_rubric, unarchive_rubric
from blog.exceptions import Refused
from blog.models import Course, Rubric
from blog.queries.course_use import use_of_rubric
from blog.text.lists import isolated
from blog.web.decorators import in_course, instructors_only
from blog.web.repeated_submissions import lead_on


@in_course
@require_POST
@instructors_only
def rubric_archive(request, course, pk):
    rubric = get_object_or_404(Rubric, course=course, pk=pk)
    archive_rubric(rubric, by=request.user)
    message = _("“%(rubric)s” archived. Prompts that use it keep it.")
    messages.success(request, message % {"rubric": isolated(rubric.title)})
    return redirect("rubric_list", course.slug)


@in_course
@require_POST
@instructors_only
def rubric_unarchive(request, course, pk):
    rubric = get_object_or_404(Rubric, course=course, pk=pk)
    unarchive_rubric(rubric, by=request.user)
    message = _("“%(rubric)s” restored. Prompts can use it again.")
    messages.success(request, message % {"rubric": isolated(rubric.title)})
    return redirect("rubric_list", course.slug)


@in_course
@instructors_only
def rubric_delete(request, course, pk):
    """Ask before a rubric is deleted, or say why it cannot be; delete it on a POST."""
    rubric = _rubric(course, pk)
    if rubric is None:
        return lead_on(request, _("This rubric is already deleted."), "rubric_list", course.slug)
    if request.method == "POST":
        try:
            delete_rubric(rubric, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("rubric_delete", course.slug, pk)
        messages.success(request, _("“%(rubric)s” deleted.") % {"rubric": isolated(rubric.title)})
        return redirect("rubric_list", course.slug)
    context = {"rubric": rubric, "use": use_of_rubric(rubric)}
    return render(request, "blog/grading/rubric_delete.html", context)


def _rubric(course: Course, pk: int) -> Rubric | None:
    """Return a rubric of the course, None for one that is deleted; another course’s is a 404."""
    rubric = Rubric.objects.filter(pk=pk).first()
    if rubric is not None and rubric.course_id != course.pk:
        raise Http404
    return rubric
