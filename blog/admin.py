"""What the people who run the site may look up, and the little they may change.

They keep accounts and mail going; the courses are not theirs. So nothing here can be added or
deleted, people's words are nowhere shown, and what changes at all changes through actions. Not
registered on purpose: drafts, revisions, feedback and scores, which belong to their owners, and
follows and ties (see ``network.admin``).
"""

from allauth.account import admin as allauth
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog import access
from blog.actions.accounts import allow_opening_courses, change_account
from blog.actions.mail import retry_mail
from blog.models import (
    AuditEvent,
    Comment,
    Course,
    Membership,
    OutboxMessage,
    Post,
    Prompt,
    Rubric,
    User,
    Work,
)

# What the filters beside a list ask for; any other look-up in an address is refused.
FILTER_LOOKUPS = ("", "__exact", "__id__exact", "__in", "__isnull", "__isempty")


class Register(admin.ModelAdmin):
    """A list to look things up in. ``fields`` is always spelt out, so that no new one slips in."""

    actions = None
    view_on_site = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request=None):
        """Allow the filters and nothing else.

        Django lets an address ask for any column, so that ``?text__startswith=a`` would spell out
        what the page does not show.
        """
        names = [f if isinstance(f, str) else f[0] for f in self.get_list_filter(request)]
        return lookup in {name + ending for name in names for ending in FILTER_LOOKUPS}


@admin.register(User)
class PersonAdmin(Register):
    """People make their accounts themselves. Staff close them and say who opens courses."""

    list_display = ["display_name", "email", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["display_name", "email", "username"]
    ordering = ["display_name", "pk"]
    shown = ["display_name", "email", "username", "date_joined"]
    rights = ["is_staff", "is_superuser", "groups", "user_permissions"]
    fields = [*shown, "is_active", *rights]
    filter_horizontal = ["groups", "user_permissions"]
    actions = ["let_them_open_courses", "open_no_more_courses"]

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return access.can_appoint_teachers(request.user)
        return access.can_change_account(request.user, obj)

    def get_readonly_fields(self, request, obj=None):
        return self.shown if request.user.is_superuser else [*self.shown, *self.rights]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        """Name each permission's model without a query of its own."""
        if db_field.name == "user_permissions":
            kwargs["queryset"] = db_field.remote_field.model.objects.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)

    def save_model(self, request, obj, form, change):
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        change_account(obj, by=request.user, **changes)

    def save_related(self, request, form, formsets, change):
        """Leave groups and permissions be: the action has stored them with the rest."""

    @admin.action(description=_("Let them open courses"), permissions=["change"])
    def let_them_open_courses(self, request, queryset):
        for person in queryset:
            allow_opening_courses(person, by=request.user, allowed=True)
        messages.success(request, _("They can open courses now."))

    @admin.action(description=_("Let them open no more courses"), permissions=["change"])
    def open_no_more_courses(self, request, queryset):
        for person in queryset:
            allow_opening_courses(person, by=request.user, allowed=False)
        messages.success(request, _("They open no more courses. Those they have stay."))


# Importing allauth's module has registered a page of its own, which changes addresses.
admin.site.unregister(allauth.EmailAddress)


@admin.register(allauth.EmailAddress)
class AddressAdmin(Register):
    """An address is confirmed by whoever reads its mail, not by us: look, and change nothing."""

    list_display = ["email", "user", "primary", "verified"]
    list_filter = ["primary", "verified"]
    list_select_related = ["user"]
    search_fields = ["email", "user__display_name"]
    ordering = ["email", "pk"]
    fields = ["email", "user", "primary", "verified"]


@admin.register(Course)
class CourseAdmin(Register):
    """Its join code is not shown: it is for those whom the instructors give it."""

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
class MembershipAdmin(Register):
    list_display = ["user", "course", "role", "pod", "joined_at", "ended_at"]
    list_filter = ["course", "role"]
    list_select_related = ["user", "course", "pod"]
    search_fields = ["user__display_name", "user__email"]
    ordering = ["course", "user__display_name", "pk"]
    fields = ["user", "course", "role", "pod", "joined_at", "ended_at"]


@admin.register(Prompt)
class PromptAdmin(Register):
    list_display = ["title", "number", "course", "opens_at", "due_at", "comments_due_at"]
    list_filter = ["course"]
    list_select_related = ["course"]
    ordering = ["course", "number"]
    fields = ["course", "number", "title", "question", "opens_at", "due_at", "comments_due_at"]


@admin.register(Rubric)
class RubricAdmin(Register):
    list_display = ["title", "course"]
    list_filter = ["course"]
    list_select_related = ["course"]
    fields = ["course", "title"]


@admin.register(Post)
class PostAdmin(Register):
    """That a post exists and who may read it; what it says is for its readers."""

    list_display = ["title", "author", "course", "status", "audience", "published_at"]
    list_filter = ["course", "status", "audience"]
    list_select_related = ["author", "course"]
    search_fields = ["title", "author__display_name"]
    ordering = ["-published_at", "-pk"]
    fields = [
        "title",
        "author",
        "course",
        "prompt",
        "status",
        "audience",
        "public_until",
        "pod",
        "published_at",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).shown_to_staff()


@admin.register(Comment)
class CommentAdmin(Register):
    """Who answered whom, and whether it stands; not a word of what was said."""

    list_display = ["pk", "author", "post", "state", "audience", "created_at"]
    list_filter = ["post__course", "state", "audience"]
    list_select_related = ["author", "post"]
    ordering = ["-created_at", "-pk"]
    fields = ["author", "guest_name", "post", "addressee", "state", "audience", "created_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).shown_to_staff()


@admin.register(Work)
class WorkAdmin(Register):
    """Works that somebody may see in a course: cited by a post, or required by a prompt."""

    list_display = ["label", "doi", "course"]
    list_filter = ["course"]
    list_select_related = ["course"]
    search_fields = ["label", "doi"]
    ordering = ["label", "pk"]
    fields = ["course", "label", "doi", "csl"]

    def get_queryset(self, request):
        return super().get_queryset(request).in_use()


@admin.register(AuditEvent)
class AuditEventAdmin(Register):
    list_display = ["at", "action", "target", "actor", "course"]
    list_filter = ["course", "action"]
    list_select_related = ["actor", "course"]
    fields = ["at", "action", "target", "actor", "course", "data"]


@admin.register(OutboxMessage)
class OutboxMessageAdmin(Register):
    """Letters and how they fare. What they say is between the course and its member."""

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
    actions = ["try_again"]

    def has_retry_permission(self, request):
        return access.can_retry_mail(request.user)

    @admin.action(description=_("Try to send again"), permissions=["retry"])
    def try_again(self, request, queryset):
        count = retry_mail(queryset, by=request.user)
        messages.success(
            request,
            ngettext(
                "One letter will be tried again.", "%(count)d letters will be tried again.", count
            )
            % {"count": count},
        )
