"""Paste a text into a draft: show what it becomes, change by change, then insert it.

The page does it in two steps and without scripts. The editor's script asks for the same at two
addresses of its own, which answer in JSON. Nothing is written before somebody agrees to it. The
small editor of comments and feedback has one address, where there are no changes to choose.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.paste import add_pasted_references, insert_paste, undo_paste
from blog.citations.clusters import cited_keys
from blog.exceptions import Refused, TextRefused
from blog.forms.editor.paste import PastedForm
from blog.models import Draft, Post, PostTarget, Work
from blog.paste import Paste, prepare, prepare_comment
from blog.text import render_post
from blog.text.lists import comma_list
from blog.text.works import render_work
from blog.views.editor.posts import own_post
from blog.web.decorators import in_course
from blog.web.forms import UNPROCESSABLE, status_of
from blog.web.keys import read_key
from blog.web.rate_limits import MINUTE, enforce_rate_limit
from blog.web.repeated_submissions import lead_on

PREPARATIONS = 40  # a minute; each may take as long as a page
# The parts of a page that are counted for its reader, in this order.
PARTS = {
    "headings": ngettext_lazy("%(n)d heading", "%(n)d headings", "n"),
    "lists": ngettext_lazy("%(n)d list", "%(n)d lists", "n"),
    "links": ngettext_lazy("%(n)d link", "%(n)d links", "n"),
    "quotes": ngettext_lazy("%(n)d block quotation", "%(n)d block quotations", "n"),
    "tables": ngettext_lazy("%(n)d table", "%(n)d tables", "n"),
    "notes": ngettext_lazy("%(n)d footnote", "%(n)d footnotes", "n"),
}

LEFT_OUT = {
    "images": ngettext_lazy(
        "%(n)d picture is left out. Add it separately.",
        "%(n)d pictures are left out. Add them one by one.",
        "n",
    ),
    "media": ngettext_lazy(
        "%(n)d video or recording is left out, because the page does not say its address.",
        "%(n)d videos or recordings are left out, because the page does not say their addresses.",
        "n",
    ),
    "comments": ngettext_lazy(
        "%(n)d comment in the document is left out.",
        "%(n)d comments in the document are left out.",
        "n",
    ),
    "deletions": ngettext_lazy(
        "%(n)d tracked deletion is left out.", "%(n)d tracked deletions are left out.", "n"
    ),
    "menus": ngettext_lazy("%(n)d menu is left out.", "%(n)d menus are left out.", "n"),
    "fields": ngettext_lazy(
        "%(n)d form field is left out.", "%(n)d form fields are left out.", "n"
    ),
    "buttons": ngettext_lazy("%(n)d button is left out.", "%(n)d buttons are left out.", "n"),
    "formats": ngettext_lazy(
        "%(n)d heading, table or footnote is plain text here.",
        "%(n)d headings, tables or footnotes are plain text here.",
        "n",
    ),
    "shortcodes": ngettext_lazy(
        "%(n)d WordPress shortcode is left out. The words in it stay.",
        "%(n)d WordPress shortcodes are left out. The words in them stay.",
        "n",
    ),
}

# A comment has none, so there is no way to add one.
LEFT_OUT_OF_COMMENT = LEFT_OUT | {
    "images": ngettext_lazy("%(n)d picture is left out.", "%(n)d pictures are left out.", "n"),
}


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_paste(request, course, slug):
    """Show the form for a text; once it is filled in, show what the text becomes."""
    post = own_post(request, course, slug)
    if request.method != "POST":
        target = PostTarget(post)
        version = target.version_of(target.draft_by(request.user))
        return _show(request, post, PastedForm(initial={"version": version}))
    form = PastedForm(request.POST)
    if not form.is_valid():
        return _show(request, post, form)
    return _show(request, post, form, *_prepare(request, post, form))


@in_course
@require_POST
def post_paste_insert(request, course, slug):
    """Write a text into the draft, and its works among the references."""
    post = own_post(request, course, slug)
    form = PastedForm(request.POST)
    if not form.is_valid():
        return _show(request, post, form)
    paste, works = _prepare(request, post, form)
    fields = form.cleaned_data
    try:
        archived = insert_paste(
            post,
            paste,
            by=request.user,
            replace=fields["place"] == PastedForm.INSTEAD,
            version=fields["version"] or None,
        )
    except Refused as refusal:
        return _show(request, post, form, paste, works, refusal)
    _confirm(request, post, archived, _("The text is in your draft."))
    return redirect("post_edit", course.slug, post.slug)


@in_course
@require_POST
def post_paste_changes(request, course, slug):
    """Return to the script the pasted text, with a dialog to choose its changes."""
    post = own_post(request, course, slug)
    form = PastedForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=UNPROCESSABLE)
    paste, works = _prepare(request, post, form)
    return _answer(request, post, paste, works, paste.text)


@in_course
@require_POST
def post_paste_apply(request, course, slug):
    """Add the works of a text to the references; tell the script the text that cites them."""
    post = own_post(request, course, slug)
    form = PastedForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=UNPROCESSABLE)
    paste, works = _prepare(request, post, form)
    try:
        text = add_pasted_references(post, paste, by=request.user)
    except Refused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    return _answer(request, post, paste, works, text)


@in_course
@require_POST
def comment_paste(request, course):
    """Return to the small editor the text pasted into a comment or feedback."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    form = PastedForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=UNPROCESSABLE)
    enforce_rate_limit(request, "paste", PREPARATIONS, per=MINUTE)
    paste = prepare_comment(form.cleaned_data["pasted"], form.cleaned_data["html"])
    said = _said(paste, LEFT_OUT_OF_COMMENT)
    return JsonResponse({"text": paste.text, "asks": False, "said": said})


