"""Notifications: what happened that concerns somebody, kept as a pointer and never as words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.announcements import Announcement
from blog.models.charter import NormProposal
from blog.models.comments import Comment
from blog.models.courses import Course
from blog.models.extensions import Extension
from blog.models.grading import Grading
from blog.models.mail_choices import MailChoices
from blog.models.moderation import Report
from blog.models.outbox import mail_to, queue_mails
from blog.models.people import User
from blog.models.posts import Post
from blog.models.prepared_queries import prepared
from blog.models.row_visibility import sees_comment

Subject = Comment | Post | Grading | Announcement | Report | NormProposal | Extension

# The column of what a notification is about, by its model: each has one of them.
SUBJECTS: dict[type[models.Model], str] = {
    Comment: "comment",
    Post: "post",
    Grading: "grading",
    Announcement: "announcement",
    Report: "report",
    NormProposal: "proposal",
    Extension: "extension",
}

# What has waited longer is on the page of notifications alone, also for who wants a digest again.
DIGESTS_REACH_BACK = timedelta(days=14)
# The end of the keys of events that take back a decision.
EVENT_UNDONE = ":undone"
REPLIES_WAIT = timedelta(minutes=5)  # so long an edit of a new comment leaves no mark


def _exactly_one_of(columns: Iterable[str]) -> Q:
    """Return the condition that one of these columns has a value and the others have none."""
    return reduce(
        or_, (Q(**{f"{each}__isnull": each != column for each in columns}) for column in columns)
    )


class NotificationQuerySet(models.QuerySet):
    def of(self, reader):
        return self.filter(reader=reader)

    def unseen(self):
        return self.filter(seen_at=None)

    def for_digest(self, now: datetime):
        """Return the unseen ones that the next digest of their reader tells of."""
        since = now - DIGESTS_REACH_BACK
        return self.unseen().not_mailed().filter(created_at__range=(since, now))

    def record_seen(self, until: datetime) -> None:
        """Record that their reader has seen those of these that came until a time."""
        self.unseen().filter(created_at__lte=until).update(seen_at=timezone.now())

    def record_comments_seen(self, until: datetime) -> None:
        """Record that their reader has seen the comments that had arrived on a post by a time.

        A comment arrives a moment before anybody is told of it, and a thread knows the first time.
        """
        kinds = Notification.Kind
        arrived_at = Coalesce("comment__opened_at", "comment__created_at")
        of_arrivals = Q(kind__in=[kinds.REPLY, kinds.MENTION, kinds.COMMENT], arrived_at__lte=until)
        seen = self.alias(arrived_at=arrived_at).filter(of_arrivals | Q(created_at__lte=until))
        seen.unseen().update(seen_at=timezone.now())

    def not_mailed(self):
        """Return the notifications that no mail tells of, sent or waiting."""
        return self.filter(mail_key="")


class Notification(models.Model):
    """One event that concerns one reader, however many reasons there are to tell them.

    It points to what it is about and holds none of its words: whoever shows it asks
    ``visible_to`` of that, when it is shown and again when it is mailed
    (``blog.queries.notifications``). Only its reader's own pages ask whether it was seen.
    """

    class Kind(models.TextChoices):
        """The reasons, the strongest first: of several, that one is printed."""

        ANNOUNCEMENT = "announcement", _("Announcements")
        FEEDBACK = "feedback", _("Feedback on my work")
        EXTENSION = "extension", _("More time for my posts")
        DECISION = "decision", _("Decisions about what I wrote")
        REPORT = "report", _("Decisions about what I reported")
        WAITING = "waiting", _("What waits for the teaching team’s decision")
        REPLY = "reply", _("Replies to my comments")
        MENTION = "mention", _("Comments that mention me")
        COMMENT = "comment", _("Comments on my posts")
        USED = "used", _("Versions that use a comment of mine")
        GIVEN = "given", _("Posts given to me to comment on")
        IMPORTED = "imported", _("Imports from WordPress under my name")

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("reader"),
        related_name="notifications",
    )
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    event = models.CharField(max_length=80, help_text=_("A key that names the event."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    reasons = models.JSONField(default=list)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+", null=True, blank=True)
    grading = models.ForeignKey(Grading, models.CASCADE, related_name="+", null=True, blank=True)
    announcement = models.ForeignKey(
        Announcement, models.CASCADE, related_name="+", null=True, blank=True
    )
    report = models.ForeignKey(Report, models.CASCADE, related_name="+", null=True, blank=True)
    proposal = models.ForeignKey(
        NormProposal, models.CASCADE, related_name="+", null=True, blank=True
    )
    extension = models.ForeignKey(
        Extension, models.CASCADE, related_name="+", null=True, blank=True
    )
    # The key of the mail that tells of it: at most one ever does.
    mail_key = models.CharField(max_length=120, blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    # How many things it tells of beside the first, as ``visible_notifications`` has counted them.
    others = 0

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["reader", "-created_at"], name="notifications_of_a_reader"),
            models.Index(
                fields=["mail_key", "created_at"],
                condition=Q(seen_at=None),
                name="unseen_notifications_by_mail",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "event"], name="one_notification_per_reader_and_event"
            ),
            models.CheckConstraint(
                condition=_exactly_one_of(SUBJECTS.values()),
                name="notifications_are_about_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.event}: {self.reader_id}"

    def get_absolute_url(self):
        """Return the address of its subject, for its reader."""
        subject = self.subject
        if self.others:
            return reverse("course_work", args=[self.course.slug])
        if isinstance(subject, Grading):
            return f"{subject.get_absolute_url()}#feedback"
        if self.kind == self.Kind.WAITING:
            return self._address_of_decision()
        if isinstance(subject, Comment) and self.kind == self.Kind.USED:
            return reverse("comment_use_change", args=[subject.post.course.slug, subject.pk])
        return subject.get_absolute_url() if subject else ""

    def _address_of_decision(self) -> str:
        """Return the address for the team's decision about a post or comment."""
        if self.comment is None:
            return reverse("case_page", args=[self.course.slug, self.post])
        if self.comment.state == Comment.State.WAITING:
            return f"{reverse('moderation', args=[self.course.slug])}#guests"
        return reverse("case_page", args=[self.course.slug, self.comment])

    @property
    def subject(self) -> Subject | None:
        """Return the object that it is about."""
        found = self.comment or self.post or self.grading or self.announcement
        return found or self.report or self.proposal or self.extension

    @property
    def is_of_undone_decision(self) -> bool:
        """Return whether it says that a decision was taken back, and not that there is one."""
        return self.event.endswith(EVENT_UNDONE)

    def add_reasons(self, reasons: Iterable[str]) -> bool:
        """Add reasons to this instance; return whether one of them is new."""
        all_reasons = [kind for kind in self.Kind.values if kind in {*self.reasons, *reasons}]
        is_changed = all_reasons != self.reasons
        self.reasons, self.kind = all_reasons, all_reasons[0]
        return is_changed


