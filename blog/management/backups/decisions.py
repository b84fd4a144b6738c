"""Decisions since a backup that a restore would undo: they are written beside the backup.

Each is a line: the audit event, its target, and what else it needs (ADR 0059). All that would open
something again is among them: accounts, names, memberships, texts, secret addresses. The database
says how it ended, so that what was taken back since is no line.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.core.management import CommandError
from django.db import Error, models
from django.utils.translation import gettext as _

from blog.management.backups.databases import Ask
from blog.management.backups.manifest import Manifest
from blog.models import (
    Audience,
    AuditEvent,
    Comment,
    Course,
    Invitation,
    Membership,
    ModerationCase,
    Platform,
    PlatformAccount,
    Post,
    ProcessNote,
    Prompt,
    RosterImport,
    User,
    WordPressImport,
    revocations,
)
from blog.models.courses import ERASED_ON

# The first word of the line that says which restore has written a list.
RESTORE = "restore"
# For how long a transaction may have been open when a backup was made.
LOOK_BACK = timedelta(minutes=15)
# Whether a course is still as its day has left it, by the field of the day. One that was erased is.
STILL_SO = {
    "closes_on": {"can_be_joined": False},
    "public_ends_on": {"widest_audience__lte": Audience.COURSE},
    "read_only_on": {"archived_at__isnull": False},
}
# The audit events that are about the same: what was decided last counts.
SUBJECTS = {
    "erased": ("account_erased",),
    "account": ("account_changed",),
    "opens courses": ("may_open_courses",),
    "words": ("profile_changed",),
    "name": ("name_withheld", "name_printed"),
    "role": ("member_changed", "instructor_appointed"),
    "access": ("member_removed", "member_left", "member_restored"),
    "date": ("course_date_came",),
    "days": ("course_dates_changed",),
    "openness": ("course_changed",),
    "archive": ("course_archived", "course_reopened"),
    "list of people": ("roster_import_undone",),
    "posts from WordPress": ("wordpress_import_undone",),
    "prompt": ("prompt_changed",),
    "names for graders": ("anonymous_grading_begun", "anonymous_grading_ended"),
    "code": ("join_code_rotated",),
    "joining": ("joining_stopped", "joining_started"),
    "invitation": ("invitation_withdrawn", "invitation_changed"),
    "text": ("post_published", "post_narrowed", "post_withdrawn", "post_deleted", "post_restored"),
    "comment": (
        *("comment_deleted", "comment_restored"),
        *("guest_comment_withdrawn", "guest_comment_restored"),
    ),
    "note": ("process_note_removed", "process_note_saved"),
    "audience": ("comment_edited",),
    "hidden": tuple(f"moderation_{kind}" for kind in ("hide", "keep", "ask", "undo")),
    "feeds": ("feed_address_removed", "feed_address_renewed"),
    "file of one’s own": ("takeout_deleted",),
    "LMS account": ("lms_account_disconnected",),
    "LMS course": ("lms_course_disconnected",),
    "LMS": ("platform_changed",),
    "registration": ("platform_registered",),
}
SUBJECT_OF = {action: name for name, actions in SUBJECTS.items() for action in actions}
# Those of which somebody or something can have several: the word after the target tells them apart.
BY_WORD = {"course_date_came", "invitation_changed", "lms_account_disconnected"}
# What is done before all else, and after it: a text that was hidden and then deleted, a file that
# would be made again where a name is withheld, a name of somebody who erased their account later.
FIRST, LAST = ("moderation_", "takeout_deleted"), "account_erased"

Subject = tuple[str, ...]


def subject_of(line: str) -> Subject:
    """Return the subject of a line; of two lines about the same the later counts."""
    action, target, *rest = [*line.split(), ""]
    if action == "post_narrowed" and rest[2:] == []:
        return ("readers", target)
    known = (SUBJECT_OF.get(action, action), target)
    return (*known, rest[0]) if action in BY_WORD else known


def in_order(lines: Iterable[str]) -> list[str]:
    """Return lines as they can be done one after the other; most need no order."""
    return sorted(lines, key=lambda line: (line.startswith(LAST), not line.startswith(FIRST)))


def last_events(ask: Ask, tables: list[str], made_at: datetime) -> list[int]:
    """Return the keys of the events in a copy that are not much older than it.

    An event is dated when it is written, and its transaction may end after the copy was made: what
    is not among these was decided since, though its time is before that of the backup.
    """
    table = AuditEvent._meta.db_table
    if table not in tables:
        return []
    moment = (made_at - LOOK_BACK).astimezone(UTC)
    # Both engines read this: SQLite as a text that is less than any within the second.
    found = ask(f"""SELECT id FROM "{table}" WHERE at >= '{moment:%Y-%m-%d %H:%M:%S}+00'""")
    return sorted(key for (key,) in found)


def decided_since(engine, listed: Manifest) -> dict[Subject, str]:
    """Return the decisions in the database to be replaced that the backup cannot have.

    By what it is about; the line is empty if it is no longer so. Raise CommandError if the database
    cannot be read: with it, nobody could know any more.
    """
    table = AuditEvent._meta.db_table
    try:
        if not engine.used_tables() or table not in engine.rows():
            return {}
        since = DecisionsSince(datetime.fromisoformat(listed.made_at), listed.events)
        return dict(since.found())
    except (Error, sqlite3.Error) as error:
        raise CommandError(
            _(
                "The database of this site cannot be read: %(error)s. It names the people "
                "who erased their account since the backup, or had their name withheld. To "
                "restore without it, keep it where it is, and name a new, empty one in "
                "DATABASE_URL. Nothing was changed."
            )
            % {"error": error}
        ) from error


class DecisionsSince:
    """The decisions after a moment, read from the database of this site.

    Of rows that were made after it too: a backup that took a while may have them. ``known`` are the
    events that the backup has, of the minutes before as well.
    """

    def __init__(self, moment: datetime, known: list[int] | None = None) -> None:
        self.events = AuditEvent.objects.filter(at__gte=moment)
        if known is not None:
            later = AuditEvent.objects.filter(at__gte=moment - LOOK_BACK)
            self.events = later.exclude(pk__in=known)

    def found(self) -> Iterator[tuple[Subject, str]]:
        """Yield the subject of each decision, with its line."""
        for of_kind in (
            self._accounts,
            self._memberships,
            self._courses,
            self._invitations,
            self._imports,
            self._texts,
            self._hidden,
            self._addresses,
            self._platforms,
        ):
            for line, is_still_so in of_kind():
                yield subject_of(line), line if is_still_so else ""

    def _targets(self, actions: tuple[str, ...]) -> list[str]:
        found = self.events.filter(action__in=actions).order_by()
        return sorted(set(found.values_list("target", flat=True)))

    def _rows(self, model: type[models.Model], subject: str) -> Iterator:
        """Yield the rows of decisions about something, each with how events name it."""
        return self._rows_of(model, SUBJECTS[subject])

    def _rows_of(self, model: type[models.Model], actions: tuple[str, ...]) -> Iterator:
        kind = model._meta.model_name
        keys = [t.partition(":")[2] for t in self._targets(actions) if t.startswith(f"{kind}:")]
        rows = model._base_manager.filter(pk__in=keys)
        for row in rows.order_by("pk"):
            yield row, AuditEvent.target_of(row)

    def _said(self, action: str, name: str) -> dict[str, str]:
        """Return the values of a name in an action's events, by target; the last one of each.

        Those of ``catch_up`` say what their lines do.
        """
        events = self.events.filter(action=action, data__has_key=name).order_by("pk")
        return {target: data[name] for target, data in events.values_list("target", "data")}

    def _accounts(self) -> Iterator[tuple[str, bool]]:
        for person, target in self._rows(User, "erased"):
            yield f"account_erased {target}", person.erased_at is not None
        for person, target in self._rows(User, "account"):
            left = revocations.rights_left(person)
            yield f"account_changed {target} {left}", person.erased_at is None
        for person, target in self._rows(User, "opens courses"):
            may = person.user_permissions.filter(codename="open_course").exists()
            yield f"may_open_courses {target} no", not may
        told = self._said("profile_changed", "empty")
        for person, target in self._rows(User, "words"):
            if target in told:
                yield f"profile_changed {target} {person.empty_words}", bool(person.empty_words)

    def _memberships(self) -> Iterator[tuple[str, bool]]:
        """Yield how it ended for each membership."""
        for member, target in self._rows(Membership, "name"):
            action = "name_withheld" if member.is_confidential else "name_printed"
            yield f"{action} {target}", True
        for member, target in self._rows(Membership, "role"):
            yield f"member_changed {target} {member.role}", True
        left = set(self.events.filter(action="member_left").values_list("target", flat=True))
        for member, target in self._rows(Membership, "access"):
            action = "member_left" if target in left else "member_removed"
            yield f"{action} {target}", member.ended_at is not None

    def _courses(self) -> Iterator[tuple[str, bool]]:
        """Yield the days of courses, how far they and their prompts open, and codes that ended."""
        came = self.events.filter(action="course_date_came", data__has_key="field").order_by("pk")
        for target, data in came.values_list("target", "data"):
            key, field = target.partition(":")[2], data["field"]
            is_still_so = field == ERASED_ON or _is_still_so(key, field)
            line = f"course_date_came {target} {field} {data.get('day', '')}"
            yield line.strip(), is_still_so
        for course, target in self._rows(Course, "days"):
            yield f"course_dates_changed {target} {course.days}", True
        for _course, target in self._rows(Course, "code"):
            yield f"join_code_rotated {target}", True
        for course, target in self._rows(Course, "joining"):
            yield f"joining_stopped {target}", not course.can_be_joined
        told = self._said("course_changed", "openness")
        for course, target in self._rows(Course, "openness"):
            if target in told:
                yield f"course_changed {target} {course.openness}", True
        for course, target in self._rows(Course, "archive"):
            yield f"course_archived {target}", course.archived_at is not None
        told = self._said("prompt_changed", "openness")
        for prompt, target in self._rows(Prompt, "prompt"):
            if target in told:
                yield f"prompt_changed {target} {prompt.openness}", True
        for prompt, target in self._rows(Prompt, "names for graders"):
            yield f"anonymous_grading_begun {target}", prompt.is_anonymous

    def _invitations(self) -> Iterator[tuple[str, bool]]:
        """Yield the invitations whose links no longer work."""
        sent = self.events.filter(action="invitation_changed").values_list("target", "data")
        corrected = {target for target, data in sent.order_by() if data.get("is_sent")}
        for invitation, target in self._rows(Invitation, "invitation"):
            is_gone = invitation.withdrawn_at is not None
            # The link that went to an email which was corrected would work again.
            yield f"invitation_withdrawn {target}", is_gone or target in corrected

    def _imports(self) -> Iterator[tuple[str, bool]]:
        """Yield the undoing of each import, and whether it was undone."""
        for action, subject, model in (
            ("roster_import_undone", "list of people", RosterImport),
            ("wordpress_import_undone", "posts from WordPress", WordPressImport),
        ):
            for row, target in self._rows(model, subject):
                yield f"{action} {target}", row.undone_at is not None

    def _texts(self) -> Iterator[tuple[str, bool]]:
        for post, target in self._rows(Post, "text"):
            is_gone = post.deleted_at is not None
            closed = "post_withdrawn" if post.is_withdrawn else "post_narrowed"
            line = f"{'post_deleted' if is_gone else closed} {target} {post.openness}"
            yield line, is_gone or post.status != Post.Status.DRAFT
        for comment, target in self._rows(Comment, "comment"):
            action = "comment_deleted" if comment.author_id else "guest_comment_withdrawn"
            yield f"{action} {target}", comment.deleted_at is not None
        for post, target in self._rows(Post, "note"):
            note = ProcessNote.objects.filter(post=post).first()
            if note is None:
                yield f"process_note_removed {target}", True
            else:
                yield f"process_note_saved {target} {note.openness}", True
        for comment, target in self._rows(Comment, "audience"):
            yield f"comment_edited {target} {comment.audience}", True

    def _hidden(self) -> Iterator[tuple[str, bool]]:
        """Yield what the teaching team has hidden, and who of it, if that is known."""
        told = self._said("moderation_undo", "hidden_by") | self._said("moderation_hide", "by")
        for model in (Post, Comment):
            for row, target in self._rows(model, "hidden"):
                case = ModerationCase.objects.about(row).first()
                by = case.hidden_by if case else ""
                known = by if by not in ("", "0") else told.get(target, "")
                yield f"moderation_hide {target} {known}".strip(), row.is_hidden

    def _addresses(self) -> Iterator[tuple[str, bool]]:
        """Yield secret addresses that no longer work, and files of one's own that were deleted."""
        for target in self._targets(SUBJECTS["feeds"]):
            yield f"feed_address_removed {target}", True
        for target in self._targets(("takeout_deleted",)):
            yield f"takeout_deleted {target}", True

    def _platforms(self) -> Iterator[tuple[str, bool]]:
        """Yield the ways in by an LMS that were closed, or how far they are open."""
        ended = self.events.filter(action="lms_account_disconnected", data__has_key="issuer")
        for target, data in ended.order_by("pk").values_list("target", "data"):
            key, issuer = target.partition(":")[2], data["issuer"]
            there = PlatformAccount.objects.filter(user=key, issuer=issuer)
            yield f"lms_account_disconnected {target} {issuer}", not there.exists()
        for target in self._targets(SUBJECTS["LMS course"]):
            yield f"lms_course_disconnected {target}", True
        for platform, target in self._rows(Platform, "LMS"):
            yield f"platform_changed {target} {platform.openness}", True
        for target, link in self._said("platform_registered", "link").items():
            yield f"platform_registered {target} {link}", True


