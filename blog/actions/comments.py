"""Add, edit, delete and hide comments, and correct whom they address.

Every action locks the post first, so that two actions on one post take turns, and updates the ties
through ``tracking_interactions`` inside its transaction.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import access
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Comment,
    CommentRevision,
    CommentUse,
    Notification,
    Passage,
    Post,
    Revision,
    SearchEntry,
    User,
    claim_version,
    is_change_wanted,
    lock_writer,
    note_edit,
    notify,
    notify_of_comment,
    notify_of_uses,
    revocations,
    send_interactions_changed,
    tracking_interactions,
    update_cases,
)
from blog.queries.comments import possible_addressees, widest_audience
from blog.queries.mentions import mentioned_people
from blog.queries.passages import passage_selected
from blog.text import RENDERER_VERSION, Rendered
from blog.text.passages import Selection

State = Comment.State

# By new state: the states from which the teaching team can hide or show a comment.
TRANSITIONS = {State.HIDDEN: {State.OPEN, State.WAITING}, State.OPEN: {State.HIDDEN, State.WAITING}}

NOT_HERE = gettext_lazy("You cannot comment on this post.")
PARENT_GONE = gettext_lazy(
    "The comment you are replying to is gone. You can post your text as a comment instead."
)


def add_comment(
    post: Post,
    *,
    by: User,
    text: str,
    parent: Comment | None = None,
    content_note: str = "",
    audience: int = Comment.Audience.READERS,
    rendered: Rendered | None = None,
    selection: Selection | None = None,
    passage: Passage | None = None,
    at=None,
) -> Comment:
    """Add a comment to a published post, addressed to the author of the parent or post.

    ``at`` dates it for imports; it is never later than now. Whether the course is over is judged
    by that moment, so that a finished course can be loaded. A wider ``audience`` than the post or
    the parent allows becomes the widest one. ``selection`` is the passage of the post that it is
    on, which a reply has from what it replies to; if the post does not have it or not any more,
    Refused is raised, with the field ``quotation``. ``rendered`` is the text as the post renders
    it, and ``passage`` what ``passage_selected`` returned for it, if the caller has asked for them
    before a transaction of its own.
    """
    access.require(access.can_add_comment(by, post), str(NOT_HERE))
    rendered = rendered or post.render_comment(text)
    if selection and not parent:
        passage = passage or passage_selected(post, selection, by)
    searched = post.revision
    with transaction.atomic():
        has_changed = post.lock_row()
        lock_writer(by)
        # Under the lock, so that the comments on a post arrive in the order of their times.
        now = timezone.now()
        written = min(at or now, now)
        _refuse_closed(post, written)
        if has_changed:  # it may be for fewer people now
            access.require(access.can_add_comment(by, post), str(NOT_HERE))
        if parent is not None:
            parent = _open_parent(parent, post, by)
        if selection and passage and not _is_as_searched(passage, searched, post):
            passage = passage_selected(post, selection, by)
        comment = Comment.objects.create(
            post=post,
            parent=parent,
            author=by,
            addressee=parent.author if parent else post.author,
            audience=min(audience, widest_audience(post, parent)),
            text=text,
            content_note=content_note,
            html=rendered.html,
            renderer=RENDERER_VERSION,
            created_at=written,
            day=post.course.day_of(written),
        )
        SearchEntry.objects.keep("comment", [comment])
        if passage is not None:
            passage.comment = comment
            passage.save()
        send_interactions_changed(post.course, added=comment.interactions())
        if at is None:  # an import tells nobody
            notify_of_comment(comment, mentioned=mentioned_people(comment), is_new=True)
    return comment


def edit_comment(
    comment: Comment,
    *,
    by: User,
    text: str,
    content_note: str | None = None,
    audience: int | None = None,
) -> Comment:
    """Change the text, content note or audience of one's own comment. None changes a tie.

    A new text is marked as edited, and the former one kept, where ``Comment.edit_leaves_mark``.
    Replies of others stay as visible as they were, so a comment cannot become narrower than an
    open reply to it. Raises StaleVersion if it was edited since it was loaded.
    """
    access.require(access.can_edit_comment(by, comment), _("Only its author can change a comment."))
    rendered = comment.post.render_comment(text)
    with _locked(comment.post) as post:
        lock_writer(by)
        claim_version(comment)
        comment = _reload(comment, post)
        _refuse_deleted(comment)
        is_new_text, former_note = text != comment.text, comment.content_note
        if is_new_text:
            _mark_edit(comment, timezone.now(), is_seen=rendered.html != comment.html)
        comment.text, comment.html, comment.renderer = text, rendered.html, RENDERER_VERSION
        if content_note is not None:
            comment.content_note = content_note
        if audience is not None and audience != comment.audience:
            comment.audience = min(audience, widest_audience(post, comment.parent, comment))
            revocations.narrow_replies(comment)
        comment.save()
        if is_new_text:
            SearchEntry.objects.keep("comment", [comment])
        if comment.is_open:
            _notify_mentioned(comment)
        if is_new_text or comment.content_note != former_note:
            note_edit(comment, by=by)
        told = {"audience": int(comment.audience)}
        AuditEvent.record("comment_edited", comment, by=by, course=post.course, **told)
    return comment


def delete_comment(comment: Comment, *, by: User) -> Comment:
    """Delete one's own comment; replies stay below a tombstone."""
    access.require(access.can_edit_comment(by, comment), _("Only its author can change a comment."))
    with _locked(comment.post) as post:
        comment = _reload(comment, post)
        if not comment.is_deleted:
            revocations.delete_comment(comment, by=by)
    return comment


