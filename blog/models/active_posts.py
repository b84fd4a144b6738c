"""An author has one active post for a prompt: the error for a second."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from blog.exceptions import DuplicatePost
from blog.models.people import User
from blog.models.posts import Post
from blog.models.prompts import Prompt

HAS_POST = _("You already have a post for this prompt.")
HAS_DRAFT = _("You already have a draft for this prompt.")


@contextmanager
def one_active_post(
    prompt: Prompt | None, author: User, *, but: Post | None = None
) -> Iterator[None]:
    """Run the block, or raise DuplicatePost if the author has another active post for the prompt.

    Two tabs may both find none and both go on: then the constraint decides, and the second is
    refused in the same words.
    """
    _refuse_second_post(prompt, author, but)
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        _refuse_second_post(prompt, author, but)
        raise


def _refuse_second_post(prompt: Prompt | None, author: User, but: Post | None) -> None:
    if prompt is None:
        return
    others = Post.objects.active().answering(prompt).by(author).exclude(pk=but and but.pk)
    other = others.select_related("course").first()
    if other is not None:
        raise DuplicatePost(str(HAS_POST if other.is_published else HAS_DRAFT), post=other)
