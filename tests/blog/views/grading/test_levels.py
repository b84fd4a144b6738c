"""Levels that are saved as they are chosen, each with a version of its own."""

import pytest

from blog.models import Grading, GradingEvent, Prompt, Score, version_of
from tests import factories

ADDRESS = "/c/networks/desk/1/7/level/"


def choose(desk, prompt, level, *, place=0, seen=0, version="", revision=None):
    criterion = prompt.rubric.criteria.all()[place]
    sent = {"criterion": criterion.pk, "level": level, "seen": seen, "version": version}
    return desk.post(ADDRESS, sent | ({"revision": revision} if revision else {}))


def stored():
    scores = Score.objects.order_by("criterion__position", "pk")
    return list(scores.values_list("level__position", "version"))


def test_a_level_is_saved_with_the_versions_that_the_page_names_next(desk, prompt, post):
    first = choose(desk, prompt, 3, revision=post.revision_id)
    second = choose(desk, prompt, 2, seen=1, version=first.json()["version"])

    grading = Grading.objects.get()
    assert first.json()["seen"] == 1
    assert second.json() | {"said": ""} == {
        "seen": 2,
        "version": version_of(grading),
        "said": "",
        "state": "in_progress",
        "others": [],
    }
    assert (stored(), grading.text, grading.of_record) == ([(2, 2)], "", True)
    assert (grading.post, grading.revision) == (post, post.revision)
    assert [event.changes["levels"] for event in GradingEvent.objects.all()] == [
        [None, {str(score.criterion_id): level(score, 3)}] for score in Score.objects.all()
    ] + [
        [
            {str(score.criterion_id): level(score, 3)},
            {str(score.criterion_id): level(score, 2)},
        ]
        for score in Score.objects.all()
    ]


def level(score, position):
    return score.criterion.levels.get(position=position).pk


def test_two_windows_choose_for_different_criteria(desk, prompt, post):
    assert choose(desk, prompt, 3, place=0).status_code == 200
    assert choose(desk, prompt, 4, place=1).status_code == 200

    assert stored() == [(3, 1), (4, 1)]


def test_a_clash_shows_what_is_stored_and_lets_one_choose(desk, prompt, post):
    choose(desk, prompt, 3)

    clash = choose(desk, prompt, 1)

    assert clash.status_code == 409
    assert clash.json() == {
        "level": 3,
        "seen": 1,
        "said": "You chose a different level in another tab.",
    }
    assert stored() == [(3, 1)]
    choose(desk, prompt, 1, seen=clash.json()["seen"])
    assert stored() == [(1, 2)]


def test_the_same_level_from_two_windows_is_no_clash(desk, prompt, post):
    for _window in range(2):
        assert choose(desk, prompt, 3).status_code == 200

    assert stored() == [(3, 1)]


def test_a_page_that_has_not_seen_the_typed_keeps_its_old_version(desk, prompt, post, instructor):
    factories.make_grading(post, instructor, "From another window")

    answer = choose(desk, prompt, 3, version="")

    assert answer.json()["version"] == ""


def test_a_level_of_a_rubric_that_was_exchanged_is_refused(desk, prompt, post, course):
    old = prompt.rubric.criteria.first()
    Prompt.objects.update(rubric=factories.make_rubric(course, "New", criteria=["Voice"]))

    answer = desk.post(ADDRESS, {"criterion": old.pk, "level": 3, "seen": 0})

    assert answer.status_code == 409
    assert answer.json() == {
        "said": "The rubric was changed in the meantime. Choose the levels again."
    }


@pytest.mark.parametrize("sent", [{}, {"level": "high"}, {"seen": -1}])
def test_what_is_no_level_is_refused(desk, prompt, post, sent):
    criterion = prompt.rubric.criteria.first().pk
    fields = {"criterion": criterion, "level": 3, "seen": 0} | sent if sent else {}

    assert desk.post(ADDRESS, fields).status_code == 422
    assert desk.post(ADDRESS, {"criterion": criterion, "level": 9, "seen": 0}).status_code == 404


def test_five_graders_choose_for_one_student(client, course, prompt, post):
    for position in (1, 2, 3, 4, 1):
        grader = factories.make_user()
        factories.add_member(course, grader, "assistant")
        client.force_login(grader)
        for place in range(2):
            assert choose(client, prompt, position, place=place).status_code == 200

    assert Grading.objects.count() == 5
    assert Grading.objects.of_record().count() == 1
    assert [row[0] for row in stored()] == [1, 2, 3, 4, 1] * 2


