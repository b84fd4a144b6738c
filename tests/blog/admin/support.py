"""The addresses of the admin site, and rows that only its tests make."""

from django.contrib.auth.models import Permission
from django.urls import reverse

from blog.models import OutboxMessage


def list_url(name):
    return reverse(f"admin:{name}_changelist")


def page_url(name, row):
    return reverse(f"admin:{name}_change", args=[row.pk])


def make_message(recipient, key, **fields):
    return OutboxMessage.objects.create(
        key=key, recipient=recipient, template="feedback_released", **fields
    )


def grant(user, *codenames):
    permissions = Permission.objects.filter(content_type__app_label="blog", codename__in=codenames)
    assert len(permissions) == len(codenames)
    user.user_permissions.set(permissions)


def stored(row):
    return type(row)._base_manager.filter(pk=row.pk).values().get()
