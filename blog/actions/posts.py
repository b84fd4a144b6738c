"""Publish a post, and publish it again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog import access
from blog.actions.references import share_references
from blog.exceptions import Refused, StalePublication
from blog.models import (
    Audience,
    Comment,
    CommentUse,
    Course,
    Extension,
    Passage,
    Post,
    PostTarget,
    Reference,
    RenderedPost,
    Revision,
    SearchEntry,
    User,
    note_edit,
    notify_of_uses,
    one_active_post,
    queue_submission,
    rendered_fields,
    revocations,
    store_links,
    tracking_interactions,
    update_cases,
)
from blog.queries.closed_posts import first_closed_post
from blog.queries.post_slugs import slug_for
from blog.text import Rendered
from blog.text.scaffold import strip_scaffold


def publish_post(
    post: Post,
    *,
    by: User,
    title: str,
    text: str,
    audience: int,
    content_note: str = "",
    public_until: datetime | None = None,
    version: str | None = None,
    rendered_post: RenderedPost | None = None,
    left_open: dict[str, int] | None = None,
    at: datetime | None = None,
    from_source: bool = False,
) -> Revision:
    """Publish a post to its audience: for the first time, again, or with a new text.

    A new text makes a new revision with its own copy of the works it cites, by key or by hand; a
    word with ``@`` that is no key is published as it is typed. A new audience alone makes none.
    ``published_at`` and the address never change after the first time. ``version`` guards against
    a text saved elsewhere meanwhile, as in ``save_draft``. ``rendered_post`` saves a second
    rendering if the caller has rendered the text already. ``left_open`` is what its author was
    asked about. ``at`` dates it for imports. ``from_source``: the text is that of its author's
    blog elsewhere, which nobody changes here.
    """
    access.require(access.can_edit_post(by, post))
    access.require(from_source or access.can_edit_text(by, post))
    at = at or timezone.now()
    title = " ".join(title.split())
    text = strip_scaffold(text)
    _refuse_unfit(post, title, text, audience, public_until, at)
    # Outside the transaction: a long text must not hold the only writer SQLite has.
    rendered_post = _rendered(post, text, audience, rendered_post)
    found = Passage.objects.places_in(post, rendered_post.rendered.html)
    with transaction.atomic(), one_active_post(post.prompt, post.author, but=post):
        target = PostTarget(post)
        target.lock(by)
        draft = target.draft_by(by)
        if target.is_stale(draft, version, target.version_of(draft)):
            if post.revision and _is_published(
                target, title, text, content_note, audience, public_until
            ):
                return post.revision  # a second click on Publish
            target.refuse_stale(draft, version)
        _lock_addresses(post)
        _refuse_wider_audience(post, audience)  # it may have been narrowed meanwhile
        if not _cites_as_rendered(post, rendered_post):
            known = {reference.key for reference in post.references_with_works()}
            if any(entry.key not in known for entry in rendered_post.rendered.references):
                raise target.stale(draft)  # its text has other keys now
            rendered_post = _rendered(post, text, audience, None)
            found = Passage.objects.places_in(post, rendered_post.rendered.html)
        _refuse_closed_posts(_newly_shown(post, rendered_post), audience)
        before = _what_is_published(post)
        with tracking_interactions(post.course, Comment.objects.filter(post=post)):
            _set_readers(post, by, audience, public_until)
            post.left_open = left_open or {}
            last = post.revision
            revision = _store(post, title, content_note, rendered_post, by=by, at=at)
            if last not in (None, revision):
                Passage.objects.find_again(post, found)
        _update_cases(post, before, by=by)
        target.drafts_by(by).current().delete()
        _record_publication(post, before, by=by)
        queue_submission(post)
        if last is not None:
            notify_of_uses(CommentUse.objects.named_on(post))
    return revision


def republish_post(post: Post, *, by: User, version: str | None = None) -> None:
    """Publish a withdrawn post again as its readers knew it, to the same audience.

    What was written since stays in its draft. ``version`` is the ``Post.publication`` that its
    author saw; StalePublication is raised if it is another now, maybe for more readers.
    """
    access.require(access.can_edit_post(by, post))
    with transaction.atomic(), one_active_post(post.prompt, post.author, but=post):
        PostTarget(post).lock(by)
        if post.status != Post.Status.WITHDRAWN:
            return  # a second click
        if version not in (None, post.publication):
            raise StalePublication(
                _(
                    "Nothing was published: this post was changed in another tab or device. See "
                    "who can read it if you publish it again."
                )
            )
        _refuse_wider_audience(post, post.audience)
        cited = post.references.filter(cited=True).select_related("work")
        _refuse_closed_posts(list(cited), post.audience)
        before = _what_is_published(post)
        with tracking_interactions(post.course, Comment.objects.filter(post=post)):
            _set_readers(post, by, post.audience, post.public_until)
            post.status = Post.Status.PUBLISHED
            share_references(post, by=by)
            post.save(update_fields=["status", "audience", "public_until", "pod"])
        _record_publication(post, before, by=by)
        queue_submission(post)
        notify_of_uses(CommentUse.objects.named_on(post))


def _refuse_unfit(
    post: Post,
    title: str,
    text: str,
    audience: int,
    public_until: datetime | None,
    at: datetime,
) -> None:
    course = post.course
    if not title:
        raise Refused(_("Give your post a title before you publish it."), field="title")
    if not text.strip():
        raise Refused(_("Your post is empty. Write something before you publish it."), field="text")
    _refuse_wider_audience(post, audience)
    if public_until is not None and public_until != post.public_until and public_until <= at:
        raise Refused(_("“Public until” must be a day in the future."), field="public_until_day")
    if post.published_at is None:
        if course.day_of(at) > course.ends_on:
            raise Refused(_("The course has ended, so you cannot publish a new post."))
        _refuse_closed_prompt(post, at)


def _refuse_wider_audience(post: Post, audience: int) -> None:
    widest = post.course.widest_audience_for(post.prompt)
    if audience <= widest:
        return
    if widest < post.course.widest_audience:
        message = _("The widest audience allowed for this prompt is: %(audience)s.")
    else:
        message = _("The widest audience allowed in this course is: %(audience)s.")
    raise Refused(message % {"audience": Audience(widest).label}, field="audience")


def _refuse_closed_prompt(post: Post, at: datetime) -> None:
    """Refuse a first version that comes too late for its prompt; an extension counts."""
    prompt = post.prompt
    if prompt is None:
        return
    if not prompt.is_open_at(at):
        raise Refused(_("This prompt is not open yet."))
    if prompt.is_after_close(at):
        extensions = Extension.objects.current().filter(prompt=prompt, student=post.author)
        until = extensions.values_list("until", flat=True).first()
        closed_at = prompt.closes_at(until)
        if closed_at is not None and prompt.is_after_close(at, until):
            closed_at = closed_at.astimezone(post.course.zone)
            message = _(
                "This prompt closed on %(moment)s, so your post is not published. Your draft is "
                "saved. Ask an instructor for more time, then publish it."
            )
            raise Refused(message % {"moment": date_format(closed_at, "D j M Y, H:i")})


def _rendered(
    post: Post, text: str, audience: int, rendered_post: RenderedPost | None
) -> RenderedPost:
    """Return the text as it will be published, unless it shows or names what it must not."""
    if rendered_post is None or rendered_post.text != text:
        rendered_post = post.render(text)
    _refuse_missing_pictures(rendered_post.rendered)
    _refuse_naming_classmates(rendered_post.rendered, rendered_post.references, audience)
    return rendered_post


def _cites_as_rendered(post: Post, rendered_post: RenderedPost) -> bool:
    """Return whether the works of a post are as they were when its text was rendered.

    Asked once the post is locked: a name may have been withheld, or a record corrected, since.
    """
    if not rendered_post.references:
        return True

    def records(references: list[Reference]) -> list[tuple]:
        return [(one.key, one.work_id, one.work.csl) for one in references]

    return records(rendered_post.references) == records(post.references_with_works())


def _refuse_missing_pictures(rendered: Rendered) -> None:
    count = len(rendered.unknown_pictures)
    if count:
        raise Refused(
            ngettext(
                "Your text shows a picture that this post does not have. Add it here, or remove "
                "it from the text.",
                "Your text shows %(count)d pictures that this post does not have. Add them here, "
                "or remove them from the text.",
                count,
            )
            % {"count": count},
            field="text",
        )


def _refuse_naming_classmates(
    rendered: Rendered, references: list[Reference], audience: int
) -> None:
    """Refuse to open a post beyond the course if it cites, and so names, a classmate."""
    cited = {entry.key for entry in rendered.references}
    of_course = [one for one in references if one.key in cited and one.work.post_id is not None]
    if of_course and audience > Audience.COURSE:
        raise Refused(
            _(
                "Your text cites a post of this course (@%(key)s). That names the course and a "
                "classmate, so people outside the course cannot see your post. Choose the course "
                "or a narrower audience."
            )
            % {"key": of_course[0].key},
            field="audience",
        )


def _newly_shown(post: Post, rendered_post: RenderedPost) -> list[Reference]:
    """Return the references that a text cites and the whole course does not read already."""
    cited = {entry.key for entry in rendered_post.rendered.references}
    references = [one for one in rendered_post.references if one.key in cited]
    return [one for one in references if not (one.cited and post.is_open_to_course)]


def _refuse_closed_posts(references: list[Reference], audience: int) -> None:
    """Refuse to tell others of a post that was hidden from them since it was cited."""
    if audience == Audience.ONLY_ME:
        return
    closed = first_closed_post(references)
    if closed is not None:
        raise Refused(
            _(
                "Your text cites a post that the whole course cannot read any more: @%(key)s. "
                "Remove the citation from your text and the reference from your list, then "
                "publish."
            )
            % {"key": closed.key},
            field="text",
        )


def _is_published(
    target: PostTarget,
    title: str,
    text: str,
    content_note: str,
    audience: int,
    public_until: datetime | None,
) -> bool:
    """Return whether the post is published already with these words, to these readers."""
    post = target.post
    content = {
        "title": title,
        "text": text,
        "content_note": content_note,
        "audience": audience,
        "public_until_day": public_until and post.course.day_of(public_until),
    }
    return target.equals_published(content)


def _store(
    post: Post,
    title: str,
    content_note: str,
    rendered_post: RenderedPost,
    *,
    by: User,
    at: datetime,
) -> Revision:
    """Store the post as published; return its revision, with what it cites."""
    if post.published_at is None:
        post.published_at = at
        post.slug = slug_for(post, title)
    post.title = title
    post.revision = _revision_of(post, content_note, rendered_post, by=by, at=at)
    post.status = Post.Status.PUBLISHED
    _mark_cited(post, rendered_post.rendered)
    share_references(post, by=by)
    post.save()
    store_links(post)
    SearchEntry.objects.keep("post", [post])
    return post.revision


def _set_readers(post: Post, by: User, audience: int, public_until: datetime | None) -> None:
    """Set the post's audience. While it stays published to a pod, that pod stays the same."""
    if audience != Audience.POD:
        post.pod = None
    elif not (post.is_published and post.audience == Audience.POD and post.pod):
        membership = by.membership_in(post.course)
        if membership is None or membership.pod is None:
            raise Refused(_("You are not in a pod yet. Choose another audience."), field="audience")
        post.pod = membership.pod
    post.audience = audience
    post.public_until = public_until if audience > Audience.COURSE else None


