"""No command works on a course that is being erased: to all of them there is none."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from blog.models import AuditEvent, Course
from blog.tasks import change_courses_on_their_dates, hide_courses_to_erase
from tests import factories
from tests.full_course import let_its_day_come

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(course, ada, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    factories.make_post(ada, course)
    let_its_day_come(course)
    assert hide_courses_to_erase() == 1
    return Course.objects.get(pk=course.pk)


@pytest.mark.parametrize(
    "command",
    [
        ["import_roster", "list.csv", "--course=networks"],
        ["rerender", "--course=networks"],
        ["rebuild_search", "--course=networks"],
        ["rebuild_ties", "--course=networks"],
        ["export_network", "networks", "--format=csv", "--output=out"],
    ],
)
def test_no_command_finds_it_by_its_address(hidden, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    events = AuditEvent.objects.count()

    with pytest.raises(CommandError, match="There is no course"):
        call_command(*command)

    assert AuditEvent.objects.count() == events
    assert not (tmp_path / "out").exists()


def test_no_command_for_all_courses_works_on_it(hidden, tmp_path, capsys, ada, instructor):
    pytest.importorskip("pyarrow")
    other = factories.make_course("other", instructor=instructor)
    factories.make_post(ada, other)
    for command in (
        ["rerender"],
        ["rebuild_search"],
        ["rebuild_ties"],
        ["export_events", f"--parquet={tmp_path / 'events'}"],
    ):
        call_command(*command)

    said = capsys.readouterr().out
    assert "posts: 1 rendered" in said
    assert "networks" not in said
    assert [path.name for path in (tmp_path / "events" / "events").iterdir()] == ["course=other"]


def test_no_other_day_changes_it(hidden):
    Course.objects.filter(pk=hidden.pk).update(closes_on=hidden.today() - timedelta(days=1))
    events = AuditEvent.objects.count()

    assert change_courses_on_their_dates() == 0

    assert AuditEvent.objects.count() == events


def test_retention_counts_it_no_more_as_one_to_come(hidden, capsys):
    call_command("retention", "--dry-run")

    assert "erased_courses (courses that are erased on their day): 0 within" in (
        capsys.readouterr().out
    )
