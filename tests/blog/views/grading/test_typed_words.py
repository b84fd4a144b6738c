"""Words of feedback that are kept as they are typed, and changes of grades that students read."""

from datetime import timedelta

from django.utils import timezone

from blog.models import (
    Grading,
    GradingEvent,
    HeldChange,
    OutboxMessage,
    Score,
    grading_saves,
    version_of,
)
from tests import factories

PAGE = "/c/networks/desk/1/7/"


def keep(desk, text, *, seen="", version=""):
    sent = {"part": "words", "text": text, "seen": seen, "version": version}
    return keep_part(desk, **sent)


def keep_part(desk, **sent):
    sent["writer"] = desk.writer
    return desk.post(f"{PAGE}typed/", sent)


def choose(desk, prompt, level, *, place=0, seen=0, version=""):
    criterion = prompt.rubric.criteria.all()[place]
    sent = {"criterion": criterion.pk, "level": level, "seen": seen, "version": version}
    return desk.post(f"{PAGE}level/", sent)


def save(desk, prompt, *, text, level, version, **seen):
    levels = {f"criterion-{c.pk}": level for c in prompt.rubric.criteria.all()}
    page = desk.get(PAGE).context["form"]
    fields = {"rubric": page.rubric_version, "text": text, "version": version, "status": "graded"}
    return desk.post(PAGE, fields | levels | seen)


def events():
    return [event.changes.get("text") for event in GradingEvent.objects.all()]


def test_words_are_kept_with_the_versions_that_the_page_names_next(desk, prompt, post):
    first = keep(desk, "One *thought*").json()
    second = keep(desk, "One *thought*, two", seen=first["seen"], version=first["version"])

    grading = Grading.objects.get()
    assert second.json() | {"said": ""} == {
        "seen": grading.words_key,
        "version": version_of(grading),
        "said": "",
        "state": "in_progress",
    }
    assert (grading.text, grading.words_version) == ("One *thought*, two", 2)
    assert grading.of_record
    assert grading.html == '<p dir="auto">One <em>thought</em>, two</p>'
    assert (grading.post, grading.revision) == (post, post.revision)


def test_the_page_has_the_words_that_were_kept(desk, prompt, post):
    keep(desk, "Half a sentence")

    html = desk.get(PAGE).content.decode()

    assert "Half a sentence</textarea>" in html
    assert f'data-seen="{Grading.objects.get().words_key}"' in html


def test_a_form_that_overtakes_the_answer_to_its_own_words_is_no_conflict(desk, prompt, post):
    """Browsers end lines in two signs in what they send, and a script's copy has one."""
    keep(desk, "One.\r\n\r\nTwo.")
    sent = {"seen-words": "", "sent-words": '{"text": "One.\\n\\nTwo."}'}

    answer = save(desk, prompt, text="One.\r\n\r\nTwo.", level=2, version="", **sent)

    assert answer.status_code == 302
    assert Grading.objects.get().text == "One.\n\nTwo."


def test_a_clash_of_words_shows_what_is_stored_and_lets_one_choose(desk, prompt, post):
    keep(desk, "From the first window")

    clash = keep(desk, "From the second")

    grading = Grading.objects.get()
    assert clash.status_code == 409
    assert clash.json() == {
        "words": "From the first window",
        "fields": {"text": "From the first window"},
        "seen": grading.words_key,
        "said": "You typed different feedback in another tab.",
    }
    assert grading.text == "From the first window"
    assert keep(desk, "From the second", seen=clash.json()["seen"]).status_code == 200
    assert Grading.objects.get().text == "From the second"


def test_levels_of_another_window_are_no_clash_of_words(desk, prompt, post):
    first = keep(desk, "Words").json()
    choose(desk, prompt, 3)

    answer = keep(desk, "Words and more", seen=first["seen"], version=first["version"])

    assert answer.status_code == 200
    # The page has not shown that level, so its form still names the version before.
    assert answer.json()["version"] == first["version"]


def test_the_same_words_from_two_windows_are_no_clash(desk, prompt, post):
    for _window in range(2):
        assert keep(desk, "The same").status_code == 200

    assert Grading.objects.get().words_version == 1


def test_a_grading_of_which_nothing_is_left_is_gone(desk, prompt, post):
    first = keep(desk, "Well")

    emptied = keep(desk, "", seen=first.json()["seen"])

    assert emptied.json()["seen"] == emptied.json()["version"] == ""
    assert not Grading.objects.exists()


def test_words_that_were_emptied_leave_what_else_there_is(desk, prompt, post):
    choose(desk, prompt, 3)
    first = keep(desk, "Well")

    keep(desk, "", seen=first.json()["seen"])

    assert Grading.objects.get().text == ""
    assert Score.objects.count() == 1


