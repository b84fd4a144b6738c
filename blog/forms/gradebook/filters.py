"""The filters of the gradebook, which come with its address."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Pod, Prompt, Section
from blog.queries import gradebook
from blog.queries.gradebook_page import MAX_QUERY_CHARS, NO_GROUP, GradebookFilter

STATES = {
    gradebook.TO_READ: _("To read"),
    gradebook.IN_PROGRESS: _("In progress"),
    gradebook.CHANGED: _("Changed since read"),
    gradebook.DIFFERS: _("Second grading differs"),
    gradebook.NOT_RELEASED: _("Not released"),
    gradebook.RELEASED: _("Released"),
    gradebook.NO_POST: _("No post"),
}


def _choice(label, choices=()) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=widget)


class GradebookFilterForm(forms.Form):
    """The filters of the gradebook; a choice that does not exist shows everybody."""

    q = forms.CharField(
        label=_("Student"),
        required=False,
        max_length=MAX_QUERY_CHARS,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    section = _choice(_("Section"))
    pod = _choice(_("Pod"))
    prompt = _choice(_("Prompt"))
    state = _choice(_("State"), [("", _("Any state")), *STATES.items()])

    def __init__(
        self,
        *args,
        pods: Iterable[Pod],
        sections: Iterable[Section],
        prompts: Iterable[Prompt],
        by_listed_name: bool = False,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.by_listed_name = by_listed_name
        self.fields["pod"].choices = [
            ("", _("All pods")),
            *((str(pod.pk), str(pod)) for pod in pods),
            (NO_GROUP, _("No pod")),
        ]
        self.fields["section"].choices = [
            ("", _("All sections")),
            *((str(section.pk), str(section)) for section in sections),
            (NO_GROUP, _("No section")),
        ]
        self.fields["prompt"].choices = [
            ("", _("All prompts")),
            *((str(prompt.number), str(prompt)) for prompt in prompts),
        ]

    @property
    def shown_fields(self) -> list:
        """Return the fields to choose by: sections and pods where the course has any."""
        return [field for field in self if field.name != "q" and self._has_choice(field.name)]

    def _has_choice(self, name: str) -> bool:
        return len(self.fields[name].choices) > 2

    @property
    def chosen(self) -> GradebookFilter:
        if not self.is_valid():
            return GradebookFilter()
        data = self.cleaned_data
        return GradebookFilter(
            query=data["q"],
            pod=data["pod"],
            section=data["section"],
            prompt=data["prompt"],
            state=data["state"],
            by_listed_name=self.by_listed_name,
        )
