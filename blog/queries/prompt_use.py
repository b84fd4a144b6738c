"""What has been written for prompts: whether one can be deleted, and what its team reads of it."""

from collections.abc import Collection

from blog.models import Calibration, Grading, Message, Post, Prompt, SecondGradingDraw


def used_prompts(prompts: Collection[Prompt]) -> set[int]:
    """Return the keys of the prompts that somebody has written, graded or drawn for.

    One query for each kind of thing. A post counts in whatever state, and so does a draft that
    nobody but its author sees; a message counts though it was withdrawn.
    """
    used: set[int] = set()
    for model in (Post, Grading, Message, Calibration, SecondGradingDraw):
        rows = model._default_manager.filter(prompt__in=prompts)
        used.update(rows.values_list("prompt", flat=True).distinct())
    return used
