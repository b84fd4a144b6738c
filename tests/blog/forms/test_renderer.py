"""What people type runs in the direction of its own letters."""

import re

from django import forms


class ExampleForm(forms.Form):
    title = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)
    address = forms.EmailField()
    number = forms.IntegerField()
    kept = forms.CharField(widget=forms.Textarea(attrs={"dir": "ltr"}))


def test_texts_have_their_direction_and_other_fields_have_none():
    html = str(ExampleForm())

    assert dict(re.findall(r'<(?:input|textarea)[^<>]*name="(\w+)"[^<>]*dir="(\w+)"', html)) == {
        "title": "auto",
        "text": "auto",
        "kept": "ltr",
    }
