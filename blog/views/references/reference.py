"""The pages of the reference shelf. The desk saves its text before it leads here.

What somebody pastes is looked up in a POST of its own, before any transaction, and shown before
it is kept. While nobody answers, everything can be typed in.
"""

import json

from django.contrib import messages
from django.forms import HiddenInput
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.references import (
    MAX_REFERENCES_PER_POST,
    add_reference,
    add_references,
    change_reference,
    remove_reference,
)
from blog.actions.works import accept_correction, add_work, without_key
from blog.citations import format_list
from blog.citations.comparison import own_discrepancies
from blog.citations.parsers import read_references
from blog.exceptions import Refused
from blog.forms.references.reference import KeyForm, NewWorkForm, PasteForm, WorkForm
from blog.lookup import Choice, is_on, look_up
from blog.models import Post
from blog.queries.reference_status import reference_statuses
from blog.views.editor.editor import own_post
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent
from blog.web.rate_limits import HOUR, enforce_rate_limit


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def reference_add(request, course, slug):
    """Add to the shelf: paste anything and look at what it means, or type it field by field."""
    post = own_post(request, course, slug)
    is_paste = "pasted" in request.POST
    paste = PasteForm(request.POST if is_paste else None, auto_id="paste_%s")
    work = NewWorkForm(request.POST if request.POST and not is_paste else None)
    form = paste if is_paste else work
    found = None
    if form.is_valid():
        try:
            if request.POST.get("action") == "find":
                found = _find(request, paste.cleaned_data["pasted"])
            else:
                _add_once(request, post, form)
                return redirect("post_edit", course.slug, post.slug)
        except Refused as refusal:
            form.add_error("pasted" if is_paste else None, str(refusal))
    if found is not None:
        work = NewWorkForm(csl=found["start"])
    context = {"post": post, "paste": paste, "form": work, "found": found, "is_on": is_on()}
    return render(request, "blog/references/reference_add.html", context)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def reference_edit(request, course, slug, key):
    """Correct a work, where nobody else's post rests on it, and choose its key."""
    post = own_post(request, course, slug)
    reference = get_object_or_404(post.references.select_related("work__course"), key=key)
    may_change = access.can_change_work(request.user, reference.work)
    data = request.POST or None
    key_form = KeyForm(data, initial={"citation_key": reference.key})
    work_form = WorkForm(data, csl=reference.work.csl) if may_change else None
    forms = [form for form in (key_form, work_form) if form]
    if all(form.is_valid() for form in forms):
        changed = work_form is not None and work_form.has_changed()
        try:
            change_reference(
                reference,
                by=request.user,
                key=key_form.cleaned_data["citation_key"],
                csl=work_form.record() if changed else None,
            )
        except Refused as refusal:
            key_form.add_error(None, str(refusal))
            reference.refresh_from_db()
        else:
            messages.success(request, _("The reference is changed."))
            return redirect("post_edit", course.slug, post.slug)
    status = reference_statuses([reference.work])[reference.work_id]
    context = {
        "post": post,
        "reference": reference,
        "key_form": key_form,
        "form": work_form,
        "status": status,
    }
    return render(request, "blog/references/reference_edit.html", context)


@in_course
@require_POST
def reference_remove(request, course, slug, key):
    post = own_post(request, course, slug)
    reference = post.references.filter(key=key).select_related("post", "work").first()
    if reference is not None:
        try:
            remove_reference(reference, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            label = reference.work.label
            messages.success(request, _("%(work)s is off the shelf.") % {"work": label})
    return redirect("post_edit", course.slug, post.slug)


@in_course
@require_POST
def reference_accept(request, course, slug, key):
    """Take one value that was found, or fix what a record shows by itself."""
    post = own_post(request, course, slug)
    reference = get_object_or_404(post.references.select_related("work__course"), key=key)
    try:
        accept_correction(reference.work, request.POST.get("value", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken. Your published text shows it when you publish again."))
    return redirect("reference_edit", course.slug, post.slug, reference.key)


def _find(request, text: str) -> dict:
    """Find what a text means; each choice comes with its entries as the list will show them."""
    if is_on():
        enforce_rate_limit(request, "look works up", 60, per=HOUR)
    outcome = look_up(text)
    if any(len(choice.records) > MAX_REFERENCES_PER_POST for choice in outcome.choices):
        raise Refused(_("A shelf holds %(n)d works. Paste fewer.") % {"n": MAX_REFERENCES_PER_POST})
    choices = [
        {
            "choice": choice,
            "entries": format_list(choice.records),
            "discrepancies": own_discrepancies(choice.records[0])
            if len(choice.records) == 1
            else [],
            "form": _confirming(choice),
        }
        for choice in outcome.choices
    ]
    return {"choices": choices, "outcome": outcome, "start": outcome.start}


def _confirming(choice: Choice) -> PasteForm:
    """Return the hidden form that adds what was shown: its records, which were read once."""
    pasted = json.dumps(choice.records, ensure_ascii=False)
    form = PasteForm(initial={"pasted": pasted}, auto_id=False)
    form.fields["pasted"].widget = HiddenInput()
    return form


def _add_once(request, post: Post, form: PasteForm | NewWorkForm) -> None:
    with idempotent(request.user, form.cleaned_data["key"]) as outcome:
        if outcome.result is None:
            add = _paste if isinstance(form, PasteForm) else _type_in
            add(request, post, form)
            outcome.result = post.slug


def _paste(request, post: Post, form: PasteForm) -> None:
    added = add_references(post, read_references(form.cleaned_data["pasted"]), by=request.user)
    messages.success(
        request,
        ngettext("%(n)d work is on the shelf.", "%(n)d works are on the shelf.", len(added))
        % {"n": len(added)},
    )


def _type_in(request, post: Post, form: NewWorkForm) -> None:
    record = form.record()
    work = add_work(post.course, record, by=request.user)
    add_reference(post, work, by=request.user, key=form.cleaned_data["citation_key"])
    messages.success(request, _("%(work)s is on the shelf.") % {"work": work.label})
    if work.csl != without_key(record):
        messages.info(request, _("The course has a record of this DOI already, and uses that one."))
