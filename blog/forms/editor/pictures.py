"""The form of a picture and of its description."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from blog.pictures import MAX_FILE_BYTES
from blog.web.idempotency import IdempotencyKeyField


class PictureForm(forms.Form):
    """A picture file with its description, which only a decorative picture can lack."""

    key = IdempotencyKeyField()
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 12 MB. Location and camera data are removed from photos."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"required": _("Choose a picture first.")},
    )
    alternative = forms.CharField(
        label=_("Description for people who cannot see the picture"),
        required=False,
        max_length=Picture._meta.get_field("alternative").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In one sentence: what does the picture show?"),
    )
    is_decorative = forms.BooleanField(
        label=_("Decorative only (no description needed)"), required=False
    )

    def clean_picture(self):
        file = self.cleaned_data["picture"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %d MB. Make the picture smaller first.")
                % (MAX_FILE_BYTES // 1_000_000)
            )
        return file

    def clean_alternative(self):
        return " ".join(self.cleaned_data["alternative"].split())

    def clean(self):
        fields = super().clean()
        is_described = fields.get("alternative") or fields.get("is_decorative")
        if not is_described and "alternative" not in self.errors:
            error = _("Describe the picture, or tick “Decorative only”.")
            self.add_error("alternative", error)
        return fields
