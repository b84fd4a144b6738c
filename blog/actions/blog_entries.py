"""Make posts of the entries of one's own blog, and choose what such a post answers."""

from datetime import datetime, timedelta
from enum import Enum
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.posts import publish_post
from blog.exceptions import NotAllowed, Refused, TextRefused
from blog.feeds import Entry, entry_digest, entry_text
from blog.models import (
    AuditEvent,
    BlogEntry,
    Course,
    Grading,
    OwnBlog,
    Post,
    Prompt,
    RenderedPost,
    User,
    lock_writer,
    one_active_post,
    queue_submission,
)
from blog.models.own_blogs import DATED_WITHIN
from blog.text.slugs import slug_of_draft

# A blog may change its pages by itself, each time they are read.
MIN_BETWEEN_VERSIONS = timedelta(hours=1)
MAX_TITLE_CHARS_OF_TEXT = 60
TRIED_AGAIN = {BlogEntry.Refusal.NOT_NOW, BlogEntry.Refusal.OTHERS}


class Taking(Enum):
    """The result of taking an entry: LATER is tried again, although the feed does not change."""

    TAKEN = "taken"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    LATER = "later"


def take_entry(blog: OwnBlog, entry: Entry, *, by: User) -> Taking:
    """Make a post of an entry of one's own blog, or a new version of the post that it is already.

    An entry is taken once, also if the blog has moved since and was connected again. Its post was
    published when it came here, or, of an entry that the blog dates since it was last read, then:
    lateness is judged on that, and no blog can date itself back. One that somebody else's blog in
    the course has too waits until that is stopped. What its author has withdrawn, deleted or edits
    here since stays as it is.
    """
    access.require(access.can_change_blog(by, blog))
    known = _known(blog, entry)
    text = "" if entry.is_too_long else entry_text(entry)
    title = entry.title or _title_of(text)
    digest = entry_digest(title, text)
    if known is not None and not _is_news(known, digest):
        return Taking.UNCHANGED
    if known is not None and known.post is not None and _is_too_soon(known):
        return Taking.LATER
    now = timezone.now()
    row = known or BlogEntry(blog=blog, guid=entry.guid, taken_at=now)
    row.title, row.address, row.published_at = title, entry.address, entry.published_at
    row.digest, row.changed_at = digest, now
    if entry.is_too_long:
        return _refuse(row, BlogEntry.Refusal.TOO_LONG)
    if not text:
        return _refuse(row, BlogEntry.Refusal.EMPTY)
    is_new = row.post is None
    if is_new and _is_of_another(blog, entry):
        return _refuse(row, BlogEntry.Refusal.OTHERS)
    try:
        # Outside the transaction: a long text must not hold the only writer SQLite has.
        rendered = (row.post or Post(course=blog.course)).render(text)
    except TextRefused:
        return _refuse(row, BlogEntry.Refusal.TOO_LONG)
    try:
        with transaction.atomic():
            if row.post is None:
                row.post = _start_post(blog, row, by)
            row.refusal = ""
            row.save()
            at = _publication_of(blog, entry, now) if is_new else now
            _publish(row.post, title, rendered, by=by, at=at)
    except NotAllowed:
        raise
    except Refused:
        return _refuse(_without_new_post(row, is_new), BlogEntry.Refusal.NOT_NOW)
    except IntegrityError:  # another tick has just taken it
        if _known(blog, entry) is None:
            raise
        return Taking.UNCHANGED
    return Taking.TAKEN if is_new else Taking.CHANGED


def change_imported_post(post: Post, *, by: User, prompt: Prompt | None, audience: int) -> None:
    """Choose which prompt a post from one's own blog answers, while it is open, and who sees it.

    ``prompt`` has its author's own extension (``Prompt.objects.visible_to``). Raises Refused.
    """
    access.require(access.can_edit_post(by, post) and post.follows_source)
    now = timezone.now()
    with transaction.atomic(), one_active_post(prompt, by, but=post):
        post.lock()
        if prompt != post.prompt:
            _refuse_other_prompt(post, prompt, by, now)
            queue_submission(post)  # it is gone from there
            post.prompt = prompt
            post.save(update_fields=["prompt"])
            if post.revision is not None:
                post.revision.post = post
                post.revision.rerender()  # words of the prompt are not counted
            number = prompt.number if prompt else None
            AuditEvent.record("post_prompt_chosen", post, by=by, course=post.course, prompt=number)
        if post.is_published and post.revision is not None:
            publish_post(
                post,
                by=by,
                title=post.revision.title,
                text=post.revision.text,
                audience=audience,
                content_note=post.revision.content_note,
                public_until=post.public_until,
                from_source=True,
            )


