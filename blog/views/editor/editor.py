"""The writing desk: begin a post, go on with it, look at it, publish it.

One form holds everything. Each button sends the whole of it, and whatever the button asks for,
the words are saved first: so nothing typed is lost on the way to another page.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog import access
from blog.actions.checks import take_found
from blog.actions.conflicts import keep_other
from blog.actions.drafts import Tab, draft_of, version_of
from blog.actions.posts import publish_post, save_draft, start_post
from blog.actions.references import remove_reference, shelve
from blog.exceptions import Refused, StaleDraft
from blog.forms.editor.drafts import SavingForm
from blog.forms.editor.pictures import PictureForm
from blog.forms.editor.post import NewPostForm, PostForm, typed_in
from blog.models import Course, Draft, Post, Prompt, Target, User
from blog.queries.editor import desk_of, unanswered_prompts
from blog.text.slugs import post_of_draft_slug
from blog.views.editor.draft_conflicts import choose, other_texts, page_fields
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent
from blog.web.rate_limits import enforce_rate_limit

FIRST_VERSION = "0.1"
NO_PROMPT = "none"
# A preview renders the whole text. One asked for while typing comes every second or two.
PREVIEWS, PER_SECONDS = 15, 10


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request, course):
    """Show an empty desk; the first save makes the post."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    if request.method == "POST":
        return _begin(request, course)
    unanswered = unanswered_prompts(request.user, course)
    prompt = _wanted_prompt(request, course, unanswered)
    if prompt is not None and prompt not in unanswered:
        answer = Post.objects.standing().by(request.user).answering(prompt).get()
        return redirect("post_edit", course.slug, answer.slug)
    form = NewPostForm(
        course=course,
        reader=request.user,
        initial={"audience": course.default_audience, "prompt": prompt and prompt.number},
    )
    return _show(request, course, form, prompt=prompt, unanswered=unanswered)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request, course, slug):
    """Go on with a draft, or with new words for a published post."""
    post = own_post(request, course, slug)
    if request.method == "POST":
        return _go_on(request, course, post, PostForm(request.POST, course=course))
    draft = draft_of(post, request.user)
    form = PostForm(course=course, initial=typed_in(draft, course))
    return _show(request, course, form, post=post, draft=draft)


def own_post(request, course: Course, slug: str) -> Post:
    """Find a post that this person writes; the address it had as a draft still leads to it."""
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


def _wanted_prompt(request, course: Course, unanswered: list[Prompt]) -> Prompt | None:
    """Return the prompt the address names, or what a student would answer now, or none.

    What is current is the prompt that opened last. Once that has its answer, or for the teaching
    team, the desk is for a post of one's own.
    """
    wanted = request.GET.get("prompt", "")
    opened = Prompt.objects.in_course(course).visible_to(request.user).opened()
    if wanted == NO_PROMPT:
        return None
    if wanted:
        return get_object_or_404(opened, number=wanted if wanted.isdecimal() else None)
    if not request.membership.is_student:
        return None
    current = opened.order_by("-opens_at", "-number").first()
    return current if current in unanswered else None


def _begin(request, course: Course):
    """Make the post once, however often the form arrives, then go on as with any other.

    A form that arrives again may bring newer words, when somebody went back to it: they go
    through the same door as those of a second tab.
    """
    form = NewPostForm(request.POST, course=course, reader=request.user)
    valid = form.is_valid()
    prompt = form.cleaned_data.get("prompt")
    if request.POST.get("action") == "preview":
        enforce_rate_limit(request, "preview", PREVIEWS, per=PER_SECONDS)
    elif valid:
        return _begin_valid(request, course, form, prompt)
    return _show(request, course, form, prompt=prompt)


def _begin_valid(request, course: Course, form: NewPostForm, prompt: Prompt | None):
    try:
        post = start_once(request.user, course, form, SavingForm(request.POST).page)
    except Refused as refusal:
        return _show(request, course, form, prompt=prompt, refusal=refusal)
    form.cleaned_data["version"] = FIRST_VERSION
    return _go_on(request, course, post, form)


def start_once(user: User, course: Course, form: NewPostForm, page: Tab | None) -> Post:
    """Make the post of a form's key, or find the one that was made of it."""
    prompt = form.cleaned_data["prompt"]
    with idempotent(user, form.cleaned_data["key"]) as outcome:
        if outcome.result is None:
            post = start_post(course, by=user, prompt=prompt, tab=page, **form.words())
            outcome.result = str(post.pk)
    return get_object_or_404(Post.objects.kept().by(user).for_page(), pk=outcome.result)


