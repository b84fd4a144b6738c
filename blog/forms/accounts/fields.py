"""Fields for what identifies a person, without signs that nobody sees."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from blog.text.invisible import strip_invisible, visible_name


def validate_no_blank(email: str) -> None:
    """Refuse wide blanks, which Django takes for letters of a domain in another script."""
    if any(sign.isspace() for sign in email):
        raise ValidationError(EmailValidator.message, code="invalid")


class EmailField(forms.EmailField):
    """An email address; invisible signs that were copied along with it are taken off."""

    default_validators = [*forms.EmailField.default_validators, validate_no_blank]

    def to_python(self, value):
        return strip_invisible(super().to_python(value))


class NameField(forms.CharField):
    """A person's name on one line; one without anything to be seen counts as empty."""

    def to_python(self, value):
        return visible_name(super().to_python(value))
