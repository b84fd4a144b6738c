"""Paste a text: look at what it becomes, item by item, then put it into the draft.

The desk's script asks the same address for JSON. Nothing is written before somebody says so.
"""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.actions.drafts import draft_of, version_of
from blog.actions.pasting import put_into_draft, shelve_pasted, take_out_again
from blog.actions.revisions import pictures_for
from blog.exceptions import Refused, TextRefused
from blog.forms.editor.paste import PastedForm
from blog.models import Draft, Post, Target
from blog.paste import Paste, prepare
from blog.text import render_post
from blog.views.editor.editor import own_post
from blog.web.decorators import in_course
from blog.web.rate_limits import MINUTE, enforce_rate_limit

LOOKS = 40  # a minute; each may take as long as a page


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_paste(request, course, slug):
    """Show what a pasted text becomes; put it into the draft when that is asked for."""
    post = own_post(request, course, slug)
    draft = draft_of(post, request.user)
    if request.method != "POST":
        return _show(request, post, PastedForm(initial={"version": version_of(post, draft)}))
    form = PastedForm(request.POST)
    is_script = request.accepts("application/json") and not request.accepts("text/html")
    if not form.is_valid():
        return JsonResponse({}, status=422) if is_script else _show(request, post, form)
    enforce_rate_limit(request, "paste", LOOKS, per=MINUTE)
    shelf = {one.key: one.work.csl for one in post.shelf.select_related("work").order_by("key")}
    paste = _prepared(post, form, draft, shelf, beside=request.POST.get("beside"))
    try:
        if is_script:
            return _answer(request, post, paste)
        if request.POST.get("action") == "put":
            return _put(request, post, form, paste)
    except Refused as refusal:
        if is_script:
            return JsonResponse({"said": str(refusal)}, status=422)
        return _show(request, post, form, paste, shelf, refusal)
    return _show(request, post, form, paste, shelf)


@in_course
@require_POST
def post_paste_undo(request, course, slug):
    """Make the draft what it was before a paste."""
    post = own_post(request, course, slug)
    pk = request.POST.get("aside", "")
    drafts = Draft.objects.set_aside().by(request.user).at(Target(post)).with_places()
    aside = get_object_or_404(drafts, pk=pk if pk.isdecimal() and len(pk) < 19 else None)
    try:
        before = next(iter(take_out_again(aside, by=request.user)), None)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, post, before, _("Your draft is as it was before."))
    return redirect("post_edit", course.slug, post.slug)


def _prepared(
    post: Post, form: PastedForm, draft: Draft, shelf: dict[str, dict], *, beside: str | None
) -> Paste:
    """Prepare a paste for this post: its shelf, its prompt, and the notes its text has."""
    words = form.cleaned_data
    return prepare(
        words["pasted"],
        words["html"],
        draft=draft.text if beside is None else beside,
        title=draft.title,
        prompt=post.prompt.question if post.prompt else "",
        works=shelf,
        chosen=form.chosen(),
    )


def _answer(request, post: Post, paste: Paste) -> JsonResponse:
    """Tell a script what a paste becomes; with “take”, put its works on the shelf."""
    taken = request.POST.get("action") == "take"
    text = shelve_pasted(post, paste, by=request.user) if taken else paste.text
    context = {"paste": paste, "course": post.course, "post": post}
    return JsonResponse(
        {
            "text": text,
            "title": paste.title,
            "asks": any(one.applied for one in paste.changes),
            "dialog": render_to_string("blog/editor/_paste_dialog.html", context, request),
            "said": _said(context),
        }
    )


def _said(context: dict) -> str:
    """Say in one line what was kept, and how to get the plain text back."""
    kept = render_to_string("blog/editor/_paste_said.html", context)
    return " ".join(f"{kept} {_('Undo (Ctrl+Z) gives you the plain text back.')}".split())


def _put(request, post: Post, form: PastedForm, paste: Paste):
    words = form.cleaned_data
    aside = put_into_draft(
        post,
        paste,
        by=request.user,
        instead=words["place"] == "instead",
        version=words["version"] or None,
    )
    _tell(request, post, aside, _("The text is in your draft."))
    return redirect("post_edit", post.course.slug, post.slug)


def _tell(request, post: Post, aside: Draft | None, said: str) -> None:
    """Confirm what was done to the draft, with its undo beside it: one click, and no script."""
    context = {"said": said, "aside": aside, "post": post}
    messages.success(request, render_to_string("blog/editor/_paste_undo.html", context, request))


def _show(
    request,
    post: Post,
    form: PastedForm,
    paste: Paste | None = None,
    shelf: dict[str, dict] | None = None,
    refusal: Refused | None = None,
):
    context = {"post": post, "form": form, "paste": paste, "refusal": refusal}
    if paste is not None:
        try:
            works = {**(shelf or {}), **paste.works}
            pictures = pictures_for(post, paste.text)
            context["rendered"] = render_post(paste.text, works, pictures=pictures)
        except TextRefused as too_much:
            context["refusal"] = refusal or too_much
    return render(request, "blog/editor/post_paste.html", context)
