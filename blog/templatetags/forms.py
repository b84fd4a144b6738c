"""Attributes of forms."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def copied(context, noun: str, key: int | str, form=None) -> SafeString:
    """Make a form one whose words stay in the browser until the site has them.

    ``noun`` and ``key`` say which form it is: ``{% copied "prompt" prompt.pk form %}``.
    A ``form`` that came back, or that a button arranged, holds words that the site has not stored.
    The form includes ``_local_copy.html``; static/js/lib/copied-forms.js does the rest.
    """
    is_unsaved = form is not None and (form.is_bound or getattr(form, "is_arranged", False))
    return format_html(
        'data-copied data-place="{} {}" data-writer="{}"{}',
        noun,
        key,
        context["user"].pk,
        " data-unsaved" if is_unsaved else "",
    )
