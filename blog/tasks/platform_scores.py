"""Sending of posts and released grades to LMSs, and deletion of old launches."""

import logging
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.lookup import Unavailable
from blog.lti.content_items import line_item
from blog.lti.scores import ScoreContent, score_of
from blog.lti.services import GONE, NotLetIn, ServiceRefused, Services
from blog.models import (
    MAX_ATTEMPTS,
    Grading,
    Launch,
    LineItem,
    Platform,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
    ToolKey,
    claim_row,
    current_key,
)
from blog.queries.platform_scores import planned_release, score_content
from blog.tasks.due_rows import delete_due
from blog.tasks.retries import NEVER, next_try
from blog.web.logs import told

logger = logging.getLogger(__name__)

SCORES_PER_TICK = 200
SOON = timedelta(minutes=1)
SECONDS_PER_TICK = 30  # then no other one is begun: mail has to go out
DEFAULT_POINTS = Decimal(100)  # of a column that has none yet; each score says of how many it is
COMMENTS_LABEL = _("%(prompt)s: comments")


class ColumnIsClaimed(Exception):
    """Another tick is making the column."""


def send_due_scores() -> int:
    """Send due messages, outside any transaction; return the number sent.

    A course whose LMS does not answer waits, with all of its rows, for the next tick, and so does
    an LMS that gives no token. One that refuses it is asked again later, and no row of it is to
    blame. The others go on, whatever is wrong with one.
    """
    sent, stops_at = 0, time.monotonic() + SECONDS_PER_TICK
    services: dict[int, Services] = {}
    silent: set[int] = set()
    for score in _claimed_scores(silent):
        connected = score.line_item.platform_course
        platform = connected.platform
        if platform.pk not in services:
            services[platform.pk] = Services(
                platform.registration, current_key(), site=settings.SITE_URL
            )
        try:
            sent += _send(score, services[platform.pk])
            if services[platform.pk].has_token and platform.denied_at is not None:
                Platform.objects.filter(pk=platform.pk).update(denied_at=None)
        except NotLetIn as error:
            logger.warning("The LMS %s does not let this site in: %s", platform.pk, told(error))
            _put_back(score, timezone.now())
            Platform.objects.filter(pk=platform.pk).update(denied_at=timezone.now())
            silent.update(_courses_of(platform))
        except Unavailable as error:
            logger.warning("The LMS %s does not take grades: %s", platform.pk, told(error))
            silent.add(connected.pk)
            if not services[platform.pk].has_token:
                silent.update(_courses_of(platform))
        except ColumnIsClaimed:
            _put_back(score, timezone.now() + SOON)
        except Exception:  # of an LMS that nobody has thought of: the others must not wait for it
            logger.exception("A grade for the LMS %s was not sent", platform.pk)
        if time.monotonic() > stops_at:
            break
    return sent


def _courses_of(platform: Platform) -> Iterable[int]:
    return PlatformCourse.objects.of_platform(platform).values_list("pk", flat=True)


def delete_old_launches() -> int:
    """Delete what LMSs said of people a day ago, and keys of ours that nobody asks for any more."""
    return delete_due(Launch.objects.old()) + delete_due(ToolKey.objects.outlived())


def _claimed_scores(silent: set[int]) -> Iterator[PlatformScore]:
    """Claim rows that are due now and yield them, as many as a tick takes, the longest due first.

    None of the courses in ``silent``, which grows meanwhile: they take no place from others.
    """
    now, left = timezone.now(), SCORES_PER_TICK
    due = PlatformScore.objects.due().filter(due_at__lte=now)
    while left > 0:
        heard = due.exclude(line_item__platform_course__in=silent)
        keys = list(heard.values_list("pk", flat=True)[:left])
        if not keys:
            return
        for pk in keys:
            score = _claim(pk, silent)
            if score is not None:
                left -= 1
                yield score


def _claim(pk: int, silent: set[int]) -> PlatformScore | None:
    """Count an attempt and postpone the next, so that two ticks do not send one grade twice.

    Until the LMS has answered, nobody can tell what it has.
    """
    due = PlatformScore.objects.due().select_related(
        "line_item__prompt__course",
        "line_item__platform_course__deployment__platform",
        "student",
    )
    score = due.filter(pk=pk).first()
    if score is None or score.line_item.platform_course_id in silent:
        return None
    attempts = score.attempts + 1
    due_at = timezone.now() + NEVER if attempts >= MAX_ATTEMPTS else next_try(attempts)
    values = {"attempts": attempts, "due_at": due_at, "sent_digest": ""}
    if not claim_row(score, "attempts", "due_at", **values):
        return None
    score.attempts, score.due_at = attempts, due_at
    return score


