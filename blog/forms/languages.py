"""A language of the interface, as people choose one: each by its own name."""

from django import forms
from django.conf import settings

from blog.models.languages import offered


class LanguageField(forms.ChoiceField):
    """A language, or none: then ``nobody`` says whose it is. A site with one asks nobody."""

    def __init__(self, *, nobody, **options):
        self.nobody = nobody
        super().__init__(required=False, **options)

    def offer(self) -> None:
        """Offer the languages of the site as they are now."""
        self.choices = [("", self.nobody), *settings.LANGUAGES]
        if len(settings.LANGUAGES) == 1:
            self.widget = forms.HiddenInput()

    def prepare_value(self, value):
        """Show a language that the site has no longer as none."""
        return offered(value or "")
