"""Links from the published text of a post to other posts of its course."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

from blog.models.posts import Post
from blog.text.post_addresses import post_addresses


class PostLink(models.Model):
    """The published text of ``post`` has a link to the address of ``linked``.

    It is found when the text is published, and stays while the post is withdrawn or deleted.
    Nobody reads it but through ``Post.visible_to``: ``queries.citing_posts``.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="links")
    linked = models.ForeignKey(Post, models.CASCADE, related_name="linked_from")

    class Meta:
        verbose_name = _("link between posts")
        verbose_name_plural = _("links between posts")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "linked"], name="one_link_from_one_post_to_another"
            ),
            models.CheckConstraint(condition=~Q(post=F("linked")), name="no_post_links_to_itself"),
        ]

    def __str__(self):
        return f"{self.post_id} → {self.linked_id}"


def store_links(post: Post) -> None:
    """Store which posts of its course the published text of a post links to, and no others."""
    wanted = _linked_posts(post)
    stored = set(post.links.values_list("linked", flat=True))
    post.links.filter(linked__in=stored - wanted).delete()
    new = [PostLink(post=post, linked_id=key) for key in sorted(wanted - stored)]
    PostLink.objects.bulk_create(new, ignore_conflicts=True)


def is_own_host(host: str) -> bool:
    """Return whether an address with this host leads to this site."""
    return host == urlsplit(settings.SITE_URL).hostname or validate_host(
        host, settings.ALLOWED_HOSTS
    )


def _linked_posts(post: Post) -> set[int]:
    html = post.revision.html if post.revision else ""
    slugs, keys = post_addresses(html, post.course.slug, is_own_host)
    if not slugs and not keys:
        return set()
    posts = Post.objects.in_course(post.course).exclude(pk=post.pk)
    return set(posts.filter(Q(slug__in=slugs) | Q(pk__in=keys)).values_list("pk", flat=True))
