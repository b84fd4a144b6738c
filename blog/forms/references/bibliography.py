"""Forms of the class bibliography: search it, add from it to a post, merge two works."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.citations.matching import differing_fields
from blog.models import Post, Work
from blog.queries.bibliography import CITED_BY, SORTS, BibliographyCriteria
from blog.text.lists import isolated


class SearchForm(forms.Form):
    """Words to search for, filters and an order; an invalid value counts as missing."""

    q = forms.CharField(
        label=_("Author, title, year or DOI"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    by = forms.ChoiceField(
        label=_("Cited by"),
        choices=list(CITED_BY.items()),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    prompt = forms.ChoiceField(
        label=_("In posts on"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    required = forms.BooleanField(
        label=_("Required reading"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    new = forms.BooleanField(
        label=_("References I have not cited"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        choices=list(SORTS.items()),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, prompts, has_pod, **kwargs):
        super().__init__(*args, **kwargs)
        self.prompts = {str(prompt.number): prompt for prompt in prompts}
        self.fields["prompt"].choices = [
            ("", _("Any prompt")),
            *((number, f"{number}: {prompt.title}") for number, prompt in self.prompts.items()),
        ]
        if not has_pod:
            choices = [(key, label) for key, label in CITED_BY.items() if key != "pod"]
            self.fields["by"].choices = choices

    def criteria(self) -> BibliographyCriteria:
        self.is_valid()
        chosen = self.cleaned_data
        return BibliographyCriteria(
            query=chosen.get("q", ""),
            sort=chosen.get("sort") or "author",
            cited_by=chosen.get("by", ""),
            prompt=self.prompts.get(chosen.get("prompt", "")),
            required=chosen.get("required", False),
            not_cited=chosen.get("new", False),
        )

    def address(self) -> dict[str, str]:
        """Return the valid fields that say something, for the addresses of other pages."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if chosen.get("sort") == "author":
            del chosen["sort"]
        return {name: "on" if value is True else value for name, value in chosen.items()}


class PostChoiceForm(forms.Form):
    """The choice of one's own post that gets a reference; the latest draft comes first."""

    post = forms.ChoiceField(label=_("Add to"))

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.posts = {post.slug: post for post in posts}
        self.fields["post"].choices = [(slug, _label(post)) for slug, post in self.posts.items()]
        self.fields["post"].widget.attrs["class"] = "form-select fit"

    def clean_post(self):
        return self.posts[self.cleaned_data["post"]]


class AddWorkForm(PostChoiceForm):
    """A work to add to a post; ``back`` is the query of the list it was chosen from."""

    work = forms.ModelChoiceField(queryset=Work.objects.none())
    back = forms.CharField(required=False, max_length=500)

    def __init__(self, *args, works, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["work"].queryset = works


def _label(post: Post) -> str:
    return _("%(title)s (draft)") % {"title": isolated(str(post))} if post.is_draft else str(post)


class MergeForm(forms.Form):
    """The choice of the work to keep of two that are merged."""

    keep = forms.ModelChoiceField(
        label=_("Which reference to keep"),
        queryset=Work.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    is_same = forms.BooleanField(
        label=_("They are the same work"),
        error_messages={"required": _("Check that they are the same work, then tick the box.")},
    )

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.fields["keep"].queryset = Work.objects.filter(pk__in=[work.pk for work in pair])
        self.differences = differing_fields(*(work.csl for work in pair))
        if not self.differences:
            del self.fields["is_same"]

    @property
    def difference_labels(self) -> list[str]:
        """Return the names of the fields that differ, as the page prints them."""
        labels = {
            "DOI": _("DOI"),
            "author": _("authors"),
            "issued": _("year"),
            "title": _("title"),
        }
        return [labels[field] for field in self.differences]

    def duplicate_and_canonical(self) -> tuple[Work, Work]:
        canonical = self.cleaned_data["keep"]
        return next(work for work in self.pair if work != canonical), canonical
