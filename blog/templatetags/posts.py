"""What a page about a post says of it: who reads it, and where its references stand."""

from django import template
from django.utils.translation import gettext as _

from blog import text
from blog.models import Audience
from blog.templatetags.dates import on_day

register = template.Library()


@register.filter
def anchor(key: str) -> str:
    """Return the id of the reference list's entry for a citation key."""
    return text.anchor(key)


@register.filter
def listed(references) -> list:
    """Return the references that have an entry: a letter stands in the text alone.

    They come from the renderer or, as dictionaries, from a revision.
    """
    return [one for one in references or [] if (one["html"] if isinstance(one, dict) else one.html)]


@register.simple_tag(takes_context=True)
def readers_of(context, post) -> str:
    """Say who reads a post now, and when that ends: “public web until Sun 18 Oct, then course”."""
    now = _readers(post, post.audience_now, is_own=post.author_id == context["user"].pk)
    if post.public_until and post.audience_now > Audience.COURSE:
        day = on_day(post.public_until, post.course)
        return _("%(readers)s until %(day)s, then the course") % {"readers": now, "day": day}
    return now


def _readers(post, audience: int, *, is_own: bool) -> str:
    if audience == Audience.INSTRUCTORS and not is_own:
        return _("its author and the teaching team")
    if audience == Audience.POD and post.pod:
        return _("%(pod)s and the teaching team") % {"pod": post.pod}
    return str(Audience(audience).label)
