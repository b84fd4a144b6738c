"""After a restore an LMS gets the grades as they are here now, whatever it was sent meanwhile."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from blog.actions.releases import release_prompt, take_back_release
from blog.models import PlatformScore
from blog.tasks import send_due_scores
from tests import factories
from tests.blog.management.test_backup import needs_programs, restore
from tests.blog.tasks.platform_score_steps import connect, edit_grade, grade, sent, shown

pytestmark = [pytest.mark.django_db(transaction=True), needs_programs]


@pytest.fixture
def prompt(lms, course, instructor, ada, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    connect(lms, course, instructor, ada)
    found = factories.make_prompt(course, rubric=factories.make_rubric(course))
    grade(ada, found, instructor)
    return found


def test_grade_that_was_changed_since_the_backup_is_sent_as_it_was(
    lms, prompt, instructor, course, tmp_path, capsys
):
    release_prompt(prompt, by=instructor)
    send_due_scores()
    before = sent(lms)[0][2]
    call_command("backup", tmp_path / "backup")
    with transaction.atomic():
        edit_grade("1.5")
    send_due_scores()

    restore(tmp_path / "backup", replace=True)

    assert "1 grade in an LMS is sent again, as it is here now." in capsys.readouterr().out
    assert shown(course) == [("waiting", "")]
    assert (send_due_scores(), sent(lms)[-1][2]) == (1, before)
    assert (send_due_scores(), shown(course)) == (0, [("sent", "")])


@pytest.mark.parametrize("is_released_then", [True, False])
def test_release_since_the_backup_is_taken_back(
    lms, prompt, instructor, course, tmp_path, is_released_then
):
    """Also where the LMS knew of the post alone."""
    [released] = release_prompt(prompt, by=instructor)
    if is_released_then:
        send_due_scores()
    take_back_release(prompt, released.released_at, by=instructor)
    send_due_scores()
    call_command("backup", tmp_path / "backup")
    release_prompt(prompt, by=instructor)
    send_due_scores()

    restore(tmp_path / "backup", replace=True)

    assert (send_due_scores(), sent(lms)[-1][2:]) == (1, (None, "NotReady"))


def test_what_was_never_sent_waits_for_nothing(lms, prompt, instructor, tmp_path, capsys):
    call_command("backup", tmp_path / "backup")

    restore(tmp_path / "backup", replace=True)

    assert "sent again" not in capsys.readouterr().out
    assert not PlatformScore.objects.waiting().exists()


def test_backup_of_an_older_release_has_no_digests(lms, prompt, instructor, tmp_path):
    release_prompt(prompt, by=instructor)
    send_due_scores()
    field = PlatformScore._meta.get_field("sent_digest")
    with connection.schema_editor() as editor:
        editor.remove_field(PlatformScore, field)
    try:
        call_command("backup", tmp_path / "backup")
        restore(tmp_path / "backup", replace=True)
    finally:
        with connection.schema_editor() as editor:
            editor.add_field(PlatformScore, field)

    assert send_due_scores() == 1
