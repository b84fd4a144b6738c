"""Checking works: what is asked when, what is kept, and what taking a found value does."""

import socket
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from blog import tasks
from blog.actions.references import add_reference
from blog.actions.works import accept_correction, add_work, change_work
from blog.citations.comparison import VerificationResult
from blog.citations.parsers.reference_line import read_apa
from blog.exceptions import Refused
from blog.lookup import Unavailable
from blog.models import AuditEvent, Work, WorkMerge, WorkVerification
from blog.queries.reference_status import discrepancies_of
from blog.tasks import verify_due_works, verify_work
from tests import factories
from tests.blog.citations.test_comparison import BUI_LINE, RAJAGOPAL_FAULTS, RAJAGOPAL_LINE
from tests.blog.lookup.stub import BUI, RAJAGOPAL


@pytest.fixture
def bui(course, ada):
    return add_work(course, read_apa(BUI_LINE), by=ada)


@pytest.fixture
def rajagopal(course, ada):
    return add_work(course, read_apa(RAJAGOPAL_LINE), by=ada)


def names(discrepancies):
    return [discrepancy.name for discrepancy in discrepancies]


def make_due(**fields):
    WorkVerification.objects.update(due_at=timezone.now() - timedelta(minutes=1), **fields)


def test_both_works_of_a_real_post_get_their_verdicts(crossref, bui, rajagopal):
    crossref.lay_work(BUI)
    crossref.lay_search(RAJAGOPAL)

    answered = verify_due_works()

    checks = WorkVerification.objects.of([bui, rajagopal])
    assert answered == 2
    assert [check.result for check in checks.values()] == [
        VerificationResult.DIFFERS,
        VerificationResult.DIFFERS,
    ]
    assert names(discrepancies_of(bui, checks[bui.pk])) == ["place"]
    assert names(discrepancies_of(rajagopal, checks[rajagopal.pk])) == RAJAGOPAL_FAULTS


def test_what_is_scraped_along_is_not_searched_for(crossref, rajagopal):
    crossref.lay_search(RAJAGOPAL)

    verify_work(rajagopal)

    (asked,) = crossref.asked
    assert asked.startswith("/works?query.bibliographic=Rajagopal+Joosten-ten+Brinke+Van+Bruggen")
    assert "View+of" not in asked
    assert "|" not in asked


def test_a_work_that_nobody_has_is_not_found(crossref, bui):
    verify_due_works()

    check = bui.verification
    assert (check.result, check.found, check.failures) == (VerificationResult.NOT_FOUND, None, 0)


def test_a_work_that_was_taken_back_is_retracted(crossref, bui):
    notice = {"DOI": "10.3389/notice.1", "type": "retraction", "updated": {"date-parts": [[2024]]}}
    crossref.lay_work(BUI | {"updated-by": [notice]})

    verify_due_works()

    assert bui.verification.result == VerificationResult.RETRACTED
    assert bui.verification.found["notices"] == [
        {"kind": "retraction", "doi": "10.3389/notice.1", "date": "2024"}
    ]


def test_the_same_tick_twice_asks_once(crossref, bui):
    crossref.lay_work(BUI)

    assert [verify_due_works(), verify_due_works()] == [1, 0]
    assert len(crossref.asked) == 1


def test_a_check_is_made_anew_after_a_week(crossref, bui, monkeypatch):
    crossref.lay_work(BUI)
    verify_due_works()
    due_in = bui.verification.due_at - timezone.now()
    make_due()

    again = verify_due_works()

    assert timedelta(days=6, hours=23) < due_in <= timedelta(days=7)
    assert again == 1


def test_after_the_course_nothing_is_checked_anew(crossref, bui, course):
    crossref.lay_work(BUI)
    verify_due_works()
    make_due()
    course.ends_on = timezone.now().date() - timedelta(days=2)
    course.save()

    assert verify_due_works() == 0


@pytest.mark.parametrize(
    "csl",
    [
        {"type": "webpage", "title": "A page", "URL": "https://example.org/"},
        {"type": "motion_picture", "title": "A film"},
    ],
)
def test_what_no_registry_lists_is_not_asked_for(crossref, course, ada, csl):
    work = add_work(course, csl, by=ada)

    assert [verify_due_works(), verify_due_works()] == [0, 0]
    assert crossref.asked == []
    assert work.verification.result == ""


def test_merged_records_and_posts_of_the_course_are_not_asked_for(crossref, course, ada, bui):
    other = add_work(course, factories.ARTICLE, by=ada)
    bui.post = factories.make_post(ada, course)
    bui.save()
    page = add_work(course, {"type": "webpage", "title": "A page"}, by=ada)
    WorkMerge.objects.create(duplicate=other, canonical=page, made_by=ada)

    verify_due_works()

    assert crossref.asked == []


# Services that are off or down


def test_a_service_that_is_down_is_asked_later_and_later(crossref, bui, rajagopal):
    crossref.lay(f"/works/{bui.doi}", {}, status=503)

    answered = verify_due_works()

    check = bui.verification
    assert (answered, check.result, check.checked_at, check.failures) == (0, "", None, 1)
    assert timedelta(minutes=19) < check.due_at - timezone.now() <= timedelta(minutes=20)
    assert crossref.asked == [f"/works/{bui.doi}"]  # the second work waits for the next tick


