"""Forms of the class bibliography: search it, add from it to a post, merge two works."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.citations.matching import differing_fields
from blog.models import Post, Work
from blog.queries.bibliography import SORTS


class SearchForm(forms.Form):
    """Words to search for and an order; an invalid value counts as missing."""

    q = forms.CharField(
        label=_("Author, title or year"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        choices=list(SORTS.items()),
        required=False,
        widget=forms.Select(attrs={"class": "form-select fit"}),
    )

    def criteria(self) -> dict[str, str]:
        """Return the arguments for ``bibliography_of``."""
        self.is_valid()
        return {
            "query": self.cleaned_data.get("q", ""),
            "sort": self.cleaned_data.get("sort") or "author",
        }


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
    return _("%(title)s (draft)") % {"title": post} if post.is_draft else str(post)


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
        """The names of the fields that differ, as the page prints them."""
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
