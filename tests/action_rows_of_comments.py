"""Rows of ``tests/test_actions.py`` about comments that are read and used."""

from blog.actions import comment_uses, seen_comments

MEMBERS = "observer peer owner assistant instructor"
OWNER = "owner"
OWNER_OR_TEAM = "owner assistant instructor"

COMMENT_ROWS = {
    "comment_uses.mark_comment": (
        OWNER,
        lambda w, by: comment_uses.mark_comment(w.peers_comment, by=by),
    ),
    "comment_uses.unmark_comment": (
        OWNER,
        lambda w, by: comment_uses.unmark_comment(w.peers_comment, by=by),
    ),
    "comment_uses.name_used_comments": (
        OWNER,
        lambda w, by: comment_uses.name_used_comments(w.post.revision, [w.peers_comment.pk], by=by),
    ),
    "seen_comments.mark_comments_seen": (
        MEMBERS,
        lambda w, by: seen_comments.mark_comments_seen(w.post, by=by),
    ),
    "seen_comments.mark_comments_seen: on a post for its author and the teaching team": (
        OWNER_OR_TEAM,
        lambda w, by: seen_comments.mark_comments_seen(w.private_post, by=by),
    ),
}
