"""The form with which a prompt gets another rubric."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Prompt, Rubric


class PromptRubricForm(forms.Form):
    """The new rubric, or none, and the one that the prompt had when the page was rendered."""

    rubric = forms.ChoiceField(
        label=_("New rubric"),
        required=False,
        error_messages={"invalid_choice": _("Choose a rubric of this course, or none.")},
    )
    instead_of = forms.ModelChoiceField(Rubric.objects.none(), required=False)

    def __init__(self, *args, prompt: Prompt, **kwargs):
        super().__init__(*args, **kwargs)
        rubrics = Rubric.objects.in_course(prompt.course).offered(besides=prompt.rubric)
        self.by_value = {str(rubric.pk): rubric for rubric in rubrics}
        self.fields["rubric"].choices = [("", ""), *((value, "") for value in self.by_value)]
        self.fields["instead_of"].queryset = rubrics

    def clean_rubric(self) -> Rubric | None:
        """Return the chosen rubric; a form without any choice is refused, unlike "none"."""
        if "rubric" not in self.data:
            raise forms.ValidationError(_("Choose a rubric, or none."))
        return self.by_value.get(self.cleaned_data["rubric"])
