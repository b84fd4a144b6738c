"""The form that asks for a file of everything of oneself."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Course, Membership


class TakeoutForm(forms.Form):
    """The course to take out: all that somebody is or was in, if none is chosen."""

    course = forms.ModelChoiceField(
        Course.objects.none(), required=False, empty_label=_("All my courses"), label=_("Course")
    )

    def __init__(self, *args, memberships: Sequence[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        keys = [membership.course_id for membership in memberships]
        self.fields["course"].queryset = Course.objects.filter(pk__in=keys).order_by("title", "pk")

    @property
    def courses(self) -> list[Course]:
        """Return the courses to choose from."""
        return list(self.fields["course"].queryset)
