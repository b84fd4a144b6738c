"""Put a picture into a post that is being written."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from blog.actions.drafts import draft_of, lock, refuse_deleted, save_draft, version_of
from blog.exceptions import Refused
from blog.models import Draft, Membership, Picture, Post, User
from blog.pictures import Made

QUOTA = 50_000_000  # bytes that one person's pictures may take in one course


def add_picture(
    post: Post, made: Made, *, by: User, alternative: str = "", is_decorative: bool = False
) -> Picture:
    """Keep a picture for a post. It is its writer's alone until a published text shows it.

    It comes ready made: decoding takes seconds, and must not hold the only writer SQLite has.
    """
    picture = Picture(
        post=post,
        uploader=by,
        alternative="" if is_decorative else alternative,
        is_decorative=is_decorative,
        width=made.size[0],
        height=made.size[1],
        small_width=made.small_size[0],
        bytes=made.bytes,
    )
    try:
        with transaction.atomic():
            lock(post)
            refuse_deleted(post)
            _refuse_beyond_quota(post, made, by)
            picture.large.save("", ContentFile(made.large), save=False)
            picture.small.save("", ContentFile(made.small), save=False)
            picture.save()
    except BaseException:
        for file in (picture.large, picture.small):
            if file:
                file.delete(save=False)
        raise
    return picture


def put_into_draft(picture: Picture, *, by: User) -> Draft:
    """Set a picture at the end of what is being typed, for whoever has no script to place it."""
    post = picture.post
    with transaction.atomic():
        lock(post)
        draft = draft_of(post, by)
        text = f"{draft.text.rstrip()}\n\n{picture.markdown}\n".lstrip()
        words = draft.words | {"text": text}
        return save_draft(post, by=by, version=version_of(post, draft), **words)


def _refuse_beyond_quota(post: Post, made: Made, user: User) -> None:
    """Count what somebody's pictures take; their membership is held, so that none slips past."""
    Membership.objects.select_for_update(no_key=True).filter(course=post.course, user=user).first()
    taken = Picture.objects.of(user, post.course).aggregate(taken=Sum("bytes"))["taken"] or 0
    if taken + made.bytes > QUOTA:
        raise Refused(
            _(
                "Your pictures in this course may take %(quota)s; %(left)s are left, and this one "
                "takes %(size)s."
            )
            % {
                "quota": filesizeformat(QUOTA),
                "left": filesizeformat(max(QUOTA - taken, 0)),
                "size": filesizeformat(made.bytes),
            }
        )
