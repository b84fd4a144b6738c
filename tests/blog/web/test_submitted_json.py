"""JSON that forms send back, changed by anybody: no value of it breaks a page."""

import json

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.parsers.csl_json import read_csl
from blog.exceptions import ReadError
from blog.forms.references.reference import FoundForm
from blog.web.resubmission import submitted_choices
from blog.web.submitted_json import read_submitted_json
from tests import factories

OURS = {"sec-fetch-site": "same-origin"}
# With halves of signs, which JSON can name.
WORDS = st.text(st.characters(), max_size=6) | st.sampled_from(
    ["\ud800", "a\udfffb", "\ude00\ud83d"]
)
NAMES = st.sampled_from(["a", "title", "author", "family", "issued", "date-parts", "literal"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | WORDS, inner, max_size=3),
    max_leaves=8,
)
# What no JSON is, or not one that can be read.
BROKEN = ["", "{", "\ud800", "[" * 100_000, '{"a":' * 100_000, "9" * 100_000]
# Words with half a sign, as JSON writes it, and what is left of them.
LONE = [
    ("\\ud800", ""),
    ("\\udfff", ""),
    ("a\\ud800b", "ab"),
    ("\\ud800\\ud800 x", " x"),
    ("\\ude00\\ud83d", ""),
    ("\\ud83d\\ude00", "😀"),
    ("\\\\ud800", "\\ud800"),
    ("\\ud800\\u0041", "A"),
]


@pytest.mark.parametrize(("written", "words"), LONE)
def test_half_a_sign_is_left_out_wherever_it_is(written, words):
    text = f'{{"{written}": ["{written}", {{"a": "{written}"}}]}}'

    assert read_submitted_json(text) == {words: [words, {"a": words}]}


@pytest.mark.parametrize("text", BROKEN)
def test_what_cannot_be_read_is_one_kind_of_error(text):
    with pytest.raises(json.JSONDecodeError):
        read_submitted_json(text)


@given(VALUES)
def test_any_value_can_be_written_to_a_page(value):
    read = read_submitted_json(json.dumps(value))

    json.dumps(read, ensure_ascii=False).encode()


@given(VALUES)
def test_any_record_can_be_written_to_a_page(value):
    text = json.dumps([value])

    try:
        records = list(read_csl(text))
    except ReadError as refusal:
        str(refusal).encode()
        records = []

    json.dumps(records, ensure_ascii=False).encode()


@given(VALUES, WORDS)
def test_any_choices_are_told_in_words_that_can_be_written(value, words):
    data = QueryDict(mutable=True)
    data["a"], data["choices"] = "3", json.dumps({"a": {"3": words}, "b": value})

    told = submitted_choices(data)

    json.dumps(told, ensure_ascii=False).encode()


@given(VALUES)
def test_any_records_come_back_in_their_form(value):
    form = FoundForm({"records": json.dumps([value])})
    form.is_valid()

    str(form["records"]).encode()


@pytest.mark.parametrize("text", BROKEN)
def test_records_that_cannot_be_read_come_back_in_their_form(text):
    form = FoundForm({"records": text})

    assert "records" in form.errors
    str(form["records"])


@pytest.mark.parametrize("words", [written for written, _left in LONE])
def test_no_refused_form_breaks_its_page(client, ada, course, words):
    client.raise_request_exception = False
    form = {"a": "3", "text": "Some words", "choices": f'{{"a": {{"3": "Well{words}"}}}}'}
    addresses = [f"/c/{course.slug}/desk/4/x/", "/nowhere/", "/join/"]

    signed_out = [client.post(address, form, headers=OURS) for address in addresses]
    client.force_login(ada)
    signed_in = [client.post(address, form, headers=OURS) for address in addresses]

    answers = [*signed_out, *signed_in]
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    assert "Well" in signed_out[0].content.decode()


@pytest.mark.parametrize("words", [written for written, _left in LONE])
def test_no_pair_of_the_visual_editor_breaks_its_check(client, ada, course, words):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)

    answer = client.post(
        reverse("visual_check", args=[course.slug, post.slug]),
        {"text": "Words", "written": f'[["{words}", "{words}"]]'},
    )

    assert answer.status_code == 200


def test_no_record_breaks_the_page_that_adds_it(client, ada, course):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)
    address = reverse("reference_add_found", args=[course.slug, post.slug])
    form = {"key": "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51"}

    added = client.post(address, form | {"records": '[{"title": "Ties\\ud800"}]'})
    again = client.post(address, form | {"records": '[{"title": "Nets\\ud800", "x": "\\udfff"}]'})

    assert (added.status_code, again.status_code) == (302, 422)
    assert post.references.get().work.csl["title"] == "Ties"
    assert "Nets" in again.content.decode()
