"""What the pages of accounts hand to their script."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """Return a value as JSON, for an attribute: escaped as all text, where a script reads it."""
    return json.dumps(value, cls=DjangoJSONEncoder)