@in_course
@require_POST
def post_paste_undo(request, course, slug):
    """Make the draft what it was before a paste."""
    post = own_post(request, course, slug)
    drafts = PostTarget(post).drafts_by(request.user).archived().with_targets()
    archived = drafts.filter(pk=read_key(request.POST.get("archived"))).first()
    if archived is None:
        return lead_on(request, _("There is nothing to undo."), "post_edit", course.slug, slug)
    try:
        replaced = next(iter(undo_paste(archived, by=request.user)), None)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _confirm(request, post, replaced, _("Undone. Your draft is as it was before."))
    return redirect("post_edit", course.slug, post.slug)


def _prepare(request, post: Post, form: PastedForm) -> tuple[Paste, dict[str, dict]]:
    """Return a text as it would go into the draft, and every work that it can cite, by key.

    The script sends as ``beside`` what the editor holds now: footnotes get numbers that are free
    in it.
    """
    enforce_rate_limit(request, "paste", PREPARATIONS, per=MINUTE)
    fields, draft = form.cleaned_data, PostTarget(post).draft_by(request.user)
    works = {reference.key: reference.work.csl for reference in post.references_with_works()}
    paste = prepare(
        fields["pasted"],
        fields["html"],
        draft=request.POST.get("beside", draft.text),
        title=draft.title,
        prompt=post.prompt.question_plain if post.prompt else "",
        works=works,
        chosen=form.chosen(),
    )
    return paste, works | dict(paste.works)


def _answer(request, post: Post, paste: Paste, works: dict[str, dict], text: str) -> JsonResponse:
    labels = _labels(paste, works)
    context = {"paste": paste, "labels": labels, "course": post.course, "post": post}
    return JsonResponse(
        {
            "text": text,
            "title": paste.title,
            "asks": any(one.applied and one.kind != "lines" for one in paste.changes),
            "dialog": render_to_string("blog/editor/_paste_dialog.html", context, request),
            "said": _said(paste),
        }
    )


def _labels(paste: Paste, works: dict[str, dict]) -> dict[str, str]:
    """Return the label and title of each work that the changes of a paste cite, by its key."""
    after = (change.after for change in paste.changes if change.kind == "citation")
    keys = works.keys() & set(chain.from_iterable(map(cited_keys, after)))
    rows = {key: Work(csl=works[key], label=render_work(works[key]).label) for key in keys}
    return {key: work.label_with_title for key, work in rows.items()}


def _said(paste: Paste, left_out: Mapping[str, Any] = LEFT_OUT) -> str:
    """Report what a script has put into the text, and how to undo it."""
    sentences = [_summary(paste, left_out), _("Press Ctrl+Z to get the plain text back.")]
    if any(one.applied and one.kind == "lines" for one in paste.changes):
        sentences.insert(1, _("Its lines are paragraphs, lists or tables now."))
    return " ".join(filter(None, sentences))


def _summary(paste: Paste, left_out: Mapping[str, Any] = LEFT_OUT) -> str:
    """Describe which formatting of a page comes along, and which does not."""
    sentences = []
    if paste.preserved:
        parts = [str(PARTS[kind] % {"n": n}) for kind in PARTS if (n := paste.preserved.get(kind))]
        parts += [_("emphasis"), _("paragraphs")]
        sentences.append(_("Formatting included: %(parts)s.") % {"parts": comma_list(parts)})
    for kind, sentence in left_out.items():
        if n := paste.left_out.get(kind):
            sentences.append(str(sentence % {"n": n}))
    return " ".join(sentences)


def _confirm(request, post: Post, archived: Draft | None, message: str) -> None:
    """Confirm a change of the draft, with its undo beside it: one click, and no script."""
    context = {"message": message, "archived": archived, "post": post}
    messages.success(request, render_to_string("blog/editor/_paste_undo.html", context, request))


def _show(
    request,
    post: Post,
    form: PastedForm,
    paste: Paste | None = None,
    works: dict[str, dict] | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    context: dict = {"post": post, "form": form, "paste": paste, "refusal": refusal}
    if paste is not None:
        context |= {"summary": _summary(paste), "labels": _labels(paste, works or {})}
        try:
            pictures = post.pictures_in(paste.text)
            context["rendered"] = render_post(paste.text, works or {}, pictures=pictures)
        except TextRefused as too_much:
            context["refusal"] = refusal or too_much
    status = UNPROCESSABLE if context["refusal"] else status_of(form)
    return render(request, "blog/editor/post_paste.html", context, status=status)
