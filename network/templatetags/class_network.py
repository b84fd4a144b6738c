"""Names in the sentences of the class network."""

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import name_for
from blog.templatetags.names import isolated

register = template.Library()

MAX_NAMES = 3


@register.filter
def all_names(people, reader) -> str:
    """Return names as one phrase: “Ana, Ben and Cem”."""
    return get_text_list([isolated(name_for(person, reader)) for person in people], _("and"))


@register.filter
def some_names(people, reader) -> str:
    """Return the first names of many, and how many others there are: “Ana, Ben and 4 others”."""
    if len(people) <= MAX_NAMES + 1:
        return all_names(people, reader)
    names = [isolated(name_for(person, reader)) for person in people[:MAX_NAMES]]
    more = len(people) - MAX_NAMES
    others = ngettext("%(n)d other", "%(n)d others", more) % {"n": more}
    return get_text_list([*names, others], _("and"))


@register.filter
def with_minus(number) -> str:
    """Return a number with the sign of a minus where it has a hyphen: “−27”."""
    return str(number).replace("-", "−")


@register.filter
def percent_of(share) -> str:
    """Return a share from 0 to 1 in percent, without decimals."""
    return f"{100 * share:.0f}"
