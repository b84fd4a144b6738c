"""Propose norms for the charter of a course, and accept or decline what is proposed."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog import access
from blog.exceptions import Refused, StaleVersion, Taken
from blog.models import (
    AuditEvent,
    Course,
    Membership,
    Norm,
    NormProposal,
    Notification,
    User,
    claim_version,
    notify,
)

# So many proposals of one member wait for an instructor at a time.
MAX_OPEN = 5

Kind = NormProposal.Kind
State = NormProposal.State


def start_charter(course: Course, norms: Iterable[tuple[str, str]], *, by: User, why: str) -> None:
    """Begin a charter with norms, each a name and a sentence; ``why`` goes into its history."""
    access.require(access.can_decide_on_norms(by, course))
    with transaction.atomic():
        for name, sentence in norms:
            proposal = NormProposal(
                course=course, kind=Kind.ADD, name=name, sentence=sentence, why=why, proposed_by=by
            )
            proposal.save()
            _accept(proposal, by=by, reason="")


def propose_norm(course: Course, *, by: User, name: str, sentence: str, why: str) -> NormProposal:
    """Propose a new norm."""
    access.require(access.can_propose_norm(by, course))
    with transaction.atomic():
        return _propose(course, Kind.ADD, None, by=by, name=name, sentence=sentence, why=why)


def propose_change(norm: Norm, *, by: User, name: str, sentence: str, why: str) -> NormProposal:
    """Propose another name or sentence of a norm. Raises StaleVersion if it is another by now."""
    access.require(access.can_propose_norm(by, norm.course))
    with transaction.atomic():
        stored = _locked_norm(norm, version=norm.version)
        return _propose(
            norm.course, Kind.CHANGE, stored, by=by, name=name, sentence=sentence, why=why
        )


def propose_drop(norm: Norm, *, by: User, why: str) -> NormProposal:
    """Propose that a norm is dropped. Raises StaleVersion if it is another by now."""
    access.require(access.can_propose_norm(by, norm.course))
    with transaction.atomic():
        stored = _locked_norm(norm, version=norm.version)
        return _propose(norm.course, Kind.DROP, stored, by=by, name="", sentence="", why=why)


def take_back_proposal(proposal: NormProposal, *, by: User) -> None:
    """Take back one's own proposal before it is decided on."""
    access.require(access.can_take_back_proposal(by, proposal))
    rows = NormProposal.objects.filter(pk=proposal.pk, state=State.OPEN)
    with transaction.atomic():
        if rows.update(state=State.TAKEN_BACK, decided_at=timezone.now()):
            AuditEvent.record("norm_taken_back", proposal, by=by, course=proposal.course)


def accept_proposal(
    proposal: NormProposal, *, by: User, reason: str, norm_version: int | None
) -> None:
    """Accept a proposal, so that the charter is as it says.

    ``norm_version`` is the version of its norm that the page showed, or None for a new norm.
    Raises StaleVersion if the norm is another by now.
    """
    access.require(access.can_decide_on_norms(by, proposal.course))
    with transaction.atomic():
        proposal = _locked_proposal(proposal)
        if proposal.norm is not None:
            _locked_norm(proposal.norm, version=norm_version)
        _accept(proposal, by=by, reason=reason)


def decline_proposal(proposal: NormProposal, *, by: User, reason: str) -> None:
    """Leave the charter as it is, and say why."""
    access.require(access.can_decide_on_norms(by, proposal.course))
    with transaction.atomic():
        _decide(_locked_proposal(proposal), State.DECLINED, by=by, reason=reason)


def _propose(
    course: Course, kind: str, norm: Norm | None, *, by: User, name: str, sentence: str, why: str
) -> NormProposal:
    """Store a proposal, unless its author has another open one about the norm, or many others."""
    # Whoever sends two at once waits here, so that both are counted.
    Membership.objects.select_for_update(no_key=True).filter(course=course, user=by).first()
    open_ones = NormProposal.objects.open().filter(course=course, proposed_by=by)
    if norm is not None and open_ones.filter(norm=norm).exists():
        raise Refused(_("You have already proposed something about this norm. It is still open."))
    if open_ones.count() >= MAX_OPEN:
        raise Refused(
            ngettext(
                "%(count)d proposal of yours is open. Take it back, or wait for the decision.",
                "%(count)d proposals of yours are open. Take one back, or wait for a decision.",
                MAX_OPEN,
            )
            % {"count": MAX_OPEN},
            field="why",
        )
    proposal = NormProposal.objects.create(
        course=course,
        kind=kind,
        norm=norm,
        name=name,
        sentence=sentence,
        former_name=norm.name if norm else "",
        former_sentence=norm.sentence if norm else "",
        why=why,
        proposed_by=by,
    )
    AuditEvent.record("norm_proposed", proposal, by=by, course=course, kind=kind)
    return proposal


def _accept(proposal: NormProposal, *, by: User, reason: str) -> None:
    norm = proposal.norm or Norm(course=proposal.course)
    proposal.former_name, proposal.former_sentence = norm.name, norm.sentence
    if proposal.kind == Kind.DROP:
        norm.dropped_at = timezone.now()
    else:
        norm.name, norm.sentence = proposal.name, proposal.sentence
        norm.dropped_at = None
    if norm.pk is not None:
        claim_version(norm)
    try:
        with transaction.atomic():
            norm.save()
    except IntegrityError as error:
        message = _("The charter already has a norm with this name.")
        raise Taken(message, field="name") from error
    proposal.norm = norm
    _decide(proposal, State.ACCEPTED, by=by, reason=reason)


def _decide(proposal: NormProposal, state: str, *, by: User, reason: str) -> None:
    proposal.state, proposal.reason = state, reason
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save()
    notify([proposal.proposed_by], Notification.Kind.DECISION, proposal, by=by)
    AuditEvent.record(f"norm_{state}", proposal, by=by, course=proposal.course)


def _locked_norm(norm: Norm, *, version: int | None) -> Norm:
    """Lock and return a norm; raise StaleVersion if it was changed or dropped since ``version``."""
    stored = Norm.objects.select_for_update(no_key=True).get(pk=norm.pk)
    if stored.version != version:
        raise StaleVersion(f"{norm!r} has been changed since version {version}")
    return stored


def _locked_proposal(proposal: NormProposal) -> NormProposal:
    """Lock and return a proposal that nobody has decided on."""
    rows = NormProposal.objects.select_for_update(no_key=True, of=("self",))
    stored = rows.select_related("norm", "course").get(pk=proposal.pk)
    if not stored.is_open:
        raise Refused(_("This proposal is not open any more. Nothing was changed."))
    return stored
