"""The log of a course: what its team and the server did that somebody may ask about later.

What members write, read and choose for themselves is not in it, nor who reported something.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blog.models import AuditEvent, Course, Membership, Prompt

PAGE_SIZE = 50

# The actions of the log, in the groups that it can be filtered by.
GROUPS: dict[str, tuple[str, ...]] = {
    "exports": ("grades_exported", "lms_file_filled", "network_exported"),
    "people": (
        *(
            "joined",
            "joined_from_lms",
            "member_left",
            "member_changed",
            "member_removed",
            "member_restored",
        ),
        *("instructor_appointed", "invitation_accepted", "invitation_changed"),
        *("invitation_sent_again", "invitation_withdrawn"),
        *("roster_import_added", "roster_import_undone"),
        *("join_code_rotated", "joining_started", "joining_stopped"),
        *("pod_created", "pod_changed", "pod_deleted", "pods_drawn", "next_pods_saved"),
        *("section_created", "section_changed", "section_deleted"),
        *("extension_given", "extension_taken_back"),
        *("name_withheld", "name_printed", "course_name_given"),
        *("name_withholding_asked", "name_withholding_taken_back"),
    ),
    "grades": (
        *("grades_released", "release_moved", "release_taken_back", "release_held_back"),
        *("grade_chosen", "grades_adopted", "adoption_undone"),
        *("grades_imported", "grade_import_undone", "participation_rule_saved"),
        *("anonymous_grading_begun", "anonymous_grading_ended"),
        *("second_gradings_drawn", "second_gradings_taken_back", "criterion_settled"),
        *("calibration_begun", "calibration_ended"),
        *("lms_grades_started", "lms_grades_stopped", "lms_grades_retried"),
    ),
    "moderation": (
        *("moderation_keep", "moderation_ask", "moderation_hide", "moderation_undo"),
        *("norm_accepted", "norm_declined"),
    ),
    "course": (
        *("course_opened", "course_loaded", "course_changed", "time_zone_changed"),
        *("course_archived", "course_reopened", "clock_changed", "setup_added"),
        *("course_dates_changed", "course_date_came"),
        *("prompt_created", "prompt_changed", "prompt_deleted", "prompts_ordered"),
        *("prompt_archived", "prompt_restored"),
        *("rubric_created", "rubric_edited", "rubric_changed", "rubric_deleted"),
        *("rubric_archived", "rubric_unarchived"),
        *("announcement_made", "announcement_withdrawn", "message_sent", "message_withdrawn"),
        *("posts_put_first", "posts_put_back"),
        *("wordpress_imported", "wordpress_import_undone"),
        *("lms_course_connected", "lms_course_disconnected"),
        *("own_blogs_allowed", "own_blogs_not_allowed", "own_blog_stopped"),
    ),
}
ALL = tuple(action for actions in GROUPS.values() for action in actions)


@dataclass(frozen=True, slots=True)
class LogLine:
    """An event with what it is about: the prompt or the member that it names, if they are there."""

    event: AuditEvent
    prompt: Prompt | None
    member: Membership | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, the newest first; ``older_than`` is the key that the next one begins at.

    It is None on the last page.
    """

    lines: Sequence[LogLine]
    older_than: int | None


def course_log(course: Course, *, group: str = "", before: int | None = None) -> LogPage:
    """Return the newest events of a course, of one group or all, older than a key; 3 queries."""
    events = AuditEvent.objects.filter(course=course, action__in=GROUPS.get(group, ALL))
    if before is not None:
        events = events.filter(pk__lt=before)
    found = list(events.select_related("actor").order_by("-pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    prompts, members = _prompts(course, shown), _members(course, shown)
    lines = [
        LogLine(
            event,
            prompts.get(event.target) or prompts.get(_number(event)),
            members.get(event.target) or members.get(_student(event)),
        )
        for event in shown
    ]
    return LogPage(lines, shown[-1].pk if len(found) > PAGE_SIZE else None)


def _number(event: AuditEvent) -> str:
    return f"number:{event.data.get('prompt')}"


def _student(event: AuditEvent) -> str:
    return f"user:{event.data.get('student')}"


def _prompts(course: Course, events: Iterable[AuditEvent]) -> dict[str, Prompt]:
    """Return the prompts that events name, by target and by number."""
    if not any(event.target.startswith("prompt:") or "prompt" in event.data for event in events):
        return {}
    prompts = list(Prompt.objects.in_course(course))
    return {AuditEvent.target_of(one): one for one in prompts} | {
        f"number:{one.number}": one for one in prompts
    }


def _members(course: Course, events: Iterable[AuditEvent]) -> dict[str, Membership]:
    """Return the members that events name, by target and by their account."""
    kind = f"{Membership._meta.model_name}:"
    keys = [e.target.removeprefix(kind) for e in events if e.target.startswith(kind)]
    students = [event.data["student"] for event in events if "student" in event.data]
    if not keys and not students:
        return {}
    rows = Membership.objects.in_course(course).select_related("user", "course")
    members = list(rows.filter(pk__in=keys) | rows.filter(user__in=students))
    return {AuditEvent.target_of(one): one for one in members} | {
        f"user:{one.user_id}": one for one in members
    }
