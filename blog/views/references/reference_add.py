"""Add references to a post: look one up, add what was found, or type one in.

The editor saves its text before it leads here. A pasted text is looked up in a POST of its own,
outside any transaction, and what was found is shown before it is added. While no registry answers,
a reference can be typed in.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from blog.actions.references import MAX_REFERENCES_PER_POST, add_reference, add_references
from blog.actions.works import add_work
from blog.citations import format_list
from blog.citations.comparison import Discrepancy, own_discrepancies
from blog.citations.keys import is_key
from blog.citations.parsers import without_key
from blog.exceptions import Refused
from blog.forms.references.reference import FoundForm, LookUpForm, NewWorkForm
from blog.lookup import Choice, Outcome, is_on, look_up
from blog.models import Post
from blog.views.editor.posts import own_post
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent
from blog.web.rate_limits import HOUR, enforce_rate_limit

LOOK_UPS_PER_HOUR = 60


@dataclass(frozen=True)
class Found:
    """Something that was found, as the page shows it, with the form that adds it.

    ``choice`` is None where the form comes back because its records could not be added.
    """

    form: FoundForm
    entries: list[str]
    discrepancies: list[Discrepancy]
    choice: Choice | None = None


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def reference_add(request, course, slug):
    """Show the ways to add a reference; add the one that was typed in."""
    post = own_post(request, course, slug)
    form = NewWorkForm(request.POST or None)
    if form.is_valid():
        try:
            _add_once(request, post, form, _add_typed_in)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("post_edit", course.slug, post.slug)
    return _show(request, post, form=form)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def reference_look_up(request, course, slug):
    """Show what a pasted text means. A GET, as after a reload, leads to the empty page."""
    post = own_post(request, course, slug)
    if request.method != "POST":
        return redirect("reference_add", course.slug, post.slug)
    look_up_form = LookUpForm(request.POST, auto_id="paste_%s")
    if look_up_form.is_valid():
        try:
            outcome = _look_up(request, look_up_form.cleaned_data["pasted"])
        except Refused as refusal:
            look_up_form.add_error("pasted", str(refusal))
        else:
            return _show(
                request,
                post,
                look_up_form=look_up_form,
                form=NewWorkForm(csl=outcome.start),
                outcome=outcome,
                found=[
                    _found(_with_key(choice.records, _key_in_text(request)), choice)
                    for choice in outcome.choices
                ],
            )
    return _show(request, post, look_up_form=look_up_form)


@in_course
@require_POST
def reference_add_found(request, course, slug):
    """Add the references of one thing that a look-up found."""
    post = own_post(request, course, slug)
    form = FoundForm(request.POST, auto_id=False)
    if not form.is_valid():
        messages.error(request, _("These references could not be read. Look them up again."))
        return redirect("reference_add", course.slug, post.slug)
    try:
        _add_once(request, post, form, _add_found)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, post, found=[_found(form.cleaned_data["records"], form=form)])
    return redirect("post_edit", course.slug, post.slug)


def _show(request, post: Post, *, look_up_form=None, form=None, outcome=None, found=()):
    form = form or NewWorkForm()
    key = _key_in_text(request)
    form.fields["citation_key"].initial = key
    context = {
        "post": post,
        "look_up_form": look_up_form or LookUpForm(auto_id="paste_%s"),
        "form": form,
        "outcome": outcome,
        "found": found,
        "can_look_up": is_on(),
        "query": f"?{urlencode({'key': key})}" if key else "",
    }
    return render(request, "blog/references/reference_add.html", context)


def _key_in_text(request) -> str:
    """Return the key by which the text already cites the reference that is to be added."""
    key = request.GET.get("key", "")
    return key if is_key(key) else ""


def _look_up(request, text: str) -> Outcome:
    if is_on():
        enforce_rate_limit(request, "look up references", LOOK_UPS_PER_HOUR, per=HOUR)
    outcome = look_up(text)
    if any(len(choice.records) > MAX_REFERENCES_PER_POST for choice in outcome.choices):
        raise Refused(
            _("A post can have %(n)d references. Paste fewer.") % {"n": MAX_REFERENCES_PER_POST}
        )
    return outcome


def _with_key(records: list[dict], key: str) -> list[dict]:
    """Return records with the key that the text has for one; several keep their own."""
    return [records[0] | {"id": key}] if key and len(records) == 1 else records


def _found(records: list[dict], choice: Choice | None = None, form: FoundForm | None = None):
    return Found(
        form=form or FoundForm(initial={"records": records}, auto_id=False),
        entries=format_list(records),
        discrepancies=own_discrepancies(records[0]) if len(records) == 1 else [],
        choice=choice,
    )


def _add_once(request, post: Post, form: FoundForm | NewWorkForm, add) -> None:
    """Add what is in the form once, however often it arrives."""
    action = f"reference_add {post.pk}"
    with idempotent(request.user, form.cleaned_data["key"], action) as outcome:
        if outcome.result is None:
            add(request, post, form)
            outcome.result = post.slug


def _add_found(request, post: Post, form: FoundForm) -> None:
    added = add_references(post, form.cleaned_data["records"], by=request.user)
    messages.success(
        request,
        ngettext("%(n)d reference added.", "%(n)d references added.", len(added))
        % {"n": len(added)},
    )


def _add_typed_in(request, post: Post, form: NewWorkForm) -> None:
    record = form.record()
    work = add_work(post.course, record, by=request.user)
    add_reference(post, work, by=request.user, key=form.cleaned_data["citation_key"])
    messages.success(request, _("%(work)s added to your references.") % {"work": work.label})
    if work.csl != without_key(record):
        messages.info(
            request, _("The course already has a reference with this DOI, so that one was added.")
        )