def _is_still_so(key: str, field: str) -> bool:
    return Course.objects.filter(pk=key, **STILL_SO[field]).exists()


def keep(folder: Path, decided: dict[Subject, str]) -> Path | None:
    """Store the decisions in a file beside a backup, with those of earlier restores.

    What is decided later about the same counts. Each restore has a sign of its own, by which
    ``catch_up`` knows what it has done after it.
    """
    path = folder.with_name(f"{folder.name}.since.txt")
    earlier = lines_of(path.read_text(encoding="utf-8"))[1] if path.exists() else []
    kept = [line for line in earlier if subject_of(line) not in decided]
    lines = sorted({*kept, *filter(None, decided.values())})
    if not lines:
        if path.exists():  # else nothing is written: the folder may be in one that is read only
            path.unlink()
        return None
    _write(path, [f"{RESTORE} {uuid4().hex}", *lines])
    return path


def lines_of(text: str) -> tuple[str, list[str]]:
    """Return the sign of the restore that wrote a list, and its decisions: the last about each."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    signs = [line.partition(" ")[2] for line in lines if line.startswith(f"{RESTORE} ")]
    decided: dict[Subject, str] = {}
    for line in lines:
        if not line.startswith(f"{RESTORE} "):
            decided.pop(subject_of(line), None)
            decided[subject_of(line)] = line
    return "".join(signs[-1:]), list(decided.values())


def _write(path: Path, lines: Iterable[str]) -> None:
    """Write a list in the place of the one before, which stays until this one is whole."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    with new.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
