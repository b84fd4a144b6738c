"""Fields that are written without templates are what Django's templates make of them."""

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.forms.widget_html import OPTION, SELECT, written
from tests.examples import examples

TEXTS = st.one_of(
    st.sampled_from(["", '"', "<b>&'", "100 %", "{{ x }}", "عربي", "a\nb"]),
    st.text(max_size=8),
)
VALUES = st.one_of(TEXTS, TEXTS.map(mark_safe), st.integers(), st.booleans(), st.none())
ATTRS = st.dictionaries(st.sampled_from(["id", "class", "required", "data-x"]), VALUES, max_size=3)
LABELS = st.one_of(TEXTS, TEXTS.map(mark_safe), st.just(gettext_lazy("Comments")))
CHOICES = st.lists(
    st.one_of(
        st.tuples(VALUES, LABELS),
        st.tuples(TEXTS.filter(bool), st.lists(st.tuples(VALUES, LABELS), max_size=2)),
    ),
    max_size=3,
)


def both(widget, value, attrs):
    context = widget.get_context("field", value, attrs)
    template = DjangoTemplates().render(widget.template_name, context)
    return written(widget.template_name, context["widget"]), template


@settings(max_examples=examples(60), deadline=None)
@given(
    st.sampled_from(
        [
            forms.CheckboxInput,
            forms.TextInput,
            forms.HiddenInput,
            forms.NumberInput,
            forms.URLInput,
        ]
    ),
    VALUES,
    ATTRS,
)
def test_an_input(widget, value, attrs):
    ours, djangos = both(widget(), value, attrs)

    assert ours == djangos


@settings(max_examples=examples(60), deadline=None)
@given(st.one_of(TEXTS, st.none()), ATTRS)
def test_a_text_area(value, attrs):
    ours, djangos = both(forms.Textarea(), value, attrs)

    assert ours.strip() == djangos


@settings(max_examples=examples(60), deadline=None)
@given(CHOICES, VALUES, ATTRS)
def test_a_select(choices, value, attrs):
    ours, djangos = both(forms.Select(choices=choices), value, attrs)

    assert ours == djangos


def test_what_is_not_known_is_left_to_django():
    number = {"template_name": OPTION, "value": "a", "label": 1.5, "attrs": {}}
    own = {"template_name": "own.html", "value": "a", "label": "A", "attrs": {}}
    select = {"name": "x", "attrs": {}}

    assert written("django/forms/widgets/radio.html", select) is None
    assert written(SELECT, {**select, "optgroups": [(None, [number], 0)]}) is None
    assert written(SELECT, {**select, "optgroups": [(None, [own], 0)]}) is None
