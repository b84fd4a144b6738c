"""A person's own intentions, week by week."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from blog.models import Course, User, name_for
from blog.models.prepared_queries import prepared
from blog.text.lists import isolated
from network.metrics.units import week_number
from network.models import Intention
from network.queries.week_choice import week_of
from network.ties import Tie, TieClass

MAX_OFFERS = 3


@dataclass(frozen=True)
class Intentions:
    """This week's intention, if there is one, and the newest of an earlier week.

    When the course is over there is no week to come: that of the last is an earlier one.
    """

    now: Intention | None
    before: Intention | None
    is_over: bool


def intentions_now(person: User, course: Course) -> Intentions:
    """Return a person's intention for this week, and the one before, by one query."""
    week = week_of(course)
    newest = _newest_of.rows(None, person=person.pk, course=course.pk)
    now = next((one for one in newest if one.week == week), None)
    if course.has_ended:
        return Intentions(None, newest[0] if newest else None, is_over=True)
    before = next((one for one in newest if one.week < week), None)
    return Intentions(now, before, is_over=False)


@prepared
def _newest_of(_shape: None, person: int, course: int) -> QuerySet:
    return Intention.objects.of(person, course)[:2]


def intention_offers(person: User, ties: list[Tie]) -> list[str]:
    """Return words to begin with, from the person's own ties; they can write anything else."""
    quiet = [tie for tie in ties if tie.dormant or tie.tie_class == TieClass.WEAK]
    names = [name_for(tie.peer, person) for tie in quiet[: MAX_OFFERS - 1]]
    offers = [_("keep up with %(name)s") % {"name": isolated(str(name))} for name in names]
    return [*offers, _("meet someone outside my pod")]


def earlier_intentions(person: User, course: Course) -> list[tuple[Intention, int]]:
    """Return the intentions of earlier weeks, each with the week of the course in which its ends.

    Weeks of the course begin on the day on which it began, and those of intentions on Monday.
    """
    own = Intention.objects.of(person, course)
    earlier = own if course.has_ended else own.filter(week__lt=week_of(course))
    return [(one, week_number(one.week + timedelta(days=6), course.starts_on)) for one in earlier]
