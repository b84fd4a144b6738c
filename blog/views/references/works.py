"""One work of the class bibliography: its page, its correction, its merge."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import access
from blog.actions.references import add_reference
from blog.actions.works import change_work, merge_works, split_work
from blog.exceptions import Refused
from blog.forms.references.bibliography import MergeForm, TakeForm
from blog.forms.references.reference import WorkForm
from blog.models import Course, Post, Work, WorkMerge
from blog.queries.bibliography import (
    bibliography_of,
    cited_works,
    look_like_one,
    own_posts,
    with_posts,
)
from blog.queries.works import references_to_move
from blog.views.references.bibliography import PAGE_SIZE, post_choice
from blog.web.decorators import in_course

ALL = 1000


@in_course
@require_safe
def work_page(request, course, pk):
    """One work, and all posts that cite it."""
    work = _cited_work(request, course, pk)
    [listed] = with_posts([work], request.user, course, most=ALL)
    can_merge = access.can_merge_works(request.user, course)
    merges = work.merges.select_related("duplicate", "made_by") if can_merge else []
    return render(
        request,
        "blog/references/work_page.html",
        {
            "work": work,
            "posts": listed.posts,
            "can_merge": can_merge,
            "merges": merges,
            **post_choice(request, course),
        },
    )


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def work_edit(request, course, pk):
    """Correct a record for the whole course; published posts keep the copy they have."""
    work = _cited_work(request, course, pk)
    if not access.can_change_work(request.user, work):
        raise PermissionDenied
    form = WorkForm(request.POST or None, csl=work.csl)
    if form.is_valid():
        try:
            if form.has_changed():
                change_work(work, form.record(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
            work.refresh_from_db()
        else:
            messages.success(request, _("The reference is changed."))
            return redirect("work_page", course.slug, work.pk)
    return render(request, "blog/references/work_edit.html", {"work": work, "form": form})


@in_course
@require_POST
def work_add(request, course):
    """Put a work of the list on the shelf of one of the reader's own posts."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    form = TakeForm(
        request.POST,
        posts=own_posts(request.user, course),
        works=cited_works(request.user, course),
    )
    if not form.is_valid():
        raise Http404
    post, work = form.cleaned_data["post"], form.cleaned_data["work"]
    try:
        reference = add_reference(post, work, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        context = {"reference": reference, "work": work, "post": post, "course": course}
        messages.success(request, render_to_string("blog/references/_added.html", context, request))
    return redirect(_list_address(course, form.cleaned_data["back"], post))


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def work_merge(request, course, pk):
    """Find the second record of a work, look at what a merge would change, and merge."""
    work = _mergeable(request, course, pk)
    if "with" not in request.GET:
        return _show_candidates(request, course, work)
    other = _mergeable(request, course, request.GET["with"])
    if other == work:
        raise Http404
    form = MergeForm(
        request.POST or None, pair=(work, other), initial={"keep": _better(work, other)}
    )
    if form.is_valid():
        gone, kept = form.duplicate_and_canonical()
        try:
            merge = merge_works(gone, by=request.user, into=kept)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            undo = {"merge": merge, "course": course}
            messages.success(
                request, render_to_string("blog/references/_merge_undo.html", undo, request)
            )
            return redirect("work_page", course.slug, kept.pk)
    listed = with_posts([work, other], request.user, course, most=ALL)
    return render(
        request,
        "blog/references/work_merge.html",
        {"work": work, "form": form, "listed": listed, "both": _with_both(request, work, other)},
    )


@in_course
@require_POST
def work_split(request, course, pk):
    """Take a merge back; ``pk`` is the record that went."""
    if not access.can_merge_works(request.user, course):
        raise PermissionDenied
    merges = WorkMerge.objects.filter(duplicate__course=course).select_related(
        "duplicate__course", "canonical"
    )
    merge = get_object_or_404(merges, duplicate__pk=pk)
    canonical = merge.canonical
    split_work(merge, by=request.user)
    messages.success(request, _("The two records stand apart again, as before the merge."))
    seen = cited_works(request.user, course).filter(pk=canonical.pk)
    return (
        redirect("work_page", course.slug, canonical.pk)
        if seen
        else redirect("bibliography", course.slug)
    )


def _cited_work(request, course: Course, pk: int | str) -> Work:
    works = cited_works(request.user, course)
    work = get_object_or_404(works, pk=pk if str(pk).isdecimal() else None)
    work.course = course
    return work


def _mergeable(request, course: Course, pk: int | str) -> Work:
    """Return a work the reader sees in the list and may merge."""
    work = _cited_work(request, course, pk)
    if not access.can_merge_works(request.user, course):
        raise PermissionDenied
    return work


def _show_candidates(request, course: Course, work: Work):
    """Show what looks like the same work, or what a search finds."""
    query = request.GET.get("q", "")
    works = bibliography_of(request.user, course, query=query)
    groups = look_like_one(works)
    alike = (
        next((group for group in groups if work in group), []) if not query else works[:PAGE_SIZE]
    )
    context = {"work": work, "query": query, "others": [one for one in alike if one != work]}
    return render(request, "blog/references/work_merge.html", context)


def _better(work: Work, other: Work) -> Work:
    """Propose to keep the record with a DOI, else the one that says more."""
    return max(work, other, key=lambda one: (bool(one.doi), len(one.csl), -one.pk))


def _with_both(request, work: Work, other: Work) -> list[Post]:
    """Return the posts the reader sees whose shelf has both records."""
    _moved, left = references_to_move(work, into=other)
    seen = Post.objects.visible_to(request.user).filter(pk__in=[one.post_id for one in left])
    return list(seen.published().select_related("author"))


def _list_address(course: Course, back: str, post: Post) -> str:
    """Return the list as somebody left it, and nothing else, with the shelf they chose."""
    sent, query = QueryDict(back), QueryDict(mutable=True)
    for name in ("q", "sort", "page"):
        if name in sent:
            query[name] = sent[name]
    query["for"] = post.slug
    return f"{reverse('bibliography', args=[course.slug])}?{query.urlencode()}"
