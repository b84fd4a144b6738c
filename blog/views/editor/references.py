"""Find references in the editor and add them there, without leaving the text.

The ``editor_…`` buttons are those of the editor's form, which saves the text first. Scripts find
and insert without it: the text saves itself, and the page stays.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.references import add_reference, add_references
from blog.exceptions import Refused
from blog.forms.references.reference import FindForm, RecordsForm
from blog.models import Course, Post, Reference, Work
from blog.queries.works import findable_works, matching_works
from blog.text.lists import isolated
from blog.views.editor.page import NEW, show_editor
from blog.views.editor.posts import own_post
from blog.views.editor.saving import saves_first
from blog.views.references.finding import Search, find_references, found_in_course
from blog.web.decorators import in_course
from blog.web.forms import UNPROCESSABLE
from blog.web.keys import read_key
from blog.web.rate_limits import MINUTE, enforce_rate_limit

SEARCHES = 90  # a minute; one for each pause in typing


@saves_first
def editor_reference_find(request, saved):
    """Show the findings beside the text."""
    post = saved.post
    search = _search(request, post.course, post)
    context = {"search": search} if search else {}
    return show_editor(
        request, post.course, saved.form, post=post, draft=saved.draft, more=context, status=200
    )


@saves_first
def editor_work_add(request, saved, pk):
    """Add a work of the course to the references of the post."""
    work = findable_works(request.user, saved.post.course).filter(pk=pk).first()
    if work is not None:
        add_reference(saved.post, work, by=request.user)
    return redirect("post_edit", saved.post.course.slug, saved.post.slug)


@saves_first
def editor_records_add(request, saved):
    """Add the records that a registry or the text itself had to the references of the post."""
    form = RecordsForm(request.POST)
    if form.is_valid():
        added = add_references(saved.post, form.cleaned_data["records"], by=request.user)
        messages.success(request, _added(added))
    else:
        messages.error(request, form.errors["records"][0])
    return redirect("post_edit", saved.post.course.slug, saved.post.slug)


@in_course
@require_POST
def reference_find(request, course, slug):
    """Return to a script the results as a list; for ``in_course`` only those of the course."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    post = Post(course=course) if slug == NEW else own_post(request, course, slug)
    if "in_course" in request.POST:
        enforce_rate_limit(request, "search works", SEARCHES, per=MINUTE)
        words = request.POST.get("find", "")[:200]
        works = matching_works(request.user, course, post, words)
        search: Search | None = Search(words, found_in_course(works, request.user, course))
    else:
        search = _search(request, course, post)
    context = {"course": course, "slug": slug, "search": search}
    return render(request, "blog/editor/_found_references.html", context)


@in_course
@require_POST
def reference_insert(request, course, slug):
    """Add a work of the course, or records, to the references; tell a script their keys.

    What the post has already is not added again, so a second click changes nothing.
    """
    post = own_post(request, course, slug)
    try:
        references = _insert(request, post)
    except Refused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    added = [{"key": one.key, "label": one.work.label} for one in references]
    return JsonResponse({"references": added, "said": _added(references)})


def _insert(request, post: Post) -> list[Reference]:
    if "work" in request.POST:
        works = findable_works(request.user, post.course)
        work = get_object_or_404(works, pk=read_key(request.POST["work"]))
        return [add_reference(post, work, by=request.user)]
    form = RecordsForm(request.POST)
    if not form.is_valid():
        raise Refused(form.errors["records"][0])
    return add_references(post, form.cleaned_data["records"], by=request.user)


def _search(request, course: Course, post: Post) -> Search | None:
    """Return the results for the text of the panel's field; None where nothing is typed."""
    form = FindForm(request.POST)
    if not form.is_valid():
        return None
    text = form.cleaned_data["find"]
    try:
        return find_references(request, course, post, text)
    except Refused as refusal:
        return Search(text, [], str(refusal))


def _added(references: list[Reference]) -> str:
    if len(references) == 1:
        work: Work = references[0].work
        return _("%(work)s added to your references.") % {"work": isolated(work.label)}
    return ngettext("%(n)d reference added.", "%(n)d references added.", len(references)) % {
        "n": len(references)
    }
