"""Render what is published: a revision, its copy of the works it cites, and both once more."""

from datetime import datetime

from blog.models import Post, Reference, Revision, User
from blog.text import RENDERER_VERSION, Rendered, Shown, render_post
from blog.text.scaffold import dissolve


def render(post: Post, shelf: list[Reference], text: str) -> Rendered:
    """Render a post's text, as it will be published, with the works on its shelf.

    Raises TextRefused.
    """
    works = {reference.key: reference.work.csl for reference in shelf}
    question = post.prompt.question if post.prompt else ""
    return render_post(dissolve(text), works, prompt=question, pictures=pictures_for(post, text))


def pictures_for(post: Post, text: str) -> dict[str, Shown]:
    """Return the pictures of a post by their tokens, if its text may show any."""
    if post.pk is None or "picture:" not in text:
        return {}
    return {picture.token: picture.shown for picture in post.pictures.all()}


def revise(
    post: Post, rendered: Rendered, shelf: list[Reference], *, by: User, text: str, at: datetime
) -> Revision:
    """Return a new revision, or the last one if its words and works are the same."""
    last = post.revision
    references = snapshot(rendered, shelf)
    if last and _content(last.title, last.text, last.references) == _content(
        post.title, text, references
    ):
        if post.audience > last.audience:
            last.audience = post.audience
            last.save(update_fields=["audience"])
        return last
    return Revision.objects.create(
        post=post,
        number=last.number + 1 if last else 1,
        title=post.title,
        text=text,
        references=references,
        audience=post.audience,
        created_by=by,
        created_at=at,
        **_made_of(rendered),
    )


def rerender_revision(revision: Revision) -> bool:
    """Render a revision's own text and works again; say whether that changed anything."""
    works = {entry["key"]: entry["csl"] for entry in revision.references}
    prompt = revision.post.prompt
    rendered = render_post(
        revision.text,
        works,
        prompt=prompt.question if prompt else "",
        pictures=pictures_for(revision.post, revision.text),
    )
    entries = {entry["key"]: entry for entry in revision.references}
    made = {
        **_made_of(rendered),
        "references": [
            entries[reference.key] | {"html": reference.html, "cited_in": list(reference.cited_in)}
            for reference in rendered.references
        ],
    }
    if all(getattr(revision, field) == value for field, value in made.items()):
        return False
    Revision.objects.filter(pk=revision.pk).update(**made)
    return True


def _made_of(rendered: Rendered) -> dict:
    """Return the fields of a revision that its renderer makes."""
    return {
        "html": rendered.html,
        "excerpt": rendered.excerpt,
        "paragraphs": list(rendered.paragraphs),
        "words": rendered.words,
        "citations": rendered.citations,
        "renderer": RENDERER_VERSION,
    }


def snapshot(rendered: Rendered, shelf: list[Reference]) -> list[dict]:
    """Copy the cited works in list order, so that later corrections don't reach the revision."""
    works = {reference.key: reference.work for reference in shelf}
    return [
        {
            "key": reference.key,
            "work": works[reference.key].pk,
            "csl": works[reference.key].csl,
            "html": reference.html,
            "cited_in": list(reference.cited_in),
        }
        for reference in rendered.references
    ]


def _content(title: str, text: str, references: list[dict]) -> tuple:
    """Return what makes two revisions differ: neither how they look nor which rows they name."""
    return title, text, [(entry["key"], entry["csl"]) for entry in references]
