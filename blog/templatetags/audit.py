"""Words of the log of a course for an event."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.models import AuditEvent, Course, Membership
from blog.queries.lms_files import COMMENTS, SUM
from blog.templatetags.gradebook import system_name
from blog.text.lists import isolated

register = template.Library()

WORDS: dict[str, str | Promise] = {
    "own_blogs_allowed": gettext_lazy("Let members connect their own blogs"),
    "own_blogs_not_allowed": gettext_lazy("Turned off the own blogs of members"),
    "own_blog_stopped": gettext_lazy("Stopped taking entries from a member’s blog"),
    "grades_exported": gettext_lazy("Exported grades"),
    "lms_file_filled": gettext_lazy("Downloaded an LMS file filled in with grades"),
    "network_exported": gettext_lazy("Exported the class network"),
    "joined": gettext_lazy("Joined the course"),
    "joined_from_lms": gettext_lazy("Joined the course from an LMS"),
    "member_left": gettext_lazy("Left the course"),
    "member_changed": gettext_lazy("Changed a member’s role, pod or section"),
    "member_removed": gettext_lazy("Removed a member"),
    "member_restored": gettext_lazy("Restored a member"),
    "instructor_appointed": gettext_lazy("Made someone an instructor, as site staff"),
    "invitation_accepted": gettext_lazy("Accepted an invitation"),
    "invitation_changed": gettext_lazy("Corrected an invitation"),
    "invitation_sent_again": gettext_lazy("Sent an invitation again"),
    "invitation_withdrawn": gettext_lazy("Withdrew an invitation"),
    "roster_import_added": gettext_lazy("Added people from a list"),
    "roster_import_undone": gettext_lazy("Undid adding people from a list"),
    "join_code_rotated": gettext_lazy("Replaced the course code"),
    "joining_started": gettext_lazy("Turned on joining with the course code"),
    "joining_stopped": gettext_lazy("Turned off joining with the course code"),
    "pod_created": gettext_lazy("Made a pod"),
    "pod_changed": gettext_lazy("Changed a pod"),
    "pod_deleted": gettext_lazy("Deleted a pod"),
    "pods_drawn": gettext_lazy("Drew pods"),
    "next_pods_saved": gettext_lazy("Saved the next pods"),
    "section_created": gettext_lazy("Made a section"),
    "section_changed": gettext_lazy("Changed a section"),
    "section_deleted": gettext_lazy("Deleted a section"),
    "extension_given": gettext_lazy("Gave a student more time"),
    "extension_taken_back": gettext_lazy("Took back an extension"),
    "name_withheld": gettext_lazy("Withheld a name"),
    "course_name_given": gettext_lazy(
        "Gave another course name, because the old one was part of the name on a list"
    ),
    "name_printed": gettext_lazy("Showed a name again"),
    "name_withholding_asked": gettext_lazy("Asked for their name to be withheld"),
    "name_withholding_taken_back": gettext_lazy("No longer asked for their name to be withheld"),
    "grades_released": gettext_lazy("Released grades"),
    "release_moved": gettext_lazy("Changed when grades are released"),
    "release_taken_back": gettext_lazy("Took back released grades"),
    "release_held_back": gettext_lazy("Held back a grade that was not ready"),
    "grade_chosen": gettext_lazy("Chose which grade counts"),
    "grades_adopted": gettext_lazy("Adopted participation grades"),
    "adoption_undone": gettext_lazy("Undid adopting participation grades"),
    "grades_imported": gettext_lazy("Imported grades"),
    "grade_import_undone": gettext_lazy("Undid an import of grades"),
    "lms_grades_started": gettext_lazy("Began to send grades to an LMS"),
    "lms_grades_stopped": gettext_lazy("Stopped sending grades to an LMS"),
    "lms_grades_retried": gettext_lazy("Sent grades to an LMS again"),
    "lms_course_connected": gettext_lazy("Connected a course of an LMS"),
    "lms_course_disconnected": gettext_lazy("Disconnected a course of an LMS"),
    "participation_rule_saved": gettext_lazy("Saved what participation is worth"),
    "anonymous_grading_begun": gettext_lazy("Turned on grading without names"),
    "anonymous_grading_ended": gettext_lazy("Turned off grading without names"),
    "second_gradings_drawn": gettext_lazy("Drew posts for a second grade"),
    "second_gradings_taken_back": gettext_lazy("Took back second grades that were not done"),
    "criterion_settled": gettext_lazy("Settled a criterion that graders differed on"),
    "calibration_begun": gettext_lazy("Began a calibration"),
    "calibration_ended": gettext_lazy("Ended a calibration"),
    "moderation_keep": gettext_lazy("Decided about a report: left it as it is"),
    "moderation_ask": gettext_lazy("Decided about a report: asked for a change"),
    "moderation_hide": gettext_lazy("Decided about a report: hid it"),
    "moderation_undo": gettext_lazy("Undid a decision about a report"),
    "norm_accepted": gettext_lazy("Accepted a proposal for the charter"),
    "norm_declined": gettext_lazy("Declined a proposal for the charter"),
    "course_opened": gettext_lazy("Opened the course"),
    "course_loaded": gettext_lazy("Loaded the course from a file"),
    "course_changed": gettext_lazy("Changed the settings"),
    "time_zone_changed": gettext_lazy("Changed the time zone"),
    "course_archived": gettext_lazy("Archived the course"),
    "course_reopened": gettext_lazy("Reopened the course"),
    "course_dates_changed": gettext_lazy("Changed the last dates"),
    "course_date_came": gettext_lazy("One of the last dates was reached"),
    "clock_changed": gettext_lazy("Changed how fast ties fade"),
    "setup_added": gettext_lazy("Added a set-up"),
    "prompt_created": gettext_lazy("Made a prompt"),
    "prompt_changed": gettext_lazy("Changed a prompt"),
    "prompt_deleted": gettext_lazy("Deleted a prompt"),
    "prompts_ordered": gettext_lazy("Changed the order of prompts"),
    "prompt_archived": gettext_lazy("Archived a prompt"),
    "prompt_restored": gettext_lazy("Restored a prompt"),
    "rubric_created": gettext_lazy("Made a rubric"),
    "rubric_edited": gettext_lazy("Changed a rubric"),
    "rubric_changed": gettext_lazy("Gave a prompt another rubric"),
    "rubric_deleted": gettext_lazy("Deleted a rubric"),
    "rubric_archived": gettext_lazy("Archived a rubric"),
    "rubric_unarchived": gettext_lazy("Restored a rubric"),
    "announcement_made": gettext_lazy("Made an announcement"),
    "announcement_withdrawn": gettext_lazy("Withdrew an announcement"),
    "message_sent": gettext_lazy("Wrote to students"),
    "message_withdrawn": gettext_lazy("Withdrew a message to students"),
    "posts_put_first": gettext_lazy("Put posts without comments first"),
    "posts_put_back": gettext_lazy("Put posts back in their usual order"),
    "wordpress_imported": gettext_lazy("Imported posts from WordPress"),
    "wordpress_import_undone": gettext_lazy("Undid an import from WordPress"),
}
COUNTED = (
    *("grades_released", "release_moved", "release_taken_back"),
    *("grades_adopted", "adoption_undone"),
)
FORMATS = {
    "csv": "CSV",
    "xlsx": "Excel",
    "canvas-groups": gettext_lazy("pods as Canvas groups"),
}


@register.filter
def action_words(event: AuditEvent) -> str:
    """Return the words for an action."""
    return str(WORDS[event.action])


@register.filter
def event_details(event: AuditEvent) -> list[str]:
    """Return the details of an event: the file, how many grades, the role before and after."""
    details, data = [], event.data
    if event.action == "grades_exported":
        file_format = data["format"]
        details.append(str(FORMATS.get(file_format) or system_name(file_format)))
    if data.get("kind") == COMMENTS:
        details.append(_("comments"))
    if data.get("kind") == SUM:
        details.append(_("post and comments"))
    if event.action == "network_exported":
        with_names, with_codes = _("with names"), _("with codes instead of names")
        details.append(with_names if data.get("names") else with_codes)
    if event.action in COUNTED:
        details.append(ngettext("%(n)d grade", "%(n)d grades", data["n"]) % {"n": data["n"]})
    if data.get("title"):
        details.append(_("“%(title)s”") % {"title": isolated(data["title"])})
    if event.action == "member_changed" and data["before"] != data["role"]:
        roles = dict(Membership.Role.choices)
        change = {"before": roles[data["before"]], "after": roles[data["role"]]}
        details.append(_("%(before)s → %(after)s") % change)
    details += _settings_changed(event.action, data)
    if data.get("after_restore"):
        details.append(_("done again after a backup was restored"))
    return details


def _settings_changed(action: str, data: dict) -> list[str]:
    """Return the old and the new value of each setting that an event has, by its name."""
    if action == "time_zone_changed":
        return [_("%(before)s → %(after)s") % data]
    if action == "course_dates_changed" and "before" in data:
        pairs = {field: [old, data[field]] for field, old in data["before"].items()}
    elif action == "course_changed":
        pairs = data.get("changes", {})
    else:
        return []
    return [_change(field, values) for field, values in pairs.items()]


def _change(name: str, values: list) -> str:
    field = Course._meta.get_field(name)
    label = str(field.verbose_name)  # type: ignore[union-attr]
    if not values:
        return label
    labels = dict(getattr(field, "choices", None) or ())
    old, new = (_said(value, labels) for value in values)
    change = _("%(before)s → %(after)s") % {"before": old, "after": new}
    return f"{label}: {change}"


def _said(value, labels: dict) -> str:
    if value == "":
        return _("none")
    return str(labels.get(value, value))
