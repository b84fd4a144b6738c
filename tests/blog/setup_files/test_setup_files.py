"""Files of set-ups: read, written, moved to another term, and refused with the place."""

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.models import Audience, GuestComments, Prompt
from blog.setup_files import (
    MAX_BYTES,
    SetupProblem,
    SetupRefused,
    read_setup,
    shifted,
    weeks_between,
    write_setup,
)
from blog.setup_files.fields import PROMPT_FIELDS, SETTINGS_FIELDS, Choice, Text
from tests.blog.setup_files.samples import make_prompt, make_setup, setups
from tests.examples import examples


def written(**changes):
    """Return the file of a set-up as an object, with other parts."""
    return json.loads(write_setup(make_setup())) | changes


def problems(content):
    with pytest.raises(SetupRefused) as caught:
        read_setup(json.dumps(content))
    return [(problem.kind, problem.place) for problem in caught.value.problems]


def with_prompt(**changes):
    content = written()
    content["prompts"][1] |= changes
    return content


def with_setting(**changes):
    content = written()
    content["course"] |= changes
    return content


def test_the_file_is_as_the_documents_say():
    setup = make_setup(
        prompts=(
            make_prompt(
                "Ties",
                rubric="Reflection",
                comments_rubric="Reflection",
                words_min=300,
                words_max=600,
                is_anonymous=True,
            ),
        )
    )

    assert json.loads(write_setup(setup)) == {
        "format": "commonplace-course",
        "version": 1,
        "course": {
            "title": "Learning in networks",
            "starts_on": "2026-09-07",
            "ends_on": "2026-12-04",
            "time_zone": "America/Vancouver",
        },
        "charter": [{"name": "Be kind", "sentence": "Discuss the text."}],
        "rubrics": [
            {
                "title": "Reflection",
                "criteria": [
                    {
                        "title": "Argument",
                        "description": "What it claims",
                        "weight": 1.5,
                        "levels": [
                            {"title": "Level 0", "points": 0},
                            {"title": "Level 1", "points": 1},
                            {"title": "Level 2", "points": 2},
                        ],
                    }
                ],
            }
        ],
        "prompts": [
            {
                "title": "Ties",
                "question": "What of Ties?",
                "opens_at": "2026-09-07T00:00",
                "due_at": "2026-09-20T23:59",
                "comments_due_at": "2026-09-27T23:59",
                "words_min": 300,
                "words_max": 600,
                "is_anonymous": True,
                "rubric": "Reflection",
                "comments_rubric": "Reflection",
            }
        ],
    }


@settings(max_examples=examples(100))
@given(setups())
def test_what_is_written_is_read_as_it_was(setup):
    file = read_setup(write_setup(setup))

    assert file.setup == setup
    assert file.unknown == ()
    assert write_setup(file.setup) == write_setup(setup)


@settings(max_examples=examples(200))
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["course", "prompts", "title", "criteria", "levels", "required_works"]
                ),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_anything_else_is_refused_and_breaks_nothing(value):
    content = {"format": "commonplace-course", "version": 1}
    content |= value if isinstance(value, dict) else {"course": value}

    with pytest.raises(SetupRefused):
        read_setup(json.dumps(content))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"[1, 2]", "other_format"),
        (b'{"format": "common-cartridge"}', "other_format"),
        (b'{"format": "commonplace-course"}', "no_version"),
        (b'{"format": "commonplace-course", "version": 1}', "missing"),
        (b"[" * 100_000, "too_deep"),
        (b'{"format": NaN}', "too_deep"),
        (b" " * (MAX_BYTES + 1), "too_large"),
    ],
)
def test_a_file_that_is_no_setup(data, kind):
    with pytest.raises(SetupRefused) as caught:
        read_setup(data)

    assert caught.value.problems[0].kind == kind


def test_a_file_that_is_no_json_says_its_line():
    with pytest.raises(SetupRefused) as caught:
        read_setup(b'{\n  "format": "commonplace-course",\n  version: 1\n}')

    assert caught.value.problems == (SetupProblem("no_json", "", {"line": 3, "column": 3}),)


def test_a_file_in_another_encoding_says_its_line():
    with pytest.raises(SetupRefused) as caught:
        read_setup('{\n  "format": "é"}'.encode("latin-1"))

    assert caught.value.problems == (SetupProblem("undecodable", "", {"line": 2}),)


def test_a_file_of_a_newer_version_is_refused():
    with pytest.raises(SetupRefused) as caught:
        read_setup(json.dumps(written(version=2)))

    assert caught.value.problems == (SetupProblem("newer", "version", {"version": 2, "known": 1}),)


def test_a_file_without_the_newer_fields_has_their_defaults():
    [prompt] = read_setup(json.dumps(with_prompt())).setup.prompts[1:]

    assert (prompt.comments_rubric, prompt.values["is_anonymous"]) == ("", False)


