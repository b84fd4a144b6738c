"""Notifications in words: the same sentence on the page, and in both parts of a mail."""

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.models import (
    Announcement,
    Comment,
    Extension,
    Grading,
    NormProposal,
    Notification,
    Post,
    Report,
    User,
    name_for,
)
from blog.templatetags.dates import at_time
from blog.text.lists import isolated

register = template.Library()

EXCERPT_WORDS = 40

Kind = Notification.Kind
SENTENCES = {
    (Kind.ANNOUNCEMENT, Announcement): gettext_lazy("%(name)s announced: %(title)s"),
    (Kind.FEEDBACK, Grading): gettext_lazy("Feedback on %(title)s"),
    (Kind.DECISION, Comment): gettext_lazy(
        "The teaching team has decided about your comment on %(title)s"
    ),
    (Kind.DECISION, Post): gettext_lazy("The teaching team has decided about your post %(title)s"),
    # It names nothing: what was reported may be hidden from its reporter now.
    (Kind.REPORT, Report): gettext_lazy(
        "The teaching team has decided about something that you reported"
    ),
    (Kind.DECISION, NormProposal): gettext_lazy(
        "An instructor has decided about your proposal for the charter"
    ),
    (Kind.WAITING, Comment): gettext_lazy("A comment on %(title)s waits for your decision"),
    (Kind.WAITING, Post): gettext_lazy("A post waits for your decision: %(title)s"),
    (Kind.REPLY, Comment): gettext_lazy("%(name)s replied to your comment on %(title)s"),
    (Kind.MENTION, Comment): gettext_lazy("%(name)s mentioned you in a comment on %(title)s"),
    (Kind.COMMENT, Comment): gettext_lazy("%(name)s commented on %(title)s"),
    (Kind.USED, Comment): gettext_lazy(
        "%(author)s used your comment in a new version of %(title)s"
    ),
    (Kind.USED, Post): gettext_lazy("%(author)s used a comment of yours in the post %(title)s"),
    (Kind.GIVEN, Post): gettext_lazy("A post for you to comment on: %(title)s by %(name)s"),
    (Kind.IMPORTED, Post): gettext_lazy(
        "Imported from WordPress under your name: the post %(title)s"
    ),
    (Kind.IMPORTED, Comment): gettext_lazy(
        "Imported from WordPress under your name: a comment on %(title)s"
    ),
}
HAS_MORE_TIME = gettext_lazy("You have more time for %(title)s, until %(moment)s")
HAS_NO_MORE_TIME = gettext_lazy("You no longer have more time for %(title)s")
# Of feedback that no post of its reader's shows: on their comments, or without a post.
APART = {
    Grading.Kind.COMMENTS: gettext_lazy("Feedback on your comments for %(title)s"),
    Grading.Kind.POST: gettext_lazy("Feedback on the prompt %(title)s"),
}
# Of decisions that were taken back.
UNDONE = {
    (Kind.DECISION, Comment): gettext_lazy(
        "The teaching team took back its decision about your comment on %(title)s"
    ),
    (Kind.DECISION, Post): gettext_lazy(
        "The teaching team took back its decision about your post %(title)s"
    ),
    (Kind.REPORT, Report): gettext_lazy(
        "The teaching team took back its decision about something that you reported"
    ),
}
OF_ANY_KIND = gettext_lazy("News about %(title)s")


@register.filter
def in_words(notification: Notification, reader: User) -> str:
    """Return an event as a sentence for its reader; whoever prints it escapes it."""
    subject = notification.subject
    sentences = SENTENCES | UNDONE if notification.is_of_undone_decision else SENTENCES
    sentence = sentences.get((Kind(notification.kind), type(subject)), OF_ANY_KIND)
    if isinstance(subject, Extension):
        sentence = HAS_NO_MORE_TIME if subject.taken_back_at else HAS_MORE_TIME
    elif isinstance(subject, Grading) and not subject.has_open_post:
        sentence = APART[Grading.Kind(subject.kind)]
    elif notification.others:
        sentence = _of_several(subject, notification.others + 1)
    post = subject.post if isinstance(subject, Comment) else subject
    return str(sentence) % {
        "name": isolated(str(_name_of(subject, reader))),
        "author": isolated(name_for(post.author, reader)) if isinstance(post, Post) else "",
        "title": isolated(_title_of(subject)),
        "moment": _moment_of(subject),
        "n": notification.others + 1,
    }


def _of_several(subject: object, n: int) -> str:
    """Return the sentence for so much that an import has brought under its reader’s name."""
    if isinstance(subject, Comment):
        return ngettext(
            "%(n)d comment was imported from WordPress under your name, on %(title)s",
            "%(n)d comments were imported from WordPress under your name, the first on %(title)s",
            n,
        )
    return ngettext(
        "%(n)d thing was imported from WordPress under your name: %(title)s",
        "%(n)d things were imported from WordPress under your name, the first is %(title)s",
        n,
    )


@register.filter
def excerpt(notification: Notification, reader: User) -> str:
    """Return the first words of the comment that a notification is of, if it is by somebody else.

    Of nothing else: feedback and grades are never sent, and one's own words are known. Nor of a
    comment that is folded for its reader.
    """
    by_others = {Kind.REPLY, Kind.MENTION, Kind.COMMENT}
    comment = notification.comment
    if comment is None or notification.kind not in by_others or comment.is_folded_for(reader):
        return ""
    words = comment.shown_excerpt.split()
    return Truncator(" ".join(words)).words(EXCERPT_WORDS)


def _title_of(subject) -> str:
    if isinstance(subject, Comment):
        return str(subject.post)
    if isinstance(subject, Grading):
        return str(subject.post) if subject.has_open_post else subject.prompt.title
    if isinstance(subject, Extension):
        return subject.prompt.title
    return str(subject)


def _moment_of(subject) -> str:
    return at_time(subject.until, subject.prompt.course) if isinstance(subject, Extension) else ""


def _name_of(subject, reader: User) -> str:
    """Return the name of whoever did it; a guest, who typed one, is said to be a guest."""
    if isinstance(subject, Grading | Report | NormProposal | Extension):
        return ""
    if isinstance(subject, Comment) and subject.author_id is None:
        return _("%(name)s, guest,") % {"name": isolated(subject.guest_name)}
    return isolated(name_for(subject.author, reader))
