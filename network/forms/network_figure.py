"""The forms of a figure: of which day it is, and into which post it goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.courses.course import DateInput
from blog.forms.prompts.dates import DayField
from blog.models import Course, Post
from blog.web.idempotency import IdempotencyKeyField
from network.ties import tie_date


class FigureDayForm(forms.Form):
    """A day of the course, up to today."""

    day = DayField(label=_("Day"), widget=DateInput())

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.last = tie_date(course)
        self.first = min(course.starts_on, self.last)  # whom one follows is there before it starts
        self.fields["day"].widget.attrs |= {
            "class": "form-control",
            "min": self.first.isoformat(),
            "max": self.last.isoformat(),
        }

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not self.first <= day <= self.last:
            raise forms.ValidationError(
                _("Choose a day between the start of the course and today.")
            )
        return day


class FigurePostForm(FigureDayForm):
    """The day that was shown, and one of the writer's posts."""

    key = IdempotencyKeyField()
    post = forms.ChoiceField(label=_("Post"))

    def __init__(self, *args, course: Course, posts: list[Post], **kwargs):
        super().__init__(*args, course=course, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        self.fields["day"].widget = forms.HiddenInput({"id": "id_shown_day"})
        self.fields["post"].choices = [(key, str(post)) for key, post in self.posts.items()]

    def clean_post(self):
        return self.posts[self.cleaned_data["post"]]
