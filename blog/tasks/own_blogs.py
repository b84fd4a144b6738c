"""Read the blogs that members have connected, and make posts of their entries."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from blog.actions.blog_entries import Taking, take_entry
from blog.exceptions import NotAllowed
from blog.feeds import Entry, Feed
from blog.lookup.blogs import BlogUnreadable, Fetched, Problem, fetch_feed, is_gone
from blog.models import BlogEntry, Membership, OwnBlog, claim_row, queue_mail
from blog.models.languages import words_to_keep
from blog.models.own_blogs import (
    MAX_ENTRIES_PER_DAY,
    READ_EVERY,
    TEAM_TOLD_AFTER_FAILURES,
    TOLD_AFTER_FAILURES,
)
from blog.tasks.retries import RETRY_AFTER, next_try

logger = logging.getLogger(__name__)

BLOGS_PER_TICK = 40
SECONDS_PER_TICK = 40  # then no other one is begun: mail has to go out
SECONDS_PER_BLOG = 20  # then no other entry of it is taken now
LOOKED_FOR_AT_ONCE = 2  # entries that are not in the feed any more
LOOK_EVERY = timedelta(days=1)


@dataclass
class FeedResult:
    """The result of reading a feed: the entries taken, and those left.

    ``waiting`` counts entries that nobody has looked at yet, ``waits_fresh`` says whether any of
    them was written since the blog was connected, and ``is_all`` whether nothing is to be tried
    again.
    """

    taken: int = 0
    waiting: int = 0
    waits_fresh: bool = False
    is_all: bool = True


def read_own_blogs() -> int:
    """Read the blogs that are due; return the number of entries taken, and of new versions.

    No blog is asked inside a transaction. Whatever is wrong with one is its own.
    """
    taken, stops_at = 0, time.monotonic() + SECONDS_PER_TICK
    for pk in list(OwnBlog.objects.due().values_list("pk", flat=True)[:BLOGS_PER_TICK]):
        blog = _claim(pk)
        if blog is not None:
            with words_to_keep(blog.course):
                taken += _read(blog)
        if time.monotonic() > stops_at:
            break
    return taken


def _claim(pk: int) -> OwnBlog | None:
    """Postpone a blog for a while, so that two ticks do not read it at the same time."""
    blog = OwnBlog.objects.due().select_related("person", "course").filter(pk=pk).first()
    later = timezone.now() + RETRY_AFTER
    return blog if blog and claim_row(blog, "due_at", "stopped_at", due_at=later) else None


def _read(blog: OwnBlog) -> int:
    """Read one blog that is claimed, and store how that went."""
    started = timezone.now()
    try:
        fetched = fetch_feed(blog.feed_url, etag=blog.etag, last_modified=blog.last_modified)
    except BlogUnreadable as trouble:
        _record_problem(blog, trouble)
        return 0
    except Exception:  # of a feed that nobody has thought of: the others must not wait for it
        logger.exception("The own blog %s was not read", blog.pk)
        _record_problem(blog, BlogUnreadable(Problem.UNREACHABLE))
        return 0
    result = _take(blog, fetched.feed) if fetched.feed else FeedResult()
    _record_reading(blog, fetched, result, started=started)
    return result.taken


def _take(blog: OwnBlog, feed: Feed) -> FeedResult:
    """Take the entries of a feed, the oldest first; but those since it was connected before others.

    However much a blog has brought along, what is written now is here in time.
    """
    result, stops_at = FeedResult(), time.monotonic() + SECONDS_PER_BLOG
    blog.title, blog.address = feed.title, feed.address
    left = _left_today(blog)
    known = set(blog.entries.values_list("guid", flat=True))
    oldest_first = feed.entries[::-1]
    for entry in sorted(oldest_first, key=lambda one: not _is_fresh(blog, one)):
        is_new, is_fresh = entry.guid not in known, _is_fresh(blog, entry)
        if is_new and entry.published_at is not None and entry.published_at < blog.since:
            continue
        if time.monotonic() > stops_at or (is_new and left[is_fresh] <= 0):
            result.is_all = False
            result.waiting += is_new
            result.waits_fresh |= is_new and is_fresh
            continue
        left[is_fresh] -= is_new
        try:
            taking = take_entry(blog, entry, by=blog.person)
        except NotAllowed:  # they have just left the course
            result.is_all = False
            return result
        except Exception:  # of one entry: the others of this blog may be fine
            logger.exception("An entry of the own blog %s was not taken", blog.pk)
            taking = Taking.LATER
        result.taken += taking in (Taking.TAKEN, Taking.CHANGED)
        result.is_all &= taking is not Taking.LATER
    _look_for_missing(blog, feed.entries)
    return result


def _is_fresh(blog: OwnBlog, entry: Entry) -> bool:
    """Return whether an entry is dated since the blog was connected."""
    return entry.published_at is not None and entry.published_at >= blog.created_at


def _left_today(blog: OwnBlog) -> dict[bool, int]:
    """Return the number of entries left for today: of fresh ones, and of others."""
    today = blog.entries.filter(taken_at__gt=timezone.now() - timedelta(days=1))
    fresh = today.filter(published_at__gte=blog.created_at).count()
    return {
        True: MAX_ENTRIES_PER_DAY - fresh,
        False: MAX_ENTRIES_PER_DAY - (today.count() - fresh),
    }


def _look_for_missing(blog: OwnBlog, entries: tuple[Entry, ...]) -> None:
    """Find out which entries are gone at the blog, and tell its owner once of each.

    A feed has the newest entries alone. One that is as new as these and not among them is looked
    for at its page; a blog that does not answer says nothing.
    """
    guids = [entry.guid for entry in entries]
    blog.entries.filter(guid__in=guids).exclude(gone_at=None).update(gone_at=None)
    dates = [entry.published_at for entry in entries if entry.published_at is not None]
    now = timezone.now()
    missing: QuerySet[BlogEntry] = blog.entries.filter(gone_at=None, post__deleted_at=None)
    missing = missing.exclude(guid__in=guids).exclude(address="").exclude(post=None)
    if dates:
        missing = missing.filter(published_at__gte=min(dates))
    looked_for = missing.exclude(checked_at__gt=now - LOOK_EVERY).select_related("post")
    for entry in looked_for[:LOOKED_FOR_AT_ONCE]:
        is_missing = is_gone(entry.address)
        rows = BlogEntry.objects.filter(pk=entry.pk, gone_at=None)
        if rows.update(checked_at=now, gone_at=now if is_missing else None) and is_missing:
            key = f"own_entry_gone:{entry.pk}"
            queue_mail(blog.person, "own_entry_gone", key=key, entry=entry.pk)


def _record_reading(blog: OwnBlog, fetched: Fetched, result: FeedResult, *, started) -> None:
    """Store that a blog was read; where something was left, the next reading gets all of it.

    Fresh entries that were left are dated as if nobody had looked.
    """
    OwnBlog.objects.filter(pk=blog.pk).update(
        title=blog.title,
        address=blog.address,
        etag=fetched.etag if result.is_all else "",
        last_modified=fetched.last_modified if result.is_all else "",
        read_at=blog.read_at if result.waits_fresh else started,
        waiting=result.waiting,
        due_at=timezone.now() + READ_EVERY,
        problem="",
        failing_since=None,
        failures=0,
    )
    if fetched.is_moved:
        _follow(blog, fetched.url)


def _follow(blog: OwnBlog, feed_url: str) -> None:
    """Read a blog where its feed has moved to for good, unless somebody has connected that."""
    try:
        with transaction.atomic():
            OwnBlog.objects.connected().filter(pk=blog.pk).update(feed_url=feed_url)
    except IntegrityError:
        logger.info("The own blog %s has moved to that of somebody else", blog.pk)


def _record_problem(blog: OwnBlog, trouble: BlogUnreadable) -> None:
    """Store the problem, try again later each time, and notify the owner if it goes on.

    The instructors of the course find it in its settings, and are notified if it is not repaired.
    """
    now = timezone.now()
    failures = min(blog.failures + 1, 10)
    since = blog.failing_since or now
    asked = now + timedelta(seconds=trouble.retry_seconds)
    OwnBlog.objects.filter(pk=blog.pk).update(
        problem=trouble.problem.value,
        failing_since=since,
        failures=failures,
        due_at=max(next_try(failures), asked),
    )
    key = f"own_blog_broken:{blog.pk}:{since:%Y%m%d%H%M%S}"
    if failures == TOLD_AFTER_FAILURES:
        queue_mail(blog.person, "own_blog_broken", key=key, own_blog=blog.pk)
    if failures == TEAM_TOLD_AFTER_FAILURES:
        team = blog.course.memberships.active().filter(role=Membership.Role.INSTRUCTOR)
        for member in team.select_related("user"):
            own_key = f"{key}:{member.user_id}"
            queue_mail(member.user, "own_blog_broken_team", key=own_key, own_blog=blog.pk)
