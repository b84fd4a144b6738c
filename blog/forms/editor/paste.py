"""The form that takes a pasted text, looks at it, and puts it into the draft."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.editor.post import VERSION
from blog.paste import MAX_PASTE_CHARS


class PastedForm(forms.Form):
    """What was pasted, as text and as the page it was copied from; what is wanted of it.

    ``shown`` names the changes that somebody has seen, ``take`` those they want; what was not
    shown yet is proposed as it is.
    """

    PLACES = [
        ("end", _("At the end of my draft")),
        ("instead", _("In place of what stands in it")),
    ]

    pasted = forms.CharField(
        label=_("Your text"),
        required=False,
        strip=False,
        max_length=MAX_PASTE_CHARS,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_(
            "Plain text, Markdown, or the source of a page. From Word or Google Docs: save as a "
            "web page, open it, and paste its source; with scripts you can paste right into the "
            "desk."
        ),
    )
    html = forms.CharField(
        required=False, strip=False, max_length=MAX_PASTE_CHARS, widget=forms.HiddenInput
    )
    place = forms.ChoiceField(
        label=_("Where it goes"),
        choices=PLACES,
        required=False,
        widget=forms.RadioSelect,
    )
    version = forms.RegexField(VERSION, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        if data is not None and "place" not in data:
            data = data.copy()
            data["place"] = "end"
        super().__init__(data, **kwargs)

    def clean_pasted(self):
        """Browsers send the ends of lines as two signs; names of changes rest on one."""
        return self.cleaned_data["pasted"].replace("\r\n", "\n").replace("\r", "\n")

    def clean(self):
        words = self.cleaned_data
        if not self.errors and not (words["pasted"].strip() or words["html"].strip()):
            self.add_error("pasted", _("There is nothing here yet. Paste your text first."))
        return words

    def chosen(self) -> dict[str, bool]:
        """Return of each change that was shown whether it is wanted."""
        wanted = set(self.data.getlist("take"))
        return {name: name in wanted for name in self.data.get("shown", "").split()}
