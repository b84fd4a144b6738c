"""The name of a section."""

from django import forms

from blog.models import Course, Section
from blog.web.idempotency import IdempotencyKeyField


class SectionForm(forms.ModelForm):
    """A section's name. Who is in it, a list says or the page of a member."""

    class Meta:
        model = Section
        fields = ["name"]

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.course = course

    def _get_validation_exclusions(self):
        # The view sets the course, and the name must be unique in it.
        return super()._get_validation_exclusions() - {"course"}


class NewSectionForm(SectionForm):
    """The form that creates a section, once however often it is sent."""

    key = IdempotencyKeyField()
