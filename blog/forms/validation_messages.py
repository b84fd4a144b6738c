"""
The words for a value beyond its limit, in the place of Django's “Ensure this value has…”.

Most limits are those of models and of fields that Django makes, so the words are set where Django
has them, once, and not in each form. A form may still have better ones of its own.
"""

from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MESSAGES = {
    validators.MaxLengthValidator: ngettext_lazy(
        "This can have at most %(limit_value)d character. It has %(show_value)d.",
        "This can have at most %(limit_value)d characters. It has %(show_value)d.",
        "limit_value",
    ),
    validators.MinLengthValidator: ngettext_lazy(
        "This needs at least %(limit_value)d character. It has %(show_value)d.",
        "This needs at least %(limit_value)d characters. It has %(show_value)d.",
        "limit_value",
    ),
    validators.MaxValueValidator: _("The highest number here is %(limit_value)s."),
    validators.MinValueValidator: _("The lowest number here is %(limit_value)s."),
}
DECIMALS = {
    "max_digits": ngettext_lazy(
        "This can have at most %(max)s digit.", "This can have at most %(max)s digits.", "max"
    ),
    "max_decimal_places": ngettext_lazy(
        "This can have at most %(max)s decimal place.",
        "This can have at most %(max)s decimal places.",
        "max",
    ),
    "max_whole_digits": ngettext_lazy(
        "This can have at most %(max)s digit before the point.",
        "This can have at most %(max)s digits before the point.",
        "max",
    ),
}


def use_plain_words() -> None:
    """Let Django say the limits of values in our words, on every page."""
    for validator, message in MESSAGES.items():
        validator.message = message
    validators.DecimalValidator.messages = validators.DecimalValidator.messages | DECIMALS