def test_a_grader_sees_what_another_chose_here(client, desk, course, prompt, post, assistant):
    factories.make_grading(post, assistant, level=2, of_record=False)

    answer = choose(desk, prompt, 3)

    assert answer.json()["others"] == [{"name": "Asa Assistant", "level": 2}]
    html = desk.get("/c/networks/desk/1/7/").content.decode()
    assert html.count('data-by="Asa Assistant"') == 2


def test_who_grades_unseen_is_not_told_what_others_chose(client, desk, prompt, post, instructor):
    other = factories.make_user()
    factories.add_member(prompt.course, other, "assistant")
    factories.make_grading(post, other, level=2)
    factories.make_calibration(prompt, post, by=instructor)

    assert choose(desk, prompt, 3).json()["others"] == []
    assert "data-by" not in desk.get("/c/networks/desk/1/7/").content.decode()


@pytest.mark.parametrize("number", [2**63, 10**30])
@pytest.mark.parametrize("field", ["criterion", "level", "seen", "revision"])
def test_a_number_beyond_every_key_is_refused(desk, prompt, field, number):
    sent = {"criterion": prompt.rubric.criteria.first().pk, "level": 1, "seen": 0}

    answer = desk.post(ADDRESS, sent | {field: number})

    assert answer.status_code == 422
    assert stored() == []


def test_the_answer_says_how_far_the_student_is_in_the_queue(desk, prompt, post, assistant):
    states = [choose(desk, prompt, 3, place=place).json()["state"] for place in range(2)]
    factories.make_grading(post, assistant, of_record=False)
    states.append(choose(desk, prompt, 2, seen=1).json()["state"])

    assert states == ["in_progress", "graded", ""]


def save(desk, prompt, post, *, levels, seen=None, text="", version="", **fields):
    """Send the form with a level for each of the first criteria, as a browser does."""
    criteria = list(prompt.rubric.criteria.all())
    data = {
        "rubric": version_of(prompt.rubric),
        "revision": post.revision_id,
        "status": "graded",
        "version": version,
        "text": text,
        **{f"criterion-{one.pk}": level for one, level in zip(criteria, levels, strict=False)},
        **fields,
    }
    if seen is not None:
        data |= {"seen-words": ""}
        data |= {f"seen-{one.pk}": each for one, each in zip(criteria, seen, strict=False)}
    return desk.post("/c/networks/desk/1/7/", data)


def test_a_save_is_accepted_though_the_answer_to_a_level_is_still_under_way(desk, prompt, post):
    choose(desk, prompt, 2)

    answer = save(desk, prompt, post, levels=[2], seen=[0, 0], text="Good words.")

    assert answer.status_code == 302
    assert (stored(), Grading.objects.get().text) == ([(2, 1)], "Good words.")


def test_a_save_is_accepted_while_a_level_replaces_one_that_the_page_sent(desk, prompt, post):
    choose(desk, prompt, 2)
    first = prompt.rubric.criteria.first()

    sent = {f"sent-{first.pk}": "2"}
    answer = save(desk, prompt, post, levels=[4], seen=[0, 0], **sent)

    assert answer.status_code == 302
    assert stored() == [(4, 2)]


def test_a_save_is_accepted_after_a_clash_was_settled(desk, prompt, post):
    choose(desk, prompt, 2)
    clash = choose(desk, prompt, 3)
    chosen = choose(desk, prompt, 3, seen=clash.json()["seen"])

    version, seen = chosen.json()["version"], chosen.json()["seen"]
    answer = save(desk, prompt, post, levels=[3], seen=[seen, 0], text="Words.", version=version)

    assert (clash.status_code, answer.status_code) == (409, 302)
    assert (stored(), Grading.objects.get().text) == ([(3, 2)], "Words.")


@pytest.mark.parametrize(
    "kept",
    [
        {"levels": [3], "text": "Words of the other window."},
        {"levels": [2], "text": ""},
        {"levels": [3], "override_points": "5", "override_reason": "A talk."},
    ],
)
def test_a_save_is_refused_where_the_page_does_not_know_what_it_would_overwrite(
    desk, prompt, post, kept
):
    save(desk, prompt, post, **kept)

    answer = save(desk, prompt, post, levels=[3], seen=[0, 0], text="My words.")

    assert answer.status_code == 409
    assert Grading.objects.get().text == kept.get("text", "")
    assert stored() == [(kept["levels"][0], 1)]


def test_a_save_without_a_script_names_the_version_of_the_whole(desk, prompt, post):
    choose(desk, prompt, 2)

    assert save(desk, prompt, post, levels=[2], text="Good words.").status_code == 409
