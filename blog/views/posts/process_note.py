"""Process notes of a post: its author's account, and the moments of its text they show."""

from itertools import pairwise

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.actions.process_notes import remove_process_note, save_process_note
from blog.exceptions import Refused
from blog.forms.posts.process_note import ProcessNoteForm
from blog.models import HelpStatement, Post, ProcessNote
from blog.queries.process_notes import (
    MomentOption,
    Process,
    compare_states,
    moment_options,
)
from blog.views.editor.posts import own_post
from blog.views.posts.post import visible_post
from blog.web.decorators import in_course, reload_if_stale
from blog.web.forms import status_of
from blog.web.rate_limits import MINUTE, enforce_rate_limit

OPENINGS = 60  # a minute; each reads all states of a text, or compares two of them


@reload_if_stale
@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def process_note_edit(request, course, slug):
    """Write how one's own post came about; saving shows it under the post."""
    post = own_post(request, course, slug, to_edit=False)
    _count(request)
    form = _form_of(post, request.POST or None)
    if form.is_valid():
        try:
            save_process_note(*form.result(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. It is under your post, at “How this came about”."))
            return redirect(
                "process_note_edit" if post.is_draft else "post_page", course.slug, slug
            )
    return _show(request, post, form)


@in_course
@require_POST
def process_note_preview(request, course, slug):
    """Show what readers would see, and save nothing."""
    post = own_post(request, course, slug, to_edit=False)
    _count(request)
    form = _form_of(post, request.POST)
    preview = None
    if form.is_valid():
        note, moments, statement = form.result()
        try:
            note.render()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            for before, moment in pairwise(moments):
                moment.before = before
            preview = Process(note, moments, None if statement.is_empty else statement)
    return _show(request, post, form, preview)


@in_course
@require_safe
def process_option(request, course, slug, source):
    """Show its writer a state of a text, or with ``?since=…`` what changed since another one."""
    post = own_post(request, course, slug, to_edit=False)
    _count(request)
    note = ProcessNote.objects.filter(post=post).first() or ProcessNote(post=post)
    options = {option.source: option for option in moment_options(post, note)}
    moment, since = _named(options, source), request.GET.get("since")
    before = _named(options, since) if since else None
    context = {
        "post": post,
        "moment": moment,
        "before": before,
        "comparison": compare_states(post, before, moment),
    }
    return render(request, "blog/posts/process_option.html", context)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def process_note_remove(request, course, slug):
    """Ask, then remove everything that the author told of the post."""
    post = own_post(request, course, slug, to_edit=False)
    if request.method != "POST":
        return render(request, "blog/posts/process_note_remove.html", {"post": post})
    remove_process_note(post, by=request.user)
    messages.success(request, _("Removed. Nobody sees how this post came about any more."))
    return redirect(post)


@in_course
@require_safe
def process_moment(request, course, slug, number):
    """Show a moment of a text that its writer chose, and what changed since the one before."""
    post = visible_post(request, course, slug)
    _count(request)
    note = ProcessNote.objects.visible_to(request.user).filter(post=post).first()
    moments = list(note.moments.all()) if note else []
    if not 1 <= number <= len(moments):
        raise Http404
    moment, before = moments[number - 1], moments[number - 2] if number > 1 else None
    context = {
        "post": post,
        "moment": moment,
        "before": before,
        "number": number,
        "count": len(moments),
        "comparison": compare_states(post, before, moment),
    }
    return render(request, "blog/posts/process_moment.html", context)


def _count(request) -> None:
    enforce_rate_limit(request, "process note", OPENINGS, per=MINUTE)


def _named(options: dict[str, MomentOption], source: str) -> MomentOption:
    if source not in options:
        raise Http404
    return options[source]


def _form_of(post: Post, data) -> ProcessNoteForm:
    note = ProcessNote.objects.filter(post=post).first() or ProcessNote(post=post)
    statement = HelpStatement.objects.filter(post=post).first() or HelpStatement(post=post)
    note.post = statement.post = post
    return ProcessNoteForm(data, note=note, statement=statement, options=moment_options(post, note))


def _show(
    request, post: Post, form: ProcessNoteForm, preview: Process | None = None
) -> HttpResponse:
    context = {
        "post": post,
        "form": form,
        "preview": preview,
        "is_stored": form.note.pk is not None,
    }
    return render(request, "blog/posts/process_note_edit.html", context, status=status_of(form))
