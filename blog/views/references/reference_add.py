"""Add references to a post: look one up, add a result, or type one in.

The editor saves its text before it leads here. A pasted text is looked up in a POST of its own,
outside any transaction: the course's own works are asked first, then the registries. What was found
is shown before it is added; what nobody knows can be typed in.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from blog.actions.references import add_reference, add_references
from blog.actions.works import add_work
from blog.citations.keys import is_key
from blog.citations.parsers import normalise_doi, without_key
from blog.citations.parsers.form_fields import possible_people
from blog.exceptions import Refused
from blog.forms.references.reference import FoundForm, LookUpForm, NewWorkForm
from blog.lookup import Outcome, is_on
from blog.lookup.identify import is_isbn
from blog.models import Post
from blog.text.lists import isolated
from blog.views.editor.posts import own_post
from blog.views.references.finding import (
    could_not_be_read,
    found_thing,
    look_up_for,
    start_of_text,
    why_by_hand,
    with_key,
)
from blog.web.decorators import in_course
from blog.web.forms import UNPROCESSABLE, status_of
from blog.web.idempotency import create_once

FIRST_FIELDS = ("authors", "issued", "title")


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def reference_add(request, course, slug):
    """Show the ways to add a reference; add the submitted one."""
    post = own_post(request, course, slug)
    form = NewWorkForm(request.POST or None, csl=start_of_text(request.GET.get("typed", "")))
    if _add_once(request, post, form, _add_typed_in):
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
            known, outcome = look_up_for(request, course, look_up_form.cleaned_data["pasted"])
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
                    *(found_thing(with_key([work.csl], key), is_known=True) for work in known),
                    *(found_thing(with_key(one.records, key), one) for one in outcome.choices),
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
    if _add_once(request, post, form, _add_found):
        return redirect("post_edit", course.slug, post.slug)
    return _show(request, post, found=[found_thing(form.cleaned_data["records"], form=form)])


def _show(request, post: Post, *, look_up_form=None, form=None, outcome=None, found=()):
    form, look_up_form = form or NewWorkForm(), look_up_form or LookUpForm(auto_id="paste_%s")
    key, sentence = _key_in_text(request), ""
    form.fields["citation_key"].initial = key
    if outcome is not None and not found:
        sentence = why_by_hand(outcome)
    if (outcome is not None or form.csl) and not found and not form.is_bound:
        form.fields[_first_open_field(form)].widget.attrs["autofocus"] = True
    context = {
        "post": post,
        "look_up_form": look_up_form,
        "form": form,
        "isbn": (outcome.start if outcome else form.csl).get("ISBN")
        or request.POST.get("isbn", ""),
        "outcome": outcome,
        "found": found,
        "why_by_hand": sentence,
        "can_look_up": is_on(),
        "doi_helps": outcome is not None and _does_a_doi_help(outcome),
        "query": f"?{urlencode({'key': key})}" if key else "",
    }
    status = status_of(form, look_up_form, *(one.form for one in found))
    if outcome is not None and not found and could_not_be_read(outcome):
        status = UNPROCESSABLE
    return render(request, "blog/references/reference_add.html", context, status=status)


def _first_open_field(form: NewWorkForm) -> str:
    """Return the first field of the hand form that the submitted text leaves empty."""
    return next((name for name in FIRST_FIELDS if not form[name].value()), FIRST_FIELDS[0])


def _does_a_doi_help(outcome: Outcome) -> bool:
    """Return whether the parts that were not found can be looked up by DOIs they do not have."""
    return is_on() and not any(map(normalise_doi, outcome.unread))


def _key_in_text(request) -> str:
    """Return the key by which the text already cites the reference that is to be added."""
    key = request.GET.get("key", "")
    return key if is_key(key) else ""


def _add_once(request, post: Post, form: FoundForm | NewWorkForm, add) -> bool:
    """Add the submitted reference once, however often it arrives; return False if refused."""

    def create() -> str:
        add(request, post, form)
        return reverse("post_edit", args=[post.course.slug, post.slug])

    try:
        address = create_once(form, f"reference_add {post.pk}", by=request.user, create=create)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return address is not None


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
    messages.success(
        request, _("%(work)s added to your references.") % {"work": isolated(work.label)}
    )
    _ask_about_names(request, record)
    if work.csl != without_key(record):
        messages.info(
            request,
            _("The course already has a reference with this DOI, so that one was added.")
            if work.is_shared
            else _("You already have a reference with this DOI, so that one was added."),
        )


def _ask_about_names(request, record: dict) -> None:
    """Ask about an author typed without a comma, who would be listed under the given name."""
    for person in possible_people(record.get("author", []))[:1]:
        messages.info(
            request,
            _(
                "Is “%(given)s %(family)s” a person? Then edit the reference, and write "
                "“%(family)s, %(given)s”."
            )
            % person,
        )
