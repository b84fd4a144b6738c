"""All about one post or comment: its log, the team's decisions, and what its author says."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.moderation import decide, reply_to_decision, undo_decision
from blog.exceptions import Refused, StaleCase
from blog.forms.moderation.moderation import CaseForm, DecisionForm, ReplyToDecisionForm
from blog.models import Comment, Course, ModerationEvent, Post
from blog.queries.moderation import CaseEntry, case_entry
from blog.views.moderation.targets import visible_target
from blog.web.decorators import in_course
from blog.web.forms import CONFLICT, status_of
from blog.web.idempotency import create_once
from blog.web.repeated_submissions import lead_on

Kind = ModerationEvent.Kind


@in_course
@require_safe
def case_page(request, course, target):
    """Show the case about a post or comment to the team and, after a decision, to its author."""
    return _show_case(request, course, visible_target(request, course, target))


@in_course
@require_POST
def case_keep(request, course, target):
    return _decide(request, course, target, Kind.KEEP)


@in_course
@require_POST
def case_ask(request, course, target):
    return _decide(request, course, target, Kind.ASK)


@in_course
@require_POST
def case_hide(request, course, target):
    return _decide(request, course, target, Kind.HIDE)


@in_course
@require_POST
def case_undo(request, course, target):
    row = visible_target(request, course, target)
    if not access.can_moderate(request.user, row):
        raise PermissionDenied
    try:
        undo_decision(row, by=request.user, version=CaseForm(request.POST).version_seen)
    except StaleCase as stale:
        return show_stale_case(request, course, target, stale)
    except Refused as refused:
        return lead_on(request, str(refused), "case_page", course.slug, target)
    messages.success(request, _("Decision undone."))
    return redirect("case_page", course.slug, target)


@in_course
@require_POST
def case_explain(request, course, target):
    return _reply(request, course, target, Kind.EXPLAIN)


@in_course
@require_POST
def case_object(request, course, target):
    return _reply(request, course, target, Kind.OBJECT)


def decision_forms(entry: CaseEntry, sent: DecisionForm | None = None) -> list[DecisionForm]:
    """Return the forms of the decisions that can be made now; ``sent`` is one that was refused."""
    kinds = [Kind.KEEP, *([Kind.ASK] if entry.target.author_id else []), Kind.HIDE]
    forms = [DecisionForm(case=entry.case, decision=kind) for kind in kinds]
    return [sent if sent and sent.decision == form.decision else form for form in forms]


def show_stale_case(request, course: Course, target: str, stale: StaleCase):
    """Show a case to whoever acted on what it was before, and say so."""
    messages.error(request, str(stale))
    return _show_case(request, course, visible_target(request, course, target), status=CONFLICT)


def _decide(request, course: Course, target: str, kind: str):
    """Decide once, however often the form arrives; a refused form comes back with its words."""
    row = visible_target(request, course, target)
    if not access.can_moderate(request.user, row):
        raise PermissionDenied
    case = case_entry(row, request.user).case
    form = DecisionForm(request.POST, case=case, decision=kind)

    def create() -> str:
        decide(
            row,
            by=request.user,
            decision=kind,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )
        return reverse("case_page", args=[course.slug, target])

    try:
        address = create_once(form, f"case_{kind} {target}", by=request.user, create=create)
    except StaleCase as refused:
        form.add_error(None, str(refused))
        form.show_version(case.version)
        return _show_case(request, course, row, form, status=CONFLICT)
    except Refused as refused:
        form.add_error(None, str(refused))
        address = None
    if address is None:
        return _show_case(request, course, row, form, status=status_of(form))
    messages.success(request, _decided(kind, row))
    return redirect(address)


_DECIDED = {
    Kind.KEEP: lambda: _("It stays as it is. Its author and anyone who reported it can read why."),
    Kind.ASK: lambda: _("Its author is asked to change it."),
    Kind.HIDE: lambda: _("It is hidden. Only its author and the teaching team can see it."),
}


def _decided(kind: Kind, target: Post | Comment) -> str:
    if target.author_id is None:
        if kind == Kind.KEEP:
            return _("The comment is published. Its guest and anyone who reported it can read why.")
        return _(
            "Readers cannot see the comment. Its guest and anyone who reported it can read why."
        )
    if kind == Kind.HIDE and isinstance(target, Comment):
        return _(
            "It is hidden. Only its author, the post’s author and the teaching team can see it."
        )
    return _DECIDED[kind]()


def _reply(request, course: Course, target: str, kind: str):
    row = visible_target(request, course, target)
    if not access.can_reply_to_decision(request.user, row):
        raise PermissionDenied
    form = ReplyToDecisionForm(request.POST)

    def create() -> str:
        reply_to_decision(row, by=request.user, kind=kind, text=form.cleaned_data["text"])
        return reverse("case_page", args=[course.slug, target])

    try:
        address = create_once(form, f"case_{kind} {target}", by=request.user, create=create)
    except Refused as refused:
        form.add_error(None, str(refused))
        address = None
    if address is None:
        return _show_case(request, course, row, reply=form, status=status_of(form))
    messages.success(request, _("Sent. The teaching team decides again."))
    return redirect(address)


def _show_case(request, course, row, form=None, *, reply=None, status=200):
    entry = case_entry(row, request.user)
    can_moderate = access.can_moderate(request.user, row)
    if not access.can_see_moderation(request.user, course):
        if not access.can_read_decision(request.user, row):
            raise PermissionDenied
        if not entry.case.is_author_told:
            raise Http404
    context = {
        "entry": entry,
        "forms": decision_forms(entry, form) if can_moderate else [],
        "sent": form,
        "can_reply": access.can_reply_to_decision(request.user, row),
        "reply": reply or ReplyToDecisionForm(),
    }
    return render(request, "blog/moderation/case_page.html", context, status=status)
