"""Data of the pages of accounts for their script, and the ways in that there are."""

import json

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from blog.models import User
from blog.queries import sign_in_methods
from blog.web import launches, university_login

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """Return a value as JSON, for an attribute: escaped as all text, where a script reads it."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def university_name() -> str:
    """Return the name of the institution's sign-in; "" where there is none."""
    return university_login.university_name()


@register.simple_tag(takes_context=True)
def lms_of_email(context) -> str:
    """Return the LMS that has named the email which is to be confirmed; "" where none has."""
    return launches.lms_of_pending_email(context["request"])


@register.simple_tag
def other_ways_in(person: User) -> list[str]:
    """Return the names of what opens somebody's account besides their password."""
    return sign_in_methods.other_ways_in(person)


@register.simple_tag
def has_password_signup() -> bool:
    """Return whether anybody may create an account with a password."""
    return settings.PASSWORD_SIGNUP
