"""Publish a post, take it back, delete it and bring it back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.actions.drafts import (
    draft_of,
    lock,
    one_answer,
    refuse_deleted,
    refuse_stale,
    save_draft,
    start_post,
)
from blog.actions.exchanges import recounting
from blog.actions.revisions import render, rerender_revision, revise
from blog.exceptions import Refused, UnknownKeys
from blog.models import Audience, Comment, Course, LogEntry, Post, Reference, Revision, User
from blog.text import Rendered
from blog.text.scaffold import dissolve
from blog.text.slugs import base_slug, free_slug

__all__ = [
    "delete_post",
    "publish_post",
    "render",
    "rerender_revision",
    "restore_post",
    "save_draft",
    "start_post",
    "withdraw_post",
]


def publish_post(
    post: Post,
    *,
    by: User,
    title: str,
    text: str,
    audience: int,
    retreats_at: datetime | None = None,
    version: str | None = None,
    at: datetime | None = None,
) -> Revision:
    """Open a post to its audience: for the first time, again, or with new words.

    New words make a new revision with its own copy of the works it cites; a new audience alone
    makes none. ``published_at`` and the address stay what they were first. ``version`` guards
    against words saved elsewhere meanwhile, as in ``save_draft``. ``at`` dates it for imports.
    """
    at = at or timezone.now()
    title = " ".join(title.split())
    text = dissolve(text)
    _refuse_unfit(post, title, text, audience, retreats_at, at)
    shelf = list(post.shelf.select_related("work"))
    # Outside the transaction: a long text must not hold the only writer SQLite has.
    rendered = render(post, shelf, text)
    _refuse_unknown(rendered)
    _refuse_missing_pictures(rendered)
    _refuse_naming_classmates(rendered, shelf, audience)
    with transaction.atomic(), one_answer(post.prompt, post.author, but=post):
        lock(post)
        refuse_deleted(post)
        refuse_stale(post, draft_of(post, by), version)
        with recounting(post.course, Comment.objects.filter(post=post)):
            _stamp(post, by, audience, retreats_at)
            if post.published_at is None:
                post.published_at = at
                post.slug = _slug_for(post, title)
            post.title = title
            post.revision = revise(post, rendered, shelf, by=by, text=text, at=at)
            post.status = Post.Status.PUBLISHED
            post.save()
        _mark_cited(post, rendered)
        post.drafts.of_posts().standing().by(by).delete()
        number = post.revision.number
        LogEntry.record("post_published", post, by=by, course=post.course, revision=number)
    return post.revision


def withdraw_post(post: Post, *, by: User) -> None:
    """Close a published post to its readers; its comments stop counting until it is back."""
    with transaction.atomic():
        lock(post)
        refuse_deleted(post)
        if Post.Status.WITHDRAWN not in Post.TRANSITIONS[post.status]:
            raise Refused(_("Only a published post can be withdrawn."))
        with recounting(post.course, Comment.objects.filter(post=post)):
            post.status = Post.Status.WITHDRAWN
            post.save(update_fields=["status"])
        LogEntry.record("post_withdrawn", post, by=by, course=post.course)


def delete_post(post: Post, *, by: User) -> None:
    """Take a post or draft away from everybody, in a way that can be undone."""
    with transaction.atomic():
        lock(post)
        if post.deleted_at is not None:
            return
        with recounting(post.course, Comment.objects.filter(post=post)):
            post.deleted_at = timezone.now()
            post.save(update_fields=["deleted_at"])
        LogEntry.record("post_deleted", post, by=by, course=post.course)


def restore_post(post: Post, *, by: User) -> None:
    """Undo a deletion, unless another answer to the same prompt stands by now."""
    with transaction.atomic():
        lock(post)
        if post.deleted_at is None:
            return
        stands = post.status != Post.Status.WITHDRAWN
        with (
            one_answer(post.prompt if stands else None, post.author, but=post),
            recounting(post.course, Comment.objects.filter(post=post)),
        ):
            post.deleted_at = None
            post.save(update_fields=["deleted_at"])
        LogEntry.record("post_restored", post, by=by, course=post.course)


def _refuse_unfit(
    post: Post,
    title: str,
    text: str,
    audience: int,
    retreats_at: datetime | None,
    at: datetime,
) -> None:
    course, prompt = post.course, post.prompt
    if not title:
        raise Refused(_("Give your post a title before you publish it."))
    if not text.strip():
        raise Refused(_("There is nothing to publish yet: the text is empty."))
    if audience > course.widest_audience:
        widest = Audience(course.widest_audience).label
        raise Refused(
            _("In this course a post opens no wider than: %(audience)s.") % {"audience": widest}
        )
    if retreats_at is not None and retreats_at != post.retreats_at and retreats_at <= at:
        raise Refused(_("The day on which the post goes back to the course is in the future."))
    if post.published_at is None:
        if course.day_of(at) > course.ends_on:
            raise Refused(_("The course has ended, so nothing new can be published in it."))
        if prompt is not None and prompt.opens_at > at:
            raise Refused(_("This prompt is not open yet."))


def _refuse_unknown(rendered: Rendered) -> None:
    if rendered.unknown:
        keys = ", ".join(f"@{key}" for key in rendered.unknown)
        raise UnknownKeys(
            ngettext(
                "The text cites %(keys)s, which is not on your shelf. Add the reference, or "
                "correct the key.",
                "The text cites %(keys)s, which are not on your shelf. Add the references, or "
                "correct the keys.",
                len(rendered.unknown),
            )
            % {"keys": keys},
            keys=rendered.unknown,
        )


def _refuse_missing_pictures(rendered: Rendered) -> None:
    count = len(rendered.unknown_pictures)
    if count:
        raise Refused(
            ngettext(
                "The text shows a picture that this post does not have. Add it here, or take it "
                "out of the text.",
                "The text shows %(count)d pictures that this post does not have. Add them here, "
                "or take them out of the text.",
                count,
            )
            % {"count": count}
        )


def _refuse_naming_classmates(rendered: Rendered, shelf: list[Reference], audience: int) -> None:
    """Keep a post that cites one of the course within the course: it says who wrote that."""
    cited = {reference.key for reference in rendered.references}
    of_course = [one for one in shelf if one.key in cited and one.work.post_id is not None]
    if of_course and audience > Audience.COURSE:
        raise Refused(
            _(
                "Your text cites a post of this course (@%(key)s), and so names the course and "
                "who wrote it. It can be open to the course, and not wider."
            )
            % {"key": of_course[0].key}
        )


def _stamp(post: Post, by: User, audience: int, retreats_at: datetime | None) -> None:
    """Set who reads the post. A pod is stamped once: its readers don't move with the writer."""
    if audience != Audience.POD:
        post.pod = None
    elif not (post.is_published and post.audience == Audience.POD and post.pod):
        membership = by.membership_in(post.course)
        if membership is None or membership.pod is None:
            raise Refused(_("You are in no pod yet, so choose another audience."))
        post.pod = membership.pod
    post.audience = audience
    post.retreats_at = retreats_at if audience > Audience.COURSE else None


def _slug_for(post: Post, title: str) -> str:
    """Return the first free address; the course's row is held, so that no two posts take one."""
    Course.objects.select_for_update(no_key=True).get(pk=post.course_id)
    base = base_slug(title)
    others = Post.objects.in_course(post.course).exclude(pk=post.pk)
    return free_slug(base, set(others.filter(slug__startswith=base).values_list("slug", flat=True)))


def _mark_cited(post: Post, rendered: Rendered) -> None:
    cited = [reference.key for reference in rendered.references]
    post.shelf.filter(key__in=cited).update(cited=True)
    post.shelf.exclude(key__in=cited).update(cited=False)