def _put_back(score: PlatformScore, due_at: datetime) -> None:
    """Let a claimed row wait, as if nobody had taken it."""
    claimed = PlatformScore.objects.filter(pk=score.pk, attempts=score.attempts)
    claimed.filter(due_at=score.due_at).update(
        attempts=score.attempts - 1,
        due_at=due_at,
        sent_digest=score.sent_digest,
    )


def _send(score: PlatformScore, services: Services) -> bool:
    """Send what a student has now in a column, if the LMS does not know it; return whether it was.

    Raises Unavailable for an LMS that does not answer, and ColumnIsClaimed: the row waits. One that
    says no is noted.
    """
    item = score.line_item
    member = PlatformMember.objects.filter(
        platform_course=item.platform_course_id, user=score.student_id
    ).first()
    content = score_content(item.prompt, item.kind, score.student)
    if member is None or content is None:
        return _settle(score, {})
    if score.sent_at is None and content == ScoreContent():
        return _settle(score, {})
    digest = content.digest_for(member.subject)
    if score.sent_digest == digest:
        return _settle(score, {"refused_status": None})
    now = score.next_moment(timezone.now())
    message = score_of(
        content,
        user=member.subject,
        at=now,
        takes_back=score.may_have_points and not content.has_points,
    )
    score.note_key(member.subject)
    try:
        services.send_score(_address(item, content, services), message)
    except ServiceRefused as refusal:
        logger.warning("An LMS refused a grade: status %s", refusal.status)
        if refusal.status in GONE and item.url and not services.has_line_item(item.url):
            _forget(item)
            score.sent_digest = ""
        return _settle(score, {"refused_status": refusal.status})
    points = content.points if content.has_points else None
    hundredths = None if points is None else int(points * 100)
    told = {"sent_at": timezone.now(), "told_at": now, "sent_hundredths": hundredths}
    score.sent_digest = digest
    _settle(score, told | {"refused_status": None})
    return True


def _settle(score: PlatformScore, values: dict) -> bool:
    """Store what came of a claimed row; one that was made due again meanwhile is sent once more.

    Another tick may have sent it since, so nobody can tell what the LMS has. A row whose grade is
    planned for a date ahead is due then: until now it may have told of a post.
    """
    item, values = score.line_item, {**values, "sent_digest": score.sent_digest}
    with transaction.atomic():
        rows = PlatformScore.objects.filter(pk=score.pk)
        row = rows.select_for_update(no_key=True).first()
        if row is None:
            return False
        if (row.attempts, row.due_at) == (score.attempts, score.due_at):
            planned = planned_release(item.prompt, item.kind, score.student_id)
            rows.update(due_at=planned, attempts=0, **values)
        else:
            values.pop("refused_status", None)
            if "told_at" in values and row.told_at and row.told_at > values["told_at"]:
                values = {}  # an LMS keeps the later message
            due_at = min(row.due_at or timezone.now(), timezone.now())
            rows.update(**{**values, "sent_digest": "", "due_at": due_at})
    return False


def _forget(item: LineItem) -> None:
    """Delete a column that was deleted in the LMS, with all in it: the next one is looked for."""
    if LineItem.objects.filter(pk=item.pk, url=item.url).update(url=""):
        item.scores.update(sent_digest="", sent_hundredths=None, sent_to="")


def _address(item: LineItem, content: ScoreContent, services: Services) -> str:
    """Return where the scores of a column go; the column is looked for, or made, the first time.

    One tick does so. Raises ColumnIsClaimed for another.
    """
    if not item.url and not LineItem.objects.to_make().filter(pk=item.pk).update(
        claimed_at=timezone.now()
    ):
        item.refresh_from_db(fields=["url"])
        if not item.url:
            raise ColumnIsClaimed
    if item.url:
        return item.url
    title = item.prompt.title
    label = title if item.kind == Grading.Kind.POST else COMMENTS_LABEL % {"prompt": title}
    points = content.highest or _points_of(item) or DEFAULT_POINTS
    wanted = line_item(label, points, item.resource_id, item.kind)
    try:
        item.url = services.line_item(item.platform_course.lineitems_url, wanted)[:2000]
    finally:
        LineItem.objects.filter(pk=item.pk).update(url=item.url, claimed_at=None)
    return item.url


def _points_of(item: LineItem) -> Decimal | None:
    rubric = item.prompt.rubric_for(item.kind)
    return rubric.highest_points if rubric else None
