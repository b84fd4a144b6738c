"""A work of the class bibliography: its page, edit it, add it to a post, merge it, split it."""

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
from blog.actions.work_merges import merge_works, split_work
from blog.actions.works import change_work
from blog.exceptions import Refused
from blog.forms.references.bibliography import AddWorkForm, MergeForm
from blog.forms.references.reference import WorkForm
from blog.models import Course, Post, Work, WorkMerge
from blog.queries.bibliography import (
    BibliographyCriteria,
    bibliography_of,
    cited_works,
    duplicate_groups,
    own_posts,
    with_posts,
)
from blog.queries.works import references_to_move
from blog.views.references.bibliography import PAGE_SIZE, post_choice
from blog.web.decorators import in_course, reload_if_stale
from blog.web.forms import status_of
from blog.web.keys import read_key
from blog.web.repeated_submissions import lead_on

MAX_POSTS_ON_PAGE = 1000


@in_course
@require_safe
def work_page(request, course, pk):
    """Show a work and all posts that cite it."""
    work = _cited_work(request, course, pk)
    [listed] = with_posts([work], request.user, course, max_posts=MAX_POSTS_ON_PAGE)
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


@reload_if_stale
@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def work_edit(request, course, pk):
    """Edit a work for the whole course; published posts keep their copy of it."""
    work = _cited_work(request, course, pk)
    if not access.can_change_work(request.user, work):
        raise PermissionDenied
    form = WorkForm(request.POST or None, work=work)
    if form.is_valid():
        try:
            if form.edited_fields:
                change_work(work, form.record(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
            work.refresh_from_db()
        else:
            messages.success(request, _("Reference saved."))
            return redirect("work_page", course.slug, work.pk)
    return render(
        request,
        "blog/references/work_edit.html",
        {"work": work, "form": form},
        status=status_of(form),
    )


@in_course
@require_POST
def work_add(request, course):
    """Add a work of the list to one of the reader's own posts."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    form = AddWorkForm(
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
    return redirect(_list_address(course, form.cleaned_data["back"], post) + f"#work-{work.pk}")


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def work_merge(request, course, pk):
    """Find the duplicate of a work, show what a merge would change, and merge."""
    if merge := _just_merged(request, course, pk):
        kept = read_key(request.POST.get("keep"))
        return _merged(request, course, merge, was_chosen=kept == merge.canonical_id)
    work = _mergeable(request, course, pk)
    if "with" not in request.GET:
        return _show_candidates(request, course, work)
    other = _mergeable(request, course, read_key(request.GET["with"]))
    if other == work:
        raise Http404
    proposed = _more_complete(work, other)
    form = MergeForm(request.POST or None, pair=(work, other), initial={"keep": proposed})
    if form.is_valid():
        duplicate, canonical = form.duplicate_and_canonical()
        try:
            merge = merge_works(duplicate, by=request.user, into=canonical)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _merged(request, course, merge)
    listed = with_posts([work, other], request.user, course, max_posts=MAX_POSTS_ON_PAGE)
    return render(
        request,
        "blog/references/work_merge.html",
        {
            "work": work,
            "form": form,
            "listed": listed,
            "selected": read_key(request.POST.get("keep")) or proposed.pk,
            "posts_with_both": _posts_with_both(request, work, other),
        },
        status=status_of(form),
    )


@in_course
@require_POST
def work_split(request, course, pk):
    """Undo a merge; ``pk`` is the duplicate."""
    if not access.can_merge_works(request.user, course):
        raise PermissionDenied
    duplicate = get_object_or_404(Work.objects.in_course(course), pk=pk)
    merges = WorkMerge.objects.filter(duplicate=duplicate)
    merge = merges.select_related("duplicate__course", "canonical").first()
    if merge is None:
        sentence = _("The two references are already separate.")
        return lead_on(request, sentence, *_place_of(request, course, duplicate))
    canonical = merge.canonical
    split_work(merge, by=request.user)
    messages.success(request, _("The two references are separate again."))
    return redirect(*_place_of(request, course, canonical))


def _place_of(request, course: Course, work: Work) -> tuple:
    """Return the address of a work: its page, or the list where the reader sees no page of it."""
    if cited_works(request.user, course).filter(pk=work.pk).exists():
        return "work_page", course.slug, work.pk
    return "bibliography", course.slug


def _cited_work(request, course: Course, pk: int | None) -> Work:
    work = get_object_or_404(cited_works(request.user, course), pk=pk)
    work.course = course
    return work


def _mergeable(request, course: Course, pk: int | None) -> Work:
    """Return a work that the reader sees in the list and may merge."""
    work = _cited_work(request, course, pk)
    if not access.can_merge_works(request.user, course):
        raise PermissionDenied
    return work


def _just_merged(request, course: Course, pk: int) -> WorkMerge | None:
    """Return the merge of the two works if it is made already, as by the first of two clicks."""
    if request.method != "POST" or not access.can_merge_works(request.user, course):
        return None
    pair = [read_key(str(pk)), read_key(request.GET.get("with"))]
    merges = WorkMerge.objects.filter(duplicate__course=course).select_related("duplicate")
    return merges.filter(duplicate__in=pair, canonical__in=pair).first()


def _merged(request, course: Course, merge: WorkMerge, *, was_chosen: bool = True):
    """Report a merge, with the way to undo it, and redirect to the work that stays.

    An old page may have chosen the other one to stay (not ``was_chosen``): the merge remains.
    """
    context = {"merge": merge, "course": course, "was_chosen": was_chosen}
    level = messages.SUCCESS if was_chosen else messages.WARNING
    text = render_to_string("blog/references/_merged.html", context, request)
    messages.add_message(request, level, text)
    return redirect("work_page", course.slug, merge.canonical_id)


def _show_candidates(request, course: Course, work: Work):
    """List the works that look like this one, or those that a search finds."""
    query = request.GET.get("q", "")
    works = bibliography_of(request.user, course, BibliographyCriteria(query=query))
    if query:
        candidates = works[:PAGE_SIZE]
    else:
        candidates = next((group for group in duplicate_groups(works) if work in group), [])
    others = [candidate for candidate in candidates if candidate != work]
    context = {"work": work, "query": query, "others": others}
    return render(request, "blog/references/work_merge.html", context)


def _more_complete(work: Work, other: Work) -> Work:
    """Return the work that is open to the course, else with a DOI, else with more fields."""
    open_now = set(Work.objects.filter(pk__in=[work.pk, other.pk]).open_to_course())
    return max(work, other, key=lambda one: (one in open_now, bool(one.doi), len(one.csl), -one.pk))


def _posts_with_both(request, work: Work, other: Work) -> list[Post]:
    """Return the posts the reader sees that have both works."""
    _moved, left = references_to_move(work, into=other)
    posts = Post.objects.visible_to(request.user).filter(pk__in=[one.post_id for one in left])
    return list(posts.published().select_related("author"))


def _list_address(course: Course, back: str, post: Post) -> str:
    """Return the address of the list that ``back`` describes, with the chosen post."""
    sent, query = QueryDict(back), QueryDict(mutable=True)
    for name in ("q", "by", "prompt", "required", "new", "sort", "page"):
        if name in sent:
            query[name] = sent[name]
    query["for"] = post.slug
    return f"{reverse('bibliography', args=[course.slug])}?{query.urlencode()}"
