"""Requests to Crossref and doi.org, their number, and the use of the answers."""

import json
import socket
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache

from blog.lookup import (
    Unavailable,
    find_doi,
    find_isbn,
    find_words,
    is_on,
    registries,
    throttle,
)
from blog.lookup.registries import CSL_JSON
from tests.blog.lookup.stub import BUI, RAJAGOPAL

DOI = "10.3389/fpsyg.2023.1287728"
LINE = (
    "Rajagopal, K., Joosten-ten Brinke, D., Van Bruggen, J., & Sloep, P. B. (2012). View of "
    "Understanding personal learning networks: Their structure, content and the networking skills "
    "needed to optimally use them | First Monday."
)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(throttle, "RETRY_SECONDS", (0.0,))


# Crossref


def test_a_work_comes_as_csl(crossref):
    crossref.lay_work(BUI)

    found = find_doi(DOI)

    assert found.csl == {
        "type": "article-journal",
        "title": "Editorial: The roles of social media in education: affective, behavioral, "
        "and cognitive dimensions",
        "container-title": "Frontiers in Psychology",
        "container-title-short": "Front. Psychol.",
        "volume": "14",
        "number": "1287728",
        "publisher": "Frontiers Media SA",
        "author": [
            {"family": "Hung", "given": "Bui Phu"},
            {"family": "Ulla", "given": "Mark Bedoya"},
            {"family": "Tarrayo", "given": "Veronico N."},
            {"family": "Thang", "given": "Pham Chien"},
        ],
        "issued": {"date-parts": [[2023, 10, 19]]},
        "DOI": DOI,
    }
    assert (found.source, found.years, found.notices) == ("Crossref", [2023], [])
    assert crossref.asked == [f"/works/{DOI}"]


def test_every_year_of_a_work_is_known(crossref):
    crossref.lay_work(
        BUI
        | {
            "published-online": {"date-parts": [[2019, 12, 1]]},
            "published-print": {"date-parts": [[2020]]},
            "published": {"date-parts": [[None]]},
        }
    )

    assert find_doi(DOI).years == [2019, 2020, 2023]


def test_what_took_a_work_back_is_noticed(crossref):
    updates = [
        {"DOI": "10.1/Notice", "type": "retraction", "updated": {"date-parts": [[2024, 5, 1]]}},
        {"DOI": "10.1234/erratum", "type": "correction"},
        "nonsense",
    ]
    crossref.lay_work(BUI | {"updated-by": updates})

    assert find_doi(DOI).notices == [{"kind": "retraction", "doi": "", "date": "2024-05-01"}]


@pytest.mark.parametrize(
    ("title", "taken_back"),
    [
        ("RETRACTED: The roles of social media", True),
        ("[Retracted] The roles of social media", True),
        ("Retracted Article: The roles", True),
        ("WITHDRAWN: The roles", True),
        ("Retracted science and the retraction index", False),
        ("Withdrawn from the world", False),
    ],
)
def test_a_title_can_say_that_a_work_is_taken_back(crossref, title, taken_back):
    crossref.lay_work(BUI | {"title": [title]})

    assert bool(find_doi(DOI).notices) is taken_back


def test_what_crossref_does_not_have_is_not_found(crossref):
    assert find_doi("10.1234/none") is None


def test_signs_of_a_doi_stay_inside_the_path(crossref):
    crossref.lay("/works", {"status": "ok", "message": BUI})

    assert find_doi("10.1234/a?b=c#d/../../x") is None
    assert crossref.asked == ["/works/10.1234/a?b=c#d/../../x"]


def test_whoever_names_an_address_is_polite(crossref, settings):
    settings.LOOKUP_MAILTO = "pln@example.edu"

    find_doi(DOI)

    assert crossref.asked == [f"/works/{DOI}?mailto=pln@example.edu"]
    assert crossref.headers[0]["User-Agent"].endswith("(mailto:pln@example.edu)")


# The cache


def test_the_same_question_is_asked_once(crossref):
    crossref.lay_work(BUI)

    answers = [find_doi(DOI), find_doi(DOI), find_doi("10.1234/none"), find_doi("10.1234/none")]

    assert answers[0] == answers[1] is not None
    assert answers[2:] == [None, None]
    assert len(crossref.asked) == 2


# Pace


