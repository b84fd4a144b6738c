"""The prompts that an LMS is to link to."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Prompt


class PickForm(forms.Form):
    """One prompt or several, as the LMS takes them."""

    def __init__(self, *args, prompts: Sequence[Prompt], is_multiple: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {str(prompt.pk): prompt for prompt in prompts}
        choices = [(key, prompt.title) for key, prompt in self.by_key.items()]
        message = _("Choose a prompt.")
        if is_multiple:
            self.fields["prompts"] = forms.MultipleChoiceField(
                label=_("Prompts"),
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": message, "invalid_choice": message},
            )
        else:
            self.fields["prompts"] = forms.ChoiceField(
                label=_("Prompt"),
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": message, "invalid_choice": message},
            )

    @property
    def picked(self) -> list[Prompt]:
        """Return the chosen prompts, in the order of the course."""
        chosen = self.cleaned_data["prompts"]
        keys = {chosen} if isinstance(chosen, str) else set(chosen)
        return [prompt for key, prompt in self.by_key.items() if key in keys]
