"""Start, save and discard drafts; a draft is never overwritten unseen."""

from collections.abc import Sequence
from datetime import date, datetime
from secrets import token_hex

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused, StaleDraft
from blog.models import (
    Course,
    Draft,
    DraftTarget,
    Post,
    PostTarget,
    Prompt,
    Tab,
    User,
    lock_writer,
    one_active_post,
)
from blog.text.slugs import slug_of_draft


def start_post(
    course: Course,
    *,
    by: User,
    prompt: Prompt | None = None,
    title: str = "",
    text: str = "",
    content_note: str = "",
    audience: int | None = None,
    public_until_day: date | None = None,
    used_comments: Sequence[int] = (),
    at: datetime | None = None,
    tab: Tab | None = None,
) -> Post:
    """Create a post with its first draft. An author has one active post per prompt.

    Until it is published its address is made of its key, so that a tab in which somebody still
    types can be redirected to the post after its title has given it a better one.
    """
    access.require(access.can_write_post(by, course))
    at = at or timezone.now()
    if prompt is not None and not prompt.is_open_at(at):
        raise Refused(_("This prompt is not open yet."))
    if prompt is not None and prompt.is_archived:
        raise Refused(_("This prompt is archived, so no new posts can be written for it."))
    if audience is None:
        audience = min(course.default_audience, course.widest_audience_for(prompt))
    with transaction.atomic(), one_active_post(prompt, by):
        lock_writer(by)
        post = Post.objects.create(
            course=course,
            author=by,
            prompt=prompt,
            title=title,
            slug=token_hex(16),
            audience=audience,
            created_at=at,
        )
        post.slug = slug_of_draft(post.pk)
        post.save(update_fields=["slug"])
        Draft.objects.create(
            **PostTarget(post).fields,
            user=by,
            title=title,
            text=text,
            content_note=content_note,
            audience=audience,
            public_until_day=public_until_day,
            used_comments=list(used_comments),
            updated_at=at,
            tab=tab and tab.key,
            seq=tab.seq or 0 if tab else 0,
        )
    return post


def save_draft(
    target: DraftTarget,
    *,
    by: User,
    version: str | None = None,
    tab: Tab | None = None,
    is_paced: bool = False,
    **content,
) -> Draft:
    """Save a draft, without changing what is published.

    ``content`` has the fields of a Draft that were edited; the others stay. ``version`` names the
    state that the writer edited (``DraftTarget.version_of``). If something else was saved or
    published since, or the post has other readers now, StaleDraft is raised and nothing is
    overwritten. Saving what is stored already changes nothing; what equals the published text
    needs no row, so the Draft returned for it is not stored.

    ``tab`` lets a tab go on after a save whose response was lost: what is stored is its own, so
    there is no conflict. A save that arrives after a later one of its tab is ignored. Nor is there
    one where two tabs differ in the comments that they check alone: the draft has those of both.

    ``is_paced`` is for a page that saves by itself: SavesTooOften stops one that does not rest.
    """
    access.require(access.can_edit_draft(by, target))
    with transaction.atomic():
        target.lock_to_save(by)
        draft = target.draft_by(by)
        if target.is_published(content, by, version):
            return draft
        target.refuse_other_readers(draft, version)
        if draft.is_settled(content, tab):
            return draft
        try:
            target.refuse_stale(draft, version, tab)
        except StaleDraft:
            merged = draft.with_boxes_of(content)
            if merged is None:
                raise
            content, draft.is_merged = merged, True
        if target.needs_no_draft(content):
            target.drafts_by(by).current().delete()
            return target.draft_by(by)
        if is_paced:
            draft.keep_pace()
        target.before_save(draft)
        draft.write(content, tab)
        target.after_save(draft)
    return draft


def discard_draft(
    target: DraftTarget, *, by: User, version: str | None = None, tab: Tab | None = None
) -> None:
    """Delete the draft of a text that was sent, and the conflict copy of the tab that sent it.

    A draft that another tab has saved since (``version``) was not sent: it stays.
    """
    access.require(access.can_edit_draft(by, target))
    draft = target.draft_by(by)
    if draft.pk is not None and (
        draft.was_saved_by(tab) or version in (None, "", target.version_of(draft))
    ):
        draft.delete()
    if tab is not None:
        target.drafts_by(by).conflict_copies().filter(tab=tab.key).delete()
