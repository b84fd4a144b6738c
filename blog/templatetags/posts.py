"""Tags about a post: who can see it, and its references."""

from functools import lru_cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from blog import text
from blog.models import Audience
from blog.templatetags.dates import on_day
from blog.text.lists import comma_list, isolated

register = template.Library()


@register.filter
def anchor(key: str) -> str:
    """Return the id of the reference list's entry for a citation key."""
    return text.anchor(key)


@register.filter
def listed(references) -> list:
    """Return the references that have an entry in the list; personal communication has none.

    They come from the renderer or, as dictionaries, from a revision.
    """
    return [one for one in references or [] if (one["html"] if isinstance(one, dict) else one.html)]


@register.filter
def paragraph_list(numbers) -> str:
    """Join paragraph numbers: “¶1, ¶4”."""
    return comma_list(f"¶{number}" for number in numbers)


@register.filter
def cited_in(numbers) -> SafeString:
    """Return the paragraphs that cite a work, as links in the page."""
    return _cited_in(tuple(numbers), get_language())


@lru_cache(maxsize=2_000)
def _cited_in(numbers: tuple[int, ...], _language: str | None) -> SafeString:
    link = '<a href="#p{}"><span class="visually-hidden">{} </span>¶{}</a>'
    word = _("paragraph")
    links = format_html_join(", ", link, ((number, word, number) for number in numbers))
    return mark_safe(_("Cited in %(paragraphs)s") % {"paragraphs": links})


@register.simple_tag(takes_context=True)
def readers_of(context, post) -> str:
    """Return who can see a post, and until when: “public web until Sun 18 Oct, then the course”."""
    now = _readers(post, post.audience_now, is_own=post.author_id == context["user"].pk)
    if post.public_until and post.audience_now > Audience.COURSE:
        day = on_day(post.public_until, post.course)
        return _("%(readers)s until %(day)s, then the course") % {"readers": now, "day": day}
    return now


@register.simple_tag(takes_context=True)
def readers_again(context, post) -> str:
    """Return who would see a withdrawn post if its author, who reads this, published it again."""
    if post.audience_now == Audience.POD:
        pod = context["user"].membership_in(post.course).pod
        return _("%(pod)s and the teaching team") % {
            "pod": isolated(str(pod or Audience.POD.label))
        }
    return readers_of(context, post)


@register.filter
def restricted_readers(post) -> str:
    """Return who can see a post that only a part of the course can see; for lists."""
    if post.audience_now == Audience.POD:
        return _("Visible to the pod")
    if post.audience_now == Audience.INSTRUCTORS:
        return _("Visible to the teaching team")
    return _("Visible only to you")


def _readers(post, audience: int, *, is_own: bool) -> str:
    if audience == Audience.INSTRUCTORS and not is_own:
        return _("the author and the teaching team")
    if audience == Audience.POD and post.pod:
        return _("%(pod)s and the teaching team") % {"pod": isolated(str(post.pod))}
    return str(Audience(audience).label)
