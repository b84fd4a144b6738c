"""Words that save themselves while they are typed, and the choice where two texts of them stand.

What a page's script asks for is answered in JSON. None of it publishes, mails or moves a date:
these views know the deeds of drafts alone.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.draft_conflicts import keep_conflict_copy
from blog.actions.drafts import save_draft
from blog.exceptions import DuplicatePost, Refused, StaleDraft
from blog.forms.editor.drafts import CommentDraftForm, SavingForm
from blog.forms.editor.post import NewPostForm, PostForm
from blog.models import Comment, Draft, DraftTarget, Post, PostTarget, Tab, comment_target
from blog.views.editor.editor import FIRST_VERSION, own_post, start_once
from blog.web.decorators import in_course
from blog.web.keys import read_key
from blog.web.rate_limits import TooManyRequests, enforce_rate_limit

SAVES, PER_SECONDS = 15, 10
BOTH_KEPT = 409
UNPROCESSABLE = 422
# A version that no draft ever has: what a page saves under it stands beside the draft.
NO_VERSION = "0.0"


def saving(view):
    """Let a script save: say in a status what it can act on, where a person would get a page.

    A page that is kept open may outlive its session, and the next session may be another
    person's: nobody's words are ever saved as somebody else's.
    """

    @login_not_required
    @require_POST
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return JsonResponse({"state": "signed_out"}, status=401)
        try:
            enforce_rate_limit(request, "autosave", SAVES, per=PER_SECONDS)
            return view(request, *args, **kwargs)
        except TooManyRequests as wait:
            return JsonResponse({}, status=429, headers={"Retry-After": wait.retry_after})
        except Refused as refusal:
            return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)

    return wrapped


@login_not_required
@require_safe
def draft_token(request):
    """Tell an open page whose session this is now, and the token its forms need since."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    return JsonResponse({"writer": request.user.pk, "token": get_token(request)})


@saving
@in_course
def draft_start(request, course):
    """Make a post of the first words that are typed, once, and tell the page where it is."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    tab = _tab_of(request)
    form = NewPostForm(request.POST, course=course, reader=request.user)
    if not form.is_valid():
        return _unfit(form)
    try:
        post = start_once(request.user, course, form, tab)
    except DuplicatePost as refusal:
        post = Post.objects.for_page().get(pk=refusal.post.pk)
        return _keep(request, PostTarget(post), form.content(), NO_VERSION, tab)
    return _keep(request, PostTarget(post), form.content(), FIRST_VERSION, tab)


@saving
@in_course
def draft_save(request, course, slug):
    """Keep what is typed for a post, at once or beside what another page has saved."""
    post, tab = own_post(request, course, slug), _tab_of(request)
    form = PostForm(request.POST, course=course)
    if not form.is_valid():
        return _unfit(form)
    return _keep(
        request, PostTarget(post), form.content(), form.cleaned_data["version"] or None, tab
    )


@saving
@in_course
def comment_draft_save(request, course, slug):
    """Keep what is typed for a comment, an answer or a change of either."""
    posts = Post.objects.in_course(course).visible_to(request.user)
    post = get_object_or_404(posts.for_page(), slug=slug)
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    tab = _tab_of(request)
    target = comment_target(
        post,
        parent=_comment_named(request, post, "parent"),
        comment=_comment_named(request, post, "comment"),
    )
    if target.comment and not access.can_edit_comment(request.user, target.comment):
        raise PermissionDenied
    form = CommentDraftForm(request.POST, post=post, parent=target.parent)
    if not form.is_valid():
        return _unfit(form)
    return _keep(request, target, form.content(), SavingForm(request.POST).version_seen, tab)


def _tab_of(request):
    """Return the page that saves. Its words are those of who opened it, and of nobody else."""
    form = SavingForm(request.POST)
    tab = form.saving_tab
    if form.cleaned_data.get("writer") != request.user.pk:
        raise PermissionDenied
    return tab


def _keep(
    request, target: DraftTarget, content: dict, version: str | None, tab: Tab | None
) -> JsonResponse:
    try:
        draft = save_draft(target, by=request.user, version=version, tab=tab, **content)
    except StaleDraft as stale:
        copy = keep_conflict_copy(target, by=request.user, content=content, tab=tab)
        banner = {"course": request.course, "post": target.post, "copy": copy}
        banner |= {"stored": stale.stored, "seen": stale.version}
        return _answer(
            target,
            said=_("Both versions saved, %(time)s"),
            status=BOTH_KEPT,
            version=version,
            conflict=render_to_string("blog/editor/_conflict.html", banner),
        )
    return _answer(target, said=_("Saved %(time)s"), version=target.version_of(draft))


def _answer(target: DraftTarget, *, said: str, status: int = 200, **more) -> JsonResponse:
    """Tell the page what became of its words, in words, and where its next save belongs."""
    course, slug = target.post.course.slug, target.post.slug
    now = timezone.localtime(timezone.now(), target.post.course.zone)
    told = {
        "said": said % {"time": date_format(now, pgettext("time format", "H:i"))},
        "place": target.name,
        **more,
    }
    if target.kind == Draft.Kind.POST:
        told["address"] = reverse("post_edit", args=[course, slug])
        told["save"] = reverse("draft_save", args=[course, slug])
    return JsonResponse(told, status=status)


def _unfit(form) -> JsonResponse:
    """Say what keeps these words from being saved; the page keeps them meanwhile."""
    [[field, errors], *_rest] = form.errors.items()
    label = form.fields[field].label if field in form.fields else ""
    said = f"{label}: {errors[0]}" if label else errors[0]
    return JsonResponse({"said": said}, status=UNPROCESSABLE)


def _comment_named(request, post: Post, name: str) -> Comment | None:
    """Return the comment that a field names, also one that has gone since: its answer is kept."""
    value = request.POST.get(name, "")
    if not value:
        return None
    comments = post.comments.visible_to(request.user).for_page()
    return get_object_or_404(comments, pk=read_key(value))
