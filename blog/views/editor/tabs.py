"""The browser tab of an editor: its identity, and the conflict copies shown in it."""

from uuid import uuid4

from blog.forms.editor.drafts import SavingForm
from blog.models import Post, PostTarget, User


def conflict_copies(user: User, post: Post | None) -> list[dict]:
    """Return the conflict copies beside the draft of a post, for their banners."""
    if post is None:
        return []
    copies = PostTarget(post).drafts_by(user).conflict_copies().order_by("pk")
    return [{"copy": copy, "seen": ""} for copy in copies]


def tab_fields(request) -> dict:
    """Return the identity of this tab: a new one, or that of the form that comes back."""
    tab = SavingForm(request.POST).saving_tab
    return {"tab": tab.key if tab else uuid4(), "seq": tab.seq or 0 if tab else 0}
