"""The addressee of a comment: a page to change it, and the choices on its post's page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from blog import access
from blog.actions.comments import correct_addressee
from blog.exceptions import Refused
from blog.forms.comments.comment import AddresseeForm
from blog.models import Comment, User
from blog.queries.addressees import called_addressees, former_addressee
from blog.web.decorators import in_course
from blog.web.forms import UNPROCESSABLE
from blog.web.keys import read_key


@dataclass(frozen=True)
class AddresseeOffer:
    """People for whom a comment may be, or, as an undo, the one for whom it was."""

    comment: Comment
    people: list[User]
    is_undo: bool = False


@in_course
def comment_addressee(request, course, pk):
    """Change whom a comment is for; the page of its post then offers to undo that."""
    comments = Comment.objects.filter(post__course=course).visible_to(request.user)
    comment = get_object_or_404(comments.for_page(), pk=pk)
    if comment.is_deleted:  # its text is hidden from everybody, and this page would quote it
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
            messages.success(request, _("Saved. The network is updated."))
            return redirect(_undo_address(comment, form.cleaned_data["addressee"]))
    return render(
        request,
        "blog/comments/comment_addressee.html",
        {"form": form, "comment": comment, "post": comment.post},
        status=UNPROCESSABLE if form.errors else 200,
    )


def address_of_new(comment: Comment, writer: User) -> str:
    """Return where its writer is led after sending: the page asks where the text calls somebody."""
    if called_addressees(comment, writer):
        return f"{comment.post.get_absolute_url()}?for={comment.pk}#c{comment.pk}"
    return comment.get_absolute_url()


def addressee_offer(request, comments: Iterable[Comment]) -> AddresseeOffer | None:
    """Return the offer about a comment that the address of a post's page asks for.

    The address says which comment, never whom: it is decided again from the comment and reader.
    """
    named = read_key(request.GET.get("for"))
    comment = next((one for one in comments if named and one.pk == named), None)
    if comment is None:
        return None
    if "was" in request.GET:
        former = former_addressee(comment, request.user, read_key(request.GET["was"]))
        return AddresseeOffer(comment, [former], is_undo=True) if former else None
    people = called_addressees(comment, request.user)
    return AddresseeOffer(comment, people) if people else None


def _undo_address(comment: Comment, addressee: User) -> str:
    if comment.addressee_id in (None, addressee.pk):
        return comment.get_absolute_url()
    query = f"?for={comment.pk}&was={comment.addressee_id}"
    return f"{comment.post.get_absolute_url()}{query}#c{comment.pk}"