def event_of(subject: Subject) -> str:
    """Return the key of the event that something came to be: “comment:17”."""
    return f"{subject._meta.model_name}:{subject.pk}"


def notification_to(
    reader: User,
    kind: Notification.Kind,
    about: Subject,
    *,
    event: str = "",
    mail_key: str = "",
    at: datetime | None = None,
) -> Notification:
    """Return a notification for ``store_notifications``.

    ``event`` names what happened where that is not simply that ``about`` came to be.
    ``mail_key`` is the key of the mail about the same event, if it has one of its own.
    ``at`` is when its reader learns of it, now by default.
    """
    return Notification(
        reader=reader,
        course_id=_course_of(about),
        event=event or event_of(about),
        kind=kind,
        reasons=[kind],
        mail_key=mail_key,
        created_at=at or timezone.now(),
        **{SUBJECTS[type(about)]: about},
    )


def store_notifications(notifications: Iterable[Notification], *, is_new: bool = False) -> None:
    """Store notifications inside the caller's transaction, however many, in two queries.

    Each reader has one per event: a second reason joins the first. An event that its reader has
    seen, or had a mail about, stays seen and mailed. Of events that the caller has just made
    (``is_new``) nobody has been told: that is one query.
    """
    new: dict[tuple, Notification] = {}
    for each in notifications:
        first = new.setdefault((each.reader_id, each.event), each)
        first.add_reasons(each.reasons)
        first.mail_key = first.mail_key or each.mail_key
    if not new:
        return
    readers, events = (tuple(sorted(set(some))) for some in zip(*new, strict=True))
    changed = []
    stored = [] if is_new else _stored.rows(None, events=events, readers=readers)
    for earlier in stored:
        later = new.pop((earlier.reader_id, earlier.event), None)
        if later is not None and earlier.add_reasons(later.reasons):
            changed.append(earlier)
    if new:
        Notification.objects.bulk_create(new.values(), ignore_conflicts=True)
    if changed:
        Notification.objects.bulk_update(changed, ["kind", "reasons"])


