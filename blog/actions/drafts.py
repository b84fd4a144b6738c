"""What a writer has typed: begun, kept, and never overwritten unseen."""

from contextlib import contextmanager
from datetime import date, datetime
from secrets import token_hex
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.exceptions import Refused, StaleDraft, StandingPost
from blog.models import Course, Draft, Post, Prompt, User
from blog.text.slugs import slug_of_draft


class Tab(NamedTuple):
    """A page that saves: ``key`` tells it from all others, ``seq`` counts its saves upwards.

    Without scripts a page counts nothing; but then it waits for each answer.
    """

    key: UUID
    seq: int | None = None

    def saved(self, draft: Draft) -> bool:
        return draft.tab == self.key


def start_post(
    course: Course,
    *,
    by: User,
    prompt: Prompt | None = None,
    title: str = "",
    text: str = "",
    audience: int | None = None,
    retreats_on: date | None = None,
    at: datetime | None = None,
    tab: Tab | None = None,
) -> Post:
    """Begin a post with its first draft. A writer has one standing post per prompt.

    Until it is published its address is made of its key, so that a tab in which somebody still
    types can be led to the post after its title has given it a better one.
    """
    at = at or timezone.now()
    if prompt is not None and prompt.opens_at > at:
        raise Refused(_("This prompt is not open yet."))
    audience = course.default_audience if audience is None else audience
    with transaction.atomic(), one_answer(prompt, by):
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
            user=by,
            post=post,
            title=title,
            text=text,
            audience=audience,
            retreats_on=retreats_on,
            updated_at=at,
            **_saved_by(tab),
        )
    return post


def save_draft(
    post: Post,
    *,
    by: User,
    title: str,
    text: str,
    audience: int | None = None,
    retreats_on: date | None = None,
    version: str | None = None,
    tab: Tab | None = None,
) -> Draft:
    """Keep what is being typed, apart from what is published.

    ``version`` names what the writer had before them (``version_of``). If something else was
    saved or published since, StaleDraft is raised and nothing is overwritten. Saving what stands
    there already changes nothing; what equals the published revision needs no row, so the Draft
    returned for it is not stored.

    ``tab`` lets a page go on after a save whose answer never came: what stands there is its own,
    so there is no conflict. A save that comes in after a later one of its page is passed over.
    """
    with transaction.atomic():
        lock(post)
        refuse_deleted(post)
        stored = draft_of(post, by)
        typed = {
            "title": title,
            "text": text,
            "audience": stored.audience if audience is None else audience,
            "retreats_on": retreats_on,
        }
        if is_settled(stored, typed, tab):
            return stored
        refuse_stale(post, stored, version, tab)
        write(stored, typed, tab)
        if post.is_draft and post.title != title:
            post.title = title
            post.save(update_fields=["title"])
    return stored


def is_settled(stored: Draft, typed: dict, tab: Tab | None) -> bool:
    """Say whether a save needs no writing: its page saved later words, or these stand there."""
    counts = tab is not None and tab.seq is not None and tab.saved(stored)
    if counts and tab.seq <= stored.seq:
        return True
    if not stored.says(typed):
        return False
    if counts:  # an earlier save of this page may still be under way
        stored.seq = tab.seq
        stored.save(update_fields=["seq"])
    return True


def write(draft: Draft, typed: dict, tab: Tab | None) -> None:
    """Store what was typed as the next version."""
    for field, value in (typed | _saved_by(tab)).items():
        setattr(draft, field, value)
    draft.version += 1
    draft.updated_at = timezone.now()
    draft.save()


def draft_of(post: Post, user: User) -> Draft:
    """Return the writer's draft, or one made from the published revision and not stored yet."""
    draft = post.drafts.of_posts().standing().by(user).first()
    if draft is not None:
        return draft
    retreat = post.retreats_at and post.course.day_of(post.retreats_at)
    return Draft(
        user=user,
        post=post,
        title=post.revision.title if post.revision else post.title,
        text=post.revision.text if post.revision else "",
        audience=post.audience,
        retreats_on=retreat,
        version=0,
    )


def version_of(post: Post, draft: Draft) -> str:
    """Name what a writer has before them: the published revision and the saves since, “2.5”.

    Drafts start anew after each publication, so the number of saves alone would let a tab from
    before it overwrite what came after.
    """
    return f"{post.revision.number if post.revision else 0}.{draft.version}"


def refuse_stale(post: Post, draft: Draft, version: str | None, tab: Tab | None = None) -> None:
    """Raise StaleDraft if ``version`` is not what stands there now, and another page saved it."""
    now = version_of(post, draft)
    is_own = tab is not None and tab.saved(draft)
    if version is not None and version != now and not is_own:
        raise StaleDraft(
            _("This draft was also changed somewhere else."),
            stored=draft if draft.pk else post.revision,
            version=now,
        )


@contextmanager
def one_answer(prompt: Prompt | None, author: User, *, but: Post | None = None):
    """Refuse the block if the author has another standing post for the prompt.

    Two tabs may both find none and both go on: then the constraint decides, and the second is
    refused in the same words.
    """
    _refuse_second_answer(prompt, author, but)
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        _refuse_second_answer(prompt, author, but)
        raise


def lock(post: Post) -> None:
    """Hold the post's row until the transaction ends, and bring this instance up to date."""
    post.refresh_from_db(
        from_queryset=Post.objects.select_for_update(of=("self",)).select_related(
            "course", "prompt", "revision"
        )
    )


def refuse_deleted(post: Post) -> None:
    if post.deleted_at is not None:
        raise Refused(_("This post was deleted. Bring it back first."))


def _saved_by(tab: Tab | None) -> dict:
    return {"tab": tab and tab.key, "seq": tab.seq or 0 if tab else 0}


def _refuse_second_answer(prompt: Prompt | None, author: User, but: Post | None) -> None:
    if prompt is None:
        return
    others = Post.objects.standing().answering(prompt).by(author).exclude(pk=but and but.pk)
    other = others.select_related("course").first()
    if other is not None:
        raise StandingPost(_("You have a post for this prompt already."), post=other)
