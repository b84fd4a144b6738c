"""Forms of the roster: whom it shows, and the role, pod and section of a member."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Membership, Pod, Section
from blog.queries.roster import (
    JOINED,
    MAX_QUERY_CHARS,
    NO_GROUP,
    NOT_JOINED,
    STUDENTS,
    TEAM,
    RosterFilter,
)


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class RosterFilterForm(forms.Form):
    """Filters that come with the address; a choice that does not exist is an error."""

    q = forms.CharField(
        label=_("Name or email"),
        required=False,
        max_length=MAX_QUERY_CHARS,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("All roles")), (STUDENTS, _("Students")), (TEAM, _("Teaching team"))],
        widget=_select(),
    )
    pod = forms.ChoiceField(label=_("Pod"), required=False, widget=_select())
    section = forms.ChoiceField(label=_("Section"), required=False, widget=_select())
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Everyone")), (JOINED, _("Joined")), (NOT_JOINED, _("Not joined yet"))],
        widget=_select(),
    )

    def __init__(self, *args, pods: Iterable[Pod], sections: Iterable[Section], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pod"].choices = [
            ("", _("All pods")),
            *((str(pod.pk), str(pod)) for pod in pods),
            (NO_GROUP, _("No pod")),
        ]
        self.fields["section"].choices = [
            ("", _("All sections")),
            *((str(section.pk), str(section)) for section in sections),
            (NO_GROUP, _("No section")),
        ]

    @property
    def has_sections(self) -> bool:
        return len(self.fields["section"].choices) > 2

    @property
    def chosen(self) -> RosterFilter:
        """Return the filters; all people where a choice is none of those offered."""
        if not self.is_valid():
            return RosterFilter()
        data = self.cleaned_data
        return RosterFilter(data["q"], data["role"], data["pod"], data["section"], data["state"])


class MemberForm(forms.ModelForm):
    """A member's role, pod and section."""

    class Meta:
        model = Membership
        fields = ["role", "pod", "section"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        course = self.instance.course
        self.fields["pod"].queryset = Pod.objects.filter(course=course)
        self.fields["pod"].empty_label = _("not in a pod")
        self.fields["section"].queryset = Section.objects.filter(course=course)
        self.fields["section"].empty_label = _("not in a section")