def _what_is_published(post: Post) -> tuple:
    """Return the values that publishing can change, to tell a second click from a change."""
    return post.status, post.revision_id, post.audience, post.pod_id, post.public_until


def _update_cases(post: Post, before: tuple, *, by: User) -> None:
    """Keep the moderation of a post that was published before in step with its new version."""
    _, revision, audience, *_rest = before
    if revision is not None and revision != post.revision_id:
        note_edit(post, by=by)
    if revision is not None and audience != post.audience:
        update_cases(post, by=by)


def _record_publication(post: Post, before: tuple, *, by: User) -> None:
    if post.revision and before != _what_is_published(post):
        number = post.revision.number
        told = {"revision": number, "audience": post.audience}
        revocations.record_of_post("post_published", post, by=by, **told)


def _lock_addresses(post: Post) -> None:
    """Lock and read the course's row before a post gets an address, so that no two get the same."""
    if post.published_at is None:
        post.course = Course.objects.select_for_update(no_key=True).get(pk=post.course_id)


def _revision_of(
    post: Post, content_note: str, rendered_post: RenderedPost, *, by: User, at: datetime
) -> Revision:
    """Return a new revision, or the last one if its text and works are the same."""
    last, text, references = post.revision, rendered_post.text, rendered_post.snapshot()
    if last and _content(last.title, last.text, last.content_note, last.references) == _content(
        post.title, text, content_note, references
    ):
        if post.audience > last.audience:
            last.audience = post.audience
            last.save(update_fields=["audience"])
        return last
    return Revision.objects.create(
        post=post,
        number=last.number + 1 if last else 1,
        title=post.title,
        text=text,
        content_note=content_note,
        references=references,
        audience=post.audience,
        created_by=by,
        created_at=at,
        **rendered_fields(rendered_post.rendered),
    )


def _content(title: str, text: str, content_note: str, references: list[dict]) -> tuple:
    """Return the values by which two revisions differ: not their HTML, nor the keys of rows."""
    return title, text, content_note, [(entry["key"], entry["csl"]) for entry in references]


def _mark_cited(post: Post, rendered: Rendered) -> None:
    cited = [reference.key for reference in rendered.references]
    post.references.filter(key__in=cited).update(cited=True)
    post.references.exclude(key__in=cited).update(cited=False)
