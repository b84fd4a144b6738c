"""References: the works of a post, and the keys by which its text cites them."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from blog.citations.keys import MAX_KEY_CHARS
from blog.models.posts import Post
from blog.models.prepared_queries import prepared
from blog.models.works import Work


def lock_citing_posts(work: Work) -> None:
    """Lock the posts that have a work among their references, until the transaction ends.

    In the order of their keys and before any work, as everywhere.
    """
    posts = Post.objects.filter(references__work=work).order_by("pk").values("pk").distinct()
    list(Post.objects.select_for_update(no_key=True).filter(pk__in=posts).order_by("pk"))


class ReferenceQuerySet(models.QuerySet):
    def of_post(self, post: Post) -> list["Reference"]:
        """Return a post's references in the order of their keys, each with its work."""
        references = _references_of.rows(None, post=post.pk)
        for reference in references:
            reference.post = post
        return references

    def cited_in(self, posts):
        """Return those that the published text of these posts cites, with ``canonical_work``."""
        return self.filter(cited=True, post__in=posts).with_canonical_work()

    def with_canonical_work(self):
        """Annotate the key of the work, or of the one that it is listed as."""
        return self.annotate(canonical_work=Coalesce("work__merge__canonical", "work"))


@prepared
def _references_of(_shape: None, post: int):
    return Reference.objects.filter(post=post).select_related("work").order_by("key")


class Reference(models.Model):
    """A work of a post and the key by which the text cites it.

    ``cited`` says that the published revision cites it; publishing sets it.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="references")
    work = models.ForeignKey(Work, models.PROTECT, related_name="references")
    key = models.CharField(_("citation key"), max_length=MAX_KEY_CHARS)
    cited = models.BooleanField(default=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        verbose_name = _("reference in a post")
        verbose_name_plural = _("references in posts")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "key"],
                name="one_reference_per_key_and_post",
                violation_error_message=_("Another reference of this post has this key."),
            ),
            models.UniqueConstraint(
                fields=["post", "work"],
                name="one_reference_per_work_and_post",
                violation_error_message=_("This reference is already in the list."),
            ),
        ]

    def __str__(self):
        return self.key
