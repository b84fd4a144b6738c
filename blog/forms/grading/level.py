"""The form of one level, which a script sends as soon as it is chosen."""

from django import forms


class LevelForm(forms.Form):
    """A level of a criterion by its position, and what the page has shown.

    ``seen`` is the version of the score, 0 for none; ``version`` that of the grading.
    """

    criterion = forms.IntegerField(min_value=1)
    level = forms.IntegerField(min_value=1)
    seen = forms.IntegerField(min_value=0)
    version = forms.CharField(required=False, max_length=30)
    revision = forms.IntegerField(required=False)
