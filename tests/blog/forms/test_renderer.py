"""Direction of fields, by the letters in them, and focus on the first wrong field."""

import re

import pytest
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


def focused(form) -> list[str]:
    return re.findall(r'<(?:input|textarea)[^<>]*name="(\w+)"[^<>]*autofocus', str(form))


def test_the_first_wrong_field_has_the_focus():
    form = ExampleForm({"title": "Ties", "address": "nowhere"})

    assert focused(form) == ["text"]
    form.add_error("title", "Too short.")
    assert focused(form) == ["title"]


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_the_first_button_alone_has_the_focus(widget):
    class ChoiceForm(forms.Form):
        kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=widget)

    html = str(ChoiceForm({})["kind"])

    assert re.findall(r'value="(\w)"[^<>]*autofocus', html) == ["a"]


def test_no_field_has_the_focus_where_nothing_is_wrong():
    right = {"title": "Ties", "text": "Text", "address": "a@example.org", "number": 1, "kept": "k"}

    assert focused(ExampleForm()) == focused(ExampleForm(right)) == []
