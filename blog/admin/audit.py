"""Admin of audit events: who did what, and when."""

from django.contrib import admin

from blog.admin.read_only import ReadOnlyAdmin
from blog.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "target", "actor", "course"]
    list_filter = ["course", "action"]
    list_select_related = ["actor", "course"]
    fields = ["at", "action", "target", "actor", "course", "data"]
