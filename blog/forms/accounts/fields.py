"""Fields for what identifies a person, without signs that nobody sees."""

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError

from blog.text.invisible import strip_invisible, visible_name


def validate_email(email: str) -> None:
    """Refuse what is no address; so are wide blanks, which Django takes for letters of a domain."""
    validators.validate_email(email)
    if any(sign.isspace() for sign in email):
        raise ValidationError(validators.EmailValidator.message, code="invalid")


class EmailField(forms.EmailField):
    """An email address; invisible signs that were copied along with it are taken off."""

    default_validators = [validate_email]

    def to_python(self, value):
        return strip_invisible(super().to_python(value))


class NameField(forms.CharField):
    """A person's name on one line; one without anything to be seen counts as empty."""

    def to_python(self, value):
        return visible_name(super().to_python(value))
