"""The help of a field is escaped: some of it has names in it that people give themselves."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.html import format_html

SCRIPT = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("widget", [forms.TextInput, forms.Select, forms.CheckboxInput])
def test_what_stands_in_a_help_text_is_no_html(widget):
    form = forms.Form()
    form.fields["name"] = forms.CharField(
        label=f"Label {SCRIPT}", help_text=f"Perhaps {SCRIPT}", widget=widget
    )

    html = render_crispy_form(form)

    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") == 2
    assert 'id="id_name_helptext"' in html


def test_html_of_ours_stays():
    form = forms.Form()
    form.fields["name"] = forms.CharField(help_text=format_html("<b>{}</b>", "Bold"))

    assert "<b>Bold</b>" in render_crispy_form(form)
