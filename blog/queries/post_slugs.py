"""The address of a post, which it gets when it is first published."""

from blog.models import Post
from blog.text.slugs import base_slug, free_slug


def slug_for(post: Post, title: str) -> str:
    """Return the first free address. The caller has locked the course, so that no two get it."""
    base = base_slug(title)
    others = Post.objects.in_course(post.course).exclude(pk=post.pk)
    return free_slug(base, set(others.filter(slug__startswith=base).values_list("slug", flat=True)))
