"""The editor's context: preview, progress with the prompt, references and hints."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from blog.citations.consistency import (
    MAX_ASKED,
    MAX_FINDINGS,
    Finding,
    Kind,
    TypedLink,
    check_consistency,
)
from blog.citations.keys import meant_key
from blog.exceptions import TextRefused
from blog.models import Course, Post, Prompt, Reference, RenderedPost, User, Work
from blog.queries.bibliography import ListedWork, with_posts
from blog.queries.comment_uses import revision_plan
from blog.queries.prompt_progress import prompt_progress
from blog.queries.reference_status import ReferenceStatus, reference_statuses
from blog.queries.works import matching_works, works_cited_as
from blog.text import RenderedReference
from blog.text.accessibility import hints
from blog.text.lines import lines_of
from blog.text.rewriting import typed_links


@dataclass(frozen=True)
class EditorReference:
    """A reference of the post, with its entry in the list if the text cites it."""

    reference: Reference
    entry: RenderedReference | None
    status: ReferenceStatus

    @property
    def is_cited(self) -> bool:
        return self.entry is not None


@dataclass(frozen=True)
class TypedCitation:
    """A citation typed by hand that cites the work of `key` beyond doubt; it reads as `read`.

    `place` is the number of the place that has it first, among those that can be linked.
    """

    citation: str
    key: str
    read: str
    place: int
    paragraph: int | None


@dataclass(frozen=True)
class UnknownKey:
    """A key in the text that no reference has; the key that may be ``meant`` and its work’s label,
    or "" for both.
    """

    key: str
    meant: str
    label: str


def editor_context(
    writer: User, course: Course, *, post: Post | None, prompt: Prompt | None, text: str
) -> dict:
    """Return the editor's context for a submitted text, saved or not.

    The preview comes from the renderer that publishes, so there is one truth about a text. Costs
    the same number of queries for any number of references.
    """
    target = post or Post(course=course, prompt=prompt)
    references = target.references_with_works()
    rendered_post, refusal = _try_to_render(target, text, references)
    rendered = rendered_post.rendered if rendered_post else None
    works = {reference.key: reference.work.csl for reference in references}
    entries = {entry.key: entry for entry in rendered.references} if rendered else {}
    statuses = reference_statuses(reference.work for reference in references)
    findings: tuple[Finding, ...] = ()
    links: list[TypedLink] = []
    if rendered and text.strip():
        lines = list(lines_of(rendered.html))
        findings = check_consistency(lines, works, entries, most=MAX_ASKED)
        links = typed_links(text, lines, works)
    missing = {one.snippet for one in findings if one.kind == Kind.NOT_IN_REFERENCES}
    required = _missing_required_works(prompt, references)
    return {
        "rendered_post": rendered_post,
        "rendered": rendered,
        "text_refused": refusal,
        "unknown_keys": _unknown_keys(rendered.unknown if rendered else (), references),
        "findings": findings,
        "findings_beside": findings[:MAX_FINDINGS],
        "typed_citations": typed_citations(links)[:MAX_FINDINGS],
        "typed_places": typed_places(text, links),
        "works": works,
        "cited_course_works": works_cited_as(writer, course, missing),
        "ambiguous": ambiguous_citations(findings),
        "hints": hints(rendered) if rendered else (),
        "progress": prompt_progress(writer, prompt, post, rendered) if prompt else None,
        "references": [
            EditorReference(reference, entries.get(reference.key), statuses[reference.work_id])
            for reference in references
        ],
        "revision_plan": revision_plan(writer, course, post, text),
        "required_works": required,
        "course_works": _course_works(writer, course, target, required),
    }


def typed_citations(links: Iterable[TypedLink]) -> list[TypedCitation]:
    """Return the citations that can be linked, each once, with the first place that has it."""
    first: dict[str, TypedCitation] = {}
    for place, link in enumerate(links):
        for citation, key in link.keys.items():
            found = TypedCitation(citation, key, link.read, place, link.paragraph)
            first.setdefault(citation, found)
    return list(first.values())


def typed_places(text: str, links: Iterable[TypedLink]) -> list[dict]:
    """Return the places of a text that can be linked, for the script that links them.

    A text goes on while one looks at it. So a place is not counted in signs: it is the `number`th
    place, from 0, of the `count` places where the text has what is `written` there.
    """
    places: dict[str, list[int]] = {}
    for link in links:
        if link.written not in places:
            found = re.finditer(rf"(?={re.escape(link.written)})", text)
            places[link.written] = [one.start() for one in found]
    return [
        {
            "written": link.written,
            "read": link.read,
            "linked": link.linked,
            "number": places[link.written].index(link.start),
            "count": len(places[link.written]),
        }
        for link in links
    ]


def ambiguous_citations(findings: Iterable[Finding]) -> list[str]:
    """Return the citations typed by hand that can mean more than one reference, each once."""
    found = (one.snippet for one in findings if one.kind == Kind.SEVERAL)
    return list(dict.fromkeys(found))[:MAX_FINDINGS]


def unanswered_prompts(writer: User, course: Course) -> list[Prompt]:
    """Return the open prompts that the writer has no active post for, the newest first."""
    answered = Post.objects.active().by(writer).filter(prompt__isnull=False)
    return list(
        Prompt.objects.in_course(course)
        .visible_to(writer)
        .writable()
        .exclude(pk__in=answered.values("prompt"))
        .order_by("-opens_at", "-position", "-number")
    )


def _try_to_render(
    post: Post, text: str, references: list[Reference]
) -> tuple[RenderedPost | None, TextRefused | None]:
    try:
        return post.render(text, references), None
    except TextRefused as refusal:
        return None, refusal


def _unknown_keys(keys: Iterable[str], references: list[Reference]) -> list[UnknownKey]:
    labels = {reference.key: reference.work.label for reference in references}
    meant = {key: meant_key(key, labels) for key in keys}
    return [UnknownKey(key, other, labels.get(other, "")) for key, other in meant.items()]


def _missing_required_works(prompt: Prompt | None, references: list[Reference]) -> list[Work]:
    """Return the prompt's required works that are not among the references yet."""
    if prompt is None:
        return []
    present = {reference.work_id for reference in references}
    works = prompt.required_works.order_by("label")
    return [work for work in works if work.pk not in present]


def _course_works(
    writer: User, course: Course, post: Post, required: list[Work]
) -> list[ListedWork]:
    """Return the works that the course met last, without required reading and those of the post."""
    met = matching_works(writer, course, post, "")
    return with_posts([work for work in met if work not in required], writer, course)
