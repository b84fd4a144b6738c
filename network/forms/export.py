"""An instructor's choices for an export, and the names of the formats."""

from datetime import date
from typing import NamedTuple

from django import forms
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from blog.forms.courses.course import DateInput
from blog.forms.prompts.dates import DayField
from blog.models import Course


class Format(NamedTuple):
    """A format on the page: its name in addresses, what it is called, and for whom it is."""

    name: str
    label: str | Promise
    about: str | Promise


EVERYTHING = Format(
    "zip",
    _("Everything (ZIP)"),
    _("All files of the network in one ZIP."),
)
NETWORK_FORMATS = (
    Format("csv", _("Tables (CSV)"), _("nodes.csv and edges.csv, for spreadsheets, R and Gephi")),
    Format("graphml", "GraphML", _("network.graphml, for Gephi, Cytoscape and igraph")),
    Format("gexf", "GEXF", _("network.gexf, version 1.3, for Gephi")),
    Format("net", "Pajek", "network.net"),
    Format("dl", "UCINET", "network.dl"),
    Format("vna", "NetDraw", "network.vna"),
)
OTHER_FORMATS = (
    Format(
        "events",
        _("Comments with their times (CSV)"),
        _(
            "Who wrote to whom, and when. Anyone who can read the course can tell from "
            "the times who is who."
        ),
    ),
    Format(
        "xapi",
        _("Learning records (xAPI)"),
        _(
            "Who wrote a post, commented or replied, and when, for a learning record "
            "store. Anyone who can read the course can tell from the times who is who."
        ),
    ),
    Format(
        "svg",
        _("Figure of the class (SVG)"),
        _("class.svg, for slides. In a class of fewer than 20 students there is none."),
    ),
    Format(
        "key",
        _("Key to the codes"),
        _("Which code is which person. Do not keep it with the other files."),
    ),
)
LABELS = {one.name: one.label for one in (EVERYTHING, *NETWORK_FORMATS, *OTHER_FORMATS)}
# Of the command that exports all courses at once.
LABELS["parquet"] = _("Comments of all courses (Parquet)")


class NetworkExportForm(forms.Form):
    """The day, names or codes, and whether tables are for Excel."""

    as_of = DayField(
        label=_("As of"),
        required=False,
        widget=DateInput,
        help_text=_("What was written up to this day. If you leave it empty, up to today."),
    )
    names = forms.BooleanField(
        label=_("Names instead of codes"),
        required=False,
        help_text=_(
            "Without names, a person has the same code in all exports of this course. The class "
            "can see whether you exported names."
        ),
    )
    bom = forms.BooleanField(
        label=_("Tables for Excel"),
        required=False,
        help_text=_("Excel then shows accents correctly. Other programs do not need it."),
    )

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course
        days = {"min": course.starts_on, "max": min(course.today(), course.ends_on)}
        self.fields["as_of"].widget.attrs |= {name: str(day) for name, day in days.items()}

    def clean_as_of(self) -> date | None:
        day = self.cleaned_data["as_of"]
        if day and day > self.course.today():
            raise forms.ValidationError(
                _("This day is in the future. Choose today or an earlier day.")
            )
        if day and day < self.course.starts_on:
            first = formats.date_format(self.course.starts_on, "D j M Y")
            raise forms.ValidationError(
                _("The course began on %(day)s. Choose that day or a later one.") % {"day": first}
            )
        return day