def test_what_nothing_here_knows_is_named():
    content = with_prompt(colour="red") | {"badges": []}

    assert read_setup(json.dumps(content)).unknown == ("badges", "prompts › 2 › colour")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (with_prompt(due_at="soon"), [("not_a_moment", "prompts › 2 › due_at")]),
        (with_prompt(due_at="2026-10-10T23:59Z"), [("not_a_moment", "prompts › 2 › due_at")]),
        (with_prompt(due_at="2026-09-01T23:59"), [("due_before_open", "prompts › 2 › due_at")]),
        (with_prompt(title=" "), [("missing", "prompts › 2 › title")]),
        (with_prompt(title="T" * 121), [("too_long", "prompts › 2 › title")]),
        (with_prompt(title="T\x00"), [("bad_character", "prompts › 2 › title")]),
        (with_prompt(question="\ud800"), [("bad_character", "prompts › 2 › question")]),
        (with_prompt(words_min=True), [("not_a_number", "prompts › 2 › words_min")]),
        (with_prompt(words_min=10**30), [("out_of_range", "prompts › 2 › words_min")]),
        (with_prompt(words_min=700), [("words_out_of_order", "prompts › 2 › words_max")]),
        (with_prompt(rota="all"), [("not_a_choice", "prompts › 2 › rota")]),
        (with_prompt(own_post_first=1), [("not_yes_or_no", "prompts › 2 › own_post_first")]),
        (with_prompt(rubric="Other"), [("no_such_rubric", "prompts › 2 › rubric")]),
        (
            with_prompt(comments_rubric="Other"),
            [("no_such_rubric", "prompts › 2 › comments_rubric")],
        ),
        (with_prompt(comments_rubric=7), [("not_text", "prompts › 2 › comments_rubric")]),
        (with_prompt(is_anonymous="yes"), [("not_yes_or_no", "prompts › 2 › is_anonymous")]),
        (with_prompt(required_works=[{"x": 1}]), [("no_work", "prompts › 2 › required_works › 1")]),
        (with_prompt(required_works="APA"), [("not_a_list", "prompts › 2 › required_works")]),
        (
            with_prompt(comments_across_pods=True),
            [("no_comments_to_cross", "prompts › 2 › comments_across_pods")],
        ),
        (written(course=None), [("missing", "course")]),
        (with_setting(time_zone="Mars/Base"), [("no_zone", "course › time_zone")]),
        (with_setting(time_zone="../etc"), [("no_zone", "course › time_zone")]),
        (with_setting(ends_on="2026-09-01"), [("ends_early", "course › ends_on")]),
        (with_setting(starts_on="1815-12-10"), [("not_a_day", "course › starts_on")]),
        (with_setting(default_audience="public"), [("too_wide", "course › default_audience")]),
        (written(prompts=[1]), [("not_an_object", "prompts › 1")]),
        (written(prompts=[{}] * 101), [("wrong_number", "prompts")]),
        (
            written(charter=[{"name": name, "sentence": "S."} for name in ("Kind", "KIND")]),
            [("twice", "charter › 2")],
        ),
        (
            with_prompt(due_at="soon", words_min=-1),
            [("not_a_moment", "prompts › 2 › due_at"), ("out_of_range", "prompts › 2 › words_min")],
        ),
    ],
)
def test_what_is_wrong_has_its_place(content, expected):
    assert problems(content) == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (2.25, []),
        (2.255, ["too_many_decimals"]),
        (2.000000001, ["too_many_decimals"]),
        (1e-9, ["too_many_decimals"]),
        (-1, ["out_of_range"]),
        ("2", ["not_a_number"]),
        (0.5, ["points_go_down"]),
    ],
)
def test_points_have_two_decimals(points, expected):
    content = written()
    content["rubrics"][0]["criteria"][0]["levels"][2]["points"] = points

    found = [kind for kind, _place in problems(content)] if expected else []
    assert found[:1] == expected


def test_a_shift_keeps_weekdays_and_clock_times():
    setup = make_setup()
    weeks = weeks_between(date(2026, 9, 7), date(2027, 1, 6))

    moved = shifted(setup, weeks)

    assert weeks == 17
    assert moved.settings["starts_on"] == date(2027, 1, 4)  # a Monday again
    assert [prompt.values["opens_at"] for prompt in moved.prompts] == [
        datetime(2027, 1, 4),
        datetime(2027, 1, 25),
    ]
    assert moved.prompts[0].values["due_at"] == datetime(2027, 1, 17, 23, 59)


@given(setups(), st.integers(-500, 500))
def test_a_shift_and_back_changes_nothing(setup, weeks):
    moved = shifted(setup, weeks)

    assert shifted(moved, -weeks) == setup
    for before, after in zip(setup.prompts, moved.prompts, strict=True):
        difference = after.values["due_at"] - before.values["due_at"]
        assert difference == timedelta(weeks=weeks)


def test_limits_and_choices_are_those_of_the_models():
    words = {field.name: field for field in SETTINGS_FIELDS + PROMPT_FIELDS}

    assert set(words["default_audience"].choices.values()) == set(Audience.values)
    assert set(words["guest_comments"].choices.values()) == set(GuestComments.values)
    assert set(words["rota"].choices.values()) == set(Prompt.Rota.values)
    for field in PROMPT_FIELDS:
        stored = Prompt._meta.get_field(field.name)
        if isinstance(field, Text):
            assert field.max_chars == stored.max_length
        elif isinstance(field, Choice) or not field.is_required:
            assert field.default == (stored.default if stored.has_default() else None)
