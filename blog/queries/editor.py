"""What the writing desk shows beside the text: preview, what the prompt asks, the shelf."""

from dataclasses import dataclass

from django.utils import timezone

from blog.actions.revisions import render
from blog.citations.consistency import check_consistency
from blog.exceptions import TextRefused
from blog.models import Course, Post, Prompt, Reference, User, Work
from blog.queries.prompt_progress import asked_of
from blog.queries.reference_status import Note, notes_on
from blog.text import Rendered, RenderedReference
from blog.text.accessibility import hints
from blog.text.lines import lines_of


@dataclass(frozen=True)
class Shelved:
    """A reference on the shelf, with where the text before the writer cites it."""

    reference: Reference
    found: RenderedReference | None
    note: Note

    @property
    def is_cited(self) -> bool:
        return self.found is not None


def desk_of(writer: User, course: Course, *, post: Post | None, prompt: Prompt | None, text: str):
    """Return the desk's context for a text as it was typed, saved or not.

    The preview comes from the renderer that publishes, so there is one truth about a text. Costs
    the same number of queries for any number of references.
    """
    shelf = list(post.shelf.select_related("work").order_by("key")) if post else []
    rendered, refused = _try_to_render(post or Post(course=course, prompt=prompt), shelf, text)
    works = {reference.key: reference.work.csl for reference in shelf}
    found = {entry.key: entry for entry in rendered.references} if rendered else {}
    notes = notes_on(reference.work for reference in shelf)
    return {
        "rendered": rendered,
        "text_refused": refused,
        "findings": check_consistency(lines_of(rendered.html), works, found)
        if rendered and text.strip()
        else (),
        "hints": hints(rendered) if rendered else (),
        "asked": asked_of(writer, prompt, post, rendered) if prompt else None,
        "shelf": [
            Shelved(reference, found.get(reference.key), notes[reference.work_id])
            for reference in shelf
        ],
        "offered": _offered(prompt, shelf),
    }


def unanswered_prompts(writer: User, course: Course) -> list[Prompt]:
    """Return the open prompts that the writer has no standing post for, the newest first."""
    answered = Post.objects.standing().by(writer).filter(prompt__isnull=False)
    return list(
        Prompt.objects.in_course(course)
        .filter(opens_at__lte=timezone.now())
        .exclude(pk__in=answered.values("prompt"))
        .order_by("-opens_at", "-number")
    )


def _try_to_render(
    post: Post, shelf: list[Reference], text: str
) -> tuple[Rendered | None, TextRefused | None]:
    try:
        return render(post, shelf, text), None
    except TextRefused as refusal:
        return None, refusal


def _offered(prompt: Prompt | None, shelf: list[Reference]) -> list[Work]:
    """Return the prompt's required works that are not on the shelf yet."""
    if prompt is None:
        return []
    there = {reference.work_id for reference in shelf}
    works = prompt.required_works.order_by("label")
    return [work for work in works if work.pk not in there]
