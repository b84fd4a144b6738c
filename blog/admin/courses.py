"""Admin of courses: their members, prompts and rubrics."""

from django.contrib import admin

from blog.admin.read_only import ReadOnlyAdmin
from blog.models import Course, Membership, Prompt, Rubric


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    """Courses, without their join codes: those are for the people to whom instructors give them."""

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


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["user", "course", "role", "pod", "joined_at", "ended_at"]
    list_filter = ["course", "role"]
    list_select_related = ["user", "course", "pod"]
    search_fields = ["user__display_name", "user__email"]
    ordering = ["course", "user__display_name", "pk"]
    fields = ["user", "course", "role", "pod", "joined_at", "ended_at"]


@admin.register(Prompt)
class PromptAdmin(ReadOnlyAdmin):
    list_display = ["title", "number", "course", "opens_at", "due_at", "comments_due_at"]
    list_filter = ["course"]
    list_select_related = ["course"]
    ordering = ["course", "number"]
    fields = ["course", "number", "title", "question", "opens_at", "due_at", "comments_due_at"]


@admin.register(Rubric)
class RubricAdmin(ReadOnlyAdmin):
    list_display = ["title", "course"]
    list_filter = ["course"]
    list_select_related = ["course"]
    fields = ["course", "title"]
