"""Autosave of drafts: answers to the editor's script, in JSON.

Nothing here publishes, sends mail or changes a date: these views only save drafts.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.draft_conflicts import keep_conflict_copy
from blog.actions.drafts import save_draft
from blog.exceptions import DuplicatePost, Refused, SavesTooOften, StaleDraft
from blog.forms.editor.drafts import CommentDraftForm, SavingForm
from blog.forms.editor.post import NewPostForm, PostForm, TitleField
from blog.models import Comment, Draft, DraftTarget, Post, PostTarget, Tab, User, comment_target
from blog.models.drafts import PACE
from blog.templatetags.dates import brief_saving_time, saving_time
from blog.views.editor.posts import own_post_to_save
from blog.views.editor.saving import FIRST_VERSION, start_once
from blog.views.posts.post import visible_post
from blog.web.decorators import in_course
from blog.web.forms import CONFLICT, UNPROCESSABLE
from blog.web.keys import read_key
from blog.web.notice import lacks_notice
from blog.web.rate_limits import TooManyRequests, enforce_rate_limit
from blog.web.two_step import lacks_second_step

# Posts that a page begins; how often it may save one that is begun, its draft tells.
BEGINNINGS, PER_SECONDS = 15, 10
SECOND = timedelta(seconds=1)
# A version that no draft ever has: what a page saves under it becomes a conflict copy.
NO_VERSION = "0.0"
SAVED = gettext_lazy("Saved %(time)s")
SAVED_IN_PART = gettext_lazy("Saved %(time)s, but the title is too long: its end is not saved")


def saving(view):
    """Answer a script that saves with a status it can act on, where a person would get a page.

    A page that stays open may outlive its session, and the next session may be another person's:
    nobody's text is ever saved as somebody else's. Whoever has to accept the notice or add a second
    step of signing in first is told what the script understands; it keeps the text and tries again.
    """

    @login_not_required
    @require_POST
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        person = request.user
        if person.is_authenticated and lacks_notice(person):
            return JsonResponse({"state": "lacks_notice"}, status=401)
        if not person.is_authenticated or lacks_second_step(person):
            return JsonResponse({"state": "signed_out"}, status=401)
        try:
            return view(request, *args, **kwargs)
        except TooManyRequests as wait:
            return _wait(wait.retry_after)
        except SavesTooOften:
            return _wait(PACE // SECOND)
        except Refused as refusal:
            return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)

    wrapped.answers_scripts = True  # type: ignore[attr-defined]
    return wrapped


@login_not_required
@require_safe
def draft_token(request):
    """Return to an open page the user of this session, and the CSRF token for its forms."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    return JsonResponse({"writer": request.user.pk, "token": get_token(request)})


