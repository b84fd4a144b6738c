"""Add a picture to a post, and to the end of its draft."""

from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from blog import access
from blog.actions.drafts import save_draft
from blog.exceptions import Refused
from blog.models import Draft, Membership, Picture, Post, PostTarget, User
from blog.pictures import CleanPicture

MAX_BYTES_PER_PERSON = 50_000_000  # bytes that one person's pictures may take in one course


def add_picture(
    post: Post,
    clean: CleanPicture,
    *,
    by: User,
    alternative: str = "",
    is_decorative: bool = False,
    written: Picture | None = None,
) -> Picture:
    """Add a picture to a post. Only its author can see it until a published text shows it.

    It is re-encoded and its files are written before: that takes seconds, and must not hold the
    only writer SQLite has. A caller with a transaction of its own has ``written`` them before that,
    and deletes them after it if the row is not kept.
    """
    access.require(access.can_edit_text(by, post))
    picture = written or write_picture(post, clean, by=by)
    picture.alternative = "" if is_decorative else alternative
    picture.is_decorative = is_decorative
    try:
        with transaction.atomic():
            PostTarget(post).lock(by)
            _refuse_beyond_quota(post, clean, by)
            picture.save()
    except BaseException:
        if written is None:
            picture.delete_files()
        raise
    return picture


def write_picture(post: Post, clean: CleanPicture, *, by: User) -> Picture:
    """Write the files of a picture for a post; its row is not saved yet."""
    access.require(access.can_edit_text(by, post))
    picture = Picture(post=post, uploader=by)
    picture.write_files(clean)
    return picture


def append_to_draft(picture: Picture, *, by: User, below: str = "") -> Draft:
    """Append a picture to the draft, and the Markdown that belongs ``below`` it."""
    access.require(access.can_edit_text(by, picture.post))
    target = PostTarget(picture.post)
    with transaction.atomic():
        target.lock(by)
        draft = target.draft_by(by)
        parts = [draft.text.rstrip(), picture.markdown, below]
        text = "\n\n".join(part for part in parts if part) + "\n"
        content = draft.content | {"text": text}
        return save_draft(target, by=by, version=target.version_of(draft), **content)


def _refuse_beyond_quota(post: Post, clean: CleanPicture, user: User) -> None:
    """Refuse a picture beyond the quota; the membership is locked, so that uploads take turns."""
    Membership.objects.select_for_update(no_key=True).filter(course=post.course, user=user).first()
    taken = Picture.objects.of(user, post.course).aggregate(taken=Sum("bytes"))["taken"] or 0
    if taken + clean.bytes > MAX_BYTES_PER_PERSON:
        raise Refused(
            _(
                "Your pictures in this course can use up to %(quota)s. You have %(left)s left, and "
                "this picture needs %(size)s."
            )
            % {
                "quota": filesizeformat(MAX_BYTES_PER_PERSON),
                "left": filesizeformat(max(MAX_BYTES_PER_PERSON - taken, 0)),
                "size": filesizeformat(clean.bytes),
            }
        )
