"""What has been written for prompts: whether one can be deleted, and what its team reads of it."""

from collections.abc import Collection

from blog.models import Grading, Post, Prompt


def used_prompts(prompts: Collection[Prompt]) -> set[int]:
    """Return the keys of the prompts that somebody has written or graded for; two queries.

    A post counts in whatever state, and so does a draft that nobody but its author sees.
    """
    posts = Post.objects.filter(prompt__in=prompts).values_list("prompt", flat=True)
    gradings = Grading.objects.filter(prompt__in=prompts).values_list("prompt", flat=True)
    return set(posts.distinct()) | set(gradings.distinct())
