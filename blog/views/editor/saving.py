"""Save the editor's form, whatever its button does next."""

from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from blog import access
from blog.actions.draft_conflicts import keep_conflict_copy, keep_earlier_words
from blog.actions.drafts import save_draft, start_post
from blog.exceptions import Refused, StaleDraft
from blog.forms.editor.drafts import SavingForm
from blog.forms.editor.post import NewPostForm, PostForm
from blog.models import Course, Draft, Post, PostTarget, Tab, User
from blog.views.editor.page import NEW, show_editor
from blog.views.editor.posts import own_post
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent

FIRST_VERSION = "0.1"


@dataclass(frozen=True)
class Saved:
    """A post whose submitted text was just saved as its ``draft``."""

    post: Post
    form: PostForm
    draft: Draft


def saves_first(view):
    """Save the editor's form before the view acts; a refused form comes back with all its text.

    A GET, as by somebody who opens the address of a refused form again, is led to the editor.
    """

    @in_course
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request, course, slug, **kwargs):
        if request.method != "POST":
            return lead_to_editor(request, course, slug)
        saved = save_form(request, course, slug)
        if isinstance(saved, HttpResponse):
            return saved
        try:
            return view(request, saved, **kwargs)
        except Refused as refusal:
            return show_editor(
                request, course, saved.form, post=saved.post, draft=saved.draft, refusal=refusal
            )

    return wrapped


def lead_to_editor(request, course: Course, slug: str) -> HttpResponse:
    """Redirect to the editor of a post, or to a new one."""
    if slug != NEW:
        own_post(request, course, slug)
        return redirect("post_edit", course.slug, slug)
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    return redirect("post_new", course.slug)


def save_form(request, course: Course, slug: str) -> Saved | HttpResponse:
    """Save the editor's form as the draft, or return the editor that says why not.

    Saving a new post creates it once, however often the form arrives. A form that arrives again
    may bring newer text, if its writer went back to it: that is saved as the text of a second tab.
    So is what is older than the words saved since: nothing acts on it, and nothing is lost.
    """
    if slug == NEW:
        return _save_new(request, course)
    post = own_post(request, course, slug)
    return _save(request, course, post, _form_of(request, post))


def _form_of(request, post: Post) -> PostForm:
    return PostForm(request.POST, course=post.course, for_prompt=post.prompt)


def start_once(user: User, course: Course, form: NewPostForm, tab: Tab | None) -> Post:
    """Create the post of a form's key, or return the one that was created with it."""
    prompt = form.cleaned_data["prompt"]
    with idempotent(user, form.cleaned_data["key"], f"post_new {course.pk}") as outcome:
        if outcome.result is None:
            post = start_post(course, by=user, prompt=prompt, tab=tab, **form.content())
            outcome.result = str(post.pk)
    post = get_object_or_404(Post.objects.not_deleted().by(user).for_page(), pk=outcome.result)
    if post.prompt is not None:
        post.prompt.extended_until = post.extended_until
    return post


def _save_new(request, course: Course) -> Saved | HttpResponse:
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    form = NewPostForm(request.POST, course=course, reader=request.user)
    is_valid = form.is_valid()
    prompt = form.cleaned_data.get("prompt")
    if not is_valid:
        return show_editor(request, course, form, prompt=prompt)
    try:
        post = start_once(request.user, course, form, SavingForm(request.POST).saving_tab)
    except Refused as refusal:
        return show_editor(request, course, form, prompt=prompt, refusal=refusal)
    form.cleaned_data["version"] = FIRST_VERSION
    return _save(request, course, post, form)


def _save(request, course: Course, post: Post, form: PostForm) -> Saved | HttpResponse:
    if not form.is_valid():
        return show_editor(request, course, form, post=post)
    target, tab = PostTarget(post), SavingForm(request.POST).saving_tab
    version = form.cleaned_data["version"] or None
    try:
        draft = save_draft(target, by=request.user, version=version, tab=tab, **form.content())
    except StaleDraft as stale:
        copy = keep_conflict_copy(target, by=request.user, content=form.content(), tab=tab)
        if copy.has_content(form.content()):
            return show_editor(request, course, form, post=post, stale=stale, copy=copy)
        return _show_earlier_words(request, post, form, stale)
    except Refused as refusal:
        return show_editor(request, course, form, post=post, refusal=refusal)
    if draft.is_merged:
        form.cleaned_data["used_comments"] = draft.used_comments
    if not draft.passes_over(form.content()):
        return Saved(post, form, draft)
    if target.equals_published(form.content()):  # a second click on Publish
        return redirect("post_edit", course.slug, post.slug)
    return _show_earlier_words(request, post, form, target.stale(draft))


def _show_earlier_words(request, post: Post, form: PostForm, stale: StaleDraft) -> HttpResponse:
    """Show a form that was sent again, beside the words that its tab has saved since."""
    copy = keep_earlier_words(PostTarget(post), by=request.user, content=form.content())
    tab = Tab(copy.tab, copy.seq)
    return show_editor(request, post.course, form, post=post, stale=stale, copy=copy, tab=tab)
