"""The form of a picture and of its description."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.picture_field import PictureField
from blog.forms.textarea import Textarea
from blog.models import Picture
from blog.web.idempotency import IdempotencyKeyField


class PictureForm(forms.Form):
    """A picture file with its description, which only a decorative picture can lack."""

    key = IdempotencyKeyField()
    picture = PictureField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 12 MB. Location and camera data are removed from photos."
        ),
    )
    alternative = forms.CharField(
        label=_("Description for people who cannot see the picture"),
        required=False,
        max_length=Picture._meta.get_field("alternative").max_length,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("In one sentence: what does the picture show?"),
    )
    is_decorative = forms.BooleanField(
        label=_("Decorative only (no description needed)"), required=False
    )

    def clean_alternative(self):
        return " ".join(self.cleaned_data["alternative"].split())

    def clean(self):
        fields = super().clean()
        is_described = fields.get("alternative") or fields.get("is_decorative")
        if not is_described and "alternative" not in self.errors:
            error = _("Describe the picture, or tick “Decorative only”.")
            self.add_error("alternative", error)
        return fields
