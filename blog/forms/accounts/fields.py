"""Fields for what identifies a person, without signs that nobody sees."""

from unicodedata import normalize

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blog.text.invisible import strip_invisible, visible_name
from blog.text.lookalikes import mixes_scripts, passes_for_latin

LOOKS_LIKE_ANOTHER = _(
    "This email has characters from another alphabet that look like Latin ones. "
    "Type it again by hand."
)


def validate_email(email: str) -> None:
    """Refuse what is no address; so are wide blanks, which Django takes for letters of a domain."""
    validators.validate_email(email)
    if any(sign.isspace() for sign in email):
        raise ValidationError(validators.EmailValidator.message, code="invalid")
    if mixes_scripts(email) or passes_for_latin(email):
        raise ValidationError(LOOKS_LIKE_ANOTHER, code="looks_like_another")


def validate_name(name: str) -> None:
    """Refuse a name of which a word mixes alphabets: such names are made to be taken for others."""
    if mixes_scripts(name):
        raise ValidationError(
            _("A word of this name mixes two alphabets. Write it in one of them."),
            code="mixes_alphabets",
        )


class EmailField(forms.EmailField):
    """An email address; invisible signs that were copied along with it are taken off."""

    default_validators = [validate_email]

    def to_python(self, value):
        return normalize("NFKC", strip_invisible(super().to_python(value)))


class NameField(forms.CharField):
    """A person's name on one line; one without anything to be seen counts as empty."""

    default_validators = [validate_name]

    def to_python(self, value):
        return normalize("NFC", visible_name(super().to_python(value)))
