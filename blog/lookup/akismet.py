"""
Ask Akismet whether a comment by a guest is spam, and tell it where it is wrong.

It is off until the settings have a key. What it gets is named in ``Submission`` and nothing else;
the comments of members are never sent.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from blog.lookup.http_client import USER_AGENT, Answer, Unavailable, origin_of, post_form
from blog.lookup.throttle import pause, record_limits, take_turn

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 3.0
AGENT = f"{USER_AGENT} | {USER_AGENT}"  # the application, then the plug-in, as Akismet asks
MIN_RECHECK_SECONDS = 60
MAX_RECHECK_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Submission:
    """A comment as Akismet gets it; ``permalink`` is the address of its post."""

    ip: str
    user_agent: str
    referrer: str
    permalink: str
    post_changed_at: datetime
    is_reply: bool
    author: str
    email: str
    website: str
    text: str
    written_at: datetime

    def fields(self) -> dict[str, str]:
        """Return the fields of the API, with no empty ones."""
        fields = {
            "user_ip": self.ip,
            "user_agent": self.user_agent,
            "referrer": self.referrer,
            "permalink": self.permalink,
            "comment_type": "reply" if self.is_reply else "comment",
            "comment_author": self.author,
            "comment_author_email": self.email,
            "comment_author_url": self.website,
            "comment_content": self.text,
            "comment_date_gmt": self.written_at.isoformat(timespec="seconds"),
            "comment_post_modified_gmt": self.post_changed_at.isoformat(timespec="seconds"),
            "blog_lang": settings.LANGUAGE_CODE.replace("-", "_"),
            "blog_charset": "UTF-8",
        }
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True)
class SpamAnswer:
    """Akismet's answer about a comment.

    ``is_blatant`` is spam that need not be looked at. ``recheck_seconds``: what it says is not
    sure yet, and it wants to be asked again after so long.
    """

    is_spam: bool
    is_blatant: bool = False
    recheck_seconds: int | None = None


def is_on() -> bool:
    """Return whether this site asks a spam filter at all."""
    return bool(settings.AKISMET_URL and settings.AKISMET_KEY)


def check_comment(submission: Submission, *, is_retry: bool = False) -> SpamAnswer:
    """Ask whether a comment is spam; ``again`` if it was asked before. Raises ``Unavailable``."""
    fields = submission.fields() | ({"recheck_reason": "recheck"} if is_retry else {})
    answer = _ask("1.1/comment-check", fields)
    if answer.document not in ("true", "false"):
        raise Unavailable(_trouble("comment-check", answer))
    is_spam = answer.document == "true"
    return SpamAnswer(
        is_spam=is_spam,
        is_blatant=is_spam and answer.headers.get("x-akismet-pro-tip", "").strip() == "discard",
        recheck_seconds=_recheck_seconds(answer.headers),
    )


def report_spam(submission: Submission) -> None:
    """Report to Akismet a spam comment that it let pass. Raises ``Unavailable``."""
    _report("1.1/submit-spam", submission)


def report_ham(submission: Submission) -> None:
    """Report to Akismet a good comment that it took for spam. Raises ``Unavailable``."""
    _report("1.1/submit-ham", submission)


def is_key_valid() -> bool:
    """Return whether Akismet takes this site's key. Raises ``Unavailable``.

    For whoever sets up the site: no rate limit is looked up, the cache may not be there yet.
    """
    answer = _send("1.1/verify-key", {})
    if answer.document not in ("valid", "invalid"):
        raise Unavailable(_trouble("verify-key", answer))
    return answer.document == "valid"


def _report(path: str, submission: Submission) -> None:
    answer = _ask(path, submission.fields())
    if answer.document == "invalid":
        raise Unavailable(_trouble(path, answer))


def _ask(path: str, fields: Mapping[str, str]) -> Answer:
    """Return Akismet's answer within its rate limits; any status but 200 is none."""
    origin = origin_of(settings.AKISMET_URL)
    take_turn(origin)
    try:
        answer = _send(path, fields)
    except Unavailable:
        pause(origin)
        raise
    record_limits(origin, answer.status, answer.headers)
    if alert := answer.headers.get("x-akismet-alert-code", ""):
        # Its words are another's, and may repeat what was asked; its manual has what a number says.
        logger.warning("Akismet warns, by code %s", alert[:9] if alert.isdecimal() else "unknown")
    if answer.status != 200:
        raise Unavailable(f"Akismet answered {answer.status}")
    return answer


def _send(path: str, fields: Mapping[str, str]) -> Answer:
    own = {"api_key": settings.AKISMET_KEY, "blog": f"{settings.SITE_URL}/"}
    url = f"{settings.AKISMET_URL}/{path}"
    return post_form(url, {**own, **fields}, agent=AGENT, seconds=ANSWER_SECONDS)


def _recheck_seconds(headers: Mapping[str, str]) -> int | None:
    value = headers.get("x-akismet-recheck-after", "").strip()
    if not (value.isascii() and value.isdecimal() and len(value) <= 9):
        return None
    return min(max(int(value), MIN_RECHECK_SECONDS), MAX_RECHECK_SECONDS)


def _trouble(path: str, answer: Answer) -> str:
    """Describe the response in our words: those of another server may repeat the request."""
    word = "invalid" if answer.document == "invalid" else "a word that it has not"
    return f"Akismet answered {path} with {word}"
