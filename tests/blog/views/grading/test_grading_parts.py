"""The private note, the state and other points, kept as they are typed, each with a version."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Grading, GradingEvent, HeldChange, OutboxMessage, version_of
from tests import factories

PAGE = "/c/networks/desk/1/7/"
COMMENTS = f"{PAGE}comments/"
EXCUSED = {"status": "excused", "override_points": "", "override_reason": ""}
POINTS = {"status": "graded", "override_points": "6.5", "override_reason": "A talk"}


def keep(desk, part, page=PAGE, **sent):
    return desk.post(f"{page}typed/", {"part": part, "writer": desk.writer, **sent})


def recorded():
    fields = "status", "override_hundredths", "override_reason"
    return Grading.objects.values_list(*fields).get()


def page_form(desk, page=PAGE):
    return desk.get(page).context["form"]


@pytest.mark.parametrize("page", [PAGE, COMMENTS])
def test_a_private_note_is_kept_as_it_is_typed(desk, post, page):
    first = keep(desk, "note", page, private_note="Ask about")
    again = keep(
        desk, "note", page, private_note="Ask about ties", seen=first.json()["seen"]
    ).json()

    grading = Grading.objects.get()
    assert (grading.private_note, grading.note_version) == ("Ask about ties", 2)
    assert again["seen"] == grading.note_key
    assert page_form(desk, page)["private_note"].value() == "Ask about ties"
    assert f'data-seen="{grading.note_key}"' in desk.get(page).content.decode()


def test_a_note_stays_out_of_the_history_and_of_the_queue(desk, post):
    keep(desk, "note", private_note="Ask about ties")

    assert not GradingEvent.objects.exists()
    assert [item.state for item in desk.get("/c/networks/desk/1/").context["queue"]][0] == (
        "ungraded"
    )


def test_a_note_that_is_emptied_leaves_no_grading(desk, post):
    first = keep(desk, "note", private_note="Ask").json()

    keep(desk, "note", private_note="", seen=first["seen"])

    assert not Grading.objects.exists()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [(EXCUSED, ("excused", None, "")), (POINTS, ("graded", 650, "A talk"))],
)
def test_what_is_recorded_is_kept_as_it_is_chosen(desk, post, typed, stored):
    assert keep(desk, "record", **typed).status_code == 200

    assert recorded() == stored
    form = page_form(desk)
    assert form["status"].value() == typed["status"]
    assert str(form["override_points"].value() or "") == typed["override_points"]


def test_a_student_without_a_post_is_excused_as_soon_as_that_is_chosen(desk, prompt):
    keep(desk, "record", **EXCUSED)

    assert recorded() == ("excused", None, "")
    assert page_form(desk)["status"].value() == "excused"


def test_nothing_yet_keeps_nothing(desk, prompt):
    assert keep(desk, "record", status="").status_code == 200

    assert not Grading.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (POINTS | {"override_reason": ""}, "Say why other points count."),
        (POINTS | {"override_points": "8.01"}, "This grade can have at most 8 points."),
        (POINTS | {"override_points": "many"}, "Enter a number."),
        (POINTS | {"override_reason": "x" * 301}, "This can have at most 300 characters."),
    ],
)
def test_points_that_cannot_count_are_refused_in_words(desk, post, typed, said):
    answer = keep(desk, "record", **typed)

    assert answer.status_code == 422
    assert said in answer.json()["said"]
    assert not Grading.objects.exists()


def test_a_part_that_there_is_not_is_refused(desk, post):
    assert keep(desk, "levels", text="Words").status_code == 422


def test_parts_never_clash_with_each_other(desk, post):
    note = keep(desk, "note", private_note="Mine").json()
    keep(desk, "words", text="Well seen.")
    keep(desk, "record", **POINTS)

    answer = keep(desk, "note", private_note="Mine alone", seen=note["seen"])

    assert answer.status_code == 200
    grading = Grading.objects.get()
    assert (grading.text, grading.private_note) == ("Well seen.", "Mine alone")


def test_a_clash_has_what_the_other_window_recorded_in_words_and_by_field(desk, post):
    keep(desk, "record", **POINTS)

    clash = keep(desk, "record", **EXCUSED)

    assert clash.status_code == 409
    assert clash.json() == {
        "words": "graded\nOther points: 6.50. A talk",
        "fields": POINTS,
        "seen": Grading.objects.get().record_key,
        "said": "You recorded something different in another tab.",
    }
    assert recorded() == ("graded", 650, "A talk")


def test_a_note_of_another_window_is_not_overwritten(desk, post):
    keep(desk, "note", private_note="First")

    clash = keep(desk, "note", private_note="Second")

    assert (clash.status_code, clash.json()["words"]) == (409, "First")


def test_what_is_recorded_of_a_released_grade_is_held_until_it_is_saved(
    desk, client, prompt, released, instructor, ada
):
    answer = keep(desk, "record", **POINTS, seen=released.record_key, version=version_of(released))

    assert answer.json()["said"].endswith("The student sees it when you click “Save”.")
    assert recorded() == ("graded", None, "")
    assert page_form(desk)["override_reason"].value() == "A talk"
    assert "A talk" in desk.get(f"{PAGE}undo/").content.decode()
    client.force_login(ada)
    assert b"A talk" not in client.get("/c/networks/posts/of-ties/").content
    client.force_login(instructor)

    form = page_form(desk)
    levels = {f"criterion-{c.pk}": 2 for c in prompt.rubric.criteria.all()}
    fields = {"rubric": form.rubric_version, "text": "Read.", "version": answer.json()["version"]}
    assert desk.post(PAGE, fields | levels | POINTS).status_code == 302

    assert recorded() == ("graded", 650, "A talk")
    assert not HeldChange.objects.exists()
    assert OutboxMessage.objects.count() == 1


def test_a_note_of_a_released_grade_is_stored_and_tells_nobody(desk, released):
    answer = keep(desk, "note", private_note="Mine", seen=released.note_key)

    assert answer.json()["said"].startswith("Saved ")
    assert Grading.objects.get().private_note == "Mine"
    assert not HeldChange.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_change_that_is_undone_is_known_to_other_windows(desk, released):
    keep(desk, "record", **POINTS, seen=released.record_key)
    desk.post(f"{PAGE}undo/")

    assert recorded() == ("graded", None, "")
    assert Grading.objects.get().record_version == 2


def test_the_history_has_what_was_recorded_first_and_last(desk, post):
    seen = keep(desk, "record", **POINTS).json()["seen"]
    for reason in ("A talk in", "A talk in May"):
        seen = keep(desk, "record", **POINTS | {"override_reason": reason, "seen": seen}).json()[
            "seen"
        ]
    assert GradingEvent.objects.count() == 1
    grading = Grading.objects.get()
    fields = {"rubric": page_form(desk).rubric_version, "version": version_of(grading)}

    desk.post(PAGE, {**fields, **POINTS, "override_reason": "A talk in May", "text": "Heard."})

    changes = [event.changes.get("override_reason") for event in GradingEvent.objects.all()]
    assert changes == [["", "A talk"], ["A talk", "A talk in May"], None]


def test_other_points_that_complete_a_grade_let_it_count(desk, post, assistant):
    factories.make_grading(post, assistant, "Half")

    keep(desk, "record", **EXCUSED)

    assert Grading.objects.get(of_record=True).status == "excused"


def test_a_planned_grade_is_held_too(desk, released):
    Grading.objects.update(released_at=timezone.now() + timedelta(days=1))

    keep(desk, "record", **EXCUSED, seen=released.record_key)

    assert recorded() == ("graded", None, "")
    assert HeldChange.objects.get().record["status"] == "excused"
