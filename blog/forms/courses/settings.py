"""The settings of a course, with the questions that some changes raise before they are saved."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.forms.courses.course import CourseForm
from blog.models import Post, Prompt
from blog.models.prompt_dates import same_clock_time
from blog.text.lists import comma_list, isolated

CLOCK_TIMES, MOMENTS = "clock-times", "moments"


class CourseSettingsForm(CourseForm):
    """The form of a course that runs; it asks before prompts move or posts lose readers.

    ``moved_prompts`` are those whose clock times and moments cannot both stay in a new zone,
    ``narrowed_posts`` the number of posts that a new widest audience makes narrower. Each question
    comes back with what it was about: an answer to another question is none.
    """

    class Meta(CourseForm.Meta):
        fields = [*CourseForm.Meta.fields, "guest_comments"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.moved_prompts: list[Prompt] = []
        self.narrowed_posts = 0

    @property
    def keeps_clock_times(self) -> bool:
        return self.data.get("keep-dates") == CLOCK_TIMES

    @property
    def narrowing(self) -> str:
        """Return the subject of the question about posts."""
        return f"{self.cleaned_data.get('widest_audience')}:{self.narrowed_posts}"

    @property
    def asks_about_dates(self) -> bool:
        if not self.moved_prompts:
            return False
        # Where the dates come after the last day, another answer may be the way out.
        is_open = self.has_error("ends_on")
        is_answered = self.data.get("keep-dates") in (CLOCK_TIMES, MOMENTS) and not is_open
        return not is_answered or self.data.get("dates-in") != self.cleaned_data.get("time_zone")

    @property
    def asks_about_posts(self) -> bool:
        return bool(self.narrowed_posts) and self.data.get("narrow") != self.narrowing

    def is_valid(self) -> bool:
        return super().is_valid() and not (self.asks_about_dates or self.asks_about_posts)

    def clean(self):
        data = super().clean()
        if self.is_stale:
            return data
        prompts = list(Prompt.objects.in_course(self.instance))
        zone, widest = data.get("time_zone"), data.get("widest_audience")
        if zone and zone != self.initial["time_zone"]:
            zones = self.instance.zone, ZoneInfo(zone)
            self.moved_prompts = [prompt for prompt in prompts if prompt.differs_in(*zones)]
        if widest is not None and widest < self.initial["widest_audience"]:
            self.narrowed_posts = Post.objects.in_course(self.instance).wider_than(widest).count()
        if zone and data.get("ends_on") and not self.asks_about_dates:
            self._check_last_day(prompts)
        return data

    def _check_last_day(self, prompts: list[Prompt]) -> None:
        """Refuse a last day that would be before dates of prompts: commenting would close unsaid.

        Dates that are late already are no reason to refuse other changes.
        """
        last_day = self.cleaned_data["ends_on"]
        late = [prompt for prompt in prompts if self._last_date(prompt) > last_day]
        message = _late_for_day
        if "ends_on" not in self.changed_data:
            day_of = self.instance.day_of
            late = [prompt for prompt in late if day_of(prompt.comments_due_at) <= last_day]
            message = _late_in_zone
        if late:
            titles = comma_list(
                _("“%(title)s”") % {"title": isolated(str(prompt))} for prompt in late
            )
            self.add_error("ends_on", message(len(late)) % {"prompts": titles})

    def _last_date(self, prompt: Prompt) -> date:
        """Return the day on which comments on a prompt are due once the form is saved."""
        moment, zone = prompt.comments_due_at, ZoneInfo(self.cleaned_data["time_zone"])
        if prompt in self.moved_prompts and self.keeps_clock_times:
            moment = same_clock_time(moment, self.instance.zone, zone)
        return moment.astimezone(zone).date()


def _late_for_day(count: int) -> str:
    return ngettext(
        "%(prompts)s has dates after this day. Change its dates first, or choose a later last day.",
        "%(prompts)s have dates after this day. Change their dates first, or choose a later last "
        "day.",
        count,
    )


def _late_in_zone(count: int) -> str:
    return ngettext(
        "In this time zone %(prompts)s has dates after the last day. Keep the clock times, or "
        "choose a later last day.",
        "In this time zone %(prompts)s have dates after the last day. Keep the clock times, or "
        "choose a later last day.",
        count,
    )
