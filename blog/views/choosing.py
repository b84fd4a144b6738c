"""The writer's choice between two texts of a post, made on the desk itself."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from blog.actions.conflicts import settle
from blog.actions.drafts import draft_of
from blog.forms.drafts import SavingForm
from blog.models import Course, Draft, Post, Target, User


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
    undo = render_to_string("blog/_draft_undo.html", {"draft": aside[0], "course": course}, request)
    messages.success(request, undo)
