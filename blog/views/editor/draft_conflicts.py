"""The writer's choice between two texts of a post, made on the desk itself."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.conflicts import bring_back, settle, standing, version_at
from blog.actions.drafts import draft_of
from blog.exceptions import Refused
from blog.forms.editor.drafts import ChoiceForm, SavingForm
from blog.models import Course, Draft, Post, Target, User
from blog.text.diff import difference
from blog.web.decorators import in_course


def other_texts(user: User, post: Post | None) -> list[dict]:
    """Return the texts that stand beside the draft on the desk, for their banners."""
    if post is None:
        return []
    others = Draft.objects.others().by(user).at(Target(post)).order_by("pk")
    return [{"other": other, "seen": ""} for other in others]


def page_fields(request) -> dict:
    """Return the marks of this page: new ones, or those of the page that is shown again."""
    form = SavingForm(request.POST)
    page = form.page
    return {"tab": page.key if page else uuid4(), "seq": page.seq or 0 if page else 0}


def choose(request, course: Course, post: Post, form, deed: str, pk: str):
    """Keep what is in the editor, or take the text beside it; the rest is set aside.

    ``seen`` comes with an editor that holds the other text itself, and names the draft beside it.
    """
    key = pk if pk.isdecimal() and len(pk) < 19 else None
    others = Draft.objects.others().by(request.user).at(Target(post))
    other = get_object_or_404(others.with_places(), pk=key)
    seen, typed = form.cleaned_data["seen"], form.words()
    beside = draft_of(post, request.user).words if seen else other.words
    kept, rest = (typed, beside) if deed == "keep" else (beside, typed)
    aside = settle(
        other,
        by=request.user,
        kept=kept,
        aside=[rest],
        version=seen or form.cleaned_data["version"],
        tab=SavingForm(request.POST).page,
    )
    say_what_was_set_aside(request, course, aside)
    return redirect("post_edit", course.slug, post.slug)


def say_what_was_set_aside(request, course: Course, aside: list[Draft]) -> None:
    """Confirm a choice with its undo beside it: one click, and no script."""
    if not aside:
        messages.success(request, _("The two texts are one again."))
        return
    undo = render_to_string(
        "blog/editor/_draft_undo.html", {"draft": aside[0], "course": course}, request
    )
    messages.success(request, undo)


@in_course
def draft_compare(request, course, pk):
    """Show a draft and its other text side by side, and take the one, the other, or both in one."""
    others = Draft.objects.others().by(request.user).filter(post__course=course)
    other = get_object_or_404(others.filter(post__deleted_at=None).with_places(), pk=pk)
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    saved = standing(other.target, request.user)
    if request.method != "POST":
        form = ChoiceForm(kind=other.kind, initial={"title": saved.title, "text": saved.text})
        return _show(request, other, saved, form)
    form = ChoiceForm(request.POST, kind=other.kind)
    if not form.is_valid():
        return _show(request, other, saved, form)
    kept, aside = form.choose(saved.words, other.words)
    try:
        rest = settle(
            other,
            by=request.user,
            kept=kept,
            aside=aside,
            version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        return _show(request, other, standing(other.target, request.user), form, refusal)
    say_what_was_set_aside(request, course, rest)
    return redirect(place_of(other.target))


@in_course
@require_POST
def draft_restore(request, course, pk):
    """Undo a choice between two texts: both stand there again."""
    drafts = Draft.objects.set_aside().by(request.user).filter(post__course=course)
    aside = get_object_or_404(drafts.with_places(), pk=pk)
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    try:
        bring_back(aside, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("draft_list", course.slug)
    return redirect("draft_compare", course.slug, aside.pk)


def place_of(target: Target) -> str:
    """Return the address where the words of a target are typed."""
    course = target.post.course.slug
    if target.comment:
        return reverse("comment_edit", args=[course, target.comment.pk])
    if target.parent:
        return reverse("comment_reply", args=[course, target.parent.pk])
    if target.kind == Draft.Kind.COMMENT:
        return f"{target.post.get_absolute_url()}#say"
    return reverse("post_edit", args=[course, target.post.slug])


def _show(request, other: Draft, saved: Draft, form: ChoiceForm, refusal=None):
    context = {
        "other": other,
        "saved": saved,
        "version": version_at(other.target, saved),
        "titles": difference(saved.title, other.title),
        "texts": difference(saved.text, other.text),
        "form": form,
        "refusal": refusal,
        "back": place_of(other.target),
    }
    return render(request, "blog/editor/draft_compare.html", context)
