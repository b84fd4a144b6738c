"""The forms of an intention and of a look back on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.textarea import Textarea
from network.forms.paragraph_field import ParagraphField
from network.models import Intention


class IntentionForm(forms.ModelForm):
    """An intention for this week; empty words remove it."""

    class Meta:
        model = Intention
        fields = ["text"]
        field_classes = {"text": ParagraphField}
        widgets = {"text": forms.TextInput(attrs={"list": "intention-offers"})}
        help_texts = {"text": _("Only you see it. Leave it empty to remove it.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False


class LookBackForm(forms.ModelForm):
    """A look back at an intention."""

    class Meta:
        model = Intention
        fields = ["looked_back"]
        widgets = {"looked_back": Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_%s_{self.instance.pk}"