@saving
@in_course
def draft_start(request, course):
    """Create a post from the first words of a new editor, once, and tell the page its address."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    enforce_rate_limit(request, "begin a post", BEGINNINGS, per=PER_SECONDS)
    tab = _tab_of(request)
    form, said = _with_short_title(
        request, lambda data: NewPostForm(data, course=course, reader=request.user)
    )
    if not form.is_valid():
        return _refuse(form)
    try:
        post = start_once(request.user, course, form, tab)
    except DuplicatePost as refusal:
        post = Post.objects.for_page().get(pk=refusal.post.pk)
        return _save(request, PostTarget(post), form.content(), NO_VERSION, tab, said)
    return _save(request, PostTarget(post), form.content(), FIRST_VERSION, tab, said)


@saving
@in_course
def draft_save(request, course, slug):
    """Save the draft of a post; what another tab saved meanwhile makes it a conflict copy."""
    post, tab = own_post_to_save(request, course, slug), _tab_of(request)
    form, said = _with_short_title(
        request, lambda data: PostForm(data, course=course, for_prompt=post.prompt)
    )
    if not form.is_valid():
        return _refuse(form)
    version = form.cleaned_data["version"] or None
    return _save(request, PostTarget(post), form.content(), version, tab, said)


@saving
@in_course
def comment_draft_save(request, course, slug):
    """Save the draft of a comment, of a reply or of a change to either."""
    post = visible_post(request, course, slug)
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    tab = _tab_of(request)
    target = comment_target(
        post,
        parent=_named_comment(request, post, "parent"),
        comment=_named_comment(request, post, "comment"),
        comment_version=request.POST.get("comment_version"),
    )
    if target.comment and not access.can_edit_comment(request.user, target.comment):
        raise PermissionDenied
    form = CommentDraftForm(request.POST, post=post, parent=target.parent, comment=target.comment)
    if not form.is_valid():
        return _refuse(form)
    return _save(request, target, form.content(), SavingForm(request.POST).version_seen, tab)


def _with_short_title(request, form_of: Callable):
    """Return the form of a save, and the message about it.

    A title that is too long keeps no text from being saved: its beginning is saved with it. The
    page has all of it still, and publishing asks for a shorter one.
    """
    form = form_of(request.POST)
    if form.is_valid() or set(form.errors) != {"title"}:
        return form, SAVED
    data = request.POST.copy()
    title = form.fields["title"].to_python(data.get("title", ""))
    data["title"] = title[: TitleField.MAX_CHARS].rstrip()
    shortened = form_of(data)
    return (shortened, SAVED_IN_PART) if shortened.is_valid() else (form, SAVED)


def _tab_of(request):
    """Return the tab that saves; its text belongs to the person who opened it, and nobody else."""
    form = SavingForm(request.POST)
    tab = form.saving_tab
    if form.cleaned_data.get("writer") != request.user.pk:
        raise PermissionDenied
    return tab


def _save(
    request,
    target: DraftTarget,
    content: dict,
    version: str | None,
    tab: Tab | None,
    said: str | Promise = SAVED,
) -> JsonResponse:
    try:
        draft = save_draft(
            target, by=request.user, version=version, tab=tab, is_paced=True, **content
        )
    except StaleDraft as stale:
        copy = keep_conflict_copy(target, by=request.user, content=content, tab=tab, is_paced=True)
        if copy.passes_over(content):
            return _overtaken(copy)
        banner = {"post": target.post, "copy": copy}
        banner |= {"stored": stale.stored, "seen": stale.version, "readers": stale.readers}
        return _answer(
            target,
            by=request.user,
            message=_("Both versions saved, %(time)s"),
            status=CONFLICT,
            version=version,
            conflict=render_to_string("blog/editor/_conflict.html", banner, request),
        )
    if draft.passes_over(content) and draft.is_ahead_of(tab):
        return _overtaken(draft)
    # What is published already is saved, but a draft beside it has other words: the page has not
    # seen them, so it goes on from what it knows.
    version = version if draft.passes_over(content) else target.version_of(draft)
    merged = {"checked": draft.used_comments} if draft.is_merged else {}
    return _answer(target, by=request.user, message=said, version=version, **merged)


def _wait(seconds: int) -> JsonResponse:
    return JsonResponse({}, status=429, headers={"Retry-After": seconds})


def _overtaken(draft: Draft) -> JsonResponse:
    """Report that these words are not stored, because save number ``seq`` of their tab is.

    Only the page knows whether it has sent that save, or is an earlier state of its tab.
    """
    return JsonResponse({"state": "overtaken", "seq": draft.seq}, status=CONFLICT)


def _answer(
    target: DraftTarget, *, by: User, message: str | Promise, status: int = 200, **more
) -> JsonResponse:
    """Report in words what was saved, and where its next save belongs."""
    course, slug = target.post.course.slug, target.post.slug
    when = timezone.now(), target.post.course, by
    answer = {
        "said": str(message) % {"time": saving_time(*when)},
        "brief": SAVED % {"time": brief_saving_time(*when)},
        "place": target.name,
        **more,
    }
    if target.kind == Draft.Kind.POST:
        answer["address"] = reverse("post_edit", args=[course, slug])
        answer["save"] = reverse("draft_save", args=[course, slug])
    return JsonResponse(answer, status=status)


def _refuse(form) -> JsonResponse:
    """Report why a form cannot be saved; the page keeps its text meanwhile."""
    [[field, errors], *_rest] = form.errors.items()
    label = form.fields[field].label if field in form.fields else ""
    message = f"{label}: {errors[0]}" if label else errors[0]
    return JsonResponse({"said": message}, status=UNPROCESSABLE)


def _named_comment(request, post: Post, name: str) -> Comment | None:
    """Return the comment that a field names, deleted or not: drafts of replies to it are saved."""
    value = request.POST.get(name, "")
    if not value:
        return None
    comments = post.comments.visible_to(request.user).for_page()
    return get_object_or_404(comments, pk=read_key(value))
