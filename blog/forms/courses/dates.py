"""The days on which a course closes, leaves the public web, becomes read-only and is erased."""

from blog.forms.courses.course import DateInput
from blog.forms.versions import VersionedForm
from blog.models import Course
from blog.models.courses import DATES_AHEAD, ERASED_ON


class CourseDatesForm(VersionedForm):
    """One day for each change; an empty one is none."""

    class Meta:
        model = Course
        fields = DATES_AHEAD
        widgets = {field: DateInput() for field in DATES_AHEAD}


class ErasingForm(VersionedForm):
    """The day on which a course is erased; an empty one is none."""

    class Meta:
        model = Course
        fields = (ERASED_ON,)
        widgets = {ERASED_ON: DateInput()}
