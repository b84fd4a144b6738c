"""What people ask of the class bibliography, and what they take from it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Post, Work
from blog.queries.bibliography import SORTS


class SearchForm(forms.Form):
    """What to look for and in which order; both may be missing, and nonsense counts as missing."""

    q = forms.CharField(
        label=_("Author, title or year"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=list(SORTS.items()),
        required=False,
        widget=forms.Select(attrs={"class": "form-select fit"}),
    )

    def wanted(self) -> dict[str, str]:
        """Return what ``bibliography_of`` takes."""
        self.is_valid()
        return {
            "query": self.cleaned_data.get("q", ""),
            "sort": self.cleaned_data.get("sort") or "author",
        }


class PostChoiceForm(forms.Form):
    """Choose which of one's own posts gets a work; the one at hand stands first."""

    post = forms.ChoiceField(label=_("Onto the shelf of"))

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.posts = {post.slug: post for post in posts}
        self.fields["post"].choices = [(slug, _called(post)) for slug, post in self.posts.items()]
        self.fields["post"].widget.attrs["class"] = "form-select fit"

    def clean_post(self):
        return self.posts[self.cleaned_data["post"]]


class TakeForm(PostChoiceForm):
    """A work of the list for the shelf of a post; ``back`` is the list as it was looked at."""

    work = forms.ModelChoiceField(queryset=Work.objects.none())
    back = forms.CharField(required=False, max_length=500)

    def __init__(self, *args, works, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["work"].queryset = works


def _called(post: Post) -> str:
    return _("%(title)s (draft)") % {"title": post} if post.is_draft else str(post)


class MergeForm(forms.Form):
    """Choose which of two records stays."""

    keep = forms.ModelChoiceField(
        label=_("Which record stays"),
        queryset=Work.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.fields["keep"].queryset = Work.objects.filter(pk__in=[work.pk for work in pair])

    def duplicate_and_canonical(self) -> tuple[Work, Work]:
        kept = self.cleaned_data["keep"]
        return next(work for work in self.pair if work != kept), kept
