"""The form of a prompt."""

from datetime import datetime, time, timedelta
from operator import attrgetter

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from blog.citations.parsers import read_references
from blog.exceptions import ReadError, TextRefused
from blog.forms.key_field import RowsField
from blog.forms.prompts.dates import MinuteField, date_errors
from blog.forms.prompts.required_works import NewRecordsField, new_entries
from blog.forms.textarea import Textarea
from blog.forms.versions import VersionedForm
from blog.models import Audience, Course, Prompt, Rubric, User, Work
from blog.models.prompt_dates import DATES
from blog.models.prompts import RUBRIC_FIELDS
from blog.queries.works import findable_works
from blog.text import render_question
from blog.web.idempotency import IdempotencyKeyField
from blog.web.keys import read_key


class PromptForm(VersionedForm):
    """The question, its dates and rules, and the required reading that was found for it.

    What is typed in the field of the reading and not looked up is read as a list of references.
    """

    zone = forms.CharField(required=False, widget=forms.HiddenInput)
    opens_at = MinuteField(label=_("Opens"), required=False)
    due_at = MinuteField(
        label=_("Post by"),
        required=False,
        help_text=_("A post published in that minute is still on time."),
    )
    comments_due_at = MinuteField(label=_("Comment by"), required=False)
    widest_audience = forms.TypedChoiceField(
        label=_("Widest audience"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=Prompt._meta.get_field("widest_audience").help_text,
    )
    records = NewRecordsField(required=False)
    more_works = forms.CharField(
        label=_("Add a reading: DOI, link, title or APA line"),
        required=False,
        max_length=60_000,
        widget=Textarea(attrs={"rows": 1, "spellcheck": "false", "autocomplete": "off"}),
    )

    adding_fields = ("more_works",)
    # Whether it came back as a button left it, with values that are saved nowhere.
    is_arranged = False

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
            "asks_for_help",
            "is_draft",
            "late_posts",
            "late_days",
            "widest_audience",
            "rubric",
            "comments_rubric",
            "is_anonymous",
            "required_works",
        ]
        widgets = {
            "question": Textarea(attrs={"rows": 6, "dir": "auto"}),
            "required_works": forms.CheckboxSelectMultiple(),
        }
        field_classes = {"required_works": RowsField}

    def __init__(self, *args, reader: User, **kwargs):
        instance = kwargs.get("instance")
        if instance is not None and not instance.has_dates:
            kwargs["initial"] = dict.fromkeys(DATES) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        course = self.instance.course
        self.fields["widest_audience"].choices = audience_choices(course)
        self.fields["question"].help_text = _(
            "In Markdown: **bold**, *italic*, - list, [link](https://…). Up to 90 characters it is "
            "set large, longer ones smaller."
        )
        self.fields["zone"].initial = course.time_zone
        for name in ("rota_posts", "late_posts"):  # an older page may not send them
            self.fields[name].required = False
        self.has_fixed_rubric = self.instance.has_fixed_rubric
        self.has_fixed_comments_rubric = self.instance.has_fixed_comments_rubric
        for name in RUBRIC_FIELDS.values():
            chosen = getattr(self.instance, name)
            rubrics = Rubric.objects.in_course(course).offered(besides=chosen)
            self.fields[name].queryset = rubrics
            self.fields[name].empty_label = _("no rubric: feedback in words only")
            if getattr(self, f"has_fixed_{name}"):
                del self.fields[name]
        self.has_fixed_anonymity = self.has_fixed_rubric or self.has_fixed_comments_rubric
        if self.has_fixed_anonymity:
            del self.fields["is_anonymous"]
        works = Work.objects.in_course(course)
        known = Q(pk__in=findable_works(reader, course).values("pk"))
        if self.instance.pk:
            known |= Q(required_by=self.instance)
        self.fields["required_works"].queryset = works.filter(known).distinct()
        self.fields["required_works"].label_from_instance = attrgetter("label_with_title")

    @property
    def chosen_works(self) -> list[Work]:
        """Return the works of the course that are chosen on the page, stored or not."""
        value = self["required_works"].value() or []
        keys = {read_key(str(getattr(one, "pk", one))) for one in value} - {None}
        works = self.fields["required_works"].queryset
        return list(works.filter(pk__in=keys).order_by(Lower("label"), "pk"))

    @property
    def added_records(self) -> list[dict]:
        """Return the records that are added on the page and stored with the prompt."""
        return new_entries(self["records"].value() or [])

    def clean_question(self):
        """Refuse a question that cannot be rendered."""
        question = self.cleaned_data["question"]
        try:
            render_question(question)
        except TextRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return question

    def clean_zone(self):
        """Return the zone that the clock times of the form were typed in."""
        return self.cleaned_data["zone"] or self.instance.course.time_zone

    def clean_rota_posts(self):
        """Return the number of posts, the usual one if the field is empty."""
        number = self.cleaned_data["rota_posts"]
        return Prompt._meta.get_field("rota_posts").default if number is None else number

    def clean_late_posts(self):
        return self.cleaned_data["late_posts"] or self.instance.late_posts

    def clean(self):
        """Report at their fields the errors in dates and numbers of words."""
        data = super().clean()
        self._check_rubric()
        self._check_anonymity()
        self._check_zone(data)
        self._ask_for_dates(data)
        dates = {name: data.get(name) for name in DATES if self.instance.has_dates}
        new = DATES if self.instance.pk is None else self.changed_data
        for name, message in date_errors(self.instance.course, dates, new).items():
            self.add_error(name, message)
        words_min, words_max = data.get("words_min"), data.get("words_max")
        if None not in (words_min, words_max) and words_max < words_min:
            self.add_error("words_max", _("“Words to” must be at least “Words from”."))
        if data.get("late_days") and data.get("late_posts") != Prompt.LatePosts.LATE:
            if "late_days" in self.changed_data:
                message = _("Choose “Accept them, shown as late” for this, or leave it empty.")
                self.add_error("late_days", message)
            data["late_days"] = None
        if data.get("comments_across_pods") and data.get("comments_min") == 0:
            self.add_error("comments_across_pods", _("Require at least one comment first."))
        return data

    def _ask_for_dates(self, data: dict) -> None:
        """Ask for all dates, unless it is a draft that has none: others stand in for them."""
        missing = [name for name in DATES if not data.get(name) and name not in self.errors]
        is_draft = bool(data.get("is_draft"))
        self.instance.has_dates = not (is_draft and len(missing) == len(DATES))
        if not self.instance.has_dates:
            usual = default_values(self.instance.course)
            for name in DATES:
                data[name] = getattr(self.instance, name) or usual[name]
            return
        for name in missing:
            message = (
                _("Enter all dates, or leave all of them empty in a draft.")
                if is_draft
                else _("Enter this date, or keep the prompt as a draft.")
            )
            self.add_error(name, message)

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
            message = _("Press “Find” to look this up, or remove it.")
            raise forms.ValidationError([str(error), message]) from error


class NewPromptForm(PromptForm):
    """The form of a new prompt, filled in with what is usual."""

    key = IdempotencyKeyField()

    def __init__(self, *args, course: Course, initial: dict | None = None, **kwargs):
        initial = default_values(course) if initial is None else initial
        super().__init__(*args, instance=Prompt(course=course), initial=initial, **kwargs)


def shown_again(form_class: type[PromptForm], data, **kwargs) -> PromptForm:
    """Return a form with the submitted values, which is not checked and says of no errors."""
    sent = form_class(data, **kwargs)
    form = form_class(initial={field.name: field.data for field in sent}, **kwargs)
    form.is_arranged = True
    return form


def audience_choices(course: Course) -> list[tuple[int | str, str]]:
    """Return the widest audiences that a prompt can have: none of its own first."""
    of_course = Audience(course.widest_audience).label
    return [
        ("", _("As in the course: %(audience)s") % {"audience": of_course}),
        *((value, label) for value, label in course.audiences() if value != Audience.ONLY_ME),
    ]


def default_values(course: Course) -> dict:
    """Return a prompt that opens today, with two weeks to write and one more to comment.

    No date is before the course's first day, or after its last one unless that has passed.
    """
    today = max(course.today(), course.starts_on)
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
