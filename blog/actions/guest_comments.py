"""Guests' actions on their own comments: send, withdraw, restore, object; and imported ones.

A guest has no account, or none in the course. Whoever sends a comment gets a token, and whoever has
the token does the rest.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog import access
from blog.actions.comments import PARENT_GONE
from blog.exceptions import Refused, TextRefused
from blog.models import (
    AuditEvent,
    Comment,
    GuestComment,
    Post,
    SearchEntry,
    User,
    lock_writer,
    note_objection,
    revocations,
    tell_team,
    update_cases,
)
from blog.models.guest_comments import guest_mail
from blog.models.languages import words_to_keep
from blog.models.outbox import queue_mails
from blog.queries.sent_comments import SENT_ELSEWHERE, sent_before
from blog.text import RENDERER_VERSION, Rendered

MAX_LINKS = 3
# Whatever the scheme, in whatever letters; not those to footnotes, which stay on the page.
LINK = re.compile(r'<a\b[^>]*?\shref="(?!#)')
# So many comments by guests wait under one post: then the team has to decide first.
MAX_WAITING = 50


@dataclass(frozen=True)
class Origin:
    """The origin of a form; it is stored for the spam filter, by sites that have one."""

    ip: str
    user_agent: str = ""
    referrer: str = ""


def add_guest_comment(
    post: Post,
    *,
    by: User,
    key: UUID,
    text: str,
    name: str,
    email: str,
    website: str = "",
    parent: Comment | None = None,
    origin: Origin | None = None,
    language: str = "",
) -> Comment:
    """Add a comment by a guest, which waits for the spam filter or the teaching team.

    The same ``key`` twice is one comment, the first. ``by`` is a visitor, or somebody who is
    signed in and not in the course. ``parent`` is a comment on the public page. ``origin`` is None
    where no spam filter is asked. The address of the status page is mailed to ``email``, in the
    ``language`` of the page. Raises Refused.
    """
    access.require(
        access.can_comment_as_guest(by, post), _("Guests cannot comment on this post any more.")
    )
    rendered = post.render_comment(text)
    _refuse_many_links(rendered)
    with transaction.atomic():
        post.lock()
        lock_writer(by)
        if earlier := sent_before(post, key):
            return earlier
        if not access.can_comment_as_guest(by, post):
            raise Refused(_("Guests cannot comment on this post any more."))
        _refuse_many_waiting(post)
        comment = _create(
            post,
            text=text,
            rendered=rendered,
            name=name,
            parent=_shown_parent(parent, post),
            state=Comment.State.WAITING,
            at=timezone.now(),
        )
        try:
            GuestComment.objects.create(
                comment=comment,
                key=key,
                email=email,
                website=website,
                language=language,
                **_for_filter(origin),
            )
        except IntegrityError as error:  # the same form at the same moment, under another post
            raise Refused(SENT_ELSEWHERE) from error
        queue_mails([guest_mail(comment, "guest_comment_received")])
        tell_team(comment, by=_account(by))
        AuditEvent.record("guest_comment_sent", comment, by=_account(by), course=post.course)
    return comment


def withdraw_guest_comment(comment: Comment, *, by: User, token: str) -> None:
    """Withdraw one's own comment; replies to it stay below a tombstone."""
    access.require(access.can_follow_guest_comment(by, comment, token))
    with _locked(comment):
        if not comment.is_deleted:
            revocations.withdraw_guest_comment(comment, by=_account(by))


def restore_guest_comment(comment: Comment, *, by: User, token: str) -> None:
    """Restore one's own withdrawn comment, in the state it had."""
    access.require(access.can_follow_guest_comment(by, comment, token))
    with _locked(comment):
        if not comment.is_deleted:
            return
        comment.deleted_at = None
        comment.save(update_fields=["deleted_at"])
        update_cases(comment, by=None)
        tell_team(comment, by=None)
        course = comment.post.course
        AuditEvent.record("guest_comment_restored", comment, by=_account(by), course=course)


