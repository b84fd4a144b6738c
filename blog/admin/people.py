"""Admin of people: their accounts and e-mail addresses."""

from allauth.account.adapter import get_adapter
from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog import access
from blog.actions.accounts import (
    allow_opening_courses,
    ask_to_confirm_email,
    change_account,
    confirm_email,
    remove_second_steps,
)
from blog.actions.portraits import remove_portrait
from blog.admin.read_only import ReadOnlyAdmin
from blog.exceptions import Refused
from blog.models import User
from blog.queries.instructors import courses_without_instructor
from blog.web.reauthentication import ask_who_it_is, was_confirmed_lately

RIGHTS_HELP = {
    "groups": _("The person has all permissions of these groups."),
    "user_permissions": _("What this person alone may do."),
}


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People create their accounts themselves. Staff close them, confirm their emails, and say who
    opens courses.
    """

    list_display = ["display_name", "email", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["display_name", "email", "username"]
    ordering = ["display_name", "pk"]
    shown = ["display_name", "email", "username", "date_joined"]
    rights = ["is_staff", "is_superuser", "groups", "user_permissions"]
    fields = [*shown, "is_active", *rights]
    filter_horizontal = ["groups", "user_permissions"]
    actions = [
        "give_right_to_open_courses",
        "withdraw_right_to_open_courses",
        "confirm_emails",
        "send_confirmations_again",
        "remove_second_steps",
        "remove_portraits",
    ]

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return access.can_appoint_teachers(request.user)
        return access.can_change_account(request.user, obj)

    def get_readonly_fields(self, request, obj=None):
        return self.shown if request.user.is_superuser else [*self.shown, *self.rights]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        """Label both lists in our words; name a permission's model without a query."""
        kwargs["help_text"] = RIGHTS_HELP[db_field.name]
        if db_field.name == "user_permissions":
            kwargs["queryset"] = db_field.remote_field.model.objects.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Ask once more who it is, before they choose rights, or open a closed account."""
        if not was_confirmed_lately(request):
            return ask_who_it_is(request.get_full_path())
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        change_account(obj, by=request.user, **changes)
        for course in courses_without_instructor(obj):
            messages.warning(
                request,
                _(
                    "%(course)s has no instructor now who can sign in. Make someone an "
                    "instructor in the list of courses."
                )
                % {"course": course},
            )

    def save_related(self, request, form, formsets, change):
        """Save nothing: the action has stored groups and permissions with the rest."""

    @admin.action(description=_("Give the right to open courses"), permissions=["change"])
    def give_right_to_open_courses(self, request, queryset):
        if not was_confirmed_lately(request):
            return ask_who_it_is(request.get_full_path())
        count = 0
        for person in queryset:
            try:
                allow_opening_courses(person, by=request.user, allowed=True)
            except Refused as refusal:
                messages.warning(request, str(refusal))
            else:
                count += 1
        if count:
            messages.success(
                request,
                ngettext(
                    "%(count)d person can open courses now.",
                    "%(count)d people can open courses now.",
                    count,
                )
                % {"count": count},
            )
        return None

    @admin.action(description=_("Withdraw the right to open courses"), permissions=["change"])
    def withdraw_right_to_open_courses(self, request, queryset):
        people = list(queryset)
        for person in people:
            allow_opening_courses(person, by=request.user, allowed=False)
        messages.success(
            request,
            ngettext(
                "%(count)d person can no longer open courses. Their courses stay.",
                "%(count)d people can no longer open courses. Their courses stay.",
                len(people),
            )
            % {"count": len(people)},
        )

    @admin.action(description=_("Confirm the email"), permissions=["change"])
    def confirm_emails(self, request, queryset):
        if not was_confirmed_lately(request):
            return ask_who_it_is(request.get_full_path())
        people = self._changeable(request, queryset)
        for person in people:
            confirm_email(person, by=request.user)
        messages.success(
            request,
            ngettext(
                "%(count)d email is confirmed.", "%(count)d emails are confirmed.", len(people)
            )
            % {"count": len(people)},
        )
        return None

    @admin.action(description=_("Send the confirmation again"), permissions=["change"])
    def send_confirmations_again(self, request, queryset):
        for person in self._changeable(request, queryset):
            try:
                address = ask_to_confirm_email(person, by=request.user)
            except Refused as refusal:
                messages.warning(request, f"{person.email}: {refusal}")
            else:
                address.send_confirmation(request)
                if not request.session.get("mail_failed"):  # the adapter has said so
                    messages.success(
                        request, _("The link is sent to %(email)s.") % {"email": person.email}
                    )

    @admin.action(description=_("Turn off two-step sign-in"), permissions=["change"])
    def remove_second_steps(self, request, queryset):
        if not was_confirmed_lately(request):
            return ask_who_it_is(request.get_full_path())
        for person in self._changeable(request, queryset):
            try:
                remove_second_steps(person, by=request.user)
            except Refused as refusal:
                messages.warning(request, f"{person.email}: {refusal}")
            else:
                get_adapter(request).send_notification_mail(
                    "account/email/second_steps_removed", person, {"by_staff": True}
                )
                messages.success(
                    request,
                    _("%(email)s now signs in with a password alone, and was told this by email.")
                    % {"email": person.email},
                )
        return None

    @admin.action(description=_("Remove the portrait"), permissions=["change"])
    def remove_portraits(self, request, queryset):
        people = self._changeable(request, queryset)
        for person in people:
            remove_portrait(person, by=request.user)
        messages.success(
            request,
            ngettext(
                "The portrait of %(count)d person is removed.",
                "The portraits of %(count)d people are removed.",
                len(people),
            )
            % {"count": len(people)},
        )

    def _changeable(self, request, queryset) -> list[User]:
        """Return those of the chosen people whose account this person can change."""
        people = list(queryset)
        changeable = [one for one in people if access.can_change_account(request.user, one)]
        if len(changeable) < len(people):
            messages.warning(request, _("You cannot change your own account, or that of staff."))
        return changeable


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """Groups of rights. Only superusers give rights, so only they change what a group can do."""

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def changeform_view(self, request, *args, **kwargs):
        """Ask once more who it is, before they choose what everybody of a group can do."""
        if not was_confirmed_lately(request):
            return ask_who_it_is(request.get_full_path())
        return super().changeform_view(request, *args, **kwargs)


# Importing allauth's modules has registered pages of their own: one changes addresses, one shows
# the keys of second steps, one where people are, and three who signs in by the institution.
admin.site.unregister(
    [EmailAddress, Authenticator, UserSession, SocialAccount, SocialApp, SocialToken]
)


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    """Email addresses, read-only: staff confirm one on the list of people, which is recorded."""

    list_display = ["email", "user", "primary", "verified"]
    list_filter = ["primary", "verified"]
    list_select_related = ["user"]
    search_fields = ["email", "user__display_name"]
    ordering = ["email", "pk"]
    fields = ["email", "user", "primary", "verified"]
