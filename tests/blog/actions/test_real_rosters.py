"""Every real list goes the whole way: read or refused, added, the same twice, and undone."""

import pytest
from django.db import models

from blog.actions.roster_imports import (
    add_listed_people,
    answer_roster_import,
    start_roster_import,
    undo_roster_import,
)
from blog.models import (
    Invitation,
    Membership,
    OutboxMessage,
    Pod,
    RosterImport,
    Section,
    StudentIdentifier,
)
from blog.queries.roster_preview import MAX_PEOPLE, roster_preview
from blog.queries.roster_reading import read_import
from blog.spreadsheets import TableRefused
from tests.long import few_of

COUNTED = (Membership, Pod, Section, StudentIdentifier)


def kept(rows: models.QuerySet) -> list[tuple]:
    return sorted(map(str, rows.values_list()))


def answered(started: RosterImport, by) -> RosterImport:
    """Answer each question that is open with its first choice, as long as there are some."""
    while open_ones := read_import(started).open_questions:
        answers = {one.name: next(filter(None, one.choices)) for one in open_ones}
        answer_roster_import(started, by=by, answers=answers)
    return started


def whole_way(path, course, by) -> str:
    """Import a list into a course, a second time, and undo it; return the events."""
    data = path.read_bytes()
    try:
        started = answered(start_roster_import(course, by=by, data=data, name=path.name), by)
    except TableRefused as refusal:
        return refusal.reason
    before = [kept(model.objects.all()) for model in COUNTED]
    added = add_listed_people(started, by=by)
    invited = Invitation.objects.open().count()
    again = answered(start_roster_import(course, by=by, data=data, name=path.name), by)
    assert roster_preview(course, read_import(again)).added == []
    undo_roster_import(added, by=by)
    assert not Invitation.objects.open().exists()
    assert [kept(model.objects.all()) for model in COUNTED] == before
    return f"invited {invited}"


NAMED = ["500-rows.csv", "plain-emails-only.txt", "empty-file.csv"]


@pytest.mark.slow
@pytest.mark.parametrize("every", few_of([4, 1], 2))
def test_every_real_list_goes_in_and_out_again(real_data, course, ada, instructor, every):
    lists = [path for path in sorted((real_data / "csv").rglob("*")) if path.suffix != ".md"]
    paths = {*lists[::every], *(path for path in lists if path.name in NAMED)}

    done = {path.name: whole_way(path, course, instructor) for path in paths if path.is_file()}

    assert sum(outcome.startswith("invited") for outcome in done.values()) > 40 / every
    assert done["500-rows.csv"] == "invited 500"
    assert done["plain-emails-only.txt"].startswith("invited")
    assert done["empty-file.csv"] == "empty"
    assert OutboxMessage.objects.count() < MAX_PEOPLE
