"""The course that somebody joins after signing in."""

from django import template

from blog.models import Course
from blog.web.joining import course_to_join

register = template.Library()


@register.simple_tag(takes_context=True)
def joined_after(context: template.Context, next_page: str | None) -> Course | None:
    """Return the course that the next page joins, or None."""
    return course_to_join(context["request"], next_page)
