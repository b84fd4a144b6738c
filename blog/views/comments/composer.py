"""The composer: the form of a comment, with its author's draft in it."""

from uuid import uuid4

from django.urls import reverse

from blog.forms.comments.passage import passage_initial
from blog.forms.editor.drafts import SavingForm
from blog.models import CommentTarget, Draft
from blog.queries.comments import widest_audience
from blog.queries.drafts import drafts_at
from blog.views.editor.tabs import tab_of_page
from blog.web.keys import read_key


def composer(request, target: CommentTarget, make_form, form=None) -> dict:
    """Return the context of a comment's form: a refused ``form``, or one that holds the draft.

    ``make_form`` makes the form from its initial values. ``?on=3`` chooses a paragraph for it. A
    fresh form has nothing of that: ``blog.templatetags.composers`` prints it.
    """
    draft, copies = drafts_at(target, request.user)
    if form is None and draft.pk is None and not copies and _can_be_fresh(request, target):
        return {
            "is_fresh": True,
            "version": target.version_of(draft),
            "place": target.name,
            "tab": uuid4(),
            "seq": 0,
        }
    tab = tab_of_page(request, draft, copies)
    return {
        "form": form or make_form(_initial_from(draft, read_key(request.GET.get("on")))),
        "draft": draft,
        "version": _version(request, target, draft) if form else target.version_of(draft),
        "place": target.name,
        "people": _people_address(target),
        "conflicts": copies,
        "is_unsaved": form is not None,
        "tab": tab.key,
        "seq": tab.seq or 0,
    }


def _can_be_fresh(request, target: CommentTarget) -> bool:
    is_new = type(target) is CommentTarget
    return is_new and request.method != "POST" and "on" not in request.GET


def _version(request, target: CommentTarget, draft: Draft) -> str:
    """Return the version of the draft that a submitted form has seen, which its text goes on from.

    That is the stored one where its own tab has saved last, and nothing after this form.
    """
    submitted = SavingForm(request.POST)
    tab = submitted.saving_tab
    if draft.was_saved_by(tab) and not draft.is_ahead_of(tab):
        return target.version_of(draft)
    return submitted.version_seen or ""


def _people_address(target: CommentTarget) -> str:
    """Return the address of the people that the comment can mention."""
    post, parent = target.post, target.parent
    address = reverse("comment_people", args=[post.course.slug, post.slug])
    return f"{address}?parent={parent.pk}" if parent else address


def _initial_from(draft: Draft, paragraph: int | None) -> dict:
    """Return the content of a draft, with no wider audience than the comment may have now.

    That of an edit knows no version of its comment if the comment was edited after it: its form is
    then compared with the comment.
    """
    initial = passage_initial(draft.post, draft, paragraph)
    if draft.pk is None:
        return initial
    comment = draft.comment
    widest = widest_audience(draft.post, draft.parent or (comment and comment.parent), comment)
    initial |= {
        "text": draft.text,
        "content_note": draft.content_note,
        "audience": min(draft.audience, widest),
    }
    changed_at = comment.text_changed_at if comment else None
    if changed_at and draft.updated_at < changed_at:
        initial |= {"version": "", "seen": ""}
    return initial
