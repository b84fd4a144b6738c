"""Works are looked up at registries: when, which, and what is stored of the answers."""

import socket
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from blog.actions.works import add_work, change_work
from blog.citations.comparison import VerificationResult
from blog.citations.parsers.reference_line import read_apa
from blog.lookup import Unavailable
from blog.models import Work, WorkMerge, WorkVerification
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


def test_both_works_of_a_real_post_are_verified(crossref, bui, rajagopal):
    crossref.lay_work(BUI)
    crossref.lay_search(RAJAGOPAL)

    answered = verify_due_works()

    verifications = WorkVerification.objects.of([bui, rajagopal])
    assert answered == 2
    assert [verification.result for verification in verifications.values()] == [
        VerificationResult.DIFFERS,
        VerificationResult.DIFFERS,
    ]
    assert names(discrepancies_of(bui, verifications[bui.pk])) == ["place"]
    assert names(discrepancies_of(rajagopal, verifications[rajagopal.pk])) == RAJAGOPAL_FAULTS


def test_what_is_scraped_along_is_not_searched_for(crossref, rajagopal):
    crossref.lay_search(RAJAGOPAL)

    verify_work(rajagopal)

    (asked,) = crossref.asked
    assert asked.startswith("/works?query.bibliographic=Rajagopal+Joosten-ten+Brinke+Van+Bruggen")
    assert "View+of" not in asked
    assert "|" not in asked


def test_a_work_that_nobody_has_is_not_found(crossref, bui):
    verify_due_works()

    verification = bui.verification
    assert (verification.result, verification.found, verification.failures) == (
        VerificationResult.NOT_FOUND,
        None,
        0,
    )


def test_a_retracted_work_is_known_as_such(crossref, bui):
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


def test_a_work_is_verified_again_after_a_week(crossref, bui, monkeypatch):
    crossref.lay_work(BUI)
    verify_due_works()
    due_in = bui.verification.due_at - timezone.now()
    make_due()

    again = verify_due_works()

    assert timedelta(days=6, hours=23) < due_in <= timedelta(days=7)
    assert again == 1


def test_nothing_is_verified_again_after_the_course(crossref, bui, course):
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

    verification = bui.verification
    assert (answered, verification.result, verification.checked_at, verification.failures) == (
        0,
        "",
        None,
        1,
    )
    assert timedelta(minutes=19) < verification.due_at - timezone.now() <= timedelta(minutes=20)
    assert crossref.asked == [f"/works/{bui.doi}"]  # the second work waits for the next tick


def test_an_answer_is_kept_while_the_service_is_down(crossref, bui):
    crossref.lay_work(BUI)
    verify_due_works()
    crossref.answers.clear()
    crossref.lay(f"/works/{bui.doi}", {}, status=500)
    make_due()
    cache.clear()

    verify_due_works()

    verification = WorkVerification.objects.get()
    assert (verification.result, verification.failures) == (VerificationResult.DIFFERS, 1)


def test_without_services_the_tick_asks_nobody(settings, bui, monkeypatch, capsys):
    settings.CROSSREF_URL = settings.DOI_URL = ""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: pytest.fail("somebody was asked"))

    call_command("tick")

    assert capsys.readouterr().out == ""
    assert not WorkVerification.objects.exists()


def test_verify_work_raises_while_no_service_answers(crossref, bui):
    crossref.lay(f"/works/{bui.doi}", {}, status=500)

    with pytest.raises(Unavailable):
        verify_work(bui)


def test_an_odd_answer_about_one_work_does_not_stop_the_others(
    crossref, bui, rajagopal, monkeypatch
):
    crossref.lay_search(RAJAGOPAL)

    def fail(doi):
        raise AttributeError("odd")

    monkeypatch.setattr("blog.tasks.verification.find_doi", fail)

    assert verify_due_works() == 1
    assert WorkVerification.objects.get(work=bui).failures == 1


# Between asking and storing


def test_an_answer_about_an_older_record_is_dropped(crossref, bui, ada):
    crossref.lay_work(BUI)
    old = Work.objects.get(pk=bui.pk)
    change_work(bui, bui.csl | {"title": "Another title"}, by=ada)

    assert verify_work(old) is False
    assert not WorkVerification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_inside_a_transaction(settings, bui, monkeypatch):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    states = []

    def look(doi):
        states.append(connection.in_atomic_block)

    monkeypatch.setattr("blog.tasks.verification.find_doi", look)

    verify_due_works()

    assert states == [False]
