"""Akismet, as a stub on this machine: what it is asked, and what is made of its answers."""

from datetime import UTC, datetime

import pytest

from blog.apps import check_spam_filter
from blog.lookup import Unavailable
from blog.lookup.akismet import (
    SpamAnswer,
    Submission,
    check_comment,
    is_key_valid,
    report_ham,
    report_spam,
)

SUBMISSION = Submission(
    ip="198.51.100.7",
    user_agent="Firefox",
    referrer="",
    permalink="http://127.0.0.1:8000/p/1/doors/",
    post_changed_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
    is_reply=False,
    author="Gil ü",
    email="gil@example.org",
    website="",
    text="A & b\n= ü",
    written_at=datetime(2026, 11, 2, 10, 30, 15, 999, tzinfo=UTC),
)
FIELDS = {
    "api_key": "secretkey",
    "blog": "http://127.0.0.1:8000/",
    "user_ip": "198.51.100.7",
    "user_agent": "Firefox",
    "permalink": "http://127.0.0.1:8000/p/1/doors/",
    "comment_type": "comment",
    "comment_author": "Gil ü",
    "comment_author_email": "gil@example.org",
    "comment_content": "A & b\n= ü",
    "comment_date_gmt": "2026-11-02T10:30:15+00:00",
    "comment_post_modified_gmt": "2026-11-01T09:00:00+00:00",
    "blog_lang": "en",
    "blog_charset": "UTF-8",
}


def test_akismet_gets_the_fields_of_its_api_and_no_empty_ones(akismet):
    check_comment(SUBMISSION)

    assert akismet.asked == ["/1.1/comment-check"]
    assert akismet.forms == [FIELDS]
    assert " | " in akismet.headers[0]["User-Agent"]


def test_a_second_question_says_so(akismet):
    check_comment(SUBMISSION, is_retry=True)

    assert akismet.forms == [FIELDS | {"recheck_reason": "recheck"}]


@pytest.mark.parametrize(
    ("body", "headers", "answer"),
    [
        ("false", {}, SpamAnswer(is_spam=False)),
        ("true", {}, SpamAnswer(is_spam=True)),
        ("true\n", {"X-akismet-pro-tip": "discard"}, SpamAnswer(is_spam=True, is_blatant=True)),
        ("false", {"X-akismet-pro-tip": "discard"}, SpamAnswer(is_spam=False)),
        (
            "false",
            {"X-akismet-recheck-after": "300"},
            SpamAnswer(is_spam=False, recheck_seconds=300),
        ),
        (
            "false",
            {"X-akismet-recheck-after": "1"},
            SpamAnswer(is_spam=False, recheck_seconds=60),
        ),
        ("false", {"X-akismet-recheck-after": "soon"}, SpamAnswer(is_spam=False)),
    ],
)
def test_answers(akismet, body, headers, answer):
    akismet.lay("/1.1/comment-check", body, **headers)

    assert check_comment(SUBMISSION) == answer


@pytest.mark.parametrize(
    ("body", "status"), [("invalid", 200), ("", 200), ("true", 500), ("true", 302), ("ä" * 9, 200)]
)
def test_anything_else_is_no_answer(akismet, body, status):
    akismet.lay("/1.1/comment-check", body, status=status, Location="/1.1/other")

    with pytest.raises(Unavailable):
        check_comment(SUBMISSION)
    assert akismet.asked == ["/1.1/comment-check"]


@pytest.mark.parametrize("body", ["invalid", "gil@example.org wrote this"])
def test_no_words_of_its_answer_are_told(akismet, body, caplog):
    """They may repeat what it was asked: a comment, an email."""
    said = "gil@example.org wrote this"
    akismet.lay(
        "/1.1/comment-check",
        body,
        X_akismet_alert_code="10007",
        X_akismet_alert_msg=said,
        X_akismet_debug_help=said,
    )

    with pytest.raises(Unavailable) as error:
        check_comment(SUBMISSION)

    assert "gil" not in f"{error.value} {caplog.text}"
    assert "Akismet answered comment-check with" in str(error.value)
    assert caplog.messages == ["Akismet warns, by code 10007"]


def test_silence_is_no_answer(akismet, monkeypatch):
    monkeypatch.setattr("blog.lookup.akismet.ANSWER_SECONDS", 0.2)
    akismet.answers["/1.1/comment-check"] = lambda _handler, closing: closing.wait(10)

    with pytest.raises(Unavailable, match="in time"):
        check_comment(SUBMISSION)


@pytest.mark.parametrize(
    ("report", "path"), [(report_spam, "/1.1/submit-spam"), (report_ham, "/1.1/submit-ham")]
)
def test_a_report_has_the_fields_of_the_check(akismet, report, path):
    akismet.lay(path, "Thanks for making the web a better place.")

    report(SUBMISSION)

    assert (akismet.asked, akismet.forms) == ([path], [FIELDS])


def test_a_report_with_a_bad_key_is_refused(akismet):
    akismet.lay("/1.1/submit-ham", "invalid")

    with pytest.raises(Unavailable):
        report_ham(SUBMISSION)


@pytest.mark.parametrize(("body", "valid"), [("valid", True), ("invalid", False)])
def test_the_key_is_verified(akismet, body, valid):
    akismet.lay("/1.1/verify-key", body)

    assert is_key_valid() == valid
    assert akismet.forms == [{name: FIELDS[name] for name in ("api_key", "blog")}]


def test_the_deployment_check_says_what_akismet_thinks_of_the_key(akismet):
    unknown = check_spam_filter(None)
    akismet.lay("/1.1/verify-key", "invalid")
    invalid = check_spam_filter(None)
    akismet.lay("/1.1/verify-key", "valid")

    assert [found.id for found in unknown + invalid] == ["blog.I001", "blog.W001"]
    assert check_spam_filter(None) == []


def test_the_deployment_check_asks_nobody_without_a_key(akismet, settings):
    settings.AKISMET_KEY = ""

    assert check_spam_filter(None) == []
    assert akismet.asked == []