def restore_comment(comment: Comment, *, by: User) -> Comment:
    """Restore one's own deleted comment, with its old place and date."""
    access.require(access.can_edit_comment(by, comment), _("Only its author can change a comment."))
    with _locked(comment.post) as post:
        comment = _reload(comment, post)
        if comment.is_deleted:
            with _tracking_interactions(comment):
                comment.deleted_at = None
                comment.save(update_fields=["deleted_at"])
            update_cases(comment, by=by)
            notify_of_uses(CommentUse.objects.named().filter(comment=comment))
            AuditEvent.record("comment_restored", comment, by=by, course=post.course)
    return comment


def hide_comment(comment: Comment, *, by: User) -> Comment:
    """Hide a comment from all but its author, the post's author and the teaching team.

    Pages hide with a reason, by ``moderation.decide``.
    """
    access.require(access.can_moderate(by, comment))
    return _set_state(comment, State.HIDDEN, "comment_hidden", by=by)


def show_comment(comment: Comment, *, by: User) -> Comment:
    """Show a hidden or waiting comment to its audience."""
    access.require(access.can_moderate(by, comment))
    return _set_state(comment, State.OPEN, "comment_shown", by=by)


def correct_addressee(comment: Comment, *, by: User, addressee: User) -> Comment:
    """Change whom a comment addresses, and so whom it ties to. The default undoes a correction."""
    access.require(
        access.can_correct_addressee(by, comment),
        _("Only the author of a comment or an instructor can change who it is for."),
    )
    with _locked(comment.post) as post:
        comment = _reload(comment, post)
        if not possible_addressees(comment, by).filter(pk=addressee.pk).exists():
            raise Refused(_("Choose someone who takes part in this conversation."))
        default = comment.parent.author_id if comment.parent else post.author_id
        with _tracking_interactions(comment):
            comment.addressee = addressee
            comment.addressee_corrected = addressee.pk != default
            comment.save(update_fields=["addressee", "addressee_corrected"])
        AuditEvent.record(
            "comment_readdressed", comment, by=by, course=post.course, addressee=addressee.pk
        )
    return comment


@contextmanager
def _locked(post: Post):
    """Begin a transaction and lock the post, so that actions on it take turns."""
    with transaction.atomic():
        post.lock()
        yield post


def _tracking_interactions(comment: Comment):
    return tracking_interactions(comment.post.course, Comment.objects.filter(pk=comment.pk))


def _reload(comment: Comment, post: Post) -> Comment:
    """Return the comment's current state, after the post was locked."""
    comment = Comment.objects.select_related("parent").get(pk=comment.pk)
    comment.post = post
    return comment


def _mark_edit(comment: Comment, at, *, is_seen: bool) -> None:
    """Record that the text changes, with the former one if readers are told of it.

    They are not told where they see no change, as of a blank line. What the teaching team wanted
    changed is theirs and its writer's from then on, with all texts before it.
    """
    if is_seen and comment.edit_leaves_mark(at):
        CommentRevision.objects.create(
            comment=comment,
            text=comment.text,
            html=comment.html,
            renderer=comment.renderer,
            content_note=comment.content_note,
            audience=comment.audience,
            written_at=comment.edited_at or comment.created_at,
        )
        comment.edited_at = at
        if is_change_wanted(comment):
            comment.revisions.update(is_withheld=True)
    comment.text_changed_at = at


def _refuse_deleted(comment: Comment) -> None:
    if comment.is_deleted:
        raise Refused(_("This comment was deleted. Restore it before you edit it."))


def _refuse_closed(post: Post, written) -> None:
    if post.deleted_at or post.is_hidden or not post.is_published:
        raise Refused(_("This post is no longer published, so you cannot comment on it."))
    if post.course.day_of(written) > post.course.ends_on:
        raise Refused(_("The course has ended, so comments are closed."))


def _is_as_searched(passage: Passage, searched: Revision | None, post: Post) -> bool:
    """Return whether what a passage was looked for in is still there, now that the post is locked.

    Where another version is published since, or a decision on a name has written over this one or
    that of the passage, the post reads its version again.
    """
    versions = {one.pk: one.html for one in (passage.revision, searched) if one is not None}
    stored = Revision.objects.filter(pk__in=versions).values_list("pk", "html")
    if searched and post.revision_id == searched.pk and dict(stored) == versions:
        return True
    post.refresh_from_db(fields=["revision"])
    return False


def _open_parent(parent: Comment, post: Post, by: User) -> Comment:
    comments = post.comments.open().visible_to(by).select_related("author")
    found = comments.filter(pk=parent.pk).first()
    if found is None:
        raise Refused(PARENT_GONE)
    return found


def _set_state(comment: Comment, state: State, action: str, *, by: User) -> Comment:
    with _locked(comment.post) as post:
        comment = _reload(comment, post)
        if comment.state in TRANSITIONS[state]:
            _change_state(comment, state)
            AuditEvent.record(action, comment, by=by, course=post.course)
    return comment


def _change_state(comment: Comment, state: State) -> None:
    revocations.set_hidden(comment, state == State.HIDDEN)
    if comment.is_open:
        notify_of_comment(comment, mentioned=mentioned_people(comment))
        notify_of_uses(CommentUse.objects.named().filter(comment=comment))


def _notify_mentioned(comment: Comment) -> None:
    """Notify the people whom an open comment mentions, once, also if an edit adds the mention."""
    mentioned = mentioned_people(comment)
    notify(mentioned, Notification.Kind.MENTION, comment, by=comment.author)
