"""Admin of references: the bibliographic records of each course."""

from django.contrib import admin

from blog.admin.read_only import CourseFilter, ReadOnlyAdmin
from blog.models import Work


@admin.register(Work)
class WorkAdmin(ReadOnlyAdmin):
    """Works that people can see in a course: cited by a post, or required by a prompt."""

    course_path = "course"
    list_display = ["label", "doi", "course"]
    list_filter = [("course", CourseFilter)]
    list_select_related = ["course"]
    search_fields = ["label", "doi"]
    ordering = ["label", "pk"]
    fields = ["course", "label", "doi", "csl"]

    def get_queryset(self, request):
        return super().get_queryset(request).in_use()
