"""Forms for courses, pods, members and joining."""

import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Audience, Course, Membership, Pod
from blog.models.courses import CODE_SIGNS
from blog.web.idempotency import IdempotencyKeyField

RESERVED_SLUGS = {"new"}


def zone_choices():
    """Return the zones people live in, by region, without the old aliases."""
    regions = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    names = sorted(
        name for name in zoneinfo.available_timezones() if name.startswith(regions) and "/" in name
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class CourseForm(forms.ModelForm):
    """Title, dates, zone, audiences. The address may be chosen once, when the course is opened."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        help_text=_("All deadlines are in this zone."),
    )

    class Meta:
        model = Course
        fields = [
            "title",
            "slug",
            "term",
            "about",
            "starts_on",
            "ends_on",
            "time_zone",
            "default_audience",
            "widest_audience",
        ]
        widgets = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "about": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A course where posts may not even reach the course would be no course, and a habit of
        # writing for nobody is not one to set.
        self.fields["widest_audience"].choices = [
            c for c in Audience.choices if c[0] >= Audience.COURSE
        ]
        self.fields["default_audience"].choices = [
            c for c in Audience.choices if c[0] >= Audience.INSTRUCTORS
        ]
        if self.instance.pk:
            del self.fields["slug"]

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("This address is taken by the site itself."))
        return slug


class NewCourseForm(CourseForm):
    key = IdempotencyKeyField()


class JoinForm(forms.Form):
    code = forms.CharField(
        label=_("Course code"),
        max_length=40,
        help_text=_("From your instructor, for example K7QM-2PXR-9TBWA."),
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self):
        return normalise_code(self.cleaned_data["code"])


def normalise_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed: case, blanks and dashes are free."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def unknown_code_message(code: str) -> str:
    """Say that no course has a code, and what may be wrong with it."""
    if set(code.replace("-", "")) - set(CODE_SIGNS):
        return str(
            _("No course has this code. Codes never hold 0, O, 1, I or L: look at those again.")
        )
    return str(_("No course has this code. It may have been changed; ask your instructor."))


class MemberForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["role", "pod"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pod"].queryset = Pod.objects.filter(course=self.instance.course)
        self.fields["pod"].empty_label = _("no pod")


class PodForm(forms.ModelForm):
    """A pod's name and who is in it; a student is in one pod at most."""

    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Somebody who is in another pod moves here."),
    )

    class Meta:
        model = Pod
        fields = ["name"]

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.course = course
        members = Membership.objects.in_course(course).active().students().for_list()
        self.fields["members"].queryset = members
        self.fields["members"].label_from_instance = pod_member_label
        if self.instance.pk:
            self.fields["members"].initial = [m.pk for m in members if m.pod_id == self.instance.pk]

    def _get_validation_exclusions(self):
        # The course is set by us, and the name must be unique in it.
        return super()._get_validation_exclusions() - {"course"}

    def _save_m2m(self):
        super()._save_m2m()
        chosen = [m.pk for m in self.cleaned_data["members"]]
        self.instance.memberships.exclude(pk__in=chosen).update(pod=None)
        Membership.objects.in_course(self.instance.course).filter(pk__in=chosen).update(
            pod=self.instance
        )


def pod_member_label(membership: Membership) -> str:
    if membership.pod:
        return f"{membership.user} ({membership.pod})"
    return str(membership.user)


class NewPodForm(PodForm):
    key = IdempotencyKeyField()