def test_failures_are_given_a_rest_that_grows(crossref, monkeypatch):
    pauses = []
    monkeypatch.setattr(
        throttle.cache,
        "set",
        lambda key, value, timeout, was=cache.set: (
            pauses.append(timeout) if "_pause_" in key else None,
            was(key, value, timeout),
        ),
    )
    crossref.lay(f"/works/{DOI}", {}, status=503)

    for _ in range(3):
        with pytest.raises(Unavailable):
            find_doi(DOI)
        with pytest.raises(Unavailable, match="pause"):
            find_doi(DOI)
        cache.delete(next(key for key in [throttle._key(origin(crossref), "pause")]))

    assert len(crossref.asked) == 3
    assert pauses == [10, 20, 40]


def test_a_service_says_how_long_it_rests(crossref, monkeypatch):
    cached = {}
    monkeypatch.setattr(
        throttle.cache, "set", lambda key, value, timeout: cached.update({key: (value, timeout)})
    )
    crossref.lay(f"/works/{DOI}", {}, status=429, Retry_After="120")

    with pytest.raises(Unavailable, match="429"):
        find_doi(DOI)

    assert cached[throttle._key(origin(crossref), "pause")] == (True, 120)


def test_the_rate_that_a_service_names_is_obeyed(crossref, impatient):
    crossref.lay_work(BUI)
    message = {"status": "ok", "message": BUI}
    crossref.lay(f"/works/{DOI}", message, X_Rate_Limit_Limit="2", X_Rate_Limit_Interval="30s")
    find_doi(DOI)

    answers = []
    for n in range(4):
        try:
            answers.append(find_doi(f"10.1234/{n}"))
        except Unavailable as error:
            answers.append(str(error))

    assert answers[-1] == "too many questions at once"
    assert len(crossref.asked) <= 3


@pytest.mark.parametrize(
    ("headers", "rate"),
    [
        ({"x-rate-limit-limit": "10", "x-rate-limit-interval": "1s"}, (10, 1)),
        ({"x-rate-limit-limit": "50", "x-rate-limit-interval": "60"}, (50, 60)),
        (
            {
                "x-rate-limit-limit": "10",
                "x-rate-limit-interval": "1s",
                "x-concurrency-limit": "3",
            },
            (3, 1),
        ),
        ({"x-rate-limit-limit": "1000000", "x-rate-limit-interval": "1s"}, (50, 1)),
        ({"x-rate-limit-limit": "0", "x-rate-limit-interval": "1s"}, None),
        ({"x-rate-limit-limit": "-1", "x-rate-limit-interval": "1s"}, None),
        ({"x-rate-limit-limit": "ten", "x-rate-limit-interval": "soon"}, None),
        ({}, None),
    ],
)
def test_rates_are_read_from_headers(headers, rate):
    assert throttle.rate_of(headers) == rate


# doi.org


def test_doi_org_is_asked_for_what_crossref_does_not_have(crossref, doi_org):
    csl = {"type": "dataset", "title": "Ties", "DOI": "10.5281/zenodo.1"}
    doi_org.lay("/10.5281/zenodo.1", csl, Content_Type=CSL_JSON)

    found = find_doi("10.5281/zenodo.1")

    assert (found.csl, found.source) == (csl, "doi.org")
    assert doi_org.headers[0]["Accept"] == CSL_JSON


def test_doi_org_is_asked_while_crossref_is_down(crossref, doi_org):
    crossref.lay(f"/works/{DOI}", {}, status=500)
    doi_org.lay(f"/{DOI}", {"title": "Ties", "DOI": DOI}, Content_Type=CSL_JSON)

    assert find_doi(DOI).source == "doi.org"


def test_two_services_together_take_no_longer_than_one(crossref, doi_org, monkeypatch):
    now = iter([100.0, 104.0])  # four of five seconds pass at Crossref
    monkeypatch.setattr(registries, "time", SimpleNamespace(monotonic=lambda: next(now)))
    waits = []

    def wait(url, *, seconds, **options):
        waits.append(seconds)
        raise Unavailable

    monkeypatch.setattr(registries, "get_json", wait)

    with pytest.raises(Unavailable):
        find_doi(DOI)

    assert waits == [None, 1.0]


def test_a_doi_that_leads_to_a_page_exists(crossref, doi_org):
    doi_org.lay("/10.1234/x", "", status=302, Location="https://publisher.example/x")

    found = find_doi("10.1234/x")

    assert (found.csl, found.source) == ({}, "doi.org")


@pytest.mark.parametrize("status", [204, 406])
def test_a_doi_without_data_exists(crossref, doi_org, status):
    doi_org.lay("/10.1234/x", "", status=status)

    assert find_doi("10.1234/x").csl == {}


def test_a_doi_that_nobody_has_is_not_found(crossref, doi_org):
    assert find_doi("10.1234/none") is None
    assert (len(crossref.asked), len(doi_org.asked)) == (1, 1)