def _known(blog: OwnBlog, entry: Entry) -> BlogEntry | None:
    """Return an entry that was taken before; one of a blog of before comes over with it."""
    rows = BlogEntry.objects.select_related("post__course", "post__prompt", "post__revision")
    found = rows.filter(blog=blog, guid=entry.guid).first()
    if found is not None:
        return found
    before = rows.filter(blog__course=blog.course, blog__person=blog.person, guid=entry.guid)
    if ":" not in entry.guid:  # a number, which any blog may have
        before = before.filter(address=entry.address).exclude(address="")
    found = before.order_by("pk").last()
    if found is not None:
        found.blog, found.address = blog, entry.address
        found.save(update_fields=["blog", "address"])
    return found


def _is_news(known: BlogEntry, digest: str) -> bool:
    """Return whether an entry that was taken, or refused, is to be looked at again."""
    if known.refusal in TRIED_AGAIN:
        return True
    if known.digest == digest:
        return False
    if known.post is None:
        return bool(known.refusal)  # else its post was deleted for good
    post = known.post
    return post.follows_source and post.is_published and post.deleted_at is None


def _is_of_another(blog: OwnBlog, entry: Entry) -> bool:
    """Return whether a connected blog of somebody else in the course has brought an entry.

    One feed has many addresses, as with ``?x=1``, and its entries have one. Without an address, as
    where the feed is at another host, a name alone tells them only if it is one on the web.
    """
    if not entry.address and ":" not in entry.guid:
        return False
    same = BlogEntry.objects.filter(guid=entry.guid, address=entry.address, post__isnull=False)
    others = same.filter(blog__course=blog.course, blog__stopped_at=None)
    return others.exclude(blog__person=blog.person).exists()


def _is_too_soon(known: BlogEntry) -> bool:
    return not known.refusal and timezone.now() - known.changed_at < MIN_BETWEEN_VERSIONS


def _refuse(row: BlogEntry, refusal: str) -> Taking:
    row.refusal = refusal
    row.save()
    return Taking.LATER if refusal in TRIED_AGAIN else Taking.REFUSED


def _without_new_post(row: BlogEntry, is_new: bool) -> BlogEntry:
    """Return the row as it is after a rollback: neither its post nor, if new, itself is stored."""
    if is_new:
        row.post = None
        row.pk = BlogEntry.objects.filter(blog=row.blog, guid=row.guid).values_list(
            "pk", flat=True
        ).first()  # fmt: skip
        row._state.adding = row.pk is None
    return row


def _start_post(blog: OwnBlog, row: BlogEntry, by: User) -> Post:
    lock_writer(by)
    course: Course = blog.course
    post = Post.objects.create(
        course=course,
        author=by,
        title=row.title,
        slug=token_hex(16),
        audience=min(blog.audience, course.widest_audience),
        source_url=row.address or blog.address or blog.feed_url,
        follows_source=True,
    )
    post.slug = slug_of_draft(post.pk)
    post.save(update_fields=["slug"])
    return post


def _publication_of(blog: OwnBlog, entry: Entry, now: datetime) -> datetime:
    """Return the publication time of a new entry: never before the blog was last read.

    Nor long ago, where it could not be read for a while: that would be for it to say how long.
    """
    if blog.read_at is None or entry.published_at is None:
        return now
    at = min(max(entry.published_at, blog.read_at), now)
    return at if now - at <= DATED_WITHIN else now


def _publish(post: Post, title: str, rendered: RenderedPost, *, by: User, at: datetime) -> None:
    publish_post(
        post,
        by=by,
        title=title,
        text=rendered.text,
        rendered_post=rendered,
        audience=min(post.audience, post.course.widest_audience_for(post.prompt)),
        content_note=post.revision.content_note if post.revision else "",
        public_until=post.public_until,
        at=at,
        from_source=True,
    )


def _title_of(text: str) -> str:
    """Return the first words of a text whose entry has no title, as notes have none."""
    line = " ".join(text.split())
    if len(line) <= MAX_TITLE_CHARS_OF_TEXT:
        return line or _("Untitled")
    return f"{line[:MAX_TITLE_CHARS_OF_TEXT].rpartition(' ')[0] or line[:30]}…"


def _refuse_other_prompt(post: Post, prompt: Prompt | None, by: User, now: datetime) -> None:
    graded = Grading.objects.filter(student=by, kind=Grading.Kind.POST)
    concerned = [one.pk for one in (post.prompt, prompt) if one is not None]
    if graded.filter(prompt__in=concerned).exists():
        raise Refused(
            _("Your work on this prompt is being graded, so its post stays as it is."),
            field="prompt",
        )
    if post.prompt is not None and post.prompt.is_after_close(now):
        raise Refused(_("The prompt of this post is closed, so it stays."), field="prompt")
    if prompt is None:
        return
    if prompt.is_archived or not prompt.is_open_at(now):
        raise Refused(_("This prompt is not open."), field="prompt")
    if prompt.is_after_close(now, prompt.extended_until) or post.course.has_ended:
        raise Refused(_("This prompt is closed, so no post can be added to it."), field="prompt")
