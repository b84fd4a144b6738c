"""The table of prompts: those of a course with what has been written for each."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from blog.models import Course, Grading, Post, Prompt, User
from blog.queries.prompt_use import count_by_prompt


@dataclass(frozen=True)
class PromptUse:
    """A prompt with its numbers of posts that are begun, published and released to students."""

    prompt: Prompt
    begun: int
    published: int
    released: int
    is_graded: bool

    @property
    def state(self) -> str:
        """Return the word that the table prints: draft, scheduled, open, to_release or over."""
        if self.prompt.is_draft:
            return "draft"
        if not self.prompt.is_open:
            return "scheduled"
        if not self.prompt.is_past_comments_due:
            return "open"
        return "to_release" if self.released < self.published else "over"


def prompt_table(reader: User, course: Course, *, archived: bool = False) -> list[PromptUse]:
    """Return the prompts of a course in their order, or the archived ones; one query."""
    posts = Post.objects.answering(OuterRef("pk"))
    published = posts.published().visible_to(reader)
    released = Grading.objects.answering(OuterRef("pk")).of_posts().of_record().released()
    prompts = (
        Prompt.objects.in_course(course)
        .filter(archived_at__isnull=not archived)
        .select_related("rubric")
        .annotate(
            begun_count=count_by_prompt(posts.not_deleted()),
            published_count=count_by_prompt(published),
            released_count=count_by_prompt(released),
            is_graded=Exists(Grading.objects.answering(OuterRef("pk"))),
        )
    )
    found = []
    for prompt in prompts:
        prompt.course = course
        counts = prompt.begun_count, prompt.published_count, prompt.released_count
        found.append(PromptUse(prompt, *counts, is_graded=prompt.is_graded))
    return found
