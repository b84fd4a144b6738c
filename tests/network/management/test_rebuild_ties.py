"""manage.py rebuild_ties: ties are rebuilt, or compared with the comments."""

import pytest
from django.core.management import CommandError, call_command

from network.models import TieArc, TieClock, TieUnit
from tests import factories
from tests.network.ties.support import make_student, make_term, stored


@pytest.fixture
def talking(instructor):
    """Return two courses with a comment each."""
    courses = []
    for slug in ["alpha", "beta"]:
        course = make_term(instructor, slug=slug)
        post = factories.make_post(make_student(course, f"Mina {slug}"), course)
        factories.make_comment(make_student(course, f"Ravi {slug}"), post, day=course.starts_on)
        courses.append(course)
    return courses


def run(capsys, *args):
    call_command("rebuild_ties", *args)
    return capsys.readouterr().out.splitlines()


def test_rebuild_derives_lost_ties_again_and_says_how_many(talking, capsys):
    before = [stored(course) for course in talking]
    TieArc.objects.all().delete()
    TieUnit.objects.all().delete()

    lines = run(capsys)

    assert [stored(course) for course in talking] == before
    assert lines == ["[1/2] alpha: 1 unit, 1 arc", "[2/2] beta: 1 unit, 1 arc"]


def test_rebuild_of_one_course_leaves_the_other(talking, capsys):
    TieArc.objects.all().delete()

    lines = run(capsys, "--course", "beta")

    assert [TieArc.objects.filter(course=course).count() for course in talking] == [0, 1]
    assert lines == ["[1/1] beta: 1 unit, 1 arc"]


def test_rebuild_says_nothing_when_asked_to_be_quiet(talking, capsys):
    assert run(capsys, "--verbosity", "0") == []


def test_check_is_clean_after_events(talking, capsys):
    assert run(capsys, "--check") == [
        "[1/2] alpha: ties match the comments",
        "[2/2] beta: ties match the comments",
    ]


def test_check_names_the_rows_fails_and_changes_nothing(talking, capsys):
    alpha, beta = talking
    TieUnit.objects.filter(course=alpha).update(quantum=7)
    TieArc.objects.filter(course=beta).delete()
    before = [stored(course) for course in talking]

    with pytest.raises(CommandError) as refused:
        call_command("rebuild_ties", "--check", "--verbosity", "0")

    assert refused.value.returncode == 1
    assert str(refused.value).startswith("2 rows differ from the comments.")
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "[1/2] alpha: 1 row differs",
        "[2/2] beta: 1 row differs",
    ]
    assert [line.split()[0] for line in lines if line.startswith(" ")] == ["unit", "arc"]
    assert [stored(course) for course in talking] == before


def test_check_of_one_course_overlooks_the_other(talking, capsys):
    TieArc.objects.filter(course=talking[0]).delete()

    assert run(capsys, "--check", "--course", "beta") == ["[1/1] beta: ties match the comments"]


def test_check_makes_no_clock(course, capsys):
    assert run(capsys, "--check") == ["[1/1] networks: ties match the comments"]
    assert not TieClock.objects.exists()


def test_an_unknown_course_is_refused(talking):
    with pytest.raises(CommandError, match="There is no course 'gamma'"):
        call_command("rebuild_ties", "--course", "gamma")
