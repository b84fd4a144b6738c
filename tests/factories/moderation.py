"""Rows about a course's charter and its moderation, as the factories beside this make others."""

import itertools

from blog.models import (
    ModerationCase,
    ModerationEvent,
    Norm,
    NormProposal,
    Report,
    post_of,
    target_field,
)

serial = itertools.count(1)


def make_norm(course, name=None, sentence="Quote the sentence you mean.", **fields):
    """Make a norm of a course's charter, without a history."""
    name = name or f"Norm {next(serial)}"
    return Norm.objects.create(course=course, name=name, sentence=sentence, **fields)


def make_proposal(course, proposer, *, norm=None, kind=NormProposal.Kind.CHANGE, **fields):
    """Make an open proposal about a norm of a course: a new one unless one is given."""
    norm = norm or make_norm(course)
    fields.setdefault("name", "Discuss the text")
    fields.setdefault("sentence", "Quote it.")
    return NormProposal.objects.create(
        course=course,
        kind=kind,
        norm=norm,
        former_name=norm.name,
        former_sentence=norm.sentence,
        why=fields.pop("why", "It is shorter."),
        proposed_by=proposer,
        **fields,
    )


def make_case(target, *, by=None, decision=ModerationCase.State.ASK, reason="Name the text."):
    """Make a case about a post or comment; with ``by``, what that person decided."""
    state = decision if by else ModerationCase.State.CLOSED
    case = ModerationCase.objects.create(
        course=post_of(target).course,
        state=state,
        is_author_told=by is not None,
        **target_field(target),
    )
    if by:
        ModerationEvent.objects.create(
            case=case, kind=decision, actor=by, text=reason, state_before="closed"
        )
    return case


def make_report(target, reporter, *, norm=None, sentence=""):
    """Make an open report of a post or comment, in a case that waits."""
    case = ModerationCase.objects.about(target).first() or make_case(target)
    case.state = ModerationCase.State.WAITING
    case.save()
    report = Report.objects.create(
        case=case,
        reporter=reporter,
        norm=norm,
        norm_name=norm.name if norm else "",
        sentence=sentence,
    )
    ModerationEvent.objects.create(
        case=case,
        kind="report",
        actor=reporter,
        report=report,
        text=sentence,
        state_before="closed",
    )
    return report
