"""The editor's page, for a text that is stored or that was just sent."""

from django.shortcuts import render

from blog.exceptions import Refused, StaleDraft
from blog.forms.editor.post import PostForm
from blog.lookup import is_on
from blog.models import Course, Draft, Post, PostTarget, Prompt, Tab
from blog.queries.editor import editor_context
from blog.queries.feedback_replies import last_replies
from blog.views.editor.tabs import conflict_copies, tab_of_page
from blog.web.forms import CONFLICT, UNPROCESSABLE, status_of

NEW = "new"


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
    tab: Tab | None = None,
    needs_confirmation: bool = False,
    context: dict | None = None,
    more: dict | None = None,
    status: int | None = None,
):
    """Render the editor with the text of a form, saved or not.

    A refused form answers 422 and a stale one 409, unless the ``status`` is given.

    ``more`` is what the page shows besides: what was found for a reference.

    A ``refusal`` that is about a field marks it.

    After a stale save the editor holds the conflict ``copy``, and the draft is shown beside it.

    ``tab`` is what the page saves as, if it is not told from the request.
    """
    prompt = post.prompt if post else prompt
    if refusal and refusal.field:
        form.add_error(refusal.field, str(refusal))
    if context is None:
        text = form["text"].value() or ""
        context = editor_context(request.user, course, post=post, prompt=prompt, text=text)
    version = PostTarget(post).version_of(draft) if draft else form["version"].value()
    template = "blog/editor/post_edit.html" if post else "blog/editor/post_new.html"
    conflicts = _conflicts(request, post, stale, copy)
    if tab is None:
        tab = tab_of_page(
            request,
            draft or _stored_draft(request, post),
            [conflict["copy"] for conflict in conflicts if conflict["copy"]],
        )
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
            "own_replies": last_replies(request.user, course) if prompt else [],
            "draft": draft,
            "version": version or "",
            "unanswered": [other for other in unanswered or [] if other != prompt],
            "refusal": refusal,
            "refused_field": form[refusal.field] if refusal and refusal.field else None,
            "stale": stale,
            "conflicts": conflicts,
            "is_unsaved": form.is_bound and draft is None and stale is None,
            "needs_confirmation": needs_confirmation,
            "can_look_up": is_on(),
            "find_text": request.POST.get("find", ""),
            "tab": tab.key,
            "seq": tab.seq or 0,
            **context,
            **(more or {}),
        },
        status=status or _status(form, stale, refusal),
    )


def _conflicts(
    request, post: Post | None, stale: StaleDraft | None, copy: Draft | None
) -> list[dict]:
    """Return the other versions of the text, for their banners."""
    if stale is None:
        return conflict_copies(request.user, post)
    return [{"copy": copy, "seen": stale.version, "stored": stale.stored, "readers": stale.readers}]


def _stored_draft(request, post: Post | None) -> Draft | None:
    """Return the draft that a submitted form may be older than."""
    if post is None or request.method != "POST":
        return None
    return PostTarget(post).draft_by(request.user)


def _status(form: PostForm, stale: StaleDraft | None, refusal: Refused | None) -> int:
    if stale:
        return CONFLICT
    return UNPROCESSABLE if refusal else status_of(form)
