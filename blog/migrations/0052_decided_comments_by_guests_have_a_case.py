"""A case for each guest's comment that was decided on, with what is still known of its past."""

from datetime import timedelta

from django.db import migrations

STATES = {"open": "keep", "hidden": "hide"}


def add_cases(apps, schema_editor):
    guests = apps.get_model("blog", "GuestComment").objects
    decided = guests.filter(decided_at__isnull=False, comment__moderation_case=None)
    decided = decided.filter(comment__state__in=STATES)
    for guest in decided.select_related("comment__post").order_by("pk").iterator():
        add_case(apps, guest)


def add_case(apps, guest):
    """Add a case with the last decision, and the objection before or after it."""
    state = STATES[guest.comment.state]
    objects_now = state == "hide" and guest.objected_at and guest.objected_at > guest.decided_at
    is_over = guest.comment.deleted_at is not None or guest.comment.post.deleted_at is not None
    events = [decision_of(guest, state)]
    if guest.objected_at:
        events.append(
            {"kind": "object", "text": guest.objection, "at": guest.objected_at, "was_hidden": True}
        )
    if is_over:
        last = max(event["at"] for event in events)
        is_hidden = state == "hide"
        events.append(
            {"kind": "delete", "at": last + timedelta(seconds=1), "was_hidden": is_hidden}
        )
    now = "waiting" if objects_now else state
    case = apps.get_model("blog", "ModerationCase").objects.create(
        course_id=guest.comment.post.course_id,
        comment=guest.comment,
        state="closed" if is_over else now,
        waiting_since=guest.objected_at or guest.decided_at,
        is_author_told=True,
        version=len(events),
    )
    before = "closed"
    for event in sorted(events, key=lambda event: event["at"]):
        apps.get_model("blog", "ModerationEvent").objects.create(
            case=case, state_before=before, **event
        )
        before = "waiting" if event["kind"] == "object" else state


def decision_of(guest, state):
    by_filter = "pass" if state == "keep" else "stop"
    return {
        "kind": state if guest.decided_by_id else by_filter,
        "actor_id": guest.decided_by_id,
        "text": guest.reason,
        "at": guest.decided_at,
        "was_hidden": guest.state_before == "hidden",
        "was_waiting": guest.state_before == "waiting",
    }


class Migration(migrations.Migration):
    dependencies = [("blog", "0051_moderation_logs_have_decisions_about_guests")]

    operations = [migrations.RunPython(add_cases, migrations.RunPython.noop)]
