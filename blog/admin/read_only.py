"""The base of all admin pages: lists to look things up in, without any change."""

from django.contrib import admin

# What the filters beside a list ask for; any other look-up in an address is refused.
FILTER_LOOKUPS = ("", "__exact", "__id__exact", "__in", "__isnull", "__isempty")


class CourseFilter(admin.RelatedFieldListFilter):
    """The courses beside a list, without those that are being erased."""

    def field_choices(self, field, request, model_admin):
        ordering = self.field_admin_ordering(field, request, model_admin)
        shown = {"erasing_since": None}
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=shown)


class ReadOnlyAdmin(admin.ModelAdmin):
    """A read-only list. ``fields`` is always spelt out, so that no new column shows by itself."""

    actions = None
    view_on_site = False
    # The link to the course: of one that is being erased nothing is listed (ADR 0084).
    course_path = ""

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if self.course_path:
            rows = rows.filter(**{f"{self.course_path}__erasing_since": None})
        return rows

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
