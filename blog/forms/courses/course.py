"""Forms for courses, pods and joining."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.key_field import RowsField
from blog.forms.languages import LanguageField
from blog.forms.prompts.dates import year_error
from blog.forms.textarea import Textarea
from blog.forms.time_zones import TimeZoneField, present_zone
from blog.forms.versions import ComparedForm, VersionedForm
from blog.models import Audience, Course, Membership, Pod, User
from blog.models.courses import JOIN_CODE_CHARACTERS, RESERVED_SLUGS
from blog.web.idempotency import IdempotencyKeyField

JOINING_STOPPED = _("Joining with this code is turned off. Ask your instructor to invite you.")
MAX_POD_SIZE = 12
MAX_SEED = 9999


def new_seed() -> int:
    """Return a number to draw pods by, short enough to be read aloud."""
    return secrets.randbelow(MAX_SEED) + 1


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class CourseForm(VersionedForm):
    """Title, dates, zone, language, audiences. The address is chosen once: in a new course."""

    time_zone = TimeZoneField(
        label=_("Time zone"),
        help_text=_("All due dates are in this time zone."),
    )
    language = LanguageField(
        label=_("Language"),
        nobody=_("As each reader’s browser asks"),
        help_text=_("For people who have not chosen a language in their profile."),
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
            "language",
            "default_audience",
            "widest_audience",
        ]
        widgets = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "about": Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "slug": {"invalid": _("Use only a to z, 0 to 9, hyphens and underscores.")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].offer(self.instance.time_zone)
        self.fields["language"].offer()
        # Posts must be allowed to reach the course, and none is for its author alone by default.
        self.fields["widest_audience"].choices = [
            c for c in Audience.choices if c[0] >= Audience.COURSE
        ]
        self.fields["default_audience"].choices = [
            c for c in Audience.choices if c[0] >= Audience.INSTRUCTORS
        ]
        if self.instance.pk:
            del self.fields["slug"]

    def clean(self):
        """Report at their fields what constraints of the table would report above the form."""
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        for name in ("starts_on", "ends_on"):
            if message := data.get(name) and year_error(data[name]):
                self.add_error(name, message)
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first day."))
        default, widest = data.get("default_audience"), data.get("widest_audience")
        if default is not None and widest is not None and default > widest:
            message = _("The default audience cannot be wider than the widest audience allowed.")
            self.add_error("default_audience", message)
        return data

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("The site uses this address itself. Choose another."))
        return slug


class NewCourseForm(CourseForm):
    """The form that opens a course, once however often it is sent.

    The zone is that of the account, or where none was chosen that of the computer.
    """

    key = IdempotencyKeyField()

    def __init__(self, *args, opener: User, initial: dict | None = None, **kwargs):
        initial = {"time_zone": opener.time_zone} | (initial or {})
        zone = initial["time_zone"] = present_zone(initial["time_zone"])
        super().__init__(*args, initial=initial, **kwargs)
        from_browser = zone == User._meta.get_field("time_zone").default and not self.is_bound
        self.fields["time_zone"].offer(zone, from_browser=from_browser)


class JoinForm(forms.Form):
    """The code of a course to join."""

    code = forms.CharField(
        label=_("Course code"),
        max_length=40,
        help_text=_("From your instructor. Example: K7QM-2PXR-9TBWA."),
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


def normalise_code(code: str) -> str:
    """Return a code as it is stored: people type it in any case, with or without dashes."""
    letters = "".join(character for character in code.upper() if character.isalnum())
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def unknown_code_message(code: str) -> str:
    """Return the message that no course has a code, with what may be wrong with it."""
    if set(code.replace("-", "")) - set(JOIN_CODE_CHARACTERS):
        return str(
            _("No course has this code. Codes never contain 0, O, 1, I or L. Check these again.")
        )
    return str(_("No course has this code. Ask your instructor: the code may have changed."))


class PodForm(ComparedForm, forms.ModelForm):
    """A pod's name and who is in it; a student is in one pod at most.

    The version of a pod is the name that the page showed. Members are moved one by one: the page
    names those it showed, and only whom its writer chose or took away is moved.
    """

    members = RowsField(
        label=_("Members"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A student in another pod is moved here."),
    )
    members_seen = RowsField(
        queryset=Membership.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )
    adding_fields = ("members",)

    class Meta:
        model = Pod
        fields = ["name"]

    def __init__(self, *args, course, instance=None, **kwargs):
        row_version = instance.name if instance else None
        super().__init__(*args, row_version=row_version, instance=instance, **kwargs)
        self.instance.course = course
        everybody = Membership.objects.in_course(course)
        students = everybody.active().students().for_list()
        self.fields["members"].queryset = students
        self.fields["members"].label_from_instance = pod_member_label
        self.fields["members_seen"].queryset = everybody
        if instance:
            seen = [member.pk for member in students if member.pod_id == instance.pk]
            self.fields["members"].initial = self.fields["members_seen"].initial = seen

    def _get_validation_exclusions(self):
        # The view sets the course, and the name must be unique in it.
        return super()._get_validation_exclusions() - {"course"}

    @property
    def added(self) -> set[Membership]:
        """Return the members whom the writer added."""
        return set(self.cleaned_data["members"]) - set(self.cleaned_data["members_seen"])

    @property
    def removed(self) -> set[Membership]:
        """Return the members whom the writer removed; only those whom the form still offers."""
        offered = set(self.fields["members"].queryset) & set(self.cleaned_data["members_seen"])
        return offered - set(self.cleaned_data["members"])


def pod_member_label(membership: Membership) -> str:
    """Return a student's name, with the pod they are in now."""
    if membership.pod:
        return f"{membership.user} ({membership.pod})"
    return str(membership.user)


class NewPodForm(PodForm):
    """The form that creates a pod, once however often it is sent."""

    key = IdempotencyKeyField()


class DrawPodsForm(forms.Form):
    """The settings by which students without a pod are drawn into new ones."""

    size = forms.IntegerField(
        label=_("Students in a pod"), min_value=2, max_value=MAX_POD_SIZE, initial=4
    )
    by_section = forms.BooleanField(
        label=_("Only students of the same section share a pod"), required=False
    )
    seed = forms.IntegerField(
        label=_("Random seed"),
        min_value=0,
        max_value=MAX_SEED,
        initial=new_seed,
        help_text=_("The same seed and the same students give the same pods."),
    )
    key = IdempotencyKeyField()

    def __init__(self, *args, has_sections: bool, **kwargs):
        super().__init__(*args, auto_id="draw_%s", **kwargs)
        if not has_sections:
            del self.fields["by_section"]

    @property
    def content(self) -> dict:
        """Return the content for the action."""
        data = self.cleaned_data
        by_section = data.get("by_section", False)
        return {"size": data["size"], "seed": data["seed"], "by_section": by_section}
