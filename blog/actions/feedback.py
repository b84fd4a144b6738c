"""Students' actions on the feedback on their work: seeing it, and replying once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused, StaleReply
from blog.models import (
    AuditEvent,
    FeedbackReply,
    Grading,
    Notification,
    Prompt,
    SeenFeedback,
    User,
    render_feedback,
)


def mark_feedback_seen(grading: Grading, *, by: User, at: datetime | None = None) -> None:
    """Record that a student has seen their released feedback as it was at a time, now by default.

    Its notification counts as seen, too. There is no audit event, which the people of the site
    could read.
    """
    access.require(access.can_read_feedback(by, grading))
    now = timezone.now()
    seen_at = min(at or now, now)
    with transaction.atomic():
        SeenFeedback.objects.update_or_create(grading=grading, defaults={"seen_at": seen_at})
        Notification.objects.of(by).filter(grading=grading).record_seen(seen_at)


def save_feedback_reply(
    prompt: Prompt, *, by: User, text: str, version: int | None = None
) -> FeedbackReply | None:
    """Store what a student will change, in one reply to the feedback on a prompt.

    It can be edited until the course ends, which keeps the former text, and no words delete it
    with all of them: None. ``version`` is the one
    the student saw, None for a first save. If a later one is stored, nothing is written and
    StaleReply is raised, unless it is the same: a second click is no conflict.
    """
    access.require(
        access.can_reply_to_feedback(by, prompt),
        _("You can write this as soon as you have feedback on this prompt."),
    )
    if prompt.course.is_over:
        raise Refused(_("The course is over, so this cannot be changed any more."), field="text")
    html = render_feedback(text)
    with transaction.atomic():
        prompt.lock()
        reply = FeedbackReply.objects.by(by).filter(prompt=prompt).first()
        if reply is not None and reply.text == text:
            return reply
        if (reply and reply.version) != version:
            raise StaleReply(
                _("You saved this in another tab. Both versions are on this page."), stored=reply
            )
        if reply is None and not html:
            raise Refused(_("Write what you will change first."), field="text")
        if reply is not None and not html:
            AuditEvent.record("feedback_reply_removed", prompt, by=by, course=prompt.course)
            reply.delete()
            return None
        if reply is None:
            reply = FeedbackReply(prompt=prompt, student=by, version=0)
        else:
            reply.revisions.create(text=reply.text, html=reply.html, written_at=reply.written_at)
            reply.edited_at = timezone.now()
        reply.text, reply.html, reply.version = text, html, reply.version + 1
        reply.save()
        AuditEvent.record(
            "feedback_reply_saved", prompt, by=by, course=prompt.course, version=reply.version
        )
    return reply
