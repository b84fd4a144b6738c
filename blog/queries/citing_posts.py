"""Posts of a course that cite one of its posts."""

from django.db.models import Q

from blog.models import Post, PostLink, Reference, User


def citing_posts(reader: User, post: Post) -> list[Post]:
    """Return the published posts that cite a post, as far as the reader sees them, oldest first.

    They cite it by a reference, also one that was merged with the post's, or by a link to its
    address. One query, and none where the query of the post has found no such thing.
    """
    if not post.is_cited:
        return []
    is_post = Q(work__post=post) | Q(work__merge__canonical__post=post)
    references = Reference.objects.filter(is_post, cited=True)
    links = PostLink.objects.filter(linked=post)
    citing = Q(pk__in=references.values("post")) | Q(pk__in=links.values("post"))
    posts = Post.objects.published_for(reader, post.course).filter(citing)
    return list(posts.exclude(pk=post.pk).select_related("author").order_by("published_at", "pk"))
