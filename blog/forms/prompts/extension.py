"""The form that gives a student more time for a prompt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.prompts.dates import MinuteField
from blog.models import Membership, Prompt, User, name_for, shown_name


class ExtensionForm(forms.Form):
    """A student and the last minute of their post, which is on time; giving it again changes it.

    ``seen`` has the versions of the extensions that the page shows: which of them is changed is
    known once a student is chosen.
    """

    is_stale = False

    student = forms.ModelChoiceField(
        User.objects.none(), label=_("Student"), to_field_name="username"
    )
    until = MinuteField(
        label=_("Post by"), help_text=_("A post published in that minute is still on time.")
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, prompt: Prompt, reader: User, **kwargs):
        super().__init__(*args, **kwargs)
        students = Membership.objects.in_course(prompt.course).active().students()
        people = User.objects.filter(pk__in=students.values("user"))
        self.fields["student"].queryset = people.order_by(shown_name(), "pk")
        self.fields["student"].empty_label = _("Choose a student")
        self.fields["student"].label_from_instance = lambda person: name_for(person, reader)

    def clean_seen(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["seen"].split())

    def show_stale(self, message: str) -> None:
        """Show the stored values; those submitted here replace them with the next save."""
        self.is_stale = True
        self.add_error(None, message)
