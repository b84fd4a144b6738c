"""Admin of courses: their members, prompts and rubrics."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

from blog import access
from blog.actions.courses import appoint_instructor
from blog.admin.read_only import CourseFilter, ReadOnlyAdmin
from blog.exceptions import Refused
from blog.models import Course, Membership, Prompt, Rubric, User
from blog.web.reauthentication import ask_who_it_is, was_confirmed_lately


class PersonForm(ActionForm):
    """The action on the chosen courses, and the person it is about."""

    person = forms.EmailField(
        label=_("Email of the new instructor:"), required=False, widget=forms.EmailInput
    )


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    """Courses, without their join codes: those are for the people to whom instructors give them.

    One that is being erased is not among them: nobody is let into it any more.
    """

    actions = ["appoint_instructor"]
    action_form = PersonForm
    list_display = ["title", "slug", "term", "starts_on", "ends_on"]
    search_fields = ["title", "slug"]
    ordering = ["-starts_on", "title"]
    fields = [
        "title",
        "slug",
        "term",
        "about",
        "starts_on",
        "ends_on",
        "time_zone",
        "default_audience",
        "widest_audience",
        "created_at",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).not_erasing()

    def has_appoint_permission(self, request):
        return access.can_appoint_teachers(request.user)

    @admin.action(description=_("Make someone an instructor"), permissions=["appoint"])
    def appoint_instructor(self, request, queryset):
        if not was_confirmed_lately(request):
            return ask_who_it_is(request.get_full_path())
        email = request.POST.get("person", "").strip()
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            messages.error(request, _("Nobody has the email “%(email)s”.") % {"email": email})
            return None
        for course in queryset:
            try:
                appoint_instructor(course, person, by=request.user)
            except Refused as refusal:
                messages.error(request, str(refusal))
                return None
            messages.success(
                request,
                _("%(person)s is an instructor of %(course)s now.")
                % {"person": person, "course": course},
            )
        return None


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    course_path = "course"
    list_display = ["user", "course", "role", "pod", "joined_at", "ended_at"]
    list_filter = [("course", CourseFilter), "role"]
    list_select_related = ["user", "course", "pod"]
    search_fields = ["user__display_name", "user__email"]
    ordering = ["course", "user__display_name", "pk"]
    fields = ["user", "course", "role", "pod", "joined_at", "ended_at"]


@admin.register(Prompt)
class PromptAdmin(ReadOnlyAdmin):
    course_path = "course"
    list_display = ["title", "number", "course", "opens_at", "due_at", "comments_due_at"]
    list_filter = [("course", CourseFilter)]
    list_select_related = ["course"]
    ordering = ["course", "number"]
    fields = ["course", "number", "title", "question", "opens_at", "due_at", "comments_due_at"]


@admin.register(Rubric)
class RubricAdmin(ReadOnlyAdmin):
    course_path = "course"
    list_display = ["title", "course"]
    list_filter = [("course", CourseFilter)]
    list_select_related = ["course"]
    fields = ["course", "title"]
