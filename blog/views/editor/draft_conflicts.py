"""Choose between two versions of a draft, in the editor or side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.draft_conflicts import resolve_conflict, undo_resolution
from blog.exceptions import Refused, StaleDraft
from blog.forms.editor.drafts import ChoiceForm, SavingForm
from blog.forms.editor.post import PostForm
from blog.models import Course, Draft, DraftTarget, PostTarget, target_of
from blog.queries.comment_uses import show_checked
from blog.queries.revisions import compare_drafts
from blog.views.editor.page import show_editor
from blog.views.editor.posts import own_post
from blog.views.editor.saving import save_form
from blog.web.decorators import in_course
from blog.web.repeated_submissions import lead_on


@in_course
@require_POST
def conflict_keep(request, course, slug, pk):
    """Keep the text in the editor; archive the other version."""
    return _resolve_in_editor(request, course, slug, pk, keeps_form=True)


@in_course
@require_POST
def conflict_keep_other(request, course, slug, pk):
    """Keep the other version; archive the text in the editor."""
    return _resolve_in_editor(request, course, slug, pk, keeps_form=False)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def draft_compare(request, course, pk):
    """Compare a draft with its conflict copy; choose one, the other, or a combination of both."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    copies = Draft.objects.conflict_copies().by(request.user).filter(post__course=course)
    copy = copies.filter(post__deleted_at=None).with_targets().filter(pk=pk).first()
    if copy is None:  # chosen before; or somebody else's, which must look the same
        sentence = _("You have already chosen: there is one version of this text.")
        return lead_on(request, sentence, "course_work", course.slug)
    target = target_of(copy)
    saved = target.draft_by(request.user)
    if request.method != "POST":
        form = ChoiceForm(kind=copy.kind, initial=saved.content)
        return _show(request, copy, saved, form)
    form = ChoiceForm(request.POST, kind=copy.kind)
    if not form.is_valid():
        return _show(request, copy, saved, form)
    chosen, rest = form.choose(saved.content, copy.content)
    try:
        archived = resolve_conflict(
            copy,
            by=request.user,
            chosen=chosen,
            rest=rest,
            version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        return _show(request, copy, target.draft_by(request.user), form, refusal)
    _report_archived(request, course, archived)
    return redirect(address_of(target))


@in_course
@require_POST
def draft_restore(request, course, pk):
    """Undo a choice between two versions: both are there again."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    drafts = Draft.objects.by(request.user).filter(post__course=course).with_targets()
    archived = (drafts.archived() | drafts.conflict_copies()).filter(pk=pk).first()
    if archived is None:
        return lead_on(request, _("There is nothing to undo."), "course_work", course.slug)
    if archived.archived_at is None:  # restored by the first of two clicks
        return redirect("draft_compare", course.slug, archived.pk)
    try:
        undo_resolution(archived, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("course_work", course.slug)
    return redirect("draft_compare", course.slug, archived.pk)


def address_of(target: DraftTarget) -> str:
    """Return the address of the page where the draft of a target is written."""
    course = target.post.course.slug
    if target.comment:
        return reverse("comment_edit", args=[course, target.comment.pk])
    if target.parent:
        return reverse("comment_reply", args=[course, target.parent.pk])
    if target.kind == Draft.Kind.COMMENT:
        return f"{target.post.get_absolute_url()}#say"
    return reverse("post_edit", args=[course, target.post.slug])


def _resolve_in_editor(request, course: Course, slug: str, pk: int, *, keeps_form: bool):
    """Make one of two versions the draft, and archive the other.

    ``seen`` comes with an editor that holds the conflict copy itself, and is the version of the
    draft shown beside it.
    """
    post = own_post(request, course, slug)
    copies = Draft.objects.of_posts().conflict_copies().by(request.user).filter(post=post)
    copy = copies.with_targets().filter(pk=pk).first()
    if copy is None:  # chosen before, by a click that came twice: text typed since is saved
        saved = save_form(request, course, slug)
        return saved if isinstance(saved, HttpResponse) else redirect(address_of(PostTarget(post)))
    target = PostTarget(post)
    form = PostForm(request.POST, course=course, for_prompt=post.prompt)
    if not form.is_valid():
        return show_editor(request, course, form, post=post)
    seen, submitted = form.cleaned_data["seen"], form.content()
    other = target.draft_by(request.user).content if seen else copy.content
    chosen, rest = (submitted, other) if keeps_form else (other, submitted)
    try:
        archived = resolve_conflict(
            copy,
            by=request.user,
            chosen=chosen,
            rest=[rest],
            version=seen or form.cleaned_data["version"],
            tab=SavingForm(request.POST).saving_tab,
        )
    except StaleDraft as stale:
        return show_editor(request, course, form, post=post, stale=stale, copy=copy)
    except Refused as refusal:
        return show_editor(request, course, form, post=post, refusal=refusal)
    _report_archived(request, course, archived)
    return redirect("post_edit", course.slug, post.slug)


def _report_archived(request, course: Course, archived: list[Draft]) -> None:
    """Confirm a choice, with its undo beside it: one click, and no script."""
    if not archived:
        messages.success(request, _("You have one version again."))
        return
    undo = render_to_string(
        "blog/editor/_draft_undo.html", {"draft": archived[0], "course": course}, request
    )
    messages.success(request, undo)


def _show(request, copy: Draft, saved: Draft, form: ChoiceForm, refusal=None) -> HttpResponse:
    show_checked(saved, copy)
    context = {
        "copy": copy,
        "saved": saved,
        "version": target_of(copy).version_of(saved),
        "comparison": compare_drafts(target_of(copy), saved, copy),
        "form": form,
        "refusal": refusal,
        "back": address_of(target_of(copy)),
    }
    return render(request, "blog/editor/draft_compare.html", context)
