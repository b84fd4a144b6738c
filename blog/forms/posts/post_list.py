"""The filters above the list of posts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.queries.post_list import PostCriteria
from blog.text.lists import isolated

WITHOUT_PROMPT = "none"
OUTSIDE_POD = "other"


class PostFilterForm(forms.Form):
    """Filters that come with the address; a choice that does not exist is an error."""

    q = forms.CharField(
        label=_("Words in title or text"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    prompt = forms.ChoiceField(
        label=_("Prompt"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    pod = forms.ChoiceField(
        label=_("Pod"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    new = forms.BooleanField(
        label=_("Not commented by me"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args, prompts, pods, own_pod, **kwargs):
        super().__init__(*args, **kwargs)
        self.prompts = {str(prompt.number): prompt for prompt in prompts}
        self.pods = {str(pod.pk): pod for pod in pods}
        self.own_pod = own_pod
        self.fields["prompt"].choices = [
            ("", _("All prompts")),
            *((number, f"{number}: {prompt.title}") for number, prompt in self.prompts.items()),
            (WITHOUT_PROMPT, _("Posts without a prompt")),
        ]
        names = [(key, str(pod)) for key, pod in self.pods.items() if pod != own_pod]
        if own_pod:
            mine = _("My pod, %(pod)s") % {"pod": isolated(str(own_pod))}
            names = [(str(own_pod.pk), mine), (OUTSIDE_POD, _("Outside my pod")), *names]
        self.fields["pod"].choices = [("", _("All pods")), *names]

    def criteria(self) -> PostCriteria:
        """Return what a valid form asks for."""
        chosen = self.cleaned_data
        return PostCriteria(
            words=chosen["q"],
            prompt=self.prompts.get(chosen["prompt"]),
            without_prompt=chosen["prompt"] == WITHOUT_PROMPT,
            pod=self.pods.get(chosen["pod"]),
            outside_pod=self.own_pod if chosen["pod"] == OUTSIDE_POD else None,
            not_commented=chosen["new"],
        )