# Search


def test_a_whole_reference_finds_its_work(crossref):
    crossref.lay_search(RAJAGOPAL, BUI)

    assert find_words(LINE).csl["DOI"] == "10.5210/fm.v17i1.3559"
    assert crossref.asked[0].startswith("/works?query.bibliographic=Rajagopal,+K.")


@pytest.mark.parametrize(
    "hits",
    [
        [],
        [BUI],
        [RAJAGOPAL | {"score": 50}, BUI | {"score": 50}],
        [RAJAGOPAL | {"author": [{"family": "Somebody", "given": "Else"}]}],
        [RAJAGOPAL | {"title": ["Networks"]}],
        [RAJAGOPAL | {"title": []}],
    ],
)
def test_a_hit_that_may_be_another_work_is_none(crossref, hits):
    crossref.lay_search(*hits)

    assert find_words(LINE) is None


def test_an_isbn_finds_a_book_and_not_its_chapters(crossref):
    book = {"type": "book", "title": ["Communities of practice"], "DOI": "10.1017/cbo978"}
    crossref.lay_search({"type": "book-chapter", "title": ["Practice"]}, book)

    assert find_isbn("9780521430173").csl["title"] == "Communities of practice"
    assert crossref.asked == ["/works?filter=isbn:9780521430173&rows=5"]


@pytest.mark.parametrize(
    "document", [[], {}, {"message": []}, {"message": {"items": {}}}, {"message": {"items": [1]}}]
)
def test_answers_of_another_shape_find_nothing(crossref, document):
    crossref.lay("/works", document)

    try:
        found = find_words(LINE)
    except Unavailable:
        found = None

    assert found is None


# Off


def test_without_services_nobody_is_asked(settings, db, monkeypatch):
    settings.CROSSREF_URL = settings.DOI_URL = ""
    called = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: called.append(a))
    monkeypatch.setattr(socket.socket, "connect", lambda *a: called.append(a))

    for ask in (find_doi, find_isbn, find_words):
        with pytest.raises(Unavailable, match="no service is set"):
            ask("10.1234/none")

    assert (is_on(), called) == (False, [])


# Recorded


@pytest.fixture
def recordings(real_data):
    path = real_data / "references" / "crossref-http-recordings.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_recorded_works_are_read(crossref, recordings):
    for one in recordings:
        path = urlsplit(one["uri"]).path
        if one["uri"].startswith("https://api.crossref.org") and "?" not in one["uri"]:
            crossref.lay(path, one["body"], status=one["status"], Content_Type=one["content_type"])

    found = {
        doi: find_doi(doi)
        for doi in (
            "10.1371/journal.pone.0033693",
            "10.1002/jor.1100150407",
            "10.3892/ijo_00000353",
            "10.1136/esmoopen-2020-000776",
        )
    }

    assert {doi: (f.csl["container-title"], f.csl.get("volume", ""), f.years)
            for doi, f in found.items()} == {
        "10.1371/journal.pone.0033693": ("PLoS ONE", "7", [2012]),
        "10.1002/jor.1100150407": ("Journal of Orthopaedic Research", "15", [1997, 2005]),
        "10.3892/ijo_00000353": ("International Journal of Oncology", "", [2009]),
        "10.1136/esmoopen-2020-000776": ("ESMO Open", "5", [2020]),
    }  # fmt: skip


def test_every_recorded_answer_is_survived(crossref, doi_org, recordings, monkeypatch):
    """Each body, status and type, given to each question: an answer, or none, and no error."""
    monkeypatch.setattr(throttle, "take_turn", lambda origin: None)
    monkeypatch.setattr("blog.lookup.registries.take_turn", lambda origin: None)
    outcomes = {}
    for n, one in enumerate(recordings):
        given = {"status": one["status"], "Content_Type": one["content_type"]}
        crossref.lay(f"/works/10.1234/{n}", one["body"], **given)
        crossref.lay("/works", one["body"], **given)
        doi_org.lay(f"/10.1234/{n}", one["body"], **given)
        for ask, question in (
            (find_doi, f"10.1234/{n}"),
            (find_words, f"{n} {LINE}"),
            (find_isbn, str(n)),
        ):
            try:
                outcome = type(ask(question)).__name__
            except Unavailable:
                outcome = "Unavailable"
            outcomes[outcome] = outcomes.get(outcome, 0) + 1

    assert sum(outcomes.values()) == 3 * len(recordings)
    assert sorted(outcomes) == ["Found", "NoneType", "Unavailable"]


def origin(stub):
    return f"http://127.0.0.1:{stub.url.rpartition(':')[2]}"
