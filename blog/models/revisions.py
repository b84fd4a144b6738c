"""Revisions: the published versions of posts, as they were rendered."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.content_notes import content_note_field, noted
from blog.models.courses import Audience
from blog.models.titles import TitleField
from blog.text import RENDERER_VERSION, Rendered, render_post

# What a list of versions does not print.
HEAVY_FIELDS = ("text", "html", "paragraphs", "references")


class Revision(models.Model):
    """One published version of a post; its text never changes afterwards.

    ``references`` is a snapshot in list order: ``[{"key", "work", "csl", "html", "cited_in"}]``,
    so that correcting a work later changes no published post by itself. ``audience`` is the
    widest it was published to: a version that only its author could see stays theirs in the
    history, also when the post opens later.
    """

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = TitleField(max_length=200)
    text = models.TextField()
    content_note = content_note_field()
    html = models.TextField()
    excerpt = models.TextField()
    paragraphs = models.JSONField(default=list)
    references = models.JSONField(default=list)
    words = models.PositiveIntegerField()
    citations = models.PositiveIntegerField(default=0)
    renderer = models.PositiveSmallIntegerField()
    audience = models.PositiveSmallIntegerField(choices=Audience, default=Audience.COURSE)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="revisions"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = [F("number").desc()]
        verbose_name = _("version of a post")
        verbose_name_plural = _("versions of posts")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "number"], name="one_revision_per_number_and_post"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values),
                name="versions_of_posts_have_a_known_audience",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def shown_excerpt(self) -> str:
        """Return the content note, else the first words, for lists without the text."""
        return noted(self.content_note, self.excerpt)

    def rerender(self) -> bool:
        """Render the stored text and works again; return whether that changed anything."""
        prompt = self.post.prompt
        rendered = render_post(
            self.text,
            {entry["key"]: entry["csl"] for entry in self.references},
            prompt=prompt.question_plain if prompt else "",
            pictures=self.post.pictures_in(self.text),
        )
        entries = {entry["key"]: entry for entry in self.references}
        fields = {
            **rendered_fields(rendered),
            "references": [
                entries[one.key] | {"html": one.html, "cited_in": list(one.cited_in)}
                for one in rendered.references
            ],
        }
        if all(getattr(self, name) == value for name, value in fields.items()):
            return False
        Revision.objects.filter(pk=self.pk).update(**fields)
        return True


def rendered_fields(rendered: Rendered) -> dict:
    """Return the fields of a revision that come from the renderer."""
    return {
        "html": rendered.html,
        "excerpt": rendered.excerpt,
        "paragraphs": list(rendered.paragraphs),
        "words": rendered.words,
        "citations": rendered.citations,
        "renderer": RENDERER_VERSION,
    }


@dataclass(frozen=True)
class RenderedPost:
    """A rendered text of a post, and the references it was rendered with."""

    text: str
    rendered: Rendered
    references: list

    def snapshot(self) -> list[dict]:
        """Copy the cited works in list order, so that no later correction reaches the revision."""
        works = {reference.key: reference.work for reference in self.references}
        return [
            {
                "key": one.key,
                "work": works[one.key].pk,
                "csl": works[one.key].csl,
                "html": one.html,
                "cited_in": list(one.cited_in),
            }
            for one in self.rendered.references
        ]