@prepared
def _stored(_shape, events: tuple, readers: tuple):
    told = Notification.objects.filter(event__in=events, reader__in=readers)
    return told.select_for_update().order_by("pk")


def notify(
    readers: Iterable[User | None],
    kind: Notification.Kind,
    about: Comment | Post | Report | NormProposal,
    *,
    by: User | None = None,
    event: str = "",
) -> None:
    """Notify people of an event inside the caller's transaction: of those, who can see it.

    Nobody is told of what they did themselves, and a reader that is None (the author of a guest's
    comment) is passed over. For a few readers, with two queries for each: whoever tells a whole
    course has decided who sees it, and calls ``store_notifications``.
    """
    store_notifications(_told(readers, kind, about, by=by, event=event))


def _told(
    readers: Iterable[User | None],
    kind: Notification.Kind,
    about: Comment | Post | Report | NormProposal,
    *,
    by: User | None = None,
    event: str = "",
) -> list[Notification]:
    return [
        notification_to(reader, kind, about, event=event)
        for reader in readers
        if reader is not None and reader != by and _sees(reader, about)
    ]


def _sees(reader: User, about: Comment | Post | Report | NormProposal) -> bool:
    if isinstance(about, Comment):
        return sees_comment(reader, about)
    return type(about)._default_manager.visible_to(reader).contains(about)


def _give_mail_keys(replies: list[Notification]) -> None:
    """Give replies to people who asked for mail about each the key of that mail."""
    readers = [each.reader_id for each in replies]
    asked_for = MailChoices.objects.filter(user__in=readers, has_replies_at_once=True)
    people = set(asked_for.values_list("user", flat=True)) if readers else set()
    for each in replies:
        if each.reader_id in people:
            each.mail_key = f"reply:{each.reader_id}:{each.event}"


def notify_of_comment(
    comment: Comment, *, mentioned: Iterable[User] = (), is_new: bool = False
) -> None:
    """Notify the people an open comment is for: addressee, author of the post, those mentioned.

    Called again, when a comment that waited or was hidden is shown, it tells nobody twice.
    ``is_new`` is for a comment that was written in this transaction.
    """
    kinds, parent = Notification.Kind, comment.parent
    replied_to = [parent.author] if parent is not None else []
    replies = _told(replied_to, kinds.REPLY, comment, by=comment.author)
    others = _told([comment.post.author], kinds.COMMENT, comment, by=comment.author)
    others += _told(mentioned, kinds.MENTION, comment, by=comment.author)
    _give_mail_keys(replies)
    # Mail comes before notifications in the order of locks. Of an event that was told already it
    # finds nothing to say.
    queue_mails(
        mail_to(each.reader, "reply", key=each.mail_key, wait=REPLIES_WAIT)
        for each in replies
        if each.mail_key
    )
    store_notifications(replies + others, is_new=is_new)


def _course_of(about: Subject) -> int:
    match about:
        case Comment():
            return about.post.course_id
        case Grading() | Extension():
            return about.prompt.course_id
        case Report():
            return about.case.course_id
        case _:
            return about.course_id
