"""Lists of people that instructors bring into a course, from the file to what it changed."""

from collections.abc import Collection

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.uploads import Import

# What is kept of the LMS that has given a list, beside the answers of people.
LMS_ANSWERS = ("lms", "lms_course", "lms_connected", "lms_left_out")


class RosterImport(Import):
    """A list of people: read first, asked about, and added at a word.

    ``data`` is the file, or the pasted text as UTF-8; ``answers`` are what somebody said of it
    (``blog.roster_files.Question``); of one that an LMS has given they name the LMS, its course
    and the key of that, and how many people there are neither students nor teachers. ``changes``
    has rows with their values before and after.
    """

    DONE_AT = "added_at"

    course = models.ForeignKey(Course, models.CASCADE, related_name="roster_imports")
    is_pasted = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    added_at = models.DateTimeField(_("added"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(added_at__isnull=False),
                name="only_added_roster_imports_are_undone",
            ),
        ]

    def __str__(self):
        if self.is_from_lms:
            words = gettext("Roster of “%(course)s” in %(lms)s")
            return words % {"course": self.answers["lms_course"], "lms": self.answers["lms"]}
        return self.name or str(_("Pasted list"))

    @property
    def is_from_lms(self) -> bool:
        """Return whether an LMS has given it; else somebody has uploaded or pasted it."""
        return "lms" in self.answers

    @property
    def connected_key(self) -> int | None:
        """Return the key of the connected course of the LMS that has given it, if one has."""
        key = self.answers.get("lms_connected", "")
        return int(key) if self.is_from_lms and key else None

    @property
    def left_out_in_lms(self) -> int:
        """Return the number of people in the LMS's course who are neither students nor teachers."""
        return int(self.answers.get("lms_left_out", "0"))


def forget_changes(kind: str, keys: Collection[int], *, courses: Collection[int]) -> int:
    """Delete the changes by lists of some members or invitations: names and numbers are in it.

    ``kind`` is "members" or "invitations". An undo leaves those as they are. Returns how many
    changes; writes nothing where there are none, as it is asked at each tick.
    """
    added = RosterImport.objects.filter(course__in=courses, undone_at=None).exclude(added_at=None)
    with_some = [
        pk
        for pk, changes in added.order_by("pk").values_list("pk", "changes")
        if any(change["pk"] in keys for change in changes.get(kind, []))
    ]
    if not with_some:
        return 0
    forgotten = 0
    with transaction.atomic():
        locked = RosterImport.objects.select_for_update(of=("self",), no_key=True)
        for one in locked.filter(pk__in=with_some).order_by("pk"):
            changes = one.changes.get(kind, [])
            kept = [change for change in changes if change["pk"] not in keys]
            forgotten += len(changes) - len(kept)
            one.changes = {**one.changes, kind: kept}
            one.save(update_fields=["changes"])
    return forgotten
