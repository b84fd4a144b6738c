"""Paste a text: look at what it becomes, item by item, then put it into the draft.

The desk's script asks the same address for JSON. Nothing is written before somebody says so.
"""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.actions.paste import add_pasted_references, insert_paste, undo_paste
from blog.exceptions import Refused, TextRefused
from blog.forms.editor.paste import PastedForm
from blog.models import Draft, Post, PostTarget
from blog.paste import Paste, prepare
from blog.text import render_post
from blog.views.editor.editor import own_post
from blog.web.decorators import in_course
from blog.web.keys import read_key
from blog.web.rate_limits import MINUTE, enforce_rate_limit

LOOKS = 40  # a minute; each may take as long as a page


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_paste(request, course, slug):
    """Show what a pasted text becomes; put it into the draft when that is asked for."""
    post = own_post(request, course, slug)
    target = PostTarget(post)
    draft = target.draft_by(request.user)
    if request.method != "POST":
        return _show(request, post, PastedForm(initial={"version": target.version_of(draft)}))
    form = PastedForm(request.POST)
    is_script = request.accepts("application/json") and not request.accepts("text/html")
    if not form.is_valid():
        return JsonResponse({}, status=422) if is_script else _show(request, post, form)
    enforce_rate_limit(request, "paste", LOOKS, per=MINUTE)
    works = {one.key: one.work.csl for one in post.references_with_works()}
    paste = _prepared(post, form, draft, works, beside=request.POST.get("beside"))
    try:
        if is_script:
            return _answer(request, post, paste)
        if request.POST.get("action") == "put":
            return _put(request, post, form, paste)
    except Refused as refusal:
        if is_script:
            return JsonResponse({"said": str(refusal)}, status=422)
        return _show(request, post, form, paste, works, refusal)
    return _show(request, post, form, paste, works)


@in_course
@require_POST
def post_paste_undo(request, course, slug):
    """Make the draft what it was before a paste."""
    post = own_post(request, course, slug)
    drafts = PostTarget(post).drafts_by(request.user).archived().with_targets()
    aside = get_object_or_404(drafts, pk=read_key(request.POST.get("aside")))
    try:
        before = next(iter(undo_paste(aside, by=request.user)), None)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, post, before, _("Your draft is as it was before."))
    return redirect("post_edit", course.slug, post.slug)


def _prepared(
    post: Post, form: PastedForm, draft: Draft, works: dict[str, dict], *, beside: str | None
) -> Paste:
    """Prepare a paste for this post: its shelf, its prompt, and the notes its text has."""
    words = form.cleaned_data
    return prepare(
        words["pasted"],
        words["html"],
        draft=draft.text if beside is None else beside,
        title=draft.title,
        prompt=post.prompt.question if post.prompt else "",
        works=works,
        chosen=form.chosen(),
    )


def _answer(request, post: Post, paste: Paste) -> JsonResponse:
    """Tell a script what a paste becomes; with “take”, put its works on the shelf."""
    taken = request.POST.get("action") == "take"
    text = add_pasted_references(post, paste, by=request.user) if taken else paste.text
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
    aside = insert_paste(
        post,
        paste,
        by=request.user,
        replace=words["place"] == "instead",
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
    works: dict[str, dict] | None = None,
    refusal: Refused | None = None,
):
    context = {"post": post, "form": form, "paste": paste, "refusal": refusal}
    if paste is not None:
        try:
            works = {**(works or {}), **paste.works}
            pictures = post.pictures_in(paste.text)
            context["rendered"] = render_post(paste.text, works, pictures=pictures)
        except TextRefused as too_much:
            context["refusal"] = refusal or too_much
    return render(request, "blog/editor/post_paste.html", context)
