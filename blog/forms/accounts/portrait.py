"""The form of one's own portrait."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.picture_field import PictureField


class PortraitForm(forms.Form):
    """A picture of oneself; the square in its middle is stored."""

    picture = PictureField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 12 MB. It is cut to a square. Location and camera data "
            "are removed."
        ),
    )
