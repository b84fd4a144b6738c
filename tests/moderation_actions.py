"""Rights to moderation and the charter: rows of tests/test_actions.py."""

from blog.actions import charter, comments, moderation

MEMBERS = "observer peer owner assistant instructor"
OTHERS = "observer peer assistant instructor"  # all members but the author
TEAM = "assistant instructor"
INSTRUCTOR = "instructor"

MODERATION_ROWS = {
    "comments.hide_comment": (TEAM, lambda w, by: comments.hide_comment(w.comment, by=by)),
    "comments.show_comment": (TEAM, lambda w, by: comments.show_comment(w.hidden_comment, by=by)),
    "charter.start_charter": (
        INSTRUCTOR,
        lambda w, by: charter.start_charter(w.course, [("A norm", "Be kind.")], by=by, why="So."),
    ),
    "charter.propose_norm": (
        MEMBERS,
        lambda w, by: charter.propose_norm(w.course, by=by, name="N", sentence="S.", why="So."),
    ),
    "charter.propose_change": (
        MEMBERS,
        lambda w, by: charter.propose_change(w.norm, by=by, name="N", sentence="S.", why="So."),
    ),
    "charter.propose_drop": (
        MEMBERS,
        lambda w, by: charter.propose_drop(w.norm, by=by, why="So."),
    ),
    "charter.take_back_proposal": (
        "owner",
        lambda w, by: charter.take_back_proposal(w.proposal, by=by),
    ),
    "charter.accept_proposal": (
        INSTRUCTOR,
        lambda w, by: charter.accept_proposal(w.proposal, by=by, reason="Yes.", norm_version=1),
    ),
    "charter.decline_proposal": (
        INSTRUCTOR,
        lambda w, by: charter.decline_proposal(w.proposal, by=by, reason="No."),
    ),
    "moderation.report": (OTHERS, lambda w, by: moderation.report(w.comment, by=by)),
    "moderation.report: a post": (OTHERS, lambda w, by: moderation.report(w.post, by=by)),
    "moderation.report: what only the team sees": (
        TEAM,
        lambda w, by: moderation.report(w.private_post, by=by),
    ),
    "moderation.take_back_report": (
        "peer",
        lambda w, by: moderation.take_back_report(w.report, by=by),
    ),
    "moderation.decide": (
        TEAM,
        lambda w, by: moderation.decide(w.comment, by=by, decision="hide", reason="No."),
    ),
    "moderation.decide: about a post": (
        TEAM,
        lambda w, by: moderation.decide(w.post, by=by, decision="hide", reason="No."),
    ),
    "moderation.undo_decision": (
        TEAM,
        lambda w, by: moderation.undo_decision(w.moderated_comment, by=by),
    ),
    "moderation.reply_to_decision": (
        "owner",
        lambda w, by: moderation.reply_to_decision(
            w.moderated_comment, by=by, kind="object", text="It is about the text."
        ),
    ),
}
