"""The form that asks for second grades of a sample."""

from math import ceil

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.web.idempotency import IdempotencyKeyField

MAX_POSTS = 1000


class SecondGradingsForm(forms.Form):
    """The number of a prompt's grades to draw, or a percentage of those that can be."""

    amount = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MAX_POSTS,
        initial=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    unit = forms.ChoiceField(
        label=_("Counted in"),
        choices=[("percent", _("percent")), ("posts", _("posts"))],
    )
    key = IdempotencyKeyField()

    def clean(self):
        data = super().clean()
        if data.get("unit") == "percent" and data.get("amount", 0) > 100:
            self.add_error("amount", _("Choose at most 100 percent."))
        return data

    def size_of(self, available: int) -> int:
        """Return the number of posts to draw of those available, at least one."""
        amount = self.cleaned_data["amount"]
        if self.cleaned_data["unit"] == "posts":
            return amount
        return max(1, ceil(available * amount / 100))
