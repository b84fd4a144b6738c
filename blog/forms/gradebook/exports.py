"""The choice of grades for a new file."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Prompt
from blog.queries.released_grades import COMMENTS, POST, SUM


class ExportForm(forms.Form):
    """A prompt and what of it; comes with the address."""

    prompt = forms.ChoiceField(
        label=_("Prompt"), widget=forms.Select(attrs={"class": "form-select"})
    )
    kind = forms.ChoiceField(
        label=_("Grades"),
        choices=[(POST, _("Posts")), (COMMENTS, _("Comments")), (SUM, _("Both together"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, data, *, prompts: Sequence[Prompt], first: Prompt | None):
        number = str(first.number) if first else ""
        chosen = {"prompt": data.get("prompt", number), "kind": data.get("kind", POST)}
        super().__init__(chosen)
        self.prompts = prompts
        self.fields["prompt"].choices = [(str(one.number), str(one)) for one in prompts]

    @property
    def chosen(self) -> tuple[Prompt, str] | None:
        """Return the prompt and the kind, None where the address names none of those offered."""
        if not self.is_valid():
            return None
        number = int(self.cleaned_data["prompt"])
        prompt = next(one for one in self.prompts if one.number == number)
        return prompt, self.cleaned_data["kind"]
