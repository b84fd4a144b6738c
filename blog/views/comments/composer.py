"""The form of a comment with what its writer has typed in it already, sent or not."""

from blog.actions.comment_drafts import texts_at, version_of_comment
from blog.actions.comments import widest_audience
from blog.models import Draft, Target
from blog.views.editor.draft_conflicts import page_fields


def composer(request, target: Target, make_form, form=None) -> dict:
    """Return what a page needs to print the form: kept words in it, unless it comes back refused.

    ``make_form`` makes the form from its initial values.
    """
    draft, others = texts_at(target, request.user)
    return {
        "form": form or make_form(_words_in(draft)),
        "draft": draft,
        "version": version_of_comment(draft),
        "place": target.name,
        "conflicts": others,
        "is_unsaved": form is not None,
        **page_fields(request),
    }


def _words_in(draft: Draft) -> dict:
    """Return the words of a draft; an audience that has been narrowed since is narrowed."""
    if draft.pk is None:
        return {}
    widest = widest_audience(draft.post, draft.parent or (draft.comment and draft.comment.parent))
    return {"text": draft.text, "audience": min(draft.audience, widest)}
