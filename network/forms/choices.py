"""Forms of networks: what is suggested, and how fast ties fade."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import NetworkChoices, TieClock


class NetworkChoicesForm(forms.ModelForm):
    """A person's choices about suggestions in a course."""

    class Meta:
        model = NetworkChoices
        fields = ["wants_suggestions", "may_be_suggested"]
        help_texts = {
            "wants_suggestions": _(
                "People to meet, conversations to continue, questions of classmates and posts from "
                "outside your usual reading. Your ties stay in view."
            ),
            "may_be_suggested": _(
                "Where a classmate cites what you cite, for example. Your posts stay in all lists."
            ),
        }


class HalfLifeForm(forms.Form):
    """The time until a comment counts half as much."""

    half_life = forms.TypedChoiceField(
        label=_("A comment counts half as much after"),
        choices=TieClock.HalfLife.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
