"""The forms of next pods: how large they are to be, and who is in which."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.web.idempotency import IdempotencyKeyField


class DrawForm(forms.Form):
    """How large the next pods are to be."""

    size = forms.IntegerField(label=_("Students in a pod"), min_value=2, max_value=12, initial=4)
    by_section = forms.BooleanField(
        label=_("Nobody shares a pod with another section"), required=False
    )


class NextPodsForm(forms.Form):
    """The pod of each student, by its number; empty: they stay where they are."""

    key = IdempotencyKeyField()

    def __init__(self, data, *, members, count: int, drawn=()) -> None:
        super().__init__(data)
        name = gettext("New pod %(number)d")
        numbers = [(str(n), name % {"number": n}) for n in range(1, count + 1)]
        of = {row.member.pk: row.pod for row in drawn}
        self.members = list(members)
        for member in self.members:
            self.fields[f"pod-{member.pk}"] = forms.ChoiceField(
                choices=[("", gettext("stays")), *numbers],
                required=False,
                initial=str(of.get(member.pk, "")),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def groups(self) -> list[list[int]]:
        """Return the keys of the memberships of each new pod."""
        groups: dict[str, list[int]] = {}
        for member in self.members:
            number = self.cleaned_data[f"pod-{member.pk}"]
            if number:
                groups.setdefault(number, []).append(member.pk)
        return [groups[number] for number in sorted(groups, key=int)]
