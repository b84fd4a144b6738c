"""Rows of ``tests/test_actions.py`` about guests: who may comment as one, and who decides."""

from uuid import uuid4

from blog.actions import guest_comments, guest_moderation

EVERYBODY = "visitor outsider removed observer peer owner assistant instructor staff superuser"
TEAM = "assistant instructor"

GUEST_ROWS = {
    "guest_comments.add_guest_comment": (
        "visitor outsider removed staff superuser",
        lambda w, by: guest_comments.add_guest_comment(
            w.public_post, by=by, key=uuid4(), text="Hello.", name="Gil", email="gil@example.org"
        ),
    ),
    "guest_comments.add_guest_comment: on a post of the course": (
        "",
        lambda w, by: guest_comments.add_guest_comment(
            w.post, by=by, key=uuid4(), text="Hello.", name="Gil", email="gil@example.org"
        ),
    ),
    "guest_comments.withdraw_guest_comment": (
        EVERYBODY,
        lambda w, by: guest_comments.withdraw_guest_comment(
            w.guest_comment, by=by, token=w.guest_comment.guest.token
        ),
    ),
    "guest_comments.withdraw_guest_comment: without its token": (
        "",
        lambda w, by: guest_comments.withdraw_guest_comment(w.guest_comment, by=by, token="1.x"),
    ),
    "guest_comments.restore_guest_comment": (
        EVERYBODY,
        lambda w, by: guest_comments.restore_guest_comment(
            w.guest_comment, by=by, token=w.guest_comment.guest.token
        ),
    ),
    "guest_comments.object_to_decision": (
        EVERYBODY,
        lambda w, by: guest_comments.object_to_decision(
            w.refused_guest_comment,
            by=by,
            token=w.refused_guest_comment.guest.token,
            text="Please.",
        ),
    ),
    "guest_comments.object_to_decision: without its token": (
        "",
        lambda w, by: guest_comments.object_to_decision(
            w.refused_guest_comment, by=by, token=w.guest_comment.guest.token, text="Please."
        ),
    ),
    "guest_comments.import_guest_comment": (
        "instructor",
        lambda w, by: guest_comments.import_guest_comment(
            w.public_post, by=by, text="Hello.", name="", day=w.course.starts_on
        ),
    ),
    "guest_moderation.publish_guest_comment": (
        TEAM,
        lambda w, by: guest_moderation.publish_guest_comment(w.guest_comment, by=by),
    ),
    "guest_moderation.refuse_guest_comment": (
        TEAM,
        lambda w, by: guest_moderation.refuse_guest_comment(w.guest_comment, by=by, reason="No."),
    ),
    "guest_moderation.refuse_guest_comment: one by a member": (
        "",
        lambda w, by: guest_moderation.refuse_guest_comment(w.comment, by=by, reason="No."),
    ),
    "guest_moderation.refuse_spam": (
        TEAM,
        lambda w, by: guest_moderation.refuse_spam(w.guest_comment, by=by),
    ),
}
