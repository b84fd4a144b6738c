"""Contents of mails, read when they are sent: who can see what has changed since then.

A mail that has nothing to say any more is not sent.
"""

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.models import (
    Announcement,
    AuditEvent,
    Course,
    GuestComment,
    MailChoices,
    MailKind,
    Membership,
    Message,
    Notification,
    OutboxMessage,
    Post,
    Takeout,
    User,
    choices_of,
    name_for,
    unsubscribe_address,
)
from blog.queries.feedback import own_released_grades
from blog.queries.notifications import MAX_LISTED, visible_notifications
from blog.queries.own_blogs import own_blog_mail
from blog.queries.students_who import students_who
from blog.queries.waiting_posts import posts_without_comments
from blog.signals import digest_written

# The kind of each template, by which its recipient can stop it. Mail of other templates is not
# stopped: its recipient has asked for it.
KINDS = {
    "digest": MailKind.DIGEST,
    "reply": MailKind.REPLIES,
    "announcement": MailKind.ANNOUNCEMENTS,
    "feedback_released": MailKind.FEEDBACK,
    "feedback_edited": MailKind.FEEDBACK,
    "extension": MailKind.EXTENSIONS,
}
# Where the course of a mail is, by what else it is about.
COURSES: dict[str, Callable[[Any], Any]] = {
    "course": lambda course: course,  # its title, in mail that an earlier release queued
    "announcement": attrgetter("course"),
    "message": attrgetter("prompt.course"),
    "notification": attrgetter("course"),
    "takeout": attrgetter("course"),
}
OWN_BLOG_MAILS = frozenset(
    {"own_blog_broken", "own_blog_broken_team", "own_blog_stopped", "own_entry_gone"}
)
HTML_TEMPLATES = frozenset({"digest", "reply", "announcement"})


def mail_context(message: OutboxMessage) -> dict | None:
    """Return the context of a mail's templates, or None if there is nothing to send any more.

    Its recipient comes with their memberships of now. ``stop_address`` stops mail of this kind,
    in one click.
    """
    if message.invitation is not None:
        return _invitation(message)
    if message.guest is not None:
        return {**message.context, "post": _title_for(message.guest)}
    recipient = message.recipient
    if message.template == "message" and recipient is not None:
        return _message(message, recipient)
    if message.template == "takeout_ready" and recipient is not None:
        return _takeout(message, recipient)
    if message.template == "takeout_again" and recipient is not None:
        return _takeout_again(recipient)
    if message.template == "course_date" and recipient is not None:
        return _course_date(message, recipient)
    if message.template == "course_date_changed" and recipient is not None:
        return _course_date_changed(message, recipient)
    if message.template == "name_withholding_asked" and recipient is not None:
        return _name_withholding(message, recipient)
    if message.template in OWN_BLOG_MAILS and recipient is not None:
        return own_blog_mail(message, recipient)
    if message.template == "name_decided" and recipient is not None:
        return _name_decided(message, recipient)
    if message.template == "course_name_given" and recipient is not None:
        return _course_name_given(message, recipient)
    kind = KINDS.get(message.template)
    if kind is None or recipient is None:
        return {"recipient": recipient, **message.context}
    choices = choices_of(recipient)
    content = _content(message, recipient, choices) if choices.wants(kind) else None
    if content is None:
        return None
    return {
        "recipient": recipient,
        "choices": choices,
        "site": settings.SITE_URL,
        "choices_address": settings.SITE_URL + reverse("mail_choices_edit"),
        "stop_address": unsubscribe_address(recipient, kind),
        **content,
    }


def course_of_mail(context: Mapping[str, Any]) -> Course | None:
    """Return the course that a mail is about, from its context.

    A digest of several is about the first if all of them speak one language, else about none.
    """
    if "courses" in context:
        courses = [course for course, *_parts in context["courses"]]
        return courses[0] if len({course.language for course in courses}) == 1 else None
    found = (way(context[name]) for name, way in COURSES.items() if name in context)
    return next((course for course in found if isinstance(course, Course)), None)


def _invitation(message: OutboxMessage) -> dict | None:
    """Return an invitation with its link, unless it is accepted, withdrawn or sent again since."""
    invitation = message.invitation
    is_last = message.key.endswith(f":{invitation.sendings}") if invitation else False
    if invitation is None or not invitation.is_open or not is_last:
        return None
    return {
        "invitation": invitation,
        "course": invitation.course,
        "address": settings.SITE_URL + invitation.path,
    }


