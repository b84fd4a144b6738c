"""The form of a prompt."""

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from blog.citations.parsers import read_references
from blog.exceptions import ReadError
from blog.models import Prompt, Rubric, Work
from blog.web.idempotency import IdempotencyKeyField


class MinuteInput(forms.DateTimeInput):
    """A date and a minute, in the course's zone (the view's door sets it)."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class PromptForm(forms.ModelForm):
    """What is asked, by when. Required reading can be picked, or pasted to be added."""

    more_works = forms.CharField(
        label=_("Add required reading"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "code"}),
        help_text=_("Paste BibTeX, RIS or CSL-JSON. Students put it on their shelf with a click."),
    )

    class Meta:
        model = Prompt
        fields = [
            "title",
            "question",
            "opens_at",
            "due_at",
            "comments_due_at",
            "words_min",
            "words_max",
            "references_min",
            "comments_min",
            "rubric",
            "required_works",
        ]
        widgets = {
            "question": forms.Textarea(attrs={"rows": 4}),
            "opens_at": MinuteInput(),
            "due_at": MinuteInput(),
            "comments_due_at": MinuteInput(),
            "required_works": forms.CheckboxSelectMultiple(),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        course = self.instance.course
        self.fields["rubric"].queryset = Rubric.objects.filter(course=course)
        self.fields["rubric"].empty_label = _("none: feedback in words only")
        works = Work.objects.in_course(course).in_use().order_by(Lower("label"), "pk")
        self.fields["required_works"].queryset = works
        self.fields["required_works"].label_from_instance = work_label
        if not works:
            del self.fields["required_works"]

    def clean_more_works(self):
        """Return the pasted works as a list of CSL-JSON."""
        pasted = self.cleaned_data["more_works"]
        if not pasted.strip():
            return []
        try:
            return read_references(pasted)
        except ReadError as error:
            raise forms.ValidationError(str(error)) from error


def work_label(work: Work) -> str:
    """Name a work with its title, as the shelf does: one author and year may have two."""
    return f"{work}. {work.csl.get('title', '')}"


class NewPromptForm(PromptForm):
    key = IdempotencyKeyField()
