"""The form of a pasted text and of the choice between its changes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.editor.post import VERSION, normalise_newlines
from blog.forms.textarea import Textarea
from blog.paste import MAX_PASTE_CHARS


class PastedForm(forms.Form):
    """A pasted text, as plain text and as the page it was copied from, and where it goes.

    ``shown`` names the changes that somebody has seen, ``wanted`` those they want; what was not
    shown yet is applied.
    """

    END, INSTEAD = "end", "instead"
    PLACES = [
        (END, _("At the end of my draft")),
        (INSTEAD, _("In place of the text in my draft")),
    ]

    pasted = forms.CharField(
        label=_("Your text"),
        required=False,
        strip=False,
        max_length=MAX_PASTE_CHARS,
        widget=Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_(
            "Plain text, Markdown or HTML. From Word or Google Docs: save the document as a web "
            "page, then paste the source of that page. With JavaScript you can paste directly "
            "into the editor."
        ),
    )
    html = forms.CharField(
        required=False, strip=False, max_length=MAX_PASTE_CHARS, widget=forms.HiddenInput
    )
    place = forms.ChoiceField(
        label=_("Where to insert it"),
        choices=PLACES,
        required=False,
        widget=forms.RadioSelect,
    )
    version = forms.RegexField(VERSION, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        if data is not None and "place" not in data:
            data = data.copy()
            data["place"] = self.END
        super().__init__(data, **kwargs)

    def clean_pasted(self):
        """Normalise the ends of lines: the names of changes depend on them."""
        return normalise_newlines(self.cleaned_data["pasted"])

    def clean(self):
        fields = self.cleaned_data
        if not self.errors and not (fields["pasted"].strip() or fields["html"].strip()):
            self.add_error("pasted", _("There is no text yet. Paste your text first."))
        return fields

    def chosen(self) -> dict[str, bool]:
        """Return whether each change that was shown is wanted, by its name."""
        wanted = set(self.data.getlist("wanted"))
        return {name: name in wanted for name in self.data.get("shown", "").split()}
