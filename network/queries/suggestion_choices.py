"""A reader's choices about suggestions, and the people who are not to be suggested to them."""

from dataclasses import dataclass

from django.db.models import BooleanField, Q, QuerySet, Value

from blog.models import Course, User, shown_name
from blog.models.prepared_queries import prepared
from network.models import Mute, NetworkChoices


@dataclass(frozen=True)
class SuggestionChoices:
    """The reader's wish for suggestions, the people they muted, and all who are not suggested."""

    wants_suggestions: bool
    may_be_suggested: bool
    own: int | None  # the key of the row of the reader's choices, if there is one
    muted: frozenset[int]
    not_to_suggest: frozenset[int]


def suggestion_choices(reader: User, course: Course) -> SuggestionChoices:
    """Return the reader's choices in a course, by one query."""
    rows = _choices_and_mutes.rows(None, reader=reader.pk, course=course.pk)
    wants = may_be = True
    own = None
    muted, hidden = set(), set()
    for person, wants_suggestions, may_be_suggested, of_mute, key in rows:
        if of_mute:
            muted.add(person)
        elif person == reader.pk:
            wants, may_be, own = bool(wants_suggestions), bool(may_be_suggested), key
        if of_mute or not may_be_suggested:
            hidden.add(person)
    return SuggestionChoices(wants, may_be, own, frozenset(muted), frozenset(hidden))


@prepared
def _choices_and_mutes(_shape: None, reader: int, course: int) -> QuerySet:
    chosen = NetworkChoices.objects.in_course(course)
    mutes = Mute.objects.in_course(course).filter(by=reader)
    is_mute, no = Value(True, BooleanField()), Value(False, BooleanField())
    return (
        chosen.filter(Q(person=reader) | Q(may_be_suggested=False))
        .annotate(is_mute=no)
        .values_list("person", "wants_suggestions", "may_be_suggested", "is_mute", "pk")
        .union(
            mutes.annotate(wants=no, may_be=no, is_mute=is_mute).values_list(
                "muted", "wants", "may_be", "is_mute", "pk"
            ),
            all=True,
        )
    )


def people_muted(choices: SuggestionChoices) -> QuerySet[User]:
    """Return whom a reader has muted, by name."""
    return User.objects.filter(pk__in=choices.muted).order_by(shown_name(), "pk")
