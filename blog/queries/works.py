"""The references that a merge of two works would move."""

from blog.models import Reference, Work


def references_to_move(duplicate: Work, *, into: Work) -> tuple[list[Reference], list[Reference]]:
    """Return the references that a merge moves, and those of posts that have both works."""
    with_both = Reference.objects.filter(work=into).values("post")
    references = duplicate.references.select_related("post").order_by("pk")
    return list(references.exclude(post__in=with_both)), list(references.filter(post__in=with_both))