def test_the_history_has_words_every_ten_minutes_and_at_each_save(desk, prompt, post, monkeypatch):
    seen = ""
    for text in ("A", "A b", "A b c"):
        seen = keep(desk, text, seen=seen).json()["seen"]
    assert events() == [["", "A"]]
    with monkeypatch.context() as later:
        later.setattr(grading_saves, "TYPED_RECORDED_EVERY", timedelta(0))
        seen = keep(desk, "A b c d", seen=seen).json()["seen"]
    keep(desk, "A b c d e", seen=seen)

    grading = Grading.objects.get()
    save(desk, prompt, text="A b c d e", level=3, version=version_of(grading))

    assert events() == [["", "A"], ["A", "A b c d"], ["A b c d", "A b c d e"], None]


def test_what_changes_a_released_grade_is_held_until_it_is_saved(
    desk, client, prompt, released, instructor, ada
):
    level = choose(desk, prompt, 3, seen=1, version=version_of(released)).json()
    words = keep(desk, "Read again.", seen=released.words_key, version=level["version"]).json()

    assert level["said"].endswith("The student sees it when you click “Save”.")
    released.refresh_from_db()
    assert released.text == "Read."
    assert set(released.scores.values_list("level__position", flat=True)) == {2}
    assert not OutboxMessage.objects.exists()
    html = desk.get(PAGE).content.decode()
    assert "Read again.</textarea>" in html
    assert "did not save it. The student still sees the grade as it was." in html
    client.force_login(ada)
    assert b"Read again." not in client.get("/c/networks/posts/of-ties/").content
    client.force_login(instructor)

    save(desk, prompt, text="Read again.", level=3, version=words["version"])

    released.refresh_from_db()
    assert released.text == "Read again."
    assert set(released.scores.values_list("level__position", flat=True)) == {3}
    assert not HeldChange.objects.exists()
    assert OutboxMessage.objects.count() == 1


def test_what_changes_a_planned_grade_is_held_too(desk, prompt, released):
    ahead = timezone.now() + timedelta(days=1)
    Grading.objects.update(released_at=ahead)

    said = keep(desk, "Read again", seen=released.words_key).json()["said"]

    assert "It counts when you click “Save”." in said
    assert Grading.objects.get().text == "Read."
    html = " ".join(desk.get(PAGE).content.decode().split())
    assert "If you do not save, the earlier version is released." in html
    assert "What the student will read" in html


def test_windows_that_hold_changes_of_a_released_grade_clash_too(desk, prompt, released):
    choose(desk, prompt, 3, seen=1)
    keep(desk, "Held", seen=released.words_key)

    level, words = choose(desk, prompt, 4, seen=1), keep(desk, "Other", seen=released.words_key)
    form = save(desk, prompt, text="Read.", level=2, version=version_of(released))

    assert (level.status_code, level.json()["level"], level.json()["seen"]) == (409, 3, 2)
    assert (words.status_code, words.json()["words"]) == (409, "Held")
    assert form.status_code == 409
    html = form.content.decode()
    assert '<pre class="stored" dir="auto" tabindex="0">Held</pre>' in html


def test_a_level_that_was_held_has_a_new_version_once_it_is_saved(desk, prompt, released):
    kept = choose(desk, prompt, 3, seen=1, version=version_of(released)).json()
    save(desk, prompt, text="Read.", level=3, version=kept["version"])

    assert Score.objects.order_by("criterion__position").first().version == kept["seen"] + 1
    assert choose(desk, prompt, 4, seen=kept["seen"]).status_code == 409


def test_a_held_change_can_be_undone(desk, prompt, released):
    keep(desk, "Read again.", seen=released.words_key)
    assert "Read again." in desk.get(f"{PAGE}undo/").content.decode()
    assert HeldChange.objects.exists()

    answer = desk.post(f"{PAGE}undo/", follow=True)

    assert not HeldChange.objects.exists()
    assert "Read.</textarea>" in answer.content.decode()


def test_what_is_held_stays_held_when_the_release_is_taken_back(desk, prompt, released):
    keep(desk, "Held", seen=released.words_key)
    released.refresh_from_db()
    released.release(None)

    keep(desk, "Held on", seen=released.words_key)

    assert HeldChange.objects.get().text == "Held on"
    assert Grading.objects.get().text == "Read."


def test_too_long_words_are_refused_in_words(desk, prompt, post):
    answer = keep(desk, "x" * 100_001)

    assert answer.status_code == 422
    assert answer.json()["said"] == "This can have at most 10000 characters. It has 100001."


def test_five_graders_type_for_one_student(client, course, prompt, post):
    for number in range(5):
        grader = factories.make_user()
        factories.add_member(course, grader, "assistant")
        client.force_login(grader)
        client.writer = grader.pk
        assert keep(client, f"Words {number}").status_code == 200

    texts = Grading.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == [f"Words {number}" for number in range(5)]