def _go_on(request, course: Course, post: Post, form: PostForm):
    """Save what was typed, then do what the button says: “publish”, “edit_reference:luna2020”."""
    deed, _colon, what = request.POST.get("action", "save").partition(":")
    if deed == "preview":
        enforce_rate_limit(request, "preview", PREVIEWS, per=PER_SECONDS)
    if not form.is_valid() or deed == "preview":
        return _show(request, course, form, post=post)
    page = SavingForm(request.POST).page
    try:
        if deed in ("keep", "take"):
            return choose(request, course, post, form, deed, what)
        version = form.cleaned_data["version"] or None
        draft = save_draft(post, by=request.user, version=version, tab=page, **form.words())
    except StaleDraft as stale:
        other = keep_other(Target(post), by=request.user, words=form.words(), tab=page)
        return _show(request, course, form, post=post, stale=stale, other=other)
    except Refused as refusal:
        return _show(request, course, form, post=post, refusal=refusal)
    if deed == "publish" and _must_ask(request, course, post, form):
        return _show(request, course, form, post=post, draft=draft, asking=True)
    try:
        return DEEDS.get(deed, _stay)(request, post, form, draft, what)
    except Refused as refusal:
        return _show(request, course, form, post=post, draft=draft, refusal=refusal)


def _must_ask(request, course: Course, post: Post, form: PostForm) -> bool:
    """Say whether something the prompt asks is still open, or the references need a second look.

    Only once, and not for what would be refused anyway.
    """
    words = form.cleaned_data
    if words["confirm"] or not (words["title"] and words["text"].strip()):
        return False
    desk = desk_of(request.user, course, post=post, prompt=post.prompt, text=words["text"])
    rendered = desk["rendered"]
    if rendered is None or rendered.unknown:
        return False
    return bool(desk["findings"]) or (desk["asked"] is not None and desk["asked"].is_open)


def _publish(request, post: Post, form: PostForm, draft: Draft, what: str):
    words = form.cleaned_data
    was_published = post.is_published
    publish_post(
        post,
        by=request.user,
        title=words["title"],
        text=words["text"],
        audience=words["audience"],
        retreats_at=form.retreats_at(),
        version=version_of(post, draft),
    )
    messages.success(
        request,
        _("Published again, with your changes.") if was_published else _("Your post is published."),
    )
    return redirect(post)


def _stay(request, post: Post, form: PostForm, draft: Draft, what: str):
    return redirect("post_edit", post.course.slug, post.slug)


def _add_reference(request, post: Post, form: PostForm, draft: Draft, what: str):
    return redirect("reference_add", post.course.slug, post.slug)


def _paste(request, post: Post, form: PostForm, draft: Draft, what: str):
    return redirect("post_paste", post.course.slug, post.slug)


def _picture(request, post: Post, form: PostForm, draft: Draft, what: str):
    return redirect("picture_add", post.course.slug, post.slug)


def _edit_reference(request, post: Post, form: PostForm, draft: Draft, key: str):
    reference = get_object_or_404(post.shelf, key=key)
    return redirect("reference_edit", post.course.slug, post.slug, reference.key)


def _remove_reference(request, post: Post, form: PostForm, draft: Draft, key: str):
    reference = post.shelf.filter(key=key).select_related("post").first()
    if reference is not None:
        remove_reference(reference, by=request.user)
    return _stay(request, post, form, draft, key)


def _shelve(request, post: Post, form: PostForm, draft: Draft, pk: str):
    """Put a work that the prompt requires on the shelf."""
    works = post.prompt.required_works.all() if post.prompt else []
    work = next((work for work in works if str(work.pk) == pk), None)
    if work is None:
        raise Http404
    shelve(post, work, by=request.user)
    return _stay(request, post, form, draft, pk)


def _take_found(request, post: Post, form: PostForm, draft: Draft, what: str):
    """Take one value that a registry has into a record: “year:luna2020”."""
    value, _colon, key = what.partition(":")
    reference = get_object_or_404(post.shelf.select_related("work"), key=key)
    take_found(reference.work, value, by=request.user)
    return _stay(request, post, form, draft, key)


DEEDS = {
    "publish": _publish,
    "add_reference": _add_reference,
    "paste": _paste,
    "picture": _picture,
    "edit_reference": _edit_reference,
    "remove_reference": _remove_reference,
    "shelve": _shelve,
    "take_found": _take_found,
}


def _show(
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
    other: Draft | None = None,
    asking: bool = False,
):
    """Render the desk with what is in the form, whether it was stored or not.

    After a stale save the editor holds the ``other`` text, and the draft stands beside it.
    """
    prompt = post.prompt if post else prompt
    text = form["text"].value() or ""
    version = version_of(post, draft) if draft else form["version"].value()
    context = {
        "form": form,
        "post": post,
        "prompt": prompt,
        "draft": draft,
        "version": version or "",
        "unanswered": [other for other in unanswered or [] if other != prompt],
        "refusal": refusal,
        "stale": stale,
        "conflicts": [{"other": other, "seen": stale.version, "stored": stale.stored}]
        if stale
        else other_texts(request.user, post),
        "picture_form": PictureForm(auto_id="picture-%s"),
        "is_unsaved": form.is_bound and draft is None and stale is None,
        "asking": asking,
        **page_fields(request),
        **desk_of(request.user, course, post=post, prompt=prompt, text=text),
    }
    template = "blog/editor/post_edit.html" if post else "blog/editor/post_new.html"
    return render(request, template, context)