def test_an_answer_is_kept_while_the_service_is_down(crossref, bui):
    crossref.lay_work(BUI)
    verify_due_works()
    crossref.answers.clear()
    crossref.lay(f"/works/{bui.doi}", {}, status=500)
    make_due()
    cache.clear()

    verify_due_works()

    check = WorkVerification.objects.get()
    assert (check.result, check.failures) == (VerificationResult.DIFFERS, 1)


def test_without_services_the_tick_asks_nobody(settings, bui, monkeypatch, capsys):
    settings.CROSSREF_URL = settings.DOI_URL = ""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: pytest.fail("somebody was asked"))

    call_command("tick")

    assert capsys.readouterr().out == "Mails sent: 0\nWorks verified: 0\n"
    assert not WorkVerification.objects.exists()


def test_the_tick_checks(crossref, bui, capsys):
    crossref.lay_work(BUI)

    call_command("tick")

    assert capsys.readouterr().out == "Mails sent: 0\nWorks verified: 1\n"


def test_checking_one_work_says_when_nobody_answers(crossref, bui):
    crossref.lay(f"/works/{bui.doi}", {}, status=500)

    with pytest.raises(Unavailable):
        verify_work(bui)


# Between asking and storing


def test_an_answer_about_an_older_record_is_dropped(crossref, bui, ada):
    crossref.lay_work(BUI)
    old = Work.objects.get(pk=bui.pk)
    change_work(bui, bui.csl | {"title": "Another title"}, by=ada)

    assert verify_work(old) is False
    assert not WorkVerification.objects.exists()


# Taking what was found


def test_taking_a_value_mends_the_record_and_its_verdict(crossref, bui, ada):
    crossref.lay_work(BUI)
    verify_due_works()

    accept_correction(bui, "place", by=ada)

    bui.refresh_from_db()
    assert bui.csl["number"] == "1287728"
    assert "Article 1287728" in bui.html
    assert bui.verification.result == VerificationResult.CHECKED
    entries = AuditEvent.objects.filter(action__in=["work_changed", "correction_accepted"])
    assert [(e.action, e.actor, e.data) for e in entries] == [
        ("correction_accepted", ada, {"value": "place"}),
        ("work_changed", ada, {}),
    ]


def test_taking_all_values_one_by_one(crossref, rajagopal, ada):
    crossref.lay_search(RAJAGOPAL)
    verify_due_works()

    for name in RAJAGOPAL_FAULTS:
        accept_correction(rajagopal, name, by=ada)

    rajagopal.refresh_from_db()
    assert rajagopal.doi == "10.5210/fm.v17i1.3559"
    assert rajagopal.verification.result == VerificationResult.CHECKED
    assert rajagopal.label == "Rajagopal et al., 2012"
    assert "<i>First Monday</i>, <i>17</i>(1)" in rajagopal.html


def test_taking_all_values_at_once(crossref, rajagopal, ada):
    crossref.lay_search(RAJAGOPAL)
    verify_due_works()

    accept_correction(rajagopal, "all", by=ada)

    assert WorkVerification.objects.get().result == VerificationResult.CHECKED
    assert AuditEvent.objects.filter(action="correction_accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_inside_a_transaction(settings, bui, monkeypatch):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    states = []

    def look(doi):
        states.append(connection.in_atomic_block)

    monkeypatch.setattr(tasks, "find_doi", look)

    verify_due_works()

    assert states == [False]


def test_traces_are_mended_without_any_answer(rajagopal, ada):
    accept_correction(rajagopal, "view-of", by=ada)

    rajagopal.refresh_from_db()
    assert rajagopal.csl["title"].startswith("Understanding personal")


@pytest.mark.parametrize("name", ["title", "nonsense", ""])
def test_what_does_not_differ_cannot_be_taken(crossref, bui, ada, name):
    crossref.lay_work(BUI)
    verify_due_works()

    with pytest.raises(Refused, match="left to correct"):
        accept_correction(bui, name, by=ada)


def test_a_record_that_others_rest_on_is_the_teams(crossref, bui, ada, bob, instructor, course):
    crossref.lay_work(BUI)
    verify_due_works()
    add_reference(factories.make_draft_post(bob, course), bui, by=bob)

    with pytest.raises(Refused, match="only the teaching team"):
        accept_correction(bui, "place", by=ada)
    accept_correction(bui, "place", by=instructor)

    assert Work.objects.get().csl["number"] == "1287728"


def test_a_doi_that_another_record_has_is_refused_whole(crossref, rajagopal, course, ada):
    add_work(course, {"type": "book", "title": "x", "DOI": RAJAGOPAL["DOI"]}, by=ada)
    crossref.lay_search(RAJAGOPAL)
    verify_work(rajagopal)

    with pytest.raises(Refused, match="another reference with this DOI"):
        accept_correction(rajagopal, "journal-page", by=ada)

    assert Work.objects.get(pk=rajagopal.pk).csl["type"] == "webpage"
    assert AuditEvent.objects.count() == 0


def test_another_doi_is_another_question(crossref, bui, ada):
    crossref.lay_work(BUI)
    verify_due_works()

    change_work(bui, bui.csl | {"DOI": "10.1234/other"}, by=ada)

    assert not WorkVerification.objects.exists()


def test_another_title_is_another_question_where_nothing_was_found(crossref, rajagopal, ada):
    crossref.lay_search()
    verify_due_works()

    change_work(rajagopal, rajagopal.csl | {"volume": "17"}, by=ada)
    kept = WorkVerification.objects.get().result
    change_work(rajagopal, rajagopal.csl | {"title": "Something else"}, by=ada)

    assert kept == VerificationResult.NOT_FOUND
    assert not WorkVerification.objects.exists()
