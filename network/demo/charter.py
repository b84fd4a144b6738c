"""The charter of the demo course: who proposed which norm, and what the instructor said to it."""

from dataclasses import dataclass
from datetime import datetime

from blog.actions.charter import accept_proposal, propose_norm
from blog.models import Norm, NormProposal
from network.demo.state import DemoState

Moment = tuple[int, int, int]  # the day of the course, the hour, the minute


@dataclass(frozen=True)
class DemoNorm:
    """A norm as it was proposed; ``accepted`` is None for one that is still open."""

    name: str
    sentence: str
    why: str
    by: str
    proposed: Moment
    accepted: Moment | None = None
    reason: str = ""


NORMS = (
    DemoNorm(
        name="Discuss the text, not the person",
        sentence="Quote the sentence you disagree with, and say why.",
        why="A sentence about a person ends a conversation, a quotation begins one.",
        by="ines",
        proposed=(0, 9, 0),
        accepted=(0, 9, 5),
        reason="A start. Propose more of them, or better words for this one.",
    ),
    DemoNorm(
        name="Ask before you write about others",
        sentence="Family, friends and colleagues did not join this course.",
        why="I nearly wrote about my sister’s posts without asking her.",
        by="noor",
        proposed=(6, 20, 10),
        accepted=(7, 9, 30),
        reason="Yes. A changed name is not always enough, so ask.",
    ),
    DemoNorm(
        name="What is said in a pod stays in the pod",
        sentence="Take it elsewhere only if the person who said it agrees.",
        why="People try half a thought there first.",
        by="tomasz",
        proposed=(9, 18, 45),
        accepted=(10, 9, 0),
        reason="That is what pods are for.",
    ),
    DemoNorm(
        name="Say where it comes from",
        sentence="An idea from a work, from a classmate or from a machine has a name: give it.",
        why="We do it for articles, and forget it for each other.",
        by="ines",
        proposed=(20, 10, 0),
        accepted=(21, 9, 0),
        reason="Nobody objected within a day.",
    ),
    DemoNorm(
        name="Come back for the reply",
        sentence="A question you asked is yours until you have read what came of it.",
        why="Twice now I replied to somebody who had moved on.",
        by="tomasz",
        proposed=(51, 21, 15),
    ),
)


def propose(state: DemoState, norm: DemoNorm, at: datetime) -> None:
    """Propose a norm, at its moment."""
    words = {"name": norm.name, "sentence": norm.sentence, "why": norm.why}
    proposal = propose_norm(state.course, by=state.people[norm.by], **words)
    NormProposal.objects.filter(pk=proposal.pk).update(created_at=at)


def accept(state: DemoState, norm: DemoNorm, at: datetime) -> None:
    """Let the instructor accept a norm, at its moment."""
    proposal = NormProposal.objects.get(course=state.course, name=norm.name)
    accept_proposal(proposal, by=state.people["ines"], reason=norm.reason, norm_version=None)
    NormProposal.objects.filter(pk=proposal.pk).update(decided_at=at)
    Norm.objects.filter(course=state.course, name=norm.name).update(accepted_at=at)
