"""The form that brings a picture, with words for those who cannot see it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from blog.pictures import LARGEST_FILE
from blog.web.idempotency import IdempotencyKeyField


class PictureForm(forms.Form):
    """One file. Its description is asked for; only what is decoration needs none."""

    key = IdempotencyKeyField()
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 12 megabytes. The place and the camera that a "
            "photograph remembers are taken out."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"required": _("Choose a picture first.")},
    )
    alternative = forms.CharField(
        label=_("What it shows, for those who cannot see it"),
        required=False,
        max_length=Picture._meta.get_field("alternative").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What a reader should take from it, in a sentence."),
    )
    is_decorative = forms.BooleanField(
        label=_("It is decoration and says nothing the text does not say"), required=False
    )

    def clean_picture(self):
        file = self.cleaned_data["picture"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file has more than %d megabytes. Make the picture smaller first.")
                % (LARGEST_FILE // 1_000_000)
            )
        return file

    def clean_alternative(self):
        return " ".join(self.cleaned_data["alternative"].split())

    def clean(self):
        words = super().clean()
        is_said = words.get("alternative") or words.get("is_decorative")
        if not is_said and "alternative" not in self.errors:
            said = _("Say what the picture shows, or that it is decoration.")
            self.add_error("alternative", said)
        return words
