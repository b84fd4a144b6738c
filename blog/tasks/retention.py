"""Delete what has outlived its period, once a day; accounts that nobody uses are only named."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import (
    AuditEvent,
    Course,
    Draft,
    Grading,
    IdempotencyKey,
    Invitation,
    Notification,
    OutboxMessage,
    Post,
    Revision,
    User,
    Work,
    lock_courses,
)
from blog.models.cited_authors import cite_erased, lock_posts
from blog.models.erased_posts import erase_post
from blog.models.languages import words_to_keep
from blog.models.search import forget_deleted_words
from blog.queries.own_posts import RESTORABLE_FOR
from blog.tasks.audit_events import purge_audit_events
from blog.tasks.due_rows import delete_due
from blog.tasks.erased_people import GRADES_NAMED_FOR

logger = logging.getLogger(__name__)

BATCH = 500
DAY = 24 * 60 * 60  # seconds
SECONDS_BETWEEN_TRIES = 10 * 60


@dataclass(frozen=True)
class Kind:
    """A kind of rows stored for a period of days (0: for ever): those due before a moment."""

    name: str
    words: str | Promise
    due: Callable[[datetime], QuerySet]
    is_only_named: bool = False

    @property
    def days(self) -> int:
        return settings.RETENTION_DAYS[self.name]

    @property
    def before(self) -> datetime:
        return timezone.now() - timedelta(days=self.days)

    def rows(self) -> QuerySet:
        """Return the rows due now; none of a kind that is stored for ever."""
        rows = self.due(self.before).order_by("pk")
        return rows if self.days else rows.none()


def _sent_mail(before: datetime) -> QuerySet:
    return OutboxMessage.objects.filter(sent_at__lt=before)


def _notifications(before: datetime) -> QuerySet:
    return Notification.objects.filter(created_at__lt=before)


def _invitations(before: datetime) -> QuerySet:
    """Return those of courses that are over: until then files of grades name people by them."""
    return Invitation.objects.filter(sent_at__lt=before, course__ends_on__lt=before.date())


def _audit_events(before: datetime) -> QuerySet:
    return AuditEvent.objects.filter(at__lt=before)


def _deleted_posts(before: datetime) -> QuerySet:
    """Return those with words. The basis of a grade is stored as long as grades are named."""
    ended = timezone.now().date() - GRADES_NAMED_FOR
    graded = Grading.objects.filter(Q(post=OuterRef("pk")) | Q(revision__post=OuterRef("pk")))
    texts = Revision.objects.filter(post=OuterRef("pk")).exclude(text="")
    drafts = Draft.objects.of_posts().filter(post=OuterRef("pk"))
    gone = Post.objects.filter(deleted_at__lt=before - RESTORABLE_FOR)
    return gone.filter(Exists(texts) | Exists(drafts)).filter(
        ~Exists(graded) | Q(course__ends_on__lt=ended)
    )


def _sessions(before: datetime) -> QuerySet:
    return Session.objects.filter(expire_date__lt=before)


def _keys(before: datetime) -> QuerySet:
    return IdempotencyKey.objects.filter(created_at__lt=before)


def _unused_accounts(before: datetime) -> QuerySet:
    """Return people who have not signed in since; erased ones are no accounts any more."""
    seen = Coalesce("last_login", "date_joined")
    return User.objects.filter(erased_at=None).alias(seen_at=seen).filter(seen_at__lt=before)


KINDS = (
    Kind("sent_mail", gettext_lazy("sent emails"), _sent_mail),
    Kind("notifications", gettext_lazy("notifications"), _notifications),
    Kind("invitations", gettext_lazy("invitations of courses that are over"), _invitations),
    Kind("audit_events", gettext_lazy("records of who did what"), _audit_events),
    Kind("deleted_posts", gettext_lazy("words of deleted posts"), _deleted_posts),
    Kind("sessions", gettext_lazy("sessions that ran out"), _sessions),
    Kind("form_keys", gettext_lazy("keys of forms"), _keys),
    Kind("unused_accounts", gettext_lazy("accounts that nobody uses"), _unused_accounts, True),
)


def delete_outlived_today() -> int:
    """Delete due rows, each kind once a day for all processes; return how many.

    A kind that fails keeps none from its turn, and is tried again in some minutes. Its error is
    raised when the others are done.
    """
    today = timezone.now().date()
    kinds = {f"retention:{today}:{kind.name}": kind for kind in KINDS if not kind.is_only_named}
    # Read first: on SQLite even an INSERT that is refused waits for its turn to write.
    done = cache.get_many(kinds)
    deleted, failure = 0, None
    for key, kind in kinds.items():
        if key in done or not cache.add(key, True, timeout=SECONDS_BETWEEN_TRIES):
            continue
        try:
            deleted += delete_outlived(kind)
        except Exception as error:  # of one row, a lock, a file: the other kinds may be fine
            logger.exception("What outlived its period was not deleted: %s", kind.name)
            failure = error
        else:
            cache.set(key, True, timeout=DAY)
    if failure is not None:
        raise failure
    return deleted


def delete_outlived(kind: Kind) -> int:
    """Delete due rows of a kind, some at a time, so that nobody waits for long.

    Return their number. Accounts stay: to erase one is for its person, or for the institution.
    """
    if kind.is_only_named:
        return 0
    if kind.name == "audit_events":  # of which the database lets none go otherwise
        return purge_audit_events(kind.before) if kind.days else 0
    deleted = 0
    while keys := list(kind.rows().values_list("pk", flat=True)[:BATCH]):
        if kind.name == "deleted_posts":
            _erase_posts(keys)
        else:
            delete_due(kind.rows().filter(pk__in=keys).order_by())
        deleted += len(keys)
    if deleted and kind.name == "deleted_posts":
        with transaction.atomic():
            forget_deleted_words()
    if kind.name == "sessions":  # and what we show people of these
        delete_due(UserSession.objects.exclude(session_key__in=Session.objects.values("pk")))
    return deleted


def _erase_posts(keys: list[int]) -> None:
    """Erase the words of deleted posts, each by itself, unless it was restored meanwhile."""
    for key in keys:
        with transaction.atomic():
            cited_in = list(Work.objects.filter(post=key).values_list("course", flat=True))
            lock_posts(cited_in, Q(pk=key))
            lock_courses(cited_in)
            post = Post.objects.exclude(deleted_at=None).filter(pk=key).first()
            if post is not None:
                with words_to_keep(post.course):
                    gone, words = _("A deleted post"), _("This post was deleted.")
                erase_post(post, title=gone, words=words)
                for course in Course.objects.filter(pk__in=cited_in):
                    cite_erased([post], course, title=gone, author=gone)
