"""The forms that add a set-up to a course that there is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.courses.setup_rows import SetupRows, Term
from blog.models import Course, Prompt
from blog.setup_files import Setup
from blog.web.idempotency import IdempotencyKeyField


class AddSetupForm(SetupRows, forms.Form):
    """The parts of a set-up that a course gets. Its settings stay as they are."""

    key = IdempotencyKeyField()

    def __init__(self, *args, course: Course, offered: Setup, **kwargs):
        self.course = course
        super().__init__(*args, offered=offered, **kwargs)

    def term(self, data: Mapping[str, Any]) -> Term | None:
        return Term(self.course.starts_on, self.course.ends_on, self.course.zone)

    def clean(self):
        data = super().clean()
        names = [name for name, field in self.fields.items() if hasattr(field, "words")]
        if not any(data.get(name) for name in names):
            self.add_error(None, _("Choose at least one prompt, rubric or norm."))
        return data


class CarryForm(forms.Form):
    """The prompts of a course to carry to another one; sent by GET, as it changes nothing."""

    prompt = forms.TypedMultipleChoiceField(
        label=_("Prompts"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one prompt.")},
    )
    to = forms.ChoiceField(label=_("To the course"), widget=forms.RadioSelect)

    def __init__(self, *args, prompts: Sequence[Prompt], courses: Sequence[Course], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["prompt"].choices = [(prompt.number, str(prompt)) for prompt in prompts]
        self.fields["to"].choices = [(course.slug, _name(course)) for course in courses]
        if len(courses) == 1:
            self.fields["to"].initial = courses[0].slug


def _name(course: Course) -> str:
    return f"{course.title} ({course.term})" if course.term else course.title
