"""Archive, reopen and delete a course."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.course_states import archive_course, delete_course, reopen_course
from blog.exceptions import Refused
from blog.models import Norm
from blog.queries.course_use import uses_of_course
from blog.text.lists import isolated
from blog.web.decorators import in_course, only_if
from blog.web.reauthentication import confirmed_lately


@in_course
@only_if(access.can_archive_course)
def course_archive(request, course):
    """Explain archiving, and archive the course on a POST; or offer to reopen it."""
    if request.method == "POST":
        archive_course(course, by=request.user)
        messages.success(request, _("Course archived. You can reopen it here."))
        return redirect("course_archive", course.slug)
    return render(request, "blog/courses/course_archive.html")


@in_course
@require_POST
@only_if(access.can_archive_course)
def course_reopen(request, course):
    reopen_course(course, by=request.user)
    messages.success(request, _("The course is open again. Everything is as it was."))
    return redirect("course_archive", course.slug)


@in_course
@only_if(access.can_archive_course)
@confirmed_lately()
def course_delete(request, course):
    """Show what would be deleted, or why nothing can be; delete the course on a POST."""
    if request.method == "POST":
        try:
            delete_course(course, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("course_delete", course.slug)
        messages.success(request, _("“%(course)s” deleted.") % {"course": isolated(course.title)})
        return redirect("home")
    context = {
        "uses": uses_of_course(course),
        "prompt_count": course.prompts.count(),
        "rubric_count": course.rubrics.count(),
        "norm_count": Norm.objects.in_course(course).current().count(),
    }
    return render(request, "blog/courses/course_delete.html", context)
