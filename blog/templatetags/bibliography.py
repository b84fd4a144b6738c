"""The works of a page of the bibliography: twenty of them, so they are a stencil."""

from collections.abc import Iterable
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from blog.queries.bibliography_page import BibliographyEntry
from blog.templatetags.names import cited_by, isolated
from blog.templatetags.stencils import Stencil

register = template.Library()


class WorkShape(NamedTuple):
    """The possible actions on a work, and the ``result`` of its status; "" is none.

    ``act`` is "add" where it can be added to a post, and "added" where it is in that already.
    """

    act: str
    result: str
    has_words: bool


WORK = Stencil("blog/references/_work.html", "course_slug pk label html words citing")


@register.simple_tag(takes_context=True)
def works_of_page(context, entries: Iterable[BibliographyEntry]) -> SafeString:
    """Return works with their status and who cites them; inside a form they can be added."""
    can_add = bool(context["can_add"] and context["post_form"].posts)
    course_slug, language = context["course"].slug, get_language()
    return mark_safe(
        "".join([_work(context, entry, course_slug, can_add, language) for entry in entries])
    )


def _work(context, entry: BibliographyEntry, course_slug: str, can_add: bool, language: str | None):
    work, words = entry.work, entry.status_words
    shape = WorkShape(
        act="added" if entry.is_in_post else "add" if can_add else "",
        result=str(entry.status.result or ""),
        has_words=bool(words),
    )
    values = {
        "course_slug": course_slug,
        "pk": work.pk,
        "label": work.label,
        "html": mark_safe(work.html),
        "words": words,
        "citing": mark_safe(isolated(cited_by(context, entry.listed))),
    }
    return WORK.fill(shape, values, language)