def object_to_decision(comment: Comment, *, by: User, token: str, text: str) -> None:
    """Object to one's own comment not being published, once to each decision; the team reads it."""
    access.require(access.can_follow_guest_comment(by, comment, token))
    with transaction.atomic():
        comment.post.lock()
        comment.refresh_from_db()
        guest = GuestComment.objects.get(pk=comment.pk)
        guest.comment = comment
        if comment.state != Comment.State.HIDDEN or comment.is_deleted:
            raise Refused(_("You can object only to a comment that is not published."))
        if guest.has_open_objection:
            raise Refused(_("You have already objected. The teaching team reads it."))
        guest.objection, guest.objected_at = text, timezone.now()
        guest.save(update_fields=["objection", "objected_at"])
        note_objection(comment, text)
        course = comment.post.course
        AuditEvent.record("guest_objected", comment, by=_account(by), course=course)


def import_guest_comment(post: Post, *, by: User, text: str, name: str, day: date) -> Comment:
    """Add a comment that a guest wrote elsewhere on a day, with no more than the day known.

    Without a ``name`` it is an anonymous guest's. It shows at once, under its own date.
    """
    access.require(
        access.can_import_guest_comment(by, post),
        _("Only instructors can add comments by guests, and only on a public post."),
    )
    if day > post.course.today():
        raise Refused(_("This day is in the future. Choose today or an earlier day."), field="day")
    rendered = post.render_comment(text)
    with words_to_keep(post.course):
        nameless = _("Anonymous guest")
    with transaction.atomic():
        post.lock()
        if not post.is_public:
            raise Refused(_("This post is not public any more."))
        comment = _create(
            post,
            text=text,
            rendered=rendered,
            name=name or nameless,
            parent=None,
            state=Comment.State.OPEN,
            # Noon is this day wherever the course is.
            at=datetime.combine(day, time(12), tzinfo=post.course.zone),
            day_only=True,
            opened_at=timezone.now(),
        )
        GuestComment.objects.create(comment=comment, is_imported=True)
        AuditEvent.record("guest_comment_imported", comment, by=by, course=post.course)
    return comment


def _create(
    post: Post, *, rendered: Rendered, name: str, parent: Comment | None, at: datetime, **fields
) -> Comment:
    """Create a comment for everybody, without an author: no guest makes a tie."""
    comment = Comment.objects.create(
        post=post,
        parent=parent,
        guest_name=name,
        addressee=parent.author if parent else post.author,
        audience=Comment.Audience.EVERYONE,
        html=rendered.html,
        renderer=RENDERER_VERSION,
        created_at=at,
        day=post.course.day_of(at),
        **fields,
    )
    SearchEntry.objects.keep("comment", [comment])
    return comment


def _account(by: User) -> User | None:
    """Return the account of a guest who is signed in for other courses, for the audit log."""
    return by if by.is_authenticated else None


def _for_filter(origin: Origin | None) -> dict:
    """Return the data stored for the spam filter; nothing for a site without one."""
    if origin is None:
        return {}
    return {
        "ip": origin.ip,
        "user_agent": origin.user_agent[:300],
        "referrer": origin.referrer[:300],
        "spam_check": GuestComment.SpamCheck.DUE,
        "due_at": timezone.now(),
    }


def _shown_parent(parent: Comment | None, post: Post) -> Comment | None:
    """Return the parent as it is now, if everybody can see it."""
    if parent is None:
        return None
    shown = post.comments.open().on_public_page()
    found = shown.select_related("author").filter(pk=parent.pk).first()
    if found is None:
        raise Refused(PARENT_GONE)
    return found


def _refuse_many_links(rendered: Rendered) -> None:
    if len(LINK.findall(rendered.html)) > MAX_LINKS:
        raise TextRefused(
            ngettext(
                "A comment can have %(count)d link. Remove some.",
                "A comment can have %(count)d links. Remove some.",
                MAX_LINKS,
            )
            % {"count": MAX_LINKS}
        )


def _refuse_many_waiting(post: Post) -> None:
    waiting = GuestComment.objects.filter(
        comment__post=post, comment__state=Comment.State.WAITING, comment__deleted_at=None
    )
    if waiting.count() >= MAX_WAITING:
        raise Refused(
            _(
                "Too many comments on this post wait for a decision, so you cannot send one "
                "today. Copy your text below, and send it another day."
            )
        )


@contextmanager
def _locked(comment: Comment) -> Iterator[None]:
    with transaction.atomic():
        comment.post.lock()
        comment.refresh_from_db(fields=["deleted_at", "state"])
        yield
