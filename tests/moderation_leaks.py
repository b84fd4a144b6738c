"""Canaries in moderation and the charter, for tests/test_leaks.py: each word and who reads it."""

from datetime import timedelta

from django.utils import timezone

from blog.models import Comment, ModerationEvent, Post
from tests import factories

TEAM = ["assistant", "instructor"]
MEMBERS = ["ada", "bob", "cyn", "observer", *TEAM]

MODERATION_CANARIES = {
    "hiddenposttitle": ["ada", *TEAM, "root"],
    "hiddenposttext": ["ada", *TEAM],
    "hiddenpostword": ["ada", *TEAM],  # a comment on it, by Bob
    "norm": MEMBERS,
    "proposalwhy": MEMBERS,
    "reportopen": ["bob", *TEAM],  # of Cyn’s comment, which she is not told of
    "reportdecided": ["bob", *TEAM],  # of Cyn’s other comment
    "decision": ["bob", "cyn", *TEAM],
    "objection": ["cyn", *TEAM],
}


def plant_moderation(people, course, mark):
    """Plant these canaries: Ada has a hidden post, Bob reports two comments by Cyn."""
    ada, bob, cyn = people["ada"], people["bob"], people["cyn"]
    at = timezone.now() - timedelta(days=30)  # lists of the newest posts show others
    hidden = factories.make_post(
        ada, course, mark("hiddenposttitle"), mark("hiddenposttext"), at=at
    )
    factories.make_comment(bob, hidden, mark("hiddenpostword"), tied=False)
    Post.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    norm = factories.make_norm(course, sentence=mark("norm"))
    factories.make_proposal(course, bob, norm=norm, why=mark("proposalwhy"))
    post = factories.make_post(ada, course, at=at)
    factories.make_report(
        factories.make_comment(cyn, post), bob, norm=norm, sentence=mark("reportopen")
    )
    decided = factories.make_report(
        factories.make_comment(cyn, post), bob, sentence=mark("reportdecided")
    )
    case, event = decided.case, ModerationEvent(kind="ask", actor=people["instructor"])
    event.case, event.text, event.state_before = case, mark("decision"), "waiting"
    event.save()
    decided.closed_at, decided.closed_by = event.at, event
    decided.save()
    case.state, case.is_author_told = "waiting", True
    case.save()
    ModerationEvent.objects.create(
        case=case, kind="object", actor=cyn, text=mark("objection"), state_before="ask"
    )


def target_names():
    """Return the names of all posts and comments in the addresses of moderation."""
    rows = [*Post.objects.all(), *Comment.objects.all()]
    return [f"{row._meta.model_name}-{row.pk}" for row in rows]
