"""Words of several lines are counted as the browser counts them."""

import importlib
import pkgutil

import pytest
from django import forms

import blog.forms
import network.forms
from blog.forms.textarea import Textarea

FOUR_LINES = "one\ntwo\n\nfour"


class FormOfWords(forms.Form):
    words = forms.CharField(max_length=len(FOUR_LINES), widget=Textarea)


def all_forms(kind=forms.BaseForm):
    for each in kind.__subclasses__():
        yield each
        yield from all_forms(each)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_end_of_line_is_one_sign(end):
    form = FormOfWords({"words": FOUR_LINES.replace("\n", end)})

    assert form.is_valid()
    assert form.cleaned_data["words"] == FOUR_LINES


def test_words_that_are_too_long_are_refused_and_kept():
    form = FormOfWords({"words": f"{FOUR_LINES}\r\nfive"})

    assert not form.is_valid()
    assert f"{FOUR_LINES}\nfive" in str(form["words"])


def test_a_form_without_the_words_has_none():
    assert not FormOfWords({}).is_valid()


def test_all_boxes_of_the_project_count_so():
    for package in (blog.forms, network.forms):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)

    plain = [
        f"{form.__qualname__}.{name}"
        for form in all_forms()
        if form.__module__.startswith(("blog.", "network."))
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.Textarea) and not isinstance(field.widget, Textarea)
    ]

    assert plain == []
