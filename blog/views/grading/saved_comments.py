"""The comments that a grader keeps: their own alone, in every course they grade in."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.saved_comments import (
    delete_saved_comment,
    move_saved_comment,
    save_saved_comment,
)
from blog.exceptions import Refused
from blog.forms.grading.saved_comment import NewSavedCommentForm, SavedCommentForm
from blog.models import SavedComment
from blog.web.decorators import in_course, only_if
from blog.web.forms import status_of
from blog.web.idempotency import create_once


@in_course
@only_if(access.can_see_grading)
def saved_comment_list(request, course):
    form = NewSavedCommentForm(request.POST or None, owner=request.user)

    def create() -> str:
        save_saved_comment(form.save(commit=False), by=request.user)
        return reverse("saved_comment_list", args=[course.slug])

    try:
        address = create_once(form, "saved_comment_new", by=request.user, create=create)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        address = None
    if address is not None:
        messages.success(request, _("Comment saved."))
        return redirect(address)
    context = {"form": form, "saved_comments": SavedComment.objects.visible_to(request.user)}
    page = "blog/grading/saved_comment_list.html"
    return render(request, page, context, status=status_of(form))


@in_course
@only_if(access.can_see_grading)
def saved_comment_edit(request, course, pk):
    comment = _own(request, pk)
    form = SavedCommentForm(request.POST or None, instance=comment)
    if form.is_valid():
        save_saved_comment(form.save(commit=False), by=request.user)
        messages.success(request, _("Comment saved."))
        return redirect("saved_comment_list", course.slug)
    context = {"form": form, "saved_comment": comment}
    page = "blog/grading/saved_comment_edit.html"
    return render(request, page, context, status=status_of(form))


@in_course
@only_if(access.can_see_grading)
@require_POST
def saved_comment_up(request, course, pk):
    move_saved_comment(_own(request, pk), by=request.user, steps=-1)
    return redirect("saved_comment_list", course.slug)


@in_course
@only_if(access.can_see_grading)
@require_POST
def saved_comment_down(request, course, pk):
    move_saved_comment(_own(request, pk), by=request.user, steps=1)
    return redirect("saved_comment_list", course.slug)


@in_course
@only_if(access.can_see_grading)
@require_POST
def saved_comment_delete(request, course, pk):
    comment = _own(request, pk)
    delete_saved_comment(comment, by=request.user)
    messages.success(request, _("Deleted: “%(text)s”") % {"text": comment.text})
    return redirect("saved_comment_list", course.slug)


@in_course
@only_if(access.can_see_grading)
@require_safe
def saved_comment_texts(request, course):
    """Return to a script the reader's comments in their order, for the list at the slash."""
    texts = SavedComment.objects.visible_to(request.user).values_list("text", flat=True)
    return JsonResponse({"texts": list(texts)})


def _own(request, pk: int) -> SavedComment:
    return get_object_or_404(SavedComment.objects.visible_to(request.user), pk=pk)
