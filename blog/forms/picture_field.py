"""The field for an uploaded picture."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.pictures import MAX_FILE_BYTES


class PictureField(forms.FileField):
    """A file that may be a picture; whether it is one, ``blog.pictures`` decides."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
    default_error_messages = {"required": _("Choose a picture first.")}

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %d MB. Make the picture smaller first.")
                % (MAX_FILE_BYTES // 1_000_000)
            )
        return file
