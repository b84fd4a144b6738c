"""The words and the filters of a search in a course; they come with the address."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.queries.search import KINDS, SearchCriteria

MAX_QUERY_CHARS = 200
BY = {"": _("Anyone"), "pod": _("My pod"), "me": _("Me")}


class QueryField(forms.CharField):
    """A text of any kind and length, of which the first signs that can be printed are used."""

    def to_python(self, value):
        typed = super().to_python(value)[: 2 * MAX_QUERY_CHARS]
        printed = (" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in typed)
        return " ".join("".join(printed).split())[:MAX_QUERY_CHARS]

    def run_validators(self, value):
        """Accept every text: nothing that is searched for is wrong."""


class CourseSearchForm(forms.Form):
    """A search of a course; an invalid filter counts as missing."""

    q = QueryField(
        label=_("Search this course"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "form-control",
                "dir": "auto",
                "maxlength": MAX_QUERY_CHARS,
            }
        ),
    )
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
    by = forms.ChoiceField(
        label=_("By"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    prompt = forms.ChoiceField(
        label=_("For prompt"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    after = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, *args, prompts, has_pod, **kwargs):
        super().__init__(*args, **kwargs)
        self.prompts = {str(prompt.number): prompt for prompt in prompts}
        self.fields["by"].choices = [
            (key, label) for key, label in BY.items() if has_pod or key != "pod"
        ]
        self.fields["prompt"].choices = [
            ("", _("Any prompt")),
            *((number, f"{number}: {prompt.title}") for number, prompt in self.prompts.items()),
        ]

    def criteria(self) -> SearchCriteria:
        self.is_valid()
        chosen = self.cleaned_data
        return SearchCriteria(
            query=chosen.get("q", ""),
            kind=chosen.get("kind", ""),
            by=chosen.get("by", ""),
            prompt=self.prompts.get(chosen.get("prompt", "")),
        )
