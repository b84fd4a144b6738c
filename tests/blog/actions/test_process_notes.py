"""Telling how a post came about: saved as a whole, with copies of the words that are shown."""

import pytest
from django.utils import timezone

from blog.actions.post_states import delete_post
from blog.actions.process_notes import remove_process_note, save_process_note
from blog.exceptions import Refused, StaleVersion, TextRefused
from blog.models import AuditEvent, HelpStatement, ProcessMoment, ProcessNote
from tests import factories


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


def moment(words, explanation="I had read nothing yet.", **fields):
    fields = {"source": "snapshot-1", "words": 2, "written_at": timezone.now()} | fields
    return ProcessMoment(text=words, explanation=explanation, **fields)


def save(post, text="It began *on a train*.", moments=(), note=None, **statement):
    note = note or ProcessNote(post=post)
    note.text = text
    save_process_note(note, list(moments), HelpStatement(post=post, **statement), by=post.author)
    return note


def actions():
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_save_stores_note_moments_and_statement(post):
    save(post, moments=[moment("Its start.")], people="My sister.")

    note = post.process_note
    assert note.html == '<p dir="auto">It began <em>on a train</em>.</p>'
    assert (note.version, note.is_shared) == (1, True)
    assert list(note.moments.values_list("source", "text", "explanation")) == [
        ("snapshot-1", "Its start.", "I had read nothing yet.")
    ]
    assert (post.help_statement.people, post.help_statement.is_shared) == ("My sister.", False)
    assert actions() == ["process_note_saved"]


def test_save_again_replaces_all_of_it(post):
    note = save(post, moments=[moment("Its start.")], people="My sister.")

    save(post, "Otherwise.", [moment("Its middle.", source="version-1")], note=note, tools="DeepL")

    note.refresh_from_db()
    assert (note.text, note.version) == ("Otherwise.", 2)
    assert [one.text for one in note.moments.all()] == ["Its middle."]
    assert HelpStatement.objects.values_list("people", "tools").get() == ("", "DeepL")


def test_statement_that_says_nothing_is_none(post):
    note = save(post, people="My sister.")

    save(post, note=note)

    assert not HelpStatement.objects.exists()


@pytest.mark.parametrize("text", ["", " \n", "&nbsp;"])
def test_nothing_to_show_is_refused(post, text):
    with pytest.raises(Refused, match="nothing to show"):
        save(post, text)

    assert not ProcessNote.objects.exists()


def test_note_that_is_too_costly_is_refused(post):
    with pytest.raises(TextRefused):
        save(post, "> " * 60 + "deep")

    assert not ProcessNote.objects.exists()


def test_save_from_an_older_page_is_refused(post):
    save(post)
    first, second = ProcessNote.objects.get(), ProcessNote.objects.get()
    save(post, "Mine.", note=first)

    with pytest.raises(StaleVersion):
        save(post, "Mine as well.", note=second)

    assert ProcessNote.objects.get().text == "Mine."


def test_second_page_that_tells_for_the_first_time_is_refused(post):
    unsaved = ProcessNote(post=post)
    save(post)

    with pytest.raises(StaleVersion):
        save(post, "Mine as well.", note=unsaved)


def test_page_of_a_note_that_was_removed_is_refused(post):
    save(post)
    old = ProcessNote.objects.get()
    remove_process_note(post, by=post.author)
    save(post, "Anew.")

    with pytest.raises(StaleVersion):
        save(post, "Of old.", note=old)

    assert ProcessNote.objects.get().text == "Anew."


def test_deleted_post_takes_no_note(post):
    delete_post(post, by=post.author)

    with pytest.raises(Refused, match="was deleted"):
        save(post)


def test_remove_takes_all_of_it_and_is_no_error_twice(post):
    save(post, moments=[moment("Its start.")], people="My sister.")

    remove_process_note(post, by=post.author)
    remove_process_note(post, by=post.author)

    left = [model.objects.count() for model in (ProcessNote, ProcessMoment, HelpStatement)]
    assert left == [0, 0, 0]
    assert actions() == ["process_note_saved", "process_note_removed"]
