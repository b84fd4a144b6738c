"""Comments: written, changed, taken back, hidden, and whom they answer.

Every deed locks the post first, so that two deeds under one post take turns, and tells the ties
through ``recounting`` or ``announce`` inside its transaction.
"""

import re
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import access
from blog.actions.exchanges import announce, recounting
from blog.exceptions import Refused, TextRefused
from blog.models import Audience, Comment, LogEntry, Post, User
from blog.text import RENDERER_VERSION, Rendered, render_comment

State = Comment.State

# From which states the teaching team may take a comment out of sight, and back.
TRANSITIONS = {State.HIDDEN: {State.OPEN, State.WAITING}, State.OPEN: {State.HIDDEN, State.WAITING}}

GONE = gettext_lazy(
    "The comment you answer has gone. You can send your words as a comment on the post."
)

# ¶3 as typed, unless it stands in a link or in code already.
PARAGRAPH = re.compile(r"(?<![\[`\w])¶ ?(\d{1,3})(?!\w)")


def add_comment(
    post: Post,
    *,
    by: User,
    text: str,
    parent: Comment | None = None,
    audience: int = Comment.Audience.READERS,
    at=None,
) -> Comment:
    """Write a comment under a published post, addressed to whom it answers.

    ``at`` dates it for imports; it is never later than now. The course's last day is judged on
    that moment, so that a finished course can be loaded. A wider ``audience`` than the post or
    the parent allows becomes the widest one.
    """
    rendered = render_text(text, post)
    now = timezone.now()
    written = min(at or now, now)
    with _locked(post) as post:
        _check_open(post, by, written)
        if parent is not None:
            parent = _standing_parent(parent, post)
        comment = Comment.objects.create(
            post=post,
            parent=parent,
            author=by,
            addressee=parent.author if parent else post.author,
            audience=min(audience, widest_audience(post, parent)),
            text=text,
            html=rendered.html,
            renderer=RENDERER_VERSION,
            created_at=written,
            day=post.course.day_of(written),
        )
        announce(post.course, added=Comment.objects.filter(pk=comment.pk).exchanges())
    return comment


def edit_comment(comment: Comment, *, by: User, text: str, audience: int | None = None) -> Comment:
    """Change one's own words, or who sees them. Neither touches a tie.

    Answers of others stay as visible as they were, so a comment cannot become narrower than a
    standing answer to it.
    """
    rendered = render_text(text, comment.post)
    with _locked(comment.post) as post:
        comment = _own(comment, post, by)
        _refuse_deleted(comment)
        if text != comment.text:
            comment.edited_at = timezone.now()
        comment.text, comment.html, comment.renderer = text, rendered.html, RENDERER_VERSION
        if audience is not None and audience != comment.audience:
            comment.audience = min(audience, widest_audience(post, comment.parent))
            _narrow_answers(comment)
        comment.save()
        LogEntry.record("comment_edited", comment, by=by, course=post.course)
    return comment


def delete_comment(comment: Comment, *, by: User) -> Comment:
    """Take one's own comment back; answers keep their place below a tombstone."""
    with _locked(comment.post) as post:
        comment = _own(comment, post, by)
        if not comment.is_deleted:
            with _recounting(comment):
                comment.deleted_at = timezone.now()
                comment.save(update_fields=["deleted_at"])
            LogEntry.record("comment_deleted", comment, by=by, course=post.course)
    return comment


def restore_comment(comment: Comment, *, by: User) -> Comment:
    """Undo a deletion: the comment stands where and when it stood."""
    with _locked(comment.post) as post:
        comment = _own(comment, post, by)
        if comment.is_deleted:
            with _recounting(comment):
                comment.deleted_at = None
                comment.save(update_fields=["deleted_at"])
            LogEntry.record("comment_restored", comment, by=by, course=post.course)
    return comment


def hide_comment(comment: Comment, *, by: User) -> Comment:
    """Take a comment out of the conversation; its writer, the post's author and the team see it."""
    return _set_state(comment, State.HIDDEN, "comment_hidden", by=by)


def show_comment(comment: Comment, *, by: User) -> Comment:
    """Put a hidden or waiting comment back into the conversation."""
    return _set_state(comment, State.OPEN, "comment_shown", by=by)


def correct_addressee(comment: Comment, *, by: User, addressee: User) -> Comment:
    """Say whom a comment answers; the tie moves there. Naming the default undoes a correction."""
    with _locked(comment.post) as post:
        comment = _again(comment, post)
        if not access.can_correct_addressee(by, comment):
            raise Refused(_("Only the writer or an instructor says whom a comment answers."))
        if not possible_addressees(comment).filter(pk=addressee.pk).exists():
            raise Refused(_("A comment answers somebody who takes part in its conversation."))
        default = comment.parent.author_id if comment.parent else post.author_id
        with _recounting(comment):
            comment.addressee = addressee
            comment.addressee_corrected = addressee.pk != default
            comment.save(update_fields=["addressee", "addressee_corrected"])
        LogEntry.record(
            "comment_readdressed", comment, by=by, course=post.course, addressee=addressee.pk
        )
    return comment


