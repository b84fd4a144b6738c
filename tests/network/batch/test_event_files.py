"""Events of all courses in files: what is in them, and what is not."""

import pytest
from django.core.management import CommandError, call_command
from pyarrow import parquet

from blog.models import AuditEvent, Comment
from network.ties import clock_of
from network.ties.decay import quantum
from tests.network.batch.support import export, make_terms
from tests.network.ties.support import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms(instructor):
    return make_terms(instructor)


def rows(path):
    return parquet.read_table(path, partitioning=None).to_pylist()


def test_every_event_that_counts_is_in_the_file_of_its_course(terms, tmp_path):
    said = export(tmp_path / "out")

    for term in terms:
        found = rows(tmp_path / "out" / "events" / f"course={term.slug}" / "events.parquet")
        comments = Comment.objects.counting().filter(post__course=term)
        assert sorted(row["day"] for row in found) == sorted(comments.values_list("day", flat=True))
        assert all(on(row["days"]) == row["day"] for row in found)
    assert "26 events of 3 courses" in said


def test_nobody_is_named_and_nobody_has_the_same_code_in_two_courses(terms, tmp_path):
    export(tmp_path / "out")

    people = []
    for term in terms[:2]:
        found = rows(tmp_path / "out" / "events" / f"course={term.slug}" / "events.parquet")
        assert set(found[0]) == {"source", "target", "post", "day", "days"}
        people.append({row[end] for row in found for end in ("source", "target")})
    assert [len(codes) for codes in people] == [3, 3]
    assert not people[0] & people[1]
    assert all(code.startswith("P") and len(code) == 13 for codes in people for code in codes)


def test_weights_are_those_of_each_clock(terms, tmp_path):
    export(tmp_path / "out")

    courses = {row["course"]: row for row in rows(tmp_path / "out" / "courses.parquet")}
    weights = rows(tmp_path / "out" / "tie_days.parquet")

    assert {slug: row["half_life"] for slug, row in courses.items()} == {
        "alpha": 14,
        "2026": 7,
        "quiet": 14,
    }
    assert courses["alpha"]["landmark"] == clock_of(terms[0]).landmark
    assert {row["half_life"] for row in weights} == {7, 14}
    for row in weights:
        assert row["quantum"] == quantum(row["days"], row["half_life"])


def test_the_log_of_each_course_says_so(terms, tmp_path):
    export(tmp_path / "out")

    logged = AuditEvent.objects.filter(action="network_exported").order_by("pk")
    assert [(event.course, event.data["format"], event.data["names"]) for event in logged] == [
        (term, "parquet", False) for term in terms
    ]


def test_a_folder_with_something_in_it_is_left_alone(terms, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_events", "--parquet", tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert not AuditEvent.objects.filter(action="network_exported").exists()


def test_a_site_without_courses_has_empty_tables(db, tmp_path):
    assert "0 events of 0 courses" in export(tmp_path / "out")

    assert rows(tmp_path / "out" / "courses.parquet") == []
    assert rows(tmp_path / "out" / "tie_days.parquet") == []


def test_events_are_written_in_batches(terms, tmp_path, monkeypatch):
    export(tmp_path / "whole")
    monkeypatch.setattr("network.batch.event_files.EVENTS_AT_ONCE", 2)
    export(tmp_path / "parts")

    for name in ("events/course=alpha/events.parquet", "tie_days.parquet"):
        whole, parts = (rows(tmp_path / folder / name) for folder in ("whole", "parts"))
        assert sorted(map(str, parts)) == sorted(map(str, whole))


def test_without_pyarrow_the_command_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("network.management.commands.export_events.write_event_files", None)

    with pytest.raises(CommandError, match="pip install -r requirements-batch.txt"):
        call_command("export_events", "--parquet", tmp_path / "out")
