"""The form of a prompt."""

from datetime import datetime, time, timedelta
from operator import attrgetter

from django import forms
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from blog.citations.parsers import read_references
from blog.exceptions import ReadError
from blog.forms.versions import VersionedForm
from blog.models import Course, Prompt, Rubric, Work
from blog.models.prompts import DATES, RUBRIC_FIELDS
from blog.web.idempotency import IdempotencyKeyField


class MinuteInput(forms.DateTimeInput):
    """A date and a minute, in the course's zone, which ``in_course`` makes the active one."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class PromptForm(VersionedForm):
    """The question, its dates and requirements. Required reading is picked, or pasted to add."""

    zone = forms.CharField(required=False, widget=forms.HiddenInput)
    more_works = forms.CharField(
        label=_("Add required reading"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "code"}),
        help_text=_(
            "Paste BibTeX, RIS or CSL-JSON. Students can add it to their references with one click."
        ),
    )

    adding_fields = ("more_works",)

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
            "rota",
            "rota_posts",
            "comments_across_pods",
            "own_post_first",
            "rubric",
            "comments_rubric",
            "is_anonymous",
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
        self.fields["zone"].initial = course.time_zone
        self.fields["rota_posts"].required = False
        self.has_fixed_rubric = self.instance.has_fixed_rubric
        self.has_fixed_comments_rubric = self.instance.has_fixed_comments_rubric
        for name in RUBRIC_FIELDS.values():
            self.fields[name].queryset = Rubric.objects.filter(course=course)
            self.fields[name].empty_label = _("no rubric: feedback in words only")
            if getattr(self, f"has_fixed_{name}"):
                del self.fields[name]
        self.has_fixed_anonymity = self.has_fixed_rubric or self.has_fixed_comments_rubric
        if self.has_fixed_anonymity:
            del self.fields["is_anonymous"]
        works = Work.objects.in_course(course).in_use().order_by(Lower("label"), "pk")
        self.fields["required_works"].queryset = works
        self.fields["required_works"].label_from_instance = attrgetter("label_with_title")
        if not works:
            del self.fields["required_works"]

    def clean_zone(self):
        """Return the zone that the clock times of the form were typed in."""
        return self.cleaned_data["zone"] or self.instance.course.time_zone

    def clean_rota_posts(self):
        """Return the number of posts, the usual one if the field is empty."""
        number = self.cleaned_data["rota_posts"]
        return Prompt._meta.get_field("rota_posts").default if number is None else number

    def clean(self):
        """Say at their fields what is wrong with dates and numbers of words."""
        data = super().clean()
        self._check_rubric()
        self._check_anonymity()
        self._check_zone(data)
        opens, due, comments_due = (data.get(name) for name in DATES)
        if opens and due and due <= opens:
            self.add_error("due_at", _("The due date must be after the prompt opens."))
        if due and comments_due and comments_due < due:
            self.add_error("comments_due_at", _("Comments cannot be due before posts."))
        words_min, words_max = data.get("words_min"), data.get("words_max")
        if None not in (words_min, words_max) and words_max < words_min:
            self.add_error("words_max", _("“Words to” must be at least “Words from”."))
        if data.get("comments_across_pods") and data.get("comments_min") == 0:
            self.add_error("comments_across_pods", _("Require at least one comment first."))
        self._check_last_day(data)
        return data

    def _check_rubric(self) -> None:
        """Refuse another rubric, chosen before the first grade was given."""
        for name in RUBRIC_FIELDS.values():
            sent = self.data.get(name)
            is_other = sent is not None and sent != str(getattr(self.instance, f"{name}_id") or "")
            if getattr(self, f"has_fixed_{name}") and is_other:
                message = _(
                    "Grading has begun while this page was open, so the rubric cannot be chosen "
                    "here. Save again to keep the rubric, or use “Change the rubric”."
                )
                self.add_error(None, message)
                return

    def _check_anonymity(self) -> None:
        """Refuse to hide names on this form, asked for before the first grade was given."""
        if (
            self.has_fixed_anonymity
            and self.data.get("is_anonymous")
            and not (self.instance.is_anonymous)
        ):
            message = _(
                "Grading has begun while this page was open, so names cannot be hidden here. Save "
                "again to go on with names, or use “Anonymous grading”."
            )
            self.add_error(None, message)

    def _check_zone(self, data: dict) -> None:
        """Ask for another look at dates that were typed before the course's zone was changed."""
        zone = self.instance.course.time_zone
        if data.get("zone") == zone:
            return
        self.data = self.data.copy()
        self.data["zone"] = zone
        message = _(
            "The time zone of the course is now %(zone)s. Check the dates, then save again."
        )
        self.add_error("opens_at", message % {"zone": zone})

    def _check_last_day(self, data: dict) -> None:
        """Refuse new dates after the course's last day, when commenting is closed."""
        course = self.instance.course
        for name in DATES:
            moment = data.get(name)
            is_new = self.instance.pk is None or name in self.changed_data
            if moment and is_new and course.day_of(moment) > course.ends_on:
                message = _(
                    "The course ends on %(day)s. Choose an earlier date, or change the last day in "
                    "the settings first."
                )
                self.add_error(name, message % {"day": date_format(course.ends_on, "D j M Y")})

    def midnights(self) -> list[str]:
        """Return a warning for each new due date at 00:00, which reads like the end of its day."""
        warnings = []
        for name in ("due_at", "comments_due_at"):
            local = timezone.localtime(self.cleaned_data[name])
            if name in self.changed_data and local.time() == time(0):
                message = _(
                    "“%(date)s” is the start of %(day)s. If you mean the end of that day, change "
                    "it to 23:59."
                )
                day = date_format(local, "D j M Y")
                warnings.append(message % {"date": capfirst(self.fields[name].label), "day": day})
        return warnings

    def clean_more_works(self):
        """Return the pasted works as a list of CSL-JSON."""
        pasted = self.cleaned_data["more_works"]
        if not pasted.strip():
            return []
        try:
            return read_references(pasted)
        except ReadError as error:
            raise forms.ValidationError(str(error)) from error


class NewPromptForm(PromptForm):
    """The form of a new prompt, filled in with what is usual."""

    key = IdempotencyKeyField()

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(
            *args, instance=Prompt(course=course), initial=default_values(course), **kwargs
        )


def default_values(course: Course) -> dict:
    """Return a prompt that opens today, with two weeks to write and one more to comment.

    No date is after the course's last day, unless that has passed.
    """
    today = course.today()
    last_day = max(course.ends_on, today)

    def last_minute(days):
        day = min(today + timedelta(days=days), last_day)
        return datetime.combine(day, time(23, 59), tzinfo=course.zone)

    return {
        "title": _("Blog post %(number)d") % {"number": course.prompts.count() + 1},
        "opens_at": datetime.combine(today, time(0, 0), tzinfo=course.zone),
        "due_at": last_minute(14),
        "comments_due_at": last_minute(21),
        "words_min": 500,
        "words_max": 800,
        "references_min": 2,
        "comments_min": 2,
    }
