"""Add references to a post: look one up, add what was found, or type one in.

The editor saves its text before it leads here. A pasted text is looked up in a POST of its own,
outside any transaction: the course's own works are asked first, then the registries. What was found
is shown before it is added; what nobody knows can be typed in.
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
from blog.citations.parsers import normalise_doi, without_key
from blog.exceptions import Refused
from blog.forms.references.reference import FoundForm, LookUpForm, NewWorkForm
from blog.lookup import Choice, Kind, Outcome, identify, is_on, look_up
from blog.lookup.identify import is_isbn
from blog.models import Course, Post, Work
from blog.queries.works import known_works, names_work
from blog.views.editor.posts import own_post
from blog.web.decorators import in_course
from blog.web.forms import UNPROCESSABLE, status_of
from blog.web.idempotency import idempotent
from blog.web.rate_limits import HOUR, enforce_rate_limit

LOOK_UPS_PER_HOUR = 60


@dataclass(frozen=True)
class Found:
    """Something that was found, as the page shows it, with the form that adds it.

    ``choice`` is None where the form comes back because its records could not be added;
    ``is_known`` says that the course has the work already.
    """

    form: FoundForm
    entries: list[str]
    discrepancies: list[Discrepancy]
    choice: Choice | None = None
    is_known: bool = False


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
            known, outcome = _look_up(request, course, look_up_form.cleaned_data["pasted"])
        except Refused as refusal:
            look_up_form.add_error("pasted", str(refusal))
        else:
            key = _key_in_text(request)
            return _show(
                request,
                post,
                look_up_form=look_up_form,
                form=NewWorkForm(csl=outcome.start),
                outcome=outcome,
                found=[
                    *(_found(_with_key([work.csl], key), is_known=True) for work in known),
                    *(_found(_with_key(one.records, key), one) for one in outcome.choices),
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
    form, look_up_form = form or NewWorkForm(), look_up_form or LookUpForm(auto_id="paste_%s")
    key, sentence = _key_in_text(request), ""
    form.fields["citation_key"].initial = key
    if outcome is not None and not found:
        sentence = _why_by_hand(outcome)
        form.fields["authors"].widget.attrs["autofocus"] = True
    context = {
        "post": post,
        "look_up_form": look_up_form,
        "form": form,
        "isbn": outcome.start.get("ISBN", "") if outcome else request.POST.get("isbn", ""),
        "outcome": outcome,
        "found": found,
        "why_by_hand": sentence,
        "can_look_up": is_on(),
        "doi_helps": outcome is not None and _does_a_doi_help(outcome),
        "query": f"?{urlencode({'key': key})}" if key else "",
    }
    status = status_of(form, look_up_form, *(one.form for one in found))
    if outcome is not None and not found and _could_not_be_read(outcome):
        status = UNPROCESSABLE
    return render(request, "blog/references/reference_add.html", context, status=status)


def _why_by_hand(outcome: Outcome) -> str:
    """Return why there is nothing to add, in one sentence that leads to the form."""
    if outcome.is_later:
        return _("The registries do not answer at the moment. Fill in the rest here:")
    if _could_not_be_read(outcome):
        return _("We could not read this as a reference. Fill in the rest here:")
    if not outcome.is_known:
        return _("The registries do not list it, which is common. Fill in the rest here:")
    if outcome.kind is Kind.SEVERAL:
        return _why_none_of_several(outcome)
    if outcome.kind is Kind.DOI and not is_on():
        return _("We can’t look up DOIs on this site. Fill in the rest here:")
    if outcome.kind is Kind.ISBN:
        return _("We can’t look up ISBNs on this site. Fill in the rest here:")
    return _("A link alone is not enough. Type the author, date and title from the page:")


def _why_none_of_several(outcome: Outcome) -> str:
    """Return why none of several identifiers has a record; the form begins with the first."""
    has_doi = any(map(normalise_doi, outcome.unread))
    has_isbn = any(map(is_isbn, outcome.unread))
    if has_doi and is_on():
        return _("The registries do not list them, which is common. Fill in the rest here:")
    if has_doi and has_isbn:
        return _("We can’t look up DOIs or ISBNs on this site. Fill in the rest here:")
    if has_doi:
        return _("We can’t look up DOIs on this site. Fill in the rest here:")
    if has_isbn:
        return _("We can’t look up ISBNs on this site. Fill in the rest here:")
    return _("A link alone is not enough. Type the author, date and title from the page:")


def _does_a_doi_help(outcome: Outcome) -> bool:
    """Return whether the parts that were not found can be looked up by DOIs they do not have."""
    return is_on() and not any(map(normalise_doi, outcome.unread))


def _could_not_be_read(outcome: Outcome) -> bool:
    """Return whether a text is no reference; one of several identifiers may be merely unknown."""
    return bool(outcome.unread) and outcome.kind is not Kind.SEVERAL


def _key_in_text(request) -> str:
    """Return the key by which the text already cites the reference that is to be added."""
    key = request.GET.get("key", "")
    return key if is_key(key) else ""


def _look_up(request, course: Course, text: str) -> tuple[list[Work], Outcome]:
    """Return the course's own works that a text names, and else what the registries know.

    Nobody else is asked about a work that the course has.
    """
    pasted = identify(text)
    enforce_rate_limit(request, "look up references", LOOK_UPS_PER_HOUR, per=HOUR)
    known = known_works(request.user, course, pasted)
    if known and pasted.kind is Kind.SEVERAL:
        rest = [p for p in pasted.parts if not any(names_work(p, work) for work in known)]
        text = "\n".join(part.value or part.lines[0] for part in rest)
    elif known:
        text = ""
    if not text:
        return known, Outcome(pasted.kind, [], known[0].csl)
    outcome = look_up(text)
    if any(len(choice.records) > MAX_REFERENCES_PER_POST for choice in outcome.choices):
        raise Refused(
            _("A post can have %(n)d references. Paste fewer.") % {"n": MAX_REFERENCES_PER_POST}
        )
    return known, outcome


def _with_key(records: list[dict], key: str) -> list[dict]:
    """Return records with the key that the text has for one; several keep their own."""
    return [records[0] | {"id": key}] if key and len(records) == 1 else records


def _found(
    records: list[dict],
    choice: Choice | None = None,
    form: FoundForm | None = None,
    *,
    is_known: bool = False,
):
    return Found(
        form=form or FoundForm(initial={"records": records}, auto_id=False),
        entries=format_list(records),
        discrepancies=own_discrepancies(records[0]) if len(records) == 1 else [],
        choice=choice,
        is_known=is_known,
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
    if is_isbn(isbn := request.POST.get("isbn", "")):
        record["ISBN"] = isbn
    work = add_work(post.course, record, by=request.user)
    add_reference(post, work, by=request.user, key=form.cleaned_data["citation_key"])
    messages.success(request, _("%(work)s added to your references.") % {"work": work.label})
    if work.csl != without_key(record):
        messages.info(
            request,
            _("The course already has a reference with this DOI, so that one was added.")
            if work.is_shared
            else _("You already have a reference with this DOI, so that one was added."),
        )