def rerender_comment(comment: Comment) -> None:
    """Render the stored text again, after a change of renderer."""
    comment.html = render_text(comment.text, comment.post).html
    comment.renderer = RENDERER_VERSION
    comment.save(update_fields=["html", "renderer"])


def possible_addressees(comment: Comment):
    """Return the people of the course whom a comment can answer: the post's author and speakers."""
    speakers = Comment.objects.on(comment.post).standing().values("author")
    return (
        User.objects.filter(Q(pk=comment.post.author_id) | Q(pk__in=speakers))
        .filter(memberships__course=comment.post.course_id)
        .exclude(pk=comment.author_id)
        .order_by("display_name", "pk")
    )


def widest_audience(post: Post, parent: Comment | None = None) -> int:
    """Return how far a comment may open: never wider than its parent, nor than the post."""
    widest = Comment.Audience.READERS
    if post.audience_now >= Audience.SIGNED_IN:
        widest = Comment.Audience.EVERYONE
    return min(widest, parent.audience) if parent else widest


def render_text(text: str, post: Post) -> Rendered:
    """Render a comment; a paragraph it names (¶3) becomes a link to it.

    Raises TextRefused for a text that is too costly, or of which nothing would be left to read.
    """
    last = len(post.revision.paragraphs) if post.revision else 0

    def link(named):
        number = int(named[1])
        return f"[¶{number}](#p{number})" if 1 <= number <= last else named[0]

    rendered = render_comment(PARAGRAPH.sub(link, text))
    if not strip_tags(rendered.html).strip():
        raise TextRefused(_("There is nothing to read in this comment yet."))
    return rendered


@contextmanager
def _locked(post: Post):
    """Open the transaction and hold the post, so that deeds under it take turns."""
    with transaction.atomic():
        yield (
            Post.objects.select_for_update(of=("self",))
            .select_related("course", "author", "revision")
            .get(pk=post.pk)
        )


def _recounting(comment: Comment):
    return recounting(comment.post.course, Comment.objects.filter(pk=comment.pk))


def _again(comment: Comment, post: Post) -> Comment:
    """Return the comment as it is now that the post is locked."""
    comment = Comment.objects.select_related("parent").get(pk=comment.pk)
    comment.post = post
    return comment


def _own(comment: Comment, post: Post, by: User) -> Comment:
    comment = _again(comment, post)
    if not access.can_edit_comment(by, comment):
        raise Refused(_("Only its writer can change a comment."))
    return comment


def _refuse_deleted(comment: Comment) -> None:
    if comment.is_deleted:
        raise Refused(_("This comment was deleted. Restore it before you change it."))


def _check_open(post: Post, by: User, written) -> None:
    if not access.can_write_post(by, post.course):
        raise Refused(_("Only members of the course who write can comment here."))
    if post.deleted_at or not post.is_published:
        raise Refused(_("This post is not published any more, so it takes no comments."))
    if post.course.day_of(written) > post.course.ends_on:
        raise Refused(_("The course has ended, and its conversations with it."))


def _standing_parent(parent: Comment, post: Post) -> Comment:
    found = post.comments.select_related("author").filter(pk=parent.pk).first()
    if found is None or not found.stands:
        raise Refused(GONE)
    return found


def _narrow_answers(comment: Comment) -> None:
    """Bring deleted answers below ``comment`` down to its audience; refuse if one stands wider."""
    below, found = [comment.pk], []
    while below:
        answers = Comment.objects.filter(parent__in=below, audience__gt=comment.audience)
        if answers.filter(deleted_at=None).exists():
            raise Refused(
                _("Others have answered this where more people read, so it cannot become narrower.")
            )
        below = list(answers.values_list("pk", flat=True))
        found += below
    Comment.objects.filter(pk__in=found).update(audience=comment.audience)


def _set_state(comment: Comment, state: State, deed: str, *, by: User) -> Comment:
    with _locked(comment.post) as post:
        comment = _again(comment, post)
        if not access.can_hide_comment(by, comment):
            raise Refused(_("Only the teaching team hides and shows comments."))
        if comment.state in TRANSITIONS[state]:
            with _recounting(comment):
                comment.state = state
                comment.save(update_fields=["state"])
            LogEntry.record(deed, comment, by=by, course=post.course)
    return comment
