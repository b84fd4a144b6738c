"""The earlier texts of a post: for its author and the teaching team, nobody else."""

from itertools import pairwise

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog import access
from blog.decorators import in_course
from blog.history import Comparison, Side, published, read_revisions, typed
from blog.models import Audience, Course, Draft, Post, User

DRAFT = "draft"


@in_course
@require_safe
def revision_list(request, course, slug):
    post = _post_with_history(request, course, slug)
    heavy = ("text", "html", "paragraphs", "references")
    revisions = list(_readable(post, request.user).defer(*heavy))
    for revision, before in pairwise(revisions):
        revision.before = before.number
    context = {
        "post": post,
        "revisions": revisions,
        "newest": revisions[0] if revisions else None,
        "before": revisions[:2][-1] if revisions else None,
        "numbers": [revision.number for revision in revisions],
        "draft": _draft(post, request.user),
        "read": read_revisions(post, request.user),
    }
    return render(request, "blog/revision_list.html", context)


@in_course
@require_safe
def revision_page(request, course, slug, number):
    post = _post_with_history(request, course, slug)
    revision = get_object_or_404(_readable(post, request.user), number=number)
    is_read = revision.pk in read_revisions(post, request.user)
    context = {"post": post, "revision": revision, "is_read": is_read}
    return render(request, "blog/revision_page.html", context)


@in_course
@require_safe
def revision_compare(request, course, slug):
    """Show what changed between two texts: ``?old=1&new=3``, or ``new=draft`` for their writer.

    Without these, the newest published text beside the one before it.
    """
    post = _post_with_history(request, course, slug)
    numbers = list(_readable(post, request.user).values_list("number", flat=True))
    if not numbers:
        raise Http404
    old = _side(request, post, request.GET.get("old", str(numbers[:2][-1])))
    new = _side(request, post, request.GET.get("new", str(numbers[0])))
    return render(
        request,
        "blog/revision_compare.html",
        {
            "post": post,
            "numbers": numbers,
            "has_draft": _draft(post, request.user) is not None,
            "comparison": Comparison(old, new),
        },
    )


def _side(request, post: Post, name: str) -> Side:
    """Find one of the texts that the address names, among those the reader may see."""
    if name == DRAFT:
        draft = _draft(post, request.user)
        if draft is None:
            raise Http404
        return typed(post, draft)
    number = name if name.isdecimal() and len(name) < 10 else None
    return published(get_object_or_404(_readable(post, request.user), number=number))


def _draft(post: Post, reader: User) -> Draft | None:
    """Return what the reader themselves is typing; another's draft is nobody's business."""
    return post.drafts.filter(user=reader).first()


def _post_with_history(request, course: Course, slug: str) -> Post:
    posts = Post.objects.in_course(course).visible_to(request.user).for_page()
    post = get_object_or_404(posts, slug=slug)
    if not access.can_read_history(request.user, post):
        raise PermissionDenied
    return post


def _readable(post: Post, reader: User):
    """Return the revisions this reader may see: what a writer kept to themselves stays theirs."""
    if reader == post.author:
        return post.revisions.all()
    return post.revisions.filter(audience__gte=Audience.INSTRUCTORS)
