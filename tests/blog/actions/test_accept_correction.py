"""Corrections that a registry offers: one value or all of them taken into the record."""

import pytest

from blog.actions.references import add_reference
from blog.actions.works import accept_correction, add_work, change_work
from blog.citations.comparison import VerificationResult
from blog.citations.parsers.reference_line import read_apa
from blog.exceptions import Refused
from blog.models import AuditEvent, Work, WorkVerification
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


def test_accept_correction_changes_the_record_and_its_verification(crossref, bui, ada):
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


def test_accept_correction_one_by_one(crossref, rajagopal, ada):
    crossref.lay_search(RAJAGOPAL)
    verify_due_works()

    for name in RAJAGOPAL_FAULTS:
        accept_correction(rajagopal, name, by=ada)

    rajagopal.refresh_from_db()
    assert rajagopal.doi == "10.5210/fm.v17i1.3559"
    assert rajagopal.verification.result == VerificationResult.CHECKED
    assert rajagopal.label == "Rajagopal et al., 2012"
    assert "<i>First Monday</i>, <i>17</i>(1)" in rajagopal.html


def test_accept_all_corrections_at_once(crossref, rajagopal, ada):
    crossref.lay_search(RAJAGOPAL)
    verify_due_works()

    accept_correction(rajagopal, "all", by=ada)

    assert WorkVerification.objects.get().result == VerificationResult.CHECKED
    assert AuditEvent.objects.filter(action="correction_accepted").count() == 1


def test_accept_correction_of_a_trace_needs_no_answer(rajagopal, ada):
    accept_correction(rajagopal, "view-of", by=ada)

    rajagopal.refresh_from_db()
    assert rajagopal.csl["title"].startswith("Understanding personal")


@pytest.mark.parametrize("name", ["title", "nonsense", ""])
def test_accept_correction_refuses_what_does_not_differ(crossref, bui, ada, name):
    crossref.lay_work(BUI)
    verify_due_works()

    with pytest.raises(Refused, match="left to correct"):
        accept_correction(bui, name, by=ada)


def test_accept_correction_of_a_work_of_somebody_else_is_the_teams(
    crossref, bui, ada, bob, instructor, course
):
    crossref.lay_work(BUI)
    verify_due_works()
    factories.share_work(bui)
    add_reference(factories.make_draft_post(bob, course), bui, by=bob)

    with pytest.raises(Refused, match="Only the person who added this reference"):
        accept_correction(bui, "place", by=bob)
    accept_correction(bui, "place", by=instructor)

    assert Work.objects.get().csl["number"] == "1287728"


def test_accept_correction_refuses_a_doi_of_another_work(crossref, rajagopal, course, ada):
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
