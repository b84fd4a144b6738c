"""The field that makes a creating form do its deed once."""

import uuid

from django import forms


class OnceField(forms.UUIDField):
    """A hidden key, new for each form that is shown, kept when the form comes back."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, initial=uuid.uuid4, required=True)
