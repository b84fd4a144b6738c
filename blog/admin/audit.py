"""Admin of audit events: who did what, and when."""

from django.contrib import admin

from blog.admin.read_only import CourseFilter, ReadOnlyAdmin
from blog.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """All events, of a course that is being erased too: they outlive it, without their course."""

    list_display = ["at", "action", "target", "actor", "course"]
    list_filter = [("course", CourseFilter), "action"]
    list_select_related = ["actor", "course"]
    fields = ["at", "action", "target", "actor", "course", "data"]
