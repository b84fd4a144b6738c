"""Comments: write, edit, delete."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.comments import (
    PARENT_GONE,
    add_comment,
    delete_comment,
    edit_comment,
    restore_comment,
)
from blog.actions.drafts import discard_draft
from blog.exceptions import Refused
from blog.forms.comments.comment import EditCommentForm, NewCommentForm
from blog.forms.editor.drafts import SavingForm
from blog.models import Comment, CommentTarget, Passage, comment_target
from blog.models.comments import UNMARKED_EDITS
from blog.queries.passages import passage_selected
from blog.text.threads import replied_to
from blog.views.comments.addressee import address_of_new
from blog.views.comments.composer import composer
from blog.views.posts.post import show_post, visible_post
from blog.web.decorators import in_course, reload_if_stale
from blog.web.forms import UNPROCESSABLE, status_of
from blog.web.idempotency import create_once
from blog.web.keys import read_key
from blog.web.resubmission import sendable_by_others


@sendable_by_others
@in_course
def comment_new(request, course, slug):
    """Add a comment to a post or, with ``parent``, a reply to a comment.

    A refused text comes back in its form, also if meanwhile comments were closed or the parent was
    deleted. A GET, as after signing in again, is redirected to the form.
    """
    post = visible_post(request, course, slug)
    if not post.is_published:
        raise Http404
    if request.method != "POST":
        return redirect(f"{post.get_absolute_url()}#say")
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    parent = _parent(request, post)
    form = NewCommentForm(request.POST, post=post, parent=parent)
    try:
        address = _add_once(request, post, parent, form)
    except Refused as refused:
        form.refuse(refused)
    else:
        if address is not None:
            messages.success(request, _("Comment added."))
            return redirect(address)
    if parent is not None:
        return _show_reply(request, post, parent, form, status=UNPROCESSABLE)
    return show_post(request, post, form, status=UNPROCESSABLE)


@in_course
@require_safe
def comment_page(request, course, pk):
    """Redirect the permalink of a comment to its place on the page of its post."""
    return redirect(_visible_comment(request, course, pk))


@in_course
@require_safe
def comment_reply(request, course, pk):
    parent = _visible_comment(request, course, pk)
    if not access.can_comment(request.user, parent.post):
        raise PermissionDenied
    if not parent.is_open:
        messages.error(request, _("You cannot reply to this comment any more."))
        return redirect(parent)
    return _show_reply(request, parent.post, parent)


@reload_if_stale
@in_course
def comment_edit(request, course, pk):
    """Change one's own comment; a text saved meanwhile is shown beside the submitted one."""
    comment = _visible_comment(request, course, pk)
    if not access.can_edit_comment(request.user, comment):
        raise PermissionDenied
    target = comment_target(comment.post, comment=comment)
    form = None
    if request.method == "POST":
        form = EditCommentForm(request.POST, comment=comment)
        if form.is_valid() and _edit(request, target, form):
            messages.success(request, _("Comment saved."))
            return redirect(comment)
    return render(
        request,
        "blog/comments/comment_form.html",
        {
            **composer(request, target, _edit_form_for(comment), form),
            "post": comment.post,
            "comment": comment,
            "back": comment.get_absolute_url(),
            "unmarked_minutes": UNMARKED_EDITS // timedelta(minutes=1),
        },
        status=status_of(form) if form else 200,
    )


@in_course
def comment_delete(request, course, pk):
    """Ask, delete, and redirect to the comment's place, which offers to undo it."""
    comment = _visible_comment(request, course, pk)
    if not access.can_edit_comment(request.user, comment):
        raise PermissionDenied
    if request.method != "POST":
        thread = comment.post.comments.visible_to(request.user).only("parent", "deleted_at")
        has_replies = comment.pk in replied_to(thread)
        context = {"comment": comment, "post": comment.post, "has_replies": has_replies}
        return render(request, "blog/comments/comment_delete.html", context)
    delete_comment(comment, by=request.user)
    messages.success(request, _("Comment deleted. You can undo this below."))
    return redirect(f"{comment.post.get_absolute_url()}?undo={comment.pk}#c{comment.pk}")


@in_course
@require_POST
def comment_restore(request, course, pk):
    comment = _visible_comment(request, course, pk)
    if not access.can_edit_comment(request.user, comment):
        raise PermissionDenied
    restore_comment(comment, by=request.user)
    messages.success(request, _("Comment restored."))
    return redirect(comment)


def _add_once(request, post, parent, form) -> str | None:
    """Add the comment once, however often its form arrives; return its address if it is valid."""
    named = read_key(request.POST.get("parent"))
    # These take longer than all else here, so nobody waits for them.
    rendered = post.render_comment(form.cleaned_data["text"]) if form.is_valid() else None
    passage, refusal = _find_passage(request, post, form)

    def create() -> str:
        if parent is None and request.POST.get("parent"):
            raise Refused(PARENT_GONE)
        if refusal is not None:
            raise refusal
        content = {name: form.cleaned_data[name] for name in ("text", "content_note", "audience")}
        comment = add_comment(
            post,
            by=request.user,
            parent=parent,
            rendered=rendered,
            selection=form.selection,
            passage=passage,
            **content,
        )
        _discard_draft(request, comment_target(post, parent=parent))
        return address_of_new(comment, request.user)

    action = f"comment_new {post.pk} {named or ''}"
    return create_once(form, action, by=request.user, create=create)


def _find_passage(request, post, form) -> tuple[Passage | None, Refused | None]:
    """Return the passage that a form names, or why it is refused, once its key is new."""
    if not form.is_valid() or form.selection is None:
        return None, None
    try:
        return passage_selected(post, form.selection, request.user), None
    except Refused as refusal:
        return None, refusal


def _edit(request, target: CommentTarget, form) -> bool:
    """Change the comment, or say in the form why that was refused; return whether it changed."""
    try:
        with transaction.atomic():
            edit_comment(target.comment, by=request.user, **form.content)
            _discard_draft(request, target)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _edit_form_for(comment):
    return lambda initial: EditCommentForm(comment=comment, initial=initial)


def _discard_draft(request, target: CommentTarget) -> None:
    form = SavingForm(request.POST)
    discard_draft(target, by=request.user, version=form.version_seen, tab=form.saving_tab)


def _parent(request, post):
    """Return the comment that this form replies to, if the reader sees it and it is open."""
    if not request.POST.get("parent"):
        return None
    comments = post.comments.visible_to(request.user).open().select_related("author")
    return comments.filter(pk=read_key(request.POST.get("parent"))).first()


def _show_reply(request, post, parent, form=None, *, status=200):
    target = comment_target(post, parent=parent)
    context = {
        **composer(request, target, _reply_form_for(parent), form),
        "post": post,
        "parent": parent,
        "action": reverse("comment_new", args=[post.course.slug, post.slug]),
        "back": parent.get_absolute_url(),
    }
    return render(request, "blog/comments/comment_form.html", context, status=status)


def _reply_form_for(parent):
    def make(initial):
        form = NewCommentForm(post=parent.post, parent=parent, initial=initial)
        form.focus_text()
        return form

    return make


def _visible_comment(request, course, pk):
    comments = Comment.objects.filter(post__course=course).visible_to(request.user)
    return get_object_or_404(comments.for_page(), pk=pk)
