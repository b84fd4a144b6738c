"""The buttons of a rubric's form: they change the criteria on the page and save nothing."""

import pytest

from blog.actions.rubrics import save_rubric
from blog.forms.grading.rubric_changes import arranged
from blog.forms.grading.rubric_rows import MAX_CRITERIA, MAX_LEVELS, MIN_LEVELS, read_rows
from blog.forms.grading.rubric_start import stored_rows
from blog.models import Criterion, Level, Rubric
from blog.queries.rubric_words import CriterionContent, LevelContent
from tests import factories
from tests.submitted import fields_of

NEW = "/c/networks/settings/rubrics/new/"


@pytest.fixture
def teacher(client, course, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def sent(teacher):
    """Return the fields of a new rubric with two criteria, of three levels and of four."""
    fields = press(teacher, fields_of(teacher.get(NEW), "criterion-1"), remove_level="1-4")
    fields |= {"title": "Reading", "criterion-1": "Voice", "text-1-1": "Hardly heard"}
    fields = press(teacher, fields, add_criterion="1")
    fields = press(teacher, fields, add_level="2")
    del fields["removed"]
    return fields | {"criterion-2": "Order", "level-2-4": "Beyond", "points-2-4": "4"}


def press(client, fields, **button):
    """Press a button on a page with these fields; return those of the page that follows."""
    response = client.post(f"{NEW}arrange/", fields | button)
    assert response.status_code == 200
    fields = fields_of(response, "title")
    del fields["csrfmiddlewaretoken"]
    return fields


def titles(fields):
    places = range(1, MAX_CRITERIA + 1)
    return [fields[f"criterion-{n}"] for n in places if f"criterion-{n}" in fields]


def levels(fields, place):
    return [fields[f"level-{place}-{n}"] for n in range(1, 8) if f"level-{place}-{n}" in fields]


def test_a_new_criterion_has_the_levels_of_the_one_before(sent):
    assert titles(sent) == ["Voice", "Order"]
    assert levels(sent, 1) == ["Not yet", "Partly", "Well"]
    assert levels(sent, 2) == ["Not yet", "Partly", "Well", "Beyond"]
    assert sent["text-2-1"].strip() == ""


def test_what_was_typed_stays_and_nothing_is_saved(teacher, sent):
    moved = press(teacher, sent, move_down="1")

    assert titles(moved) == ["Order", "Voice"]
    assert (moved["title"], moved["text-2-1"].strip()) == ("Reading", "Hardly heard")
    assert moved["key"] == sent["key"]
    assert not Rubric.objects.exists()


def test_an_arranged_page_is_saved_as_it_is(teacher, sent):
    moved = press(teacher, sent, move_up="2")

    assert teacher.post(NEW, moved).status_code == 302

    assert [row.criterion for row in stored_rows(Rubric.objects.get())] == ["Order", "Voice"]


@pytest.mark.parametrize("button", [{"remove_criterion": "1"}, {"remove_level": "1-1"}])
def test_what_was_removed_comes_back_where_it_was(teacher, sent, button):
    without = press(teacher, sent, **button)
    back = press(teacher, without, undo="1")

    assert without.pop("removed")
    assert "Hardly heard" not in {text.strip() for text in without.values()}
    assert back == sent


def test_removals_come_back_one_after_the_other(teacher, sent):
    fields = sent
    for button in [{"remove_level": "1-1"}, {"move_down": "1"}, {"remove_criterion": "1"}]:
        fields = press(teacher, fields, **button)
    assert titles(fields) == ["Voice"]

    back = press(teacher, press(teacher, fields, undo="1"), undo="1")

    assert (titles(back), levels(back, 2)) == (["Order", "Voice"], ["Not yet", "Partly", "Well"])


@pytest.mark.parametrize(
    "button",
    [
        {"remove_level": "1-9"},
        {"remove_level": "9-1"},
        {"remove_criterion": "0"},
        {"remove_criterion": "x"},
        {"move_up": "1"},
        {"move_down": "2"},
        {"move_down": "-1"},
        {"add_level": "²"},
        {"undo": "1"},
        {"undo": "1", "removed": '[{"place": 1, "row": {"criterion": 3}}]'},
        {"undo": "1", "removed": "{"},
        {"take_criterion": "1", "taken": "99999"},
        {"take_criterion": "1", "taken": "9" * 400},
        {},
    ],
)
def test_a_button_without_a_place_changes_nothing(teacher, sent, button):
    assert press(teacher, sent, **button) == sent
    assert not Rubric.objects.exists()


def test_there_is_an_end_to_levels(teacher, sent):
    for _each in range(MAX_LEVELS):
        sent = press(teacher, sent, add_level="1")
    for _each in range(MAX_LEVELS):
        sent = press(teacher, sent, remove_level="2-1")

    assert (len(levels(sent, 1)), len(levels(sent, 2))) == (MAX_LEVELS, 2)


def test_there_is_an_end_to_criteria():
    rows = read_rows({f"criterion-{place}": "One" for place in range(1, MAX_CRITERIA + 5)})

    state = arranged(rows, {"add_criterion": "1"}, defaults=[])

    assert len(state.rows) == MAX_CRITERIA
    assert state.told == "A rubric has at most 100 criteria."


@pytest.mark.parametrize(
    ("button", "levels_each", "focus"),
    [
        ({"add_level": "2"}, MAX_LEVELS, f"level-2-{MAX_LEVELS}"),
        ({"remove_level": "2-1"}, MIN_LEVELS, "level-2-1"),
        ({"remove_level": "2-9"}, MIN_LEVELS, f"level-2-{MIN_LEVELS}"),
        ({"add_criterion": "1"}, 1, f"criterion-{MAX_CRITERIA}"),
    ],
)
def test_a_button_that_can_do_no_more_says_so_and_leaves_the_keyboard_a_place(
    button, levels_each, focus
):
    names = {f"criterion-{place}": "One" for place in range(1, MAX_CRITERIA + 1)}
    levels_of_second = {f"level-2-{number}": "A" for number in range(1, levels_each + 1)}

    state = arranged(read_rows(names | levels_of_second), button, defaults=[])

    assert "at most" in state.told or "at least" in state.told
    assert state.focus == focus
    assert state.place == int(focus.split("-")[1])


def test_criteria_can_be_taken_from_ones_own_courses_alone(teacher, sent, instructor):
    own = factories.make_rubric(factories.make_course("own", instructor=instructor), "Own")
    other = factories.make_rubric(factories.make_course("other"), "Other")
    taken, foreign = own.criteria.first(), other.criteria.first()

    with_own = press(teacher, sent, take_criterion="1", taken=taken.pk)
    with_other = press(teacher, sent, take_criterion="1", taken=foreign.pk)

    assert titles(with_own) == ["Voice", "Order", "Answers the prompt"]
    assert with_own["text-3-4"].strip() == "Answers the prompt: Beyond."
    assert with_own["row-3"] == ""
    assert titles(with_other) == ["Voice", "Order"]


def test_a_rubric_can_be_copied_from_ones_own_courses_alone(teacher, instructor):
    own = factories.make_rubric(factories.make_course("own", instructor=instructor), "Own")
    other = factories.make_rubric(factories.make_course("other"), "Other")

    copy = fields_of(teacher.get(NEW, {"from": own.pk}), "title")
    blank = fields_of(teacher.get(NEW, {"from": other.pk}), "title")
    teacher.post(NEW, copy)

    assert (copy["title"], titles(copy)) == ("Copy of Own", ["Answers the prompt", "Uses evidence"])
    assert (blank["title"], titles(blank)) == ("", [""])
    assert Rubric.objects.get(title="Copy of Own").criteria.count() == 2
    assert own.criteria.count() == 2


@pytest.mark.parametrize("rubrics", [1, 3])
def test_rubric_new_query_count(teacher, course, rubrics, django_assert_num_queries):
    for n in range(rubrics):
        factories.make_rubric(course, f"Rubric {n}")

    with django_assert_num_queries(3):
        teacher.get(NEW)


# A stored rubric


@pytest.fixture
def rubric(course):
    return factories.make_rubric(course)


def test_removed_and_moved_criteria_are_stored(teacher, rubric):
    path = f"/c/networks/settings/rubrics/{rubric.pk}/"
    fields = fields_of(teacher.get(path), "title")
    for button in [{"remove_level": "1-4"}, {"move_down": "1"}, {"remove_level": "1-1"}]:
        fields = fields_of(teacher.post(f"{path}arrange/", fields | button), "title")

    assert teacher.post(path, fields).status_code == 302

    first, second = stored_rows(rubric)
    assert (first.criterion, [level.level for level in first.levels]) == (
        "Uses evidence",
        ["Partly", "Well", "Beyond"],
    )
    assert (second.criterion, [level.level for level in second.levels]) == (
        "Answers the prompt",
        ["Not yet", "Partly", "Well"],
    )


def test_words_go_to_the_criterion_they_were_written_for_if_somebody_graded_meanwhile(
    teacher, course, instructor, ada, rubric
):
    path = f"/c/networks/settings/rubrics/{rubric.pk}/"
    fields = fields_of(teacher.get(path), "title")
    fields = fields_of(teacher.post(f"{path}arrange/", fields | {"move_down": "1"}), "title")
    post = factories.make_post(ada, course, prompt=factories.make_prompt(course, rubric=rubric))
    factories.make_grading(post, instructor, level=2)

    refused = teacher.post(path, fields | {"criterion-1": "Uses sources"})
    arranged = teacher.post(f"{path}arrange/", fields | {"add_criterion": "1"})

    words = " ".join(refused.content.decode().split())
    assert refused.status_code == arranged.status_code == 422
    assert "<dt>Order of the criteria</dt>" in words
    assert titles(fields_of(refused, "title")) == ["Answers the prompt", "Uses sources"]
    assert list(Criterion.objects.values_list("title", flat=True)) == [
        "Answers the prompt",
        "Uses evidence",
    ]


def test_a_criterion_that_somebody_else_added_meanwhile_stays(teacher, instructor, rubric):
    path = f"/c/networks/settings/rubrics/{rubric.pk}/"
    fields = fields_of(teacher.get(path), "title")
    levels = (LevelContent("No", "", 0), LevelContent("Yes", "", 100))
    names = ["Answers the prompt", "Uses evidence", "Voice"]
    save_rubric(rubric, by=instructor, criteria=[CriterionContent(name, levels) for name in names])

    both = teacher.post(path, fields | {"title": "New title"})
    chosen = fields_of(both, "title")
    saved = teacher.post(path, chosen)

    assert (both.status_code, saved.status_code) == (409, 302)
    assert [row.criterion for row in stored_rows(rubric)] == names
    assert Rubric.objects.get().title == "New title"
    assert Level.objects.filter(criterion__title="Voice").count() == 2
