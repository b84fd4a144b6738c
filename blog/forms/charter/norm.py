"""Forms for the charter: start it, propose a norm, decide about a proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.key_field import KeyField
from blog.forms.textarea import Textarea
from blog.forms.versions import VersionedForm
from blog.models import Course, Norm, NormProposal
from blog.models.charter import MAX_SENTENCE_CHARS
from blog.web.idempotency import IdempotencyKeyField

# A start for courses without a charter, in our words: a short name and one sentence each.
TEMPLATE = (
    (
        _("Discuss the text, not the person"),
        _("Quote the sentence you disagree with, and say why."),
    ),
    (
        _("Ask before you write about others"),
        _("Family, friends and colleagues did not join this course."),
    ),
    (
        _("What is said in a pod stays in the pod"),
        _("Take it elsewhere only if the person who said it agrees."),
    ),
    (
        _("Say where it comes from"),
        _("If an idea comes from a work, a classmate or a machine, say so."),
    ),
    (
        _("Disagree with a reason, and come back for the reply"),
        _("A comment begins a conversation, so stay for what the other person says."),
    ),
)


def why_field() -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=MAX_SENTENCE_CHARS,
        widget=Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why in a sentence. Everyone in the course reads it.")},
    )


class NormForm(VersionedForm):
    """A name and a sentence to propose, for a new norm or instead of those of ``instance``."""

    why = why_field()
    key = IdempotencyKeyField()
    adding_fields = ("why",)

    class Meta:
        model = Norm
        fields = ["name", "sentence"]
        widgets = {"sentence": Textarea(attrs={"rows": 2})}

    def __init__(self, *args, course: Course, **kwargs):
        self.course = course
        super().__init__(*args, **kwargs)

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        others = Norm.objects.in_course(self.course).current().exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("The charter already has a norm with this name."))
        return name

    def clean(self):
        data = super().clean()
        if self.instance.pk and not self.errors and not self.is_stale and not self.edited_fields:
            raise forms.ValidationError(
                _("You have not changed anything yet. Edit the name or the sentence.")
            )
        return data

    @property
    def content(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("name", "sentence", "why")}


class DropForm(forms.Form):
    """The reason to drop a norm."""

    why = why_field()
    key = IdempotencyKeyField()


class ProposalDecisionForm(forms.Form):
    """The sentence with which an instructor accepts a proposal or does not.

    ``norm_version`` is that of the norm which the page showed; a new norm has none.
    """

    reason = forms.CharField(
        label=_("Your reason, in a sentence"),
        max_length=MAX_SENTENCE_CHARS,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("Everyone in the course reads it, with your name."),
        error_messages={"required": _("Write a sentence first.")},
    )
    norm_version = KeyField(min_value=0, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, proposal: NormProposal, **kwargs):
        version = proposal.norm.version if proposal.norm else None
        super().__init__(*args, initial={"norm_version": version}, **kwargs)
        self.stored_version = version

    @property
    def is_outdated(self) -> bool:
        """Return whether the norm is another than the page showed."""
        return self.is_bound and self["norm_version"].data != str(self.stored_version or "")

    def show_stored_version(self) -> None:
        """Name the version that the page shows now, after it was refused for another one."""
        self.data = self.data.copy()
        self.data["norm_version"] = str(self.stored_version or "")


class StartForm(forms.Form):
    """The norms of the template that a charter begins with."""

    norms = forms.MultipleChoiceField(
        label=_("Norms to begin with"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one norm.")},
    )
    key = IdempotencyKeyField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["norms"].choices = [
            (str(number), f"{name}. {sentence}") for number, (name, sentence) in enumerate(TEMPLATE)
        ]
        self.fields["norms"].initial = [str(number) for number in range(len(TEMPLATE))]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Return the name and sentence of each chosen norm, in the reader's language."""
        pairs = [TEMPLATE[int(number)] for number in self.cleaned_data["norms"]]
        return [(str(name), str(sentence)) for name, sentence in pairs]
