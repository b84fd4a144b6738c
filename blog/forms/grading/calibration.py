"""The form that chooses the posts that all graders grade first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.key_field import RowsField
from blog.models import Calibration, Post, Prompt, User, shown_name
from blog.queries.calibration import calibratable_posts

NOT_A_CHOICE = _("One of these posts can no longer be chosen. Choose again.")


class CalibrationForm(forms.Form):
    """Two or three posts of a prompt, by their authors' names."""

    posts = RowsField(
        Post.objects.none(),
        label=_("Posts"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose two or three posts."),
            "invalid_choice": NOT_A_CHOICE,
            "invalid_pk_value": NOT_A_CHOICE,
        },
    )

    def __init__(self, *args, prompt: Prompt, reader: User, **kwargs):
        super().__init__(*args, **kwargs)
        posts = calibratable_posts(prompt, reader).for_list()
        self.fields["posts"].queryset = posts.order_by(shown_name("author__"), "pk")

    def clean_posts(self):
        posts = self.cleaned_data["posts"]
        if not Calibration.MIN_POSTS <= len(posts) <= Calibration.MAX_POSTS:
            raise forms.ValidationError(_("Choose two or three posts."))
        return posts