def _takeout(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return the address of a file of everything, unless it is gone again."""
    takeout = Takeout.objects.of(recipient).ready().filter(pk=mail.context["takeout"]).first()
    if takeout is None:
        return None
    address = settings.SITE_URL + reverse("takeout_list")
    return {"recipient": recipient, "takeout": takeout, "address": address}


def _takeout_again(recipient: User) -> dict | None:
    """Return the address of new files, unless they are there: then a later mail has said so.

    This one waits for the day, and the one of a file that is ready does not.
    """
    found = Takeout.objects.of(recipient)
    if not found.exclude(state=Takeout.State.READY).exists():
        return None
    return {"recipient": recipient, "address": settings.SITE_URL + reverse("takeout_list")}


def _course_date(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return a course's changes on a day, unless that day was changed or cancelled."""
    course, field = Course.objects.filter(pk=mail.context["course"]).first(), mail.context["field"]
    if course is None:
        return None
    day, membership = getattr(course, field), recipient.membership_in(course)
    if membership is None or str(day) != mail.context["day"]:
        return None
    takeouts = reverse("takeout_list", query={"course": course.pk})
    grades = reverse("gradebook_exports", args=[course.slug])
    is_instructor = membership.role == Membership.Role.INSTRUCTOR
    return {
        "takeout_address": settings.SITE_URL + takeouts,
        "grades_address": settings.SITE_URL + grades if is_instructor else "",
        "recipient": recipient,
        "course": course,
        "field": field,
        "day": day,
        "address": settings.SITE_URL + course.get_absolute_url(),
    }


def _course_date_changed(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return which day a course has now instead of one, unless it has that one again."""
    context = mail.context
    course, field = Course.objects.filter(pk=context["course"]).first(), context["field"]
    if course is None or recipient.membership_in(course) is None:
        return None
    day = getattr(course, field)
    if str(day) == context["before"]:
        return None
    return {
        "recipient": recipient,
        "course": course,
        "field": field,
        "before": date.fromisoformat(context["before"]),
        "day": day,
        "address": settings.SITE_URL + course.get_absolute_url(),
    }


def _name_withholding(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return who asks an instructor to withhold their name, unless it is settled by now."""
    asking = Membership.objects.exclude(confidentiality_asked_at=None)
    found = asking.filter(pk=mail.context["membership"]).select_related("course", "user").first()
    if found is None or not access.can_withhold_names(recipient, found.course):
        return None
    page = reverse("member_name", args=[found.course.slug, found.user.username])
    return {
        "recipient": recipient,
        "course": found.course,
        "person": found.user,
        "address": settings.SITE_URL + page,
    }


def _course_name_given(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return who has another course name, as a list tells the one that they chose."""
    found = recipient.memberships.filter(pk=mail.context["membership"], is_confidential=True)
    membership = found.select_related("course").first()
    if membership is None:
        return None
    address = settings.SITE_URL + reverse("profile_edit")
    return {"recipient": recipient, "course": membership.course, "address": address}


def _name_decided(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return whose name was withheld or shown again, unless there is a later decision."""
    event = AuditEvent.objects.filter(pk=mail.context["event"]).select_related("actor").first()
    if event is None:
        return None
    found = recipient.memberships.filter(course=event.course_id).select_related("course")
    membership = found.first()
    if membership is None or membership.is_confidential != (event.action == "name_withheld"):
        return None
    page = "name_withhold_ask" if recipient.membership_in(membership.course) else ""
    return {
        "recipient": recipient,
        "course": membership.course,
        "is_withheld": membership.is_confidential,
        "by": name_for(event.actor, recipient) if event.actor else "",
        "address": settings.SITE_URL + reverse(page, args=[membership.course.slug]) if page else "",
    }


def _message(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return a message of an instructor, unless it was withdrawn or says what is so no more.

    Its reader has left, or has posted or commented since, or its author teaches no more.
    """
    found = Message.objects.filter(withdrawn_at=None, students=recipient)
    message = (
        found.select_related("prompt__course", "author").filter(pk=mail.context["message"]).first()
    )
    if message is None:
        return None
    prompt, author = message.prompt, message.author
    [groups] = students_who([prompt], prompt.course, author).values()
    if recipient.pk not in groups[message.to]:
        return None
    return {"recipient": recipient, "message": message, "reply_to": author.email}


def _title_for(guest: GuestComment) -> str:
    """Return the title of the post that a guest has commented on, as long as they may read it."""
    post = guest.comment.post
    return post.title if post.is_public else _("a post that is not public now")


def _content(message: OutboxMessage, recipient: User, choices: MailChoices) -> dict | None:
    match message.template:
        case "digest":
            return _digest(message, recipient, choices)
        case "reply":
            return _reply(message, recipient)
        case "announcement":
            return _announcement(message, recipient)
        case "extension":
            return _extension(message, recipient)
        case "feedback_released" | "feedback_edited" if "prompt_id" in message.context:
            return _feedback(message, recipient)
        case _:
            return message.context


def _digest(message: OutboxMessage, recipient: User, choices: MailChoices) -> dict | None:
    """Return the notifications of a digest by course: those unseen, wanted and visible now.

    With them come questions to its reader, of which other apps tell. Of very many notifications
    it has the newest, and ``has_more``: the others are on their reader's page.
    """
    own = Notification.objects.of(recipient).unseen().filter(mail_key=message.key)
    wanted = [each for each in own.order_by("pk") if set(each.reasons) - set(choices.left_out)]
    shown = visible_notifications(recipient, wanted)
    questions = _questions(recipient, message.key)
    if not shown and not questions:
        return None
    has_more, shown = len(shown) > MAX_LISTED, shown[-MAX_LISTED:]
    told: dict[int, list[Notification]] = {key: [] for key in questions}
    for each in sorted(shown, key=attrgetter("pk")):
        told.setdefault(each.course_id, []).append(each)
    in_order = sorted(
        (m.course for m in recipient.memberships_now if m.course_id in told),
        key=attrgetter("title", "pk"),
    )
    courses = [
        (each, told[each.pk], questions.get(each.pk, []), _waiting_posts(recipient, each))
        for each in in_order
    ]
    return {"courses": courses, "has_more": has_more, "sent_at": timezone.now()}


def _questions(reader: User, mail_key: str) -> dict[int, list]:
    """Return the questions to a reader that a digest tells of, by the key of their course."""
    found: dict[int, list] = {}
    answers: list[tuple[Any, Any]] = digest_written.send(
        sender=None, reader=reader, mail_key=mail_key
    )
    for _receiver, questions in answers:
        for course, listed in questions.items():
            found.setdefault(course, []).extend(listed)
    return found


def _waiting_posts(reader: User, course: Course) -> list[Post]:
    """Return the few posts that wait for a first comment, for a student who can write it."""
    membership = reader.membership_in(course)
    if membership is None or not membership.is_student:
        return []
    waiting = posts_without_comments(reader, course)
    for post in waiting:
        post.course = course
    return waiting


def _reply(message: OutboxMessage, recipient: User) -> dict | None:
    """Return the one notification of a mail about a reply, if it is unseen and visible."""
    own = Notification.objects.of(recipient).unseen().filter(mail_key=message.key)
    shown = visible_notifications(recipient, own)
    return {"notification": shown[0]} if shown else None


def _feedback(message: OutboxMessage, recipient: User) -> dict | None:
    """Return where the feedback is, as long as its student can read it: it may be taken back."""
    own = own_released_grades(recipient).filter(prompt=message.context["prompt_id"])
    grading = own.select_related("prompt__course", "post").order_by("-kind", "pk").first()
    if grading is None:
        return None
    address = f"{settings.SITE_URL}{grading.get_absolute_url()}#feedback"
    return {**message.context, "course": grading.prompt.course, "address": address}


def _extension(message: OutboxMessage, recipient: User) -> dict | None:
    """Return an extension as it is now, unless a later mail tells of it."""
    own = Notification.objects.of(recipient).filter(mail_key=message.key)
    shown = visible_notifications(recipient, own)
    return {"extension": shown[0].extension, "course": shown[0].course} if shown else None


def _announcement(message: OutboxMessage, recipient: User) -> dict | None:
    """Return an announcement, unless it was withdrawn or its reader has left the course."""
    visible = Announcement.objects.visible_to(recipient).sent().for_list()
    announcement = visible.filter(pk=message.context["announcement"]).first()
    return {"announcement": announcement} if announcement else None
