"""Citations of a post: for people, and as metadata for reference managers."""

from ast import literal_eval
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from blog import access
from blog.citations import format_entry
from blog.citations.csl.post_record import record_of_post
from blog.citations.exporters import FORMATS, write_bibtex
from blog.citations.exporters.coins import coins
from blog.citations.exporters.meta_tags import meta_tags
from blog.citations.parsers import suggest_key
from blog.models import Course, Post, name_for
from blog.templatetags.stencils import Stencil

register = template.Library()


class Printed(NamedTuple):
    """The record of a post as its page prints it: for people, for the head, and for programs."""

    entry: SafeString
    bibtex: str
    head: SafeString
    coins: str


@lru_cache(maxsize=500)
def _printed(title: str, name: str, day: date, site: str, url: str) -> Printed:
    """Return the same for the same words. A class reads one post many times."""
    record = record_of_post(title=title, name=name, day=day, site=site, url=url)
    return Printed(
        entry=mark_safe(format_entry(record)),
        bibtex=write_bibtex([record | {"id": suggest_key(record, ())}]),
        head=format_html_join("\n", '<meta name="{}" content="{}">', meta_tags(record)),
        coins=coins(record),
    )


@lru_cache(maxsize=2_000)
def _coins(record: str) -> str:
    """Return a record, as Python writes it, as COinS: the same for the same record."""
    return coins(literal_eval(record))


@dataclass(frozen=True)
class Citation:
    """The citation of one post: its entry, its metadata and its references as files."""

    printed: Printed
    references: list[dict]

    @property
    def entry(self) -> SafeString:
        return self.printed.entry

    @property
    def bibtex(self) -> str:
        return self.printed.bibtex

    @property
    def formats(self) -> dict:
        return FORMATS if self.references else {}

    @property
    def head(self) -> SafeString:
        """Return the meta elements for the head of the page."""
        return self.printed.head

    @property
    def spans(self) -> SafeString:
        """Return the post and its references as COinS, for programs; nothing is shown."""
        records = [self.printed.coins, *(_coins(repr(each["csl"])) for each in self.references)]
        spans = format_html_join(
            "", '<span class="Z3988" title="{}"></span>', ((one,) for one in records)
        )
        return format_html("<div hidden>{}</div>", spans)


@register.simple_tag(takes_context=True)
def citation_of(context, post: Post, *, public: bool = False) -> Citation | None:
    """Return the citation of a post for this page; None if only a part of the course can see it."""
    if not post.is_open_to_course:
        return None
    path = reverse("post_public", args=[post.pk, post.slug]) if public else post.get_absolute_url()
    printed = _printed(
        title=post.revision.title,
        name=post.author.signed_name if public else name_for(post.author, context.get("user")),
        day=post.course.day_of(post.published_at),
        site=settings.SITE_NAME if public else post.course.title,  # a public page names no course
        url=context["request"].build_absolute_uri(path),
    )
    return Citation(printed, post.revision.references)


class CiteShape(NamedTuple):
    """The parts of the box: ``formats`` are the endings and names of files of references."""

    is_in_course: bool
    can_cite: bool
    formats: tuple[tuple[str, str], ...]


CITE = Stencil(
    "blog/posts/_cite.html",
    "entry bibtex course_slug post_slug",
    lambda _shape, values: {
        "course": Course(slug=values["course_slug"]),
        "post": Post(slug=values["post_slug"]),
    },
)


@register.simple_tag(takes_context=True)
def cite_box(context) -> SafeString:
    """Return the ``citation`` of this page's post, for people and programs."""
    citation, post, course = context["citation"], context["post"], context.get("course")
    shape = CiteShape(
        is_in_course=course is not None,
        can_cite=course is not None and access.can_cite_post(context["user"], post),
        formats=tuple((ending, one.name) for ending, one in citation.formats.items()),
    )
    values = {
        "entry": citation.entry,
        "bibtex": citation.bibtex,
        "course_slug": course.slug if course else "",
        "post_slug": post.slug,
    }
    return CITE.fill(shape, values) + citation.spans
