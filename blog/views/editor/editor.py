"""The editor: start a post, continue writing, preview it, publish it.

One form holds everything. Each button sends all of it to the address of what the button does.
Whatever that is, the text is saved first, so that nothing is lost on the way to another page.
``new`` in an address means a post that is not stored yet.
"""

from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.draft_conflicts import keep_conflict_copy
from blog.actions.drafts import save_draft, start_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference, remove_reference
from blog.actions.works import accept_correction
from blog.exceptions import Refused, StaleDraft
from blog.forms.editor.drafts import SavingForm
from blog.forms.editor.pictures import PictureForm
from blog.forms.editor.post import NewPostForm, PostForm, initial_from_draft
from blog.models import Course, Draft, Post, PostTarget, Prompt, Tab, User
from blog.queries.editor import editor_context, unanswered_prompts
from blog.text.scaffold import scaffold
from blog.text.slugs import post_of_draft_slug
from blog.views.editor.tabs import conflict_copies, tab_fields
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent
from blog.web.rate_limits import enforce_rate_limit

NEW = "new"
FIRST_VERSION = "0.1"
NO_PROMPT = "none"
# A preview renders the whole text. One asked for while typing comes every second or two.
PREVIEWS, PER_SECONDS = 15, 10


@dataclass(frozen=True)
class Saved:
    """A post whose submitted text was just saved as its ``draft``."""

    post: Post
    form: PostForm
    draft: Draft


def saves_first(view):
    """Save the editor's form before the view acts; a refused form comes back with all its text."""

    @in_course
    @require_POST
    @wraps(view)
    def wrapped(request, course, slug, **kwargs):
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


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request, course):
    """Show an empty editor; the first save creates the post."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    if request.method == "POST":
        saved = save_form(request, course, NEW)
        return saved if isinstance(saved, HttpResponse) else _to_editor(saved.post)
    unanswered = unanswered_prompts(request.user, course)
    prompt = _requested_prompt(request, course, unanswered)
    if prompt is not None and prompt not in unanswered:
        post = Post.objects.active().by(request.user).answering(prompt).get()
        return redirect("post_edit", course.slug, post.slug)
    form = NewPostForm(
        course=course,
        reader=request.user,
        initial={"audience": course.default_audience, "prompt": prompt and prompt.number},
    )
    return show_editor(request, course, form, prompt=prompt, unanswered=unanswered)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request, course, slug):
    """Edit a draft or a published post."""
    post = own_post(request, course, slug)
    if request.method == "POST":
        saved = save_form(request, course, slug)
        return saved if isinstance(saved, HttpResponse) else _to_editor(saved.post)
    draft = PostTarget(post).draft_by(request.user)
    form = PostForm(course=course, initial=initial_from_draft(draft, course))
    return show_editor(request, course, form, post=post, draft=draft)


@in_course
@require_POST
def post_preview(request, course, slug):
    """Show the editor with the submitted text, and save nothing."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    enforce_rate_limit(request, "preview", PREVIEWS, per=PER_SECONDS)
    if slug == NEW:
        form = NewPostForm(request.POST, course=course, reader=request.user)
        form.is_valid()
        return show_editor(request, course, form, prompt=form.cleaned_data.get("prompt"))
    post = own_post(request, course, slug)
    form = PostForm(request.POST, course=course)
    form.is_valid()
    return show_editor(request, course, form, post=post)


@saves_first
def post_publish(request, saved):
    """Publish, after asking once if the prompt or the references leave something open."""
    post, form = saved.post, saved.form
    fields = form.cleaned_data
    context = editor_context(
        request.user, post.course, post=post, prompt=post.prompt, text=fields["text"]
    )
    if not fields["confirm"] and _is_open(fields, context):
        return show_editor(
            request,
            post.course,
            form,
            post=post,
            draft=saved.draft,
            needs_confirmation=True,
            context=context,
        )
    was_published = post.is_published
    publish_post(
        post,
        by=request.user,
        title=fields["title"],
        text=fields["text"],
        audience=fields["audience"],
        public_until=form.public_until(),
        version=PostTarget(post).version_of(saved.draft),
        rendered_post=context["rendered_post"],
    )
    messages.success(
        request, _("Your changes are published.") if was_published else _("Your post is published.")
    )
    return redirect(post)


@saves_first
def post_scaffold(request, saved):
    """Fill an empty text with the questions of a reflection."""
    if not saved.draft.text.strip():
        target = PostTarget(saved.post)
        save_draft(
            target,
            by=request.user,
            version=target.version_of(saved.draft),
            **saved.form.content() | {"text": scaffold()},
        )
    return _to_editor(saved.post)


@saves_first
def editor_paste(request, saved):
    return redirect("post_paste", saved.post.course.slug, saved.post.slug)


@saves_first
def editor_picture(request, saved):
    return redirect("picture_add", saved.post.course.slug, saved.post.slug)


@saves_first
def editor_reference_add(request, saved):
    return redirect("reference_add", saved.post.course.slug, saved.post.slug)


@saves_first
def editor_reference_edit(request, saved, key):
    if not saved.post.references.filter(key=key).exists():
        return _to_editor(saved.post)
    return redirect("reference_edit", saved.post.course.slug, saved.post.slug, key)


@saves_first
def editor_reference_remove(request, saved, key):
    reference = saved.post.references.filter(key=key).select_related("post__course").first()
    if reference is not None:
        remove_reference(reference, by=request.user)
    return _to_editor(saved.post)


