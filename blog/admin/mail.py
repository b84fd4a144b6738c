"""Admin of the outbox: which mail was sent, which failed, and sending it again."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog import access
from blog.actions.mail import retry_mail
from blog.admin.read_only import ReadOnlyAdmin
from blog.models import OutboxMessage


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    """Mail and its delivery, without its text: that is between the course and its member."""

    list_display = ["key", "recipient", "template", "due_at", "sent_at", "attempts"]
    list_filter = ["template", ("sent_at", admin.EmptyFieldListFilter)]
    list_select_related = ["recipient"]
    ordering = ["-due_at", "-pk"]
    fields = [
        "key",
        "recipient",
        "template",
        "created_at",
        "due_at",
        "sent_at",
        "attempts",
        "last_error",
    ]
    actions = ["send_again"]

    def has_retry_permission(self, request):
        return access.can_retry_mail(request.user)

    @admin.action(description=_("Send again"), permissions=["retry"])
    def send_again(self, request, queryset):
        count = retry_mail(queryset, by=request.user)
        messages.success(
            request,
            ngettext(
                "%(count)d email will be sent again.",
                "%(count)d emails will be sent again.",
                count,
            )
            % {"count": count},
        )
