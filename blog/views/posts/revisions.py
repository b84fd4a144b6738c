"""The published versions of a post, for its author and the teaching team."""

from itertools import pairwise

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import access
from blog.actions.revisions import restore_revision, undo_restore
from blog.exceptions import Refused
from blog.models import Audience, Course, Draft, Post, User
from blog.models.revisions import HEAVY_FIELDS
from blog.queries.revisions import Comparison, Side, draft_side, graded_revisions, revision_side
from blog.web.decorators import in_course
from blog.web.keys import read_key
from blog.web.repeated_submissions import lead_on

DRAFT = "draft"


@in_course
@require_safe
def revision_list(request, course, slug):
    post = _post_with_history(request, course, slug)
    revisions = list(_readable(post, request.user).defer(*HEAVY_FIELDS))
    for revision, before in pairwise(revisions):
        revision.before = before.number
    context = {
        "post": post,
        "revisions": revisions,
        "newest": revisions[0] if revisions else None,
        "before": revisions[:2][-1] if revisions else None,
        "numbers": [revision.number for revision in revisions],
        "draft": _draft(post, request.user),
        "read": graded_revisions(post, request.user),
    }
    return render(request, "blog/posts/revision_list.html", context)


@in_course
@require_safe
def revision_page(request, course, slug, number):
    post = _post_with_history(request, course, slug)
    revision = get_object_or_404(_readable(post, request.user), number=number)
    is_read = revision.pk in graded_revisions(post, request.user)
    context = {"post": post, "revision": revision, "is_read": is_read}
    return render(request, "blog/posts/revision_page.html", context)


@in_course
@require_safe
def revision_compare(request, course, slug):
    """Compare two versions: ``?old=1&new=3``, or ``new=draft`` for the post's author.

    Without these, compare the newest published version with the one before it.
    """
    post = _post_with_history(request, course, slug)
    numbers = list(_readable(post, request.user).values_list("number", flat=True))
    if not numbers:
        raise Http404
    old = _side(request, post, request.GET.get("old", str(numbers[:2][-1])))
    new = _side(request, post, request.GET.get("new", str(numbers[0])))
    return render(
        request,
        "blog/posts/revision_compare.html",
        {
            "post": post,
            "numbers": numbers,
            "has_draft": _draft(post, request.user) is not None,
            "comparison": Comparison(old, new),
        },
    )


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def revision_restore(request, course, slug, number):
    """Ask, then make an earlier version the draft; publishing it is another step."""
    post = _own_post_with_history(request, course, slug)
    revision = get_object_or_404(post.revisions.select_related("post__course"), number=number)
    if request.method != "POST":
        context = {"post": post, "revision": revision, "draft": _draft(post, request.user)}
        return render(request, "blog/posts/revision_restore.html", context)
    try:
        archived = restore_revision(revision, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("revision_page", course.slug, post.slug, number)
    # The undo is a form in the message: one click, and no script.
    context = {"post": post, "course": course, "revision": revision, "archived": archived}
    messages.success(request, render_to_string("blog/posts/_restore_undo.html", context, request))
    return redirect("post_edit", course.slug, post.slug)


@in_course
@require_POST
def revision_restore_undo(request, course, slug, number):
    post = _own_post_with_history(request, course, slug)
    drafts = Draft.objects.of_posts().by(request.user).archived().filter(post=post)
    archived = drafts.filter(pk=read_key(request.POST.get("archived"))).first()
    if archived is None:
        return lead_on(request, _("There is nothing to undo."), "post_edit", course.slug, post.slug)
    try:
        undo_restore(archived, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Undone. Your draft is as it was before."))
    return redirect("post_edit", course.slug, post.slug)


def _side(request, post: Post, name: str) -> Side:
    """Return a version that the address names, among those the reader may see."""
    if name == DRAFT:
        draft = _draft(post, request.user)
        if draft is None:
            raise Http404
        return draft_side(post, draft)
    number = name if name.isdecimal() and len(name) < 10 else None
    return revision_side(get_object_or_404(_readable(post, request.user), number=number))


def _draft(post: Post, reader: User) -> Draft | None:
    """Return the reader's own draft of a post; nobody sees another's."""
    return post.drafts.of_posts().current().by(reader).first()


def _post_with_history(request, course: Course, slug: str) -> Post:
    posts = Post.objects.in_course(course).visible_to(request.user).for_page()
    post = get_object_or_404(posts, slug=slug)
    if not access.can_read_history(request.user, post):
        raise PermissionDenied
    return post


def _own_post_with_history(request, course: Course, slug: str) -> Post:
    """Return a post of this person; the teaching team may read its history, and no more."""
    post = _post_with_history(request, course, slug)
    if not access.can_edit_text(request.user, post):
        raise PermissionDenied
    return post


def _readable(post: Post, reader: User):
    """Return the revisions that a reader may see; those for their author alone stay theirs."""
    if reader == post.author:
        return post.revisions.all()
    return post.revisions.filter(audience__gte=Audience.INSTRUCTORS)
