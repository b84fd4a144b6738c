"""References to posts of the course that were hidden since they were cited."""

from collections.abc import Iterable

from blog.models import Post, Reference


def first_closed_post(references: Iterable[Reference]) -> Reference | None:
    """Return the first reference to a post of the course that the whole course cannot read now."""
    of_course = [one for one in references if one.work.post_id is not None]
    if not of_course:
        return None
    posts = Post.objects.filter(pk__in=[one.work.post_id for one in of_course])
    open_now = set(posts.open_to_course().values_list("pk", flat=True))
    return next((one for one in of_course if one.work.post_id not in open_now), None)
