"""Proposals for the charter: made by members, accepted or not by an instructor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.charter import (
    accept_proposal,
    decline_proposal,
    propose_change,
    propose_drop,
    propose_norm,
    take_back_proposal,
)
from blog.exceptions import Refused, Taken
from blog.forms.charter.norm import DropForm, NormForm, ProposalDecisionForm
from blog.models import Course, Norm, NormProposal
from blog.web.decorators import in_course, reload_if_stale
from blog.web.forms import CONFLICT, status_of
from blog.web.idempotency import create_once
from blog.web.repeated_submissions import lead_on


@in_course
def norm_new(request, course):
    _require_proposer(request, course)
    form = NormForm(request.POST or None, course=course)

    def create() -> str:
        propose_norm(course, by=request.user, **form.content)
        return _charter(course)

    return _proposed(request, course, form, f"norm_new {course.pk}", create)


@reload_if_stale
@in_course
def norm_edit(request, course, pk):
    """Propose another name or sentence; a norm that was changed meanwhile is shown beside them."""
    _require_proposer(request, course)
    norm = _current_norm(request, course, pk)
    stored = _current_norm(request, course, pk)
    form = NormForm(request.POST or None, course=course, instance=stored)

    def create() -> str:
        propose_change(norm, by=request.user, **form.content)
        return _charter(course)

    return _proposed(request, course, form, f"norm_edit {pk}", create, norm=norm)


@reload_if_stale
@in_course
def norm_drop(request, course, pk):
    _require_proposer(request, course)
    norm = _current_norm(request, course, pk)
    form = DropForm(request.POST or None)

    def create() -> str:
        propose_drop(norm, by=request.user, why=form.cleaned_data["why"])
        return _charter(course)

    return _proposed(request, course, form, f"norm_drop {pk}", create, norm=norm)


@in_course
@require_safe
def proposal_page(request, course, pk):
    """Show a proposal beside what the norm is now; an instructor decides here."""
    return _show_proposal(request, course, _proposal(request, course, pk))


@reload_if_stale
@in_course
@require_POST
def proposal_accept(request, course, pk):
    proposal = _proposal(request, course, pk)
    form = _decision_form(request, course, proposal)

    def act() -> None:
        version = form.cleaned_data["norm_version"]
        accept_proposal(
            proposal, by=request.user, reason=form.cleaned_data["reason"], norm_version=version
        )

    if form.is_outdated and proposal.is_open:
        form.is_valid()
        form.show_stored_version()
        return _show_proposal(request, course, proposal, form, is_stale=True, status=CONFLICT)
    return _decided(request, course, proposal, form, act, _("Accepted. The charter has changed."))


@in_course
@require_POST
def proposal_decline(request, course, pk):
    proposal = _proposal(request, course, pk)
    form = _decision_form(request, course, proposal)

    def act() -> None:
        decline_proposal(proposal, by=request.user, reason=form.cleaned_data["reason"])

    return _decided(
        request, course, proposal, form, act, _("Not accepted. The charter has not changed.")
    )


@in_course
@require_POST
def proposal_take_back(request, course, pk):
    proposal = _proposal(request, course, pk)
    if not access.can_take_back_proposal(request.user, proposal):
        raise PermissionDenied
    take_back_proposal(proposal, by=request.user)
    messages.success(request, _("Proposal taken back."))
    return redirect("charter", course.slug)


def _require_proposer(request, course: Course) -> None:
    if not access.can_propose_norm(request.user, course):
        raise PermissionDenied


def _current_norm(request, course: Course, pk: int) -> Norm:
    norms = Norm.objects.in_course(course).current().visible_to(request.user)
    norm = get_object_or_404(norms, pk=pk)
    norm.course = course
    return norm


def _proposal(request, course: Course, pk: int) -> NormProposal:
    proposals = NormProposal.objects.in_course(course).visible_to(request.user)
    proposal = get_object_or_404(proposals.for_list(), pk=pk)
    proposal.course = course
    return proposal


def _charter(course: Course) -> str:
    return reverse("charter", args=[course.slug])


def _proposed(request, course: Course, form, action: str, create, *, norm: Norm | None = None):
    """Store a proposal once and redirect to the charter, or show the form with its errors."""
    try:
        address = create_once(form, action, by=request.user, create=create)
    except Refused as refused:
        if refused.field is None:
            return lead_on(request, str(refused), "charter", course.slug)
        form.add_error(refused.field, str(refused))
        address = None
    if address is not None:
        messages.success(request, _("Proposed. An instructor decides, and everyone sees why."))
        return redirect(address)
    context = {"form": form, "norm": norm, "is_drop": isinstance(form, DropForm)}
    return render(request, "blog/charter/norm_propose.html", context, status=status_of(form))


def _decision_form(request, course: Course, proposal: NormProposal) -> ProposalDecisionForm:
    if not access.can_decide_on_norms(request.user, course):
        raise PermissionDenied
    return ProposalDecisionForm(request.POST, proposal=proposal)


def _decided(request, course: Course, proposal: NormProposal, form, act, message: str):
    if not form.is_valid():
        return _show_proposal(request, course, proposal, form, status=status_of(form))
    try:
        act()
    except Taken as taken:
        form.add_error(None, str(taken))
        return _show_proposal(request, course, proposal, form, status=status_of(form))
    except Refused as refused:
        return lead_on(request, str(refused), "charter", course.slug)
    messages.success(request, message)
    return redirect("charter", course.slug)


def _show_proposal(request, course: Course, proposal, form=None, *, is_stale=False, status=200):
    can_decide = proposal.is_open and access.can_decide_on_norms(request.user, course)
    context = {
        "proposal": proposal,
        "form": (form or ProposalDecisionForm(proposal=proposal)) if can_decide else None,
        "is_stale": is_stale,
        "can_take_back": proposal.is_open and access.can_take_back_proposal(request.user, proposal),
    }
    return render(request, "blog/charter/proposal_page.html", context, status=status)
