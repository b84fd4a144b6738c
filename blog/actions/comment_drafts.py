"""Drafts of comments, answers and changes: by the same rules as those of posts."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog.actions.drafts import Tab, is_settled, write
from blog.exceptions import StaleDraft
from blog.models import Comment, Draft, Target, User


def save_comment_draft(
    target: Target,
    *,
    by: User,
    text: str,
    audience: int,
    version: str | None = None,
    tab: Tab | None = None,
) -> Draft:
    """Keep what is typed for a comment. Nothing typed, or nothing changed, needs no row.

    Words that their writer has sent in the meantime are no draft any more: a save that was slow
    would bring them back as if they waited still.
    """
    typed = {"text": text, "audience": audience}
    with transaction.atomic():
        lock_writer(by)
        stored = comment_draft_of(target, by)
        if _was_sent(target, by, typed):
            return stored
        if is_settled(stored, typed, tab):
            return stored
        refuse_stale_comment(stored, version, tab)
        if _needs_no_row(target, typed):
            Draft.objects.standing().at(target).by(by).delete()
            return comment_draft_of(target, by)
        write(stored, typed, tab)
    return stored


def comment_draft_of(target: Target, user: User) -> Draft:
    """Return what its writer has typed for this place, or a Draft that is not stored yet."""
    draft = Draft.objects.standing().at(target).by(user).first()
    return draft or _unwritten(target, user)


def texts_at(target: Target, user: User) -> tuple[Draft, list[Draft]]:
    """Return the draft of a place and the texts that stand beside it, by one query."""
    found = list(Draft.objects.at(target).by(user).filter(set_aside_at=None).order_by("pk"))
    for draft in found:  # so that nothing of the place is asked for again
        draft.post, draft.parent, draft.comment = target.post, target.parent, target.comment
    draft = next((draft for draft in found if not draft.is_other), None)
    return draft or _unwritten(target, user), [draft for draft in found if draft.is_other]


def _unwritten(target: Target, user: User) -> Draft:
    comment = target.comment
    return Draft(
        **target.fields,
        user=user,
        text=comment.text if comment else "",
        audience=comment.audience if comment else Comment.Audience.READERS,
        version=0,
    )


def drop_comment_draft(
    target: Target, *, by: User, version: str | None = None, tab: Tab | None = None
) -> None:
    """Forget the draft of a comment that was sent, and what its page had kept beside it.

    Words that another page saved since (``version``) were not sent: they stay.
    """
    drafts = Draft.objects.at(target).by(by)
    draft = drafts.standing().first()
    is_own = draft is not None and tab is not None and tab.saved(draft)
    if draft is not None and (is_own or version in (None, "", version_of_comment(draft))):
        draft.delete()
    if tab is not None:
        drafts.others().filter(tab=tab.key).delete()


def version_of_comment(draft: Draft) -> str:
    """Name what a writer has before them. A row's key never comes again, so neither does this."""
    return f"{draft.pk or 0}.{draft.version}"


def refuse_stale_comment(draft: Draft, version: str | None, tab: Tab | None = None) -> None:
    """Raise StaleDraft if another page has saved since. Where nothing stands, nothing is lost."""
    now = version_of_comment(draft)
    is_own = tab is not None and tab.saved(draft)
    if draft.pk and version is not None and version != now and not is_own:
        raise StaleDraft(
            _("This draft was also changed somewhere else."), stored=draft, version=now
        )


def lock_writer(user: User) -> None:
    """Let one writer's saves take turns, without holding up the conversation."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _needs_no_row(target: Target, typed: dict) -> bool:
    """Say whether nothing would be lost without a draft: no words, or those that stand there."""
    if target.comment is None:
        return not typed["text"].strip()
    return (target.comment.text, target.comment.audience) == (typed["text"], typed["audience"])


def _was_sent(target: Target, by: User, typed: dict) -> bool:
    """Say whether exactly these words stand in the conversation already."""
    if target.kind == Draft.Kind.EDIT:
        return False
    said = Comment.objects.on(target.post).by(by).standing()
    return said.filter(parent=target.parent, text=typed["text"]).exists()
