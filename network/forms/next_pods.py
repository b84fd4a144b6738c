"""The forms of next pods: how large they are to be, and who comes into which."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.web.idempotency import IdempotencyKeyField


class DrawForm(forms.Form):
    """The size of the next pods."""

    size = forms.IntegerField(
        label=gettext_lazy("Students in a pod"), min_value=2, max_value=12, initial=4
    )
    by_section = forms.BooleanField(
        label=gettext_lazy("Nobody shares a pod with another section"), required=False
    )


class NextPodsForm(forms.Form):
    """The number of each student's new pod; empty: they stay where they are.

    Numbers and no lists to choose from: for 400 students that would be 40,000 choices on a page.
    """

    key = IdempotencyKeyField()

    def __init__(self, data, *, members, drawn=()) -> None:
        super().__init__(data)
        of = {row.member.pk: row.pod for row in drawn}
        self.members = list(members)
        for member in self.members:
            self.fields[f"pod-{member.pk}"] = forms.IntegerField(
                min_value=1,
                max_value=len(self.members),
                required=False,
                initial=of.get(member.pk),
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )

    def clean(self) -> None:
        if not self.errors and not self.groups():
            raise forms.ValidationError(_("Give at least one student the number of a new pod."))

    def groups(self) -> list[list[int]]:
        """Return the keys of the memberships of each new pod, in the order of their numbers."""
        groups: dict[int, list[int]] = {}
        for member in self.members:
            number = self.cleaned_data[f"pod-{member.pk}"]
            if number:
                groups.setdefault(number, []).append(member.pk)
        return [groups[number] for number in sorted(groups)]
