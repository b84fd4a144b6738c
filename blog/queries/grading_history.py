"""The history of the gradings of a student in words."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from blog.models import Criterion, Grading, GradingEvent, Level, User, reason_in_words

SHOWN = 50


@dataclass(frozen=True)
class LevelChange:
    """A criterion's old and new level, in the words of that time; "" for no level."""

    criterion: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryEntry:
    """One act on a grade. ``status`` is a label, "" if it is as it was; ``points`` other points.

    ``words`` is the feedback since then, ``former_words`` that before, both "" if it stayed as it
    was. ``reason`` is that of the points. ``released_at`` is the date ahead that a release was
    given.
    """

    at: datetime
    actor: User
    kind: str
    levels: list[LevelChange]
    words: str
    former_words: str
    status: str
    points: Decimal | None
    reason: str = ""
    released_at: datetime | None = None


def history_of(acts: QuerySet[GradingEvent]) -> list[HistoryEntry]:
    """Return the latest of some acts in words, the last first; three queries."""
    events = list(acts.select_related("actor").order_by("-pk")[:SHOWN])
    changes = [event.changes.get("levels") or [{}, {}] for event in events]
    keys = {int(key) for pair in changes for side in pair for key in side or {}}
    criteria = Criterion.objects.filter(pk__in=keys).values_list("pk", "title")
    levels = Level.objects.filter(criterion__in=keys).values_list("pk", "title")
    titles = {f"criterion {key}": title for key, title in criteria}
    titles |= {f"level {key}": title for key, title in levels}
    return [_entry(event, titles | event.changes.get("titles", {})) for event in events]


def _entry(event: GradingEvent, titles: dict[str, str]) -> HistoryEntry:
    before, after = event.changes.get("levels") or [{}, {}]
    before, after = before or {}, after or {}
    _old, status = event.changes.get("status") or [None, ""]
    _old, hundredths = event.changes.get("override_hundredths") or [None, None]
    former_words, words = event.changes.get("text") or ["", ""]
    _old, reason = event.changes.get("override_reason") or ["", ""]
    is_first_grade = status == Grading.Status.GRADED and not event.changes["status"][0]
    return HistoryEntry(
        at=event.at,
        actor=event.actor,
        kind=event.kind,
        levels=[
            LevelChange(
                titles.get(f"criterion {key}") or _("A criterion that was deleted later"),
                _level_title(before.get(key), titles),
                _level_title(after.get(key), titles),
            )
            for key in before | after
            if before.get(key) != after.get(key)
        ],
        words=words or "",
        former_words=former_words or "",
        status="" if not status or is_first_grade else str(Grading.Status(status).label),
        points=None if hundredths is None else Decimal(hundredths) / 100,
        reason=reason_in_words(reason or ""),
        released_at=_release_date(event),
    )


def _level_title(key: int | None, titles: dict[str, str]) -> str:
    """Return the title of a level, "" for none; events of earlier versions do not have it."""
    return titles.get(f"level {key}") or _("a level that was deleted later") if key else ""


def _release_date(event: GradingEvent) -> datetime | None:
    """Return the date ahead that an act gave a release, if it gave one."""
    _old, moment = event.changes.get("released_at") or [None, None]
    return datetime.fromisoformat(moment) if moment else None
