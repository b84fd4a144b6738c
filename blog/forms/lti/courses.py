"""The course here that belongs to one of an LMS."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Course


class ConnectCourseForm(forms.Form):
    """A choice among the courses that somebody teaches here."""

    course = forms.TypedChoiceField(
        label=_("Course here"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a course."),
            "invalid_choice": _("Choose one of your courses."),
        },
    )

    def __init__(self, *args, courses: Iterable[Course], **kwargs):
        super().__init__(*args, **kwargs)
        by_slug = {course.slug: course for course in courses}
        field = self.fields["course"]
        field.choices = [(slug, course.title) for slug, course in by_slug.items()]
        field.coerce = by_slug.__getitem__
