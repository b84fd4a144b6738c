"""Checking works: what is asked when, what is kept, and what taking a found value does."""

import socket
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from blog.actions import checks
from blog.actions.checks import check_due_works, check_work, defects, take_found
from blog.actions.references import add_work, change_work, shelve
from blog.citations.comparison import Verdict
from blog.citations.parsers.reference_line import read_apa
from blog.exceptions import Refused
from blog.lookup import Unavailable
from blog.models import LogEntry, Merge, Work, WorkCheck
from tests import factories
from tests.blog.citations.test_comparison import BUI_LINE, RAJAGOPAL_FAULTS, RAJAGOPAL_LINE
from tests.blog.lookup.stub import BUI, RAJAGOPAL


@pytest.fixture
def bui(course, ada):
    return add_work(course, read_apa(BUI_LINE), by=ada)


@pytest.fixture
def rajagopal(course, ada):
    return add_work(course, read_apa(RAJAGOPAL_LINE), by=ada)


def names(defects):
    return [defect.name for defect in defects]


def make_due(**fields):
    WorkCheck.objects.update(due_at=timezone.now() - timedelta(minutes=1), **fields)


def test_both_works_of_a_real_post_get_their_verdicts(crossref, bui, rajagopal):
    crossref.lay_work(BUI)
    crossref.lay_search(RAJAGOPAL)

    answered = check_due_works()

    checks = WorkCheck.objects.of([bui, rajagopal])
    assert answered == 2
    assert [check.verdict for check in checks.values()] == [Verdict.DIFFERS, Verdict.DIFFERS]
    assert names(defects(bui, checks[bui.pk])) == ["place"]
    assert names(defects(rajagopal, checks[rajagopal.pk])) == RAJAGOPAL_FAULTS


def test_what_is_scraped_along_is_not_searched_for(crossref, rajagopal):
    crossref.lay_search(RAJAGOPAL)

    check_work(rajagopal)

    (asked,) = crossref.asked
    assert asked.startswith("/works?query.bibliographic=Rajagopal+Joosten-ten+Brinke+Van+Bruggen")
    assert "View+of" not in asked
    assert "|" not in asked


def test_a_work_that_nobody_has_is_not_found(crossref, bui):
    check_due_works()

    check = bui.checked
    assert (check.verdict, check.found, check.failures) == (Verdict.NOT_FOUND, None, 0)


def test_a_work_that_was_taken_back_is_retracted(crossref, bui):
    notice = {"DOI": "10.3389/notice.1", "type": "retraction", "updated": {"date-parts": [[2024]]}}
    crossref.lay_work(BUI | {"updated-by": [notice]})

    check_due_works()

    assert bui.checked.verdict == Verdict.RETRACTED
    assert bui.checked.found["notices"] == [
        {"kind": "retraction", "doi": "10.3389/notice.1", "date": "2024"}
    ]


def test_the_same_tick_twice_asks_once(crossref, bui):
    crossref.lay_work(BUI)

    assert [check_due_works(), check_due_works()] == [1, 0]
    assert len(crossref.asked) == 1


def test_a_check_is_made_anew_after_a_week(crossref, bui, monkeypatch):
    crossref.lay_work(BUI)
    check_due_works()
    due_in = bui.checked.due_at - timezone.now()
    make_due()

    again = check_due_works()

    assert timedelta(days=6, hours=23) < due_in <= timedelta(days=7)
    assert again == 1


def test_after_the_course_nothing_is_checked_anew(crossref, bui, course):
    crossref.lay_work(BUI)
    check_due_works()
    make_due()
    course.ends_on = timezone.now().date() - timedelta(days=2)
    course.save()

    assert check_due_works() == 0


@pytest.mark.parametrize(
    "csl",
    [
        {"type": "webpage", "title": "A page", "URL": "https://example.org/"},
        {"type": "motion_picture", "title": "A film"},
    ],
)
def test_what_no_registry_lists_is_not_asked_for(crossref, course, ada, csl):
    work = add_work(course, csl, by=ada)

    assert [check_due_works(), check_due_works()] == [0, 0]
    assert crossref.asked == []
    assert work.checked.verdict == ""


def test_merged_records_and_posts_of_the_course_are_not_asked_for(crossref, course, ada, bui):
    other = add_work(course, factories.ARTICLE, by=ada)
    bui.post = factories.make_post(ada, course)
    bui.save()
    page = add_work(course, {"type": "webpage", "title": "A page"}, by=ada)
    Merge.objects.create(gone=other, kept=page, made_by=ada)

    check_due_works()

    assert crossref.asked == []


# Services that are off or down


def test_a_service_that_is_down_is_asked_later_and_later(crossref, bui, rajagopal):
    crossref.lay(f"/works/{bui.doi}", {}, status=503)

    answered = check_due_works()

    check = bui.checked
    assert (answered, check.verdict, check.checked_at, check.failures) == (0, "", None, 1)
    assert timedelta(minutes=19) < check.due_at - timezone.now() <= timedelta(minutes=20)
    assert crossref.asked == [f"/works/{bui.doi}"]  # the second work waits for the next tick


def test_an_answer_is_kept_while_the_service_is_down(crossref, bui):
    crossref.lay_work(BUI)
    check_due_works()
    crossref.answers.clear()
    crossref.lay(f"/works/{bui.doi}", {}, status=500)
    make_due()
    cache.clear()

    check_due_works()

    check = WorkCheck.objects.get()
    assert (check.verdict, check.failures) == (Verdict.DIFFERS, 1)


