"""Comments: written, changed, taken back, hidden, and whom they answer."""

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
    correct_addressee,
    delete_comment,
    edit_comment,
    hide_comment,
    restore_comment,
    show_comment,
)
from blog.actions.drafts import discard_draft
from blog.exceptions import Refused
from blog.forms.comments.comment import AddresseeForm, CommentForm, NewCommentForm
from blog.forms.editor.drafts import SavingForm
from blog.models import Comment, CommentTarget, Post, comment_target
from blog.views.comments.composer import composer
from blog.views.posts.post import show_post
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent
from blog.web.keys import read_key

UNPROCESSABLE = 422


@in_course
def comment_new(request, course, slug):
    """Take a comment on a post, or, with ``parent``, an answer to another comment.

    What is refused comes back in its form with every word, also when the conversation was closed
    or the comment it answers went away while it was being written. Whoever comes here by a link,
    such as the one back from a login that had run out, is led to the form.
    """
    posts = Post.objects.in_course(course).published().visible_to(request.user)
    post = get_object_or_404(posts.for_page(), slug=slug)
    if request.method != "POST":
        return redirect(f"{post.get_absolute_url()}#say")
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    parent = _answered(request, post)
    form = NewCommentForm(request.POST, post=post, parent=parent)
    if form.is_valid() and parent is None and request.POST.get("parent"):
        form.refuse(PARENT_GONE)
    if form.is_valid():
        try:
            address = _write(request, post, parent, form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your comment stands in the conversation."))
            return redirect(address)
    if parent is not None:
        return _show_reply(request, post, parent, form, status=UNPROCESSABLE)
    return show_post(request, post, form, status=UNPROCESSABLE)


@in_course
@require_safe
def comment_page(request, course, pk):
    """The lasting address of a comment leads to its place under its post."""
    return redirect(_visible_comment(request, course, pk))


@in_course
@require_safe
def comment_reply(request, course, pk):
    parent = _visible_comment(request, course, pk)
    if not access.can_comment(request.user, parent.post):
        raise PermissionDenied
    if not parent.is_open:
        messages.error(request, _("This comment cannot be answered any more."))
        return redirect(parent)
    return _show_reply(request, parent.post, parent)


@in_course
def comment_edit(request, course, pk):
    comment = _visible_comment(request, course, pk)
    if not access.can_edit_comment(request.user, comment):
        raise PermissionDenied
    target = comment_target(comment.post, comment=comment)
    form = None
    if request.method == "POST":
        form = CommentForm(request.POST, post=comment.post, parent=comment.parent)
        if form.is_valid() and _change(request, target, form):
            messages.success(request, _("Your comment is changed."))
            return redirect(comment)
    return render(
        request,
        "blog/comments/comment_form.html",
        {
            **composer(request, target, _change_of(comment), form),
            "post": comment.post,
            "comment": comment,
            "back": comment.get_absolute_url(),
        },
        status=UNPROCESSABLE if form else 200,
    )


@in_course
def comment_delete(request, course, pk):
    """Ask, delete, and lead to the place where it stood, which offers to undo it."""
    comment = _visible_comment(request, course, pk)
    if not access.can_edit_comment(request.user, comment):
        raise PermissionDenied
    if request.method != "POST":
        return render(
            request, "blog/comments/comment_delete.html", {"comment": comment, "post": comment.post}
        )
    delete_comment(comment, by=request.user)
    messages.success(request, _("Your comment is deleted. You can undo this where it stood."))
    return redirect(f"{comment.post.get_absolute_url()}?undo={comment.pk}#c{comment.pk}")


@in_course
@require_POST
def comment_restore(request, course, pk):
    comment = _visible_comment(request, course, pk)
    if not access.can_edit_comment(request.user, comment):
        raise PermissionDenied
    restore_comment(comment, by=request.user)
    messages.success(request, _("Your comment stands again."))
    return redirect(comment)


@in_course
@require_POST
def comment_hide(request, course, pk):
    comment = _visible_comment(request, course, pk)
    if not access.can_hide_comment(request.user, comment):
        raise PermissionDenied
    hide_comment(comment, by=request.user)
    messages.success(
        request, _("Hidden. Its writer, the post’s author and the teaching team still see it.")
    )
    return redirect(comment)


@in_course
@require_POST
def comment_show(request, course, pk):
    comment = _visible_comment(request, course, pk)
    if not access.can_hide_comment(request.user, comment):
        raise PermissionDenied
    show_comment(comment, by=request.user)
    messages.success(request, _("The comment stands in the conversation again."))
    return redirect(comment)


@in_course
def comment_addressee(request, course, pk):
    comment = _visible_comment(request, course, pk)
    if comment.is_deleted:  # its words are gone for everybody, and this page would quote them
        raise Http404
    if not access.can_correct_addressee(request.user, comment):
        raise PermissionDenied
    form = AddresseeForm(request.POST or None, comment=comment, reader=request.user)
    if form.is_valid():
        try:
            correct_addressee(comment, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("addressee", str(refused))
        else:
            messages.success(request, _("Noted. The tie follows."))
            return redirect(comment)
    return render(
        request,
        "blog/comments/comment_addressee.html",
        {"form": form, "comment": comment, "post": comment.post},
        status=UNPROCESSABLE if form.errors else 200,
    )


def _write(request, post, parent, cleaned) -> str:
    """Add the comment once, however often its form arrives; return where it stands."""
    with idempotent(request.user, cleaned["key"]) as outcome:
        if outcome.result is None:
            comment = add_comment(
                post,
                by=request.user,
                text=cleaned["text"],
                parent=parent,
                audience=cleaned["audience"],
            )
            outcome.result = comment.get_absolute_url()
            _forget_draft(request, comment_target(post, parent=parent))
    return outcome.result


def _change(request, target: CommentTarget, form) -> bool:
    """Change the comment, or say in the form why it stays as it is."""
    try:
        with transaction.atomic():
            edit_comment(target.comment, by=request.user, **form.cleaned_data)
            _forget_draft(request, target)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _change_of(comment):
    words = {"text": comment.text, "audience": comment.audience}
    return lambda initial: CommentForm(
        post=comment.post, parent=comment.parent, initial=words | initial
    )


def _forget_draft(request, target: CommentTarget) -> None:
    form = SavingForm(request.POST)
    discard_draft(target, by=request.user, version=form.version_seen, tab=form.saving_tab)


def _answered(request, post):
    """Return the comment that this form answers, while its writer sees it standing."""
    comments = post.comments.visible_to(request.user).open().select_related("author")
    return comments.filter(pk=read_key(request.POST.get("parent"))).first()


def _show_reply(request, post, parent, form=None, *, status=200):
    target = comment_target(post, parent=parent)
    context = {
        **composer(request, target, _answer_to(parent), form),
        "post": post,
        "parent": parent,
        "action": reverse("comment_new", args=[post.course.slug, post.slug]),
        "back": parent.get_absolute_url(),
    }
    return render(request, "blog/comments/comment_form.html", context, status=status)


def _answer_to(parent):
    def make(initial):
        form = NewCommentForm(post=parent.post, parent=parent, initial=initial)
        form.focus_text()
        return form

    return make


def _visible_comment(request, course, pk):
    comments = Comment.objects.filter(post__course=course).visible_to(request.user)
    return get_object_or_404(comments.for_page(), pk=pk)
