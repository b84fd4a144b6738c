"""The days on which a course closes, leaves the public web and becomes read-only."""

from blog.forms.courses.course import DateInput
from blog.forms.versions import VersionedForm
from blog.models import Course
from blog.models.courses import DATES_AHEAD


class CourseDatesForm(VersionedForm):
    """One day for each change; an empty one is none."""

    class Meta:
        model = Course
        fields = DATES_AHEAD
        widgets = {field: DateInput() for field in DATES_AHEAD}
