"""Comments by guests that a form has sent before."""

from uuid import UUID

from django.utils.translation import gettext_lazy

from blog.exceptions import Refused
from blog.models import Comment, GuestComment, Post

SENT_ELSEWHERE = gettext_lazy(
    "This form was sent for another post. Load the page and send it again."
)


def sent_before(post: Post, key: UUID) -> Comment | None:
    """Return the comment that a form made which was sent before; Refused if under another post."""
    earlier = GuestComment.objects.filter(key=key).select_related("comment").first()
    if earlier is None:
        return None
    if earlier.comment.post_id != post.pk:
        raise Refused(SENT_ELSEWHERE)
    earlier.comment.post = post
    return earlier.comment