@saves_first
def editor_work_add(request, saved, pk):
    """Add a work that the post's prompt requires to its references."""
    prompt = saved.post.prompt
    work = prompt.required_works.filter(pk=pk).first() if prompt else None
    if work is not None:
        add_reference(saved.post, work, by=request.user)
    return _to_editor(saved.post)


@saves_first
def editor_correction_accept(request, saved, key, name):
    """Correct the record of a reference with one value from a registry."""
    references = saved.post.references.select_related("work__course")
    reference = references.filter(key=key).first()
    if reference is not None:
        accept_correction(reference.work, name, by=request.user)
    return _to_editor(saved.post)


def own_post(request, course: Course, slug: str) -> Post:
    """Return a post of this person; the address it had as a draft still leads to it."""
    posts = Post.objects.in_course(course).visible_to(request.user).for_page()
    post = posts.filter(slug=slug).first()
    earlier = post_of_draft_slug(slug)
    if post is None and earlier is not None:
        post = posts.filter(pk=earlier, author=request.user).first()
    if post is None:
        raise Http404
    if not access.can_edit_post(request.user, post):
        raise PermissionDenied
    return post


def save_form(request, course: Course, slug: str) -> Saved | HttpResponse:
    """Save the editor's form as the draft, or return the editor that says why not.

    Saving a new post creates it once, however often the form arrives. A form that arrives again
    may bring newer text, if its writer went back to it: that is saved as the text of a second tab.
    """
    if slug == NEW:
        return _save_new(request, course)
    post = own_post(request, course, slug)
    return _save(request, course, post, PostForm(request.POST, course=course))


def start_once(user: User, course: Course, form: NewPostForm, tab: Tab | None) -> Post:
    """Create the post of a form's key, or return the one that was created with it."""
    prompt = form.cleaned_data["prompt"]
    with idempotent(user, form.cleaned_data["key"], f"post_new {course.pk}") as outcome:
        if outcome.result is None:
            post = start_post(course, by=user, prompt=prompt, tab=tab, **form.content())
            outcome.result = str(post.pk)
    return get_object_or_404(Post.objects.not_deleted().by(user).for_page(), pk=outcome.result)


def show_editor(
    request,
    course: Course,
    form: PostForm,
    *,
    post: Post | None = None,
    prompt: Prompt | None = None,
    draft: Draft | None = None,
    unanswered: list[Prompt] | None = None,
    refusal: Refused | None = None,
    stale: StaleDraft | None = None,
    copy: Draft | None = None,
    needs_confirmation: bool = False,
    context: dict | None = None,
):
    """Render the editor with the text of a form, saved or not.

    After a stale save the editor holds the conflict ``copy``, and the draft is shown beside it.
    """
    prompt = post.prompt if post else prompt
    if context is None:
        text = form["text"].value() or ""
        context = editor_context(request.user, course, post=post, prompt=prompt, text=text)
    version = PostTarget(post).version_of(draft) if draft else form["version"].value()
    template = "blog/editor/post_edit.html" if post else "blog/editor/post_new.html"
    place_before = f"new {course.pk} {prompt.pk if prompt else ''}"
    return render(
        request,
        template,
        {
            "form": form,
            "post": post,
            "slug": post.slug if post else NEW,
            "place": PostTarget(post).name if post else place_before,
            "place_before": place_before,
            "prompt": prompt,
            "draft": draft,
            "version": version or "",
            "unanswered": [other for other in unanswered or [] if other != prompt],
            "refusal": refusal,
            "stale": stale,
            "conflicts": [{"copy": copy, "seen": stale.version, "stored": stale.stored}]
            if stale
            else conflict_copies(request.user, post),
            "picture_form": PictureForm(auto_id="picture-%s"),
            "is_unsaved": form.is_bound and draft is None and stale is None,
            "needs_confirmation": needs_confirmation,
            **tab_fields(request),
            **context,
        },
    )


def _requested_prompt(request, course: Course, unanswered: list[Prompt]) -> Prompt | None:
    """Return the prompt that the address names, else a student's current prompt, else None.

    The current prompt is the one that opened last. Once the student has a post for it, and for the
    teaching team, a new post has no prompt.
    """
    requested = request.GET.get("prompt", "")
    opened = Prompt.objects.in_course(course).visible_to(request.user).opened()
    if requested == NO_PROMPT:
        return None
    if requested:
        number = requested if requested.isdecimal() else None
        return get_object_or_404(opened, number=number)
    if not request.membership.is_student:
        return None
    current = opened.order_by("-opens_at", "-number").first()
    return current if current in unanswered else None


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
        return show_editor(request, course, form, post=post, stale=stale, copy=copy)
    except Refused as refusal:
        return show_editor(request, course, form, post=post, refusal=refusal)
    return Saved(post, form, draft)


def _is_open(fields: dict, context: dict) -> bool:
    """Return whether prompt or references leave something open; False if publishing is refused."""
    rendered, progress = context["rendered"], context["progress"]
    if not (fields["title"] and fields["text"].strip()) or rendered is None or rendered.unknown:
        return False
    return bool(context["findings"]) or (progress is not None and progress.is_open)


def _to_editor(post: Post) -> HttpResponse:
    return redirect("post_edit", post.course.slug, post.slug)
