"""Ask ``blog.access`` from a template, so that no page decides by itself who may do what."""

from django import template

from blog import access

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context, action: str, thing) -> bool:
    """Return whether this page's reader may: ``{% can "edit_comment" comment as can_edit %}``."""
    return getattr(access, f"can_{action}")(context["user"], thing)