def test_without_services_the_tick_asks_nobody(settings, bui, monkeypatch, capsys):
    settings.CROSSREF_URL = settings.DOI_URL = ""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: pytest.fail("somebody was asked"))

    call_command("tick")

    assert capsys.readouterr().out == "Letters sent: 0\nWorks checked: 0\n"
    assert not WorkCheck.objects.exists()


def test_the_tick_checks(crossref, bui, capsys):
    crossref.lay_work(BUI)

    call_command("tick")

    assert capsys.readouterr().out == "Letters sent: 0\nWorks checked: 1\n"


def test_checking_one_work_says_when_nobody_answers(crossref, bui):
    crossref.lay(f"/works/{bui.doi}", {}, status=500)

    with pytest.raises(Unavailable):
        check_work(bui)


# Between asking and storing


def test_an_answer_about_an_older_record_is_dropped(crossref, bui, ada):
    crossref.lay_work(BUI)
    old = Work.objects.get(pk=bui.pk)
    change_work(bui, bui.csl | {"title": "Another title"}, by=ada)

    assert check_work(old) is False
    assert not WorkCheck.objects.exists()


# Taking what was found


def test_taking_a_value_mends_the_record_and_its_verdict(crossref, bui, ada):
    crossref.lay_work(BUI)
    check_due_works()

    take_found(bui, "place", by=ada)

    bui.refresh_from_db()
    assert bui.csl["number"] == "1287728"
    assert "Article 1287728" in bui.html
    assert bui.checked.verdict == Verdict.CHECKED
    entries = LogEntry.objects.filter(deed__in=["work_changed", "found_value_taken"])
    assert [(e.deed, e.actor, e.data) for e in entries] == [
        ("found_value_taken", ada, {"value": "place"}),
        ("work_changed", ada, {}),
    ]


def test_taking_all_values_one_by_one(crossref, rajagopal, ada):
    crossref.lay_search(RAJAGOPAL)
    check_due_works()

    for name in RAJAGOPAL_FAULTS:
        take_found(rajagopal, name, by=ada)

    rajagopal.refresh_from_db()
    assert rajagopal.doi == "10.5210/fm.v17i1.3559"
    assert rajagopal.checked.verdict == Verdict.CHECKED
    assert rajagopal.label == "Rajagopal et al., 2012"
    assert "<i>First Monday</i>, <i>17</i>(1)" in rajagopal.html


def test_taking_all_values_at_once(crossref, rajagopal, ada):
    crossref.lay_search(RAJAGOPAL)
    check_due_works()

    take_found(rajagopal, "all", by=ada)

    assert WorkCheck.objects.get().verdict == Verdict.CHECKED
    assert LogEntry.objects.filter(deed="found_value_taken").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_inside_a_transaction(settings, bui, monkeypatch):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    states = []

    def look(doi):
        states.append(connection.in_atomic_block)

    monkeypatch.setattr(checks, "find_doi", look)

    check_due_works()

    assert states == [False]


def test_traces_are_mended_without_any_answer(rajagopal, ada):
    take_found(rajagopal, "view-of", by=ada)

    rajagopal.refresh_from_db()
    assert rajagopal.csl["title"].startswith("Understanding personal")


@pytest.mark.parametrize("name", ["title", "nonsense", ""])
def test_what_does_not_differ_cannot_be_taken(crossref, bui, ada, name):
    crossref.lay_work(BUI)
    check_due_works()

    with pytest.raises(Refused, match="nothing to take"):
        take_found(bui, name, by=ada)


def test_a_record_that_others_rest_on_is_the_teams(crossref, bui, ada, bob, instructor, course):
    crossref.lay_work(BUI)
    check_due_works()
    shelve(factories.make_draft_post(bob, course), bui, by=bob)

    with pytest.raises(Refused, match="only the teaching team"):
        take_found(bui, "place", by=ada)
    take_found(bui, "place", by=instructor)

    assert Work.objects.get().csl["number"] == "1287728"


def test_a_doi_that_another_record_has_is_refused_whole(crossref, rajagopal, course, ada):
    add_work(course, {"type": "book", "title": "x", "DOI": RAJAGOPAL["DOI"]}, by=ada)
    crossref.lay_search(RAJAGOPAL)
    check_work(rajagopal)

    with pytest.raises(Refused, match="another work with this DOI"):
        take_found(rajagopal, "journal-page", by=ada)

    assert Work.objects.get(pk=rajagopal.pk).csl["type"] == "webpage"
    assert LogEntry.objects.count() == 0


def test_another_doi_is_another_question(crossref, bui, ada):
    crossref.lay_work(BUI)
    check_due_works()

    change_work(bui, bui.csl | {"DOI": "10.1234/other"}, by=ada)

    assert not WorkCheck.objects.exists()


def test_another_title_is_another_question_where_nothing_was_found(crossref, rajagopal, ada):
    crossref.lay_search()
    check_due_works()

    change_work(rajagopal, rajagopal.csl | {"volume": "17"}, by=ada)
    kept = WorkCheck.objects.get().verdict
    change_work(rajagopal, rajagopal.csl | {"title": "Something else"}, by=ada)

    assert kept == Verdict.NOT_FOUND
    assert not WorkCheck.objects.exists()
