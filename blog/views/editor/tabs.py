"""The browser tab of an editor: its identity, and the conflict copies shown in it."""

from collections.abc import Iterable
from uuid import uuid4

from blog.forms.editor.drafts import SavingForm
from blog.models import Draft, Post, Tab, User
from blog.queries.drafts import copies_beside


def conflict_copies(user: User, post: Post | None) -> list[dict]:
    """Return the conflict copies beside the draft of a post, for their banners."""
    if post is None:
        return []
    return [{"copy": copy, "seen": ""} for copy in copies_beside(post, user)]


def tab_of_page(request, draft: Draft | None, copies: Iterable[Draft] = ()) -> Tab:
    """Return the tab that a page saves as: a new one, or that of the form that comes back.

    A form that is not saved keeps its tab, so that it is not in conflict with its own last save;
    so does one that holds the tab's conflict copy. Any other may be sent again by a reload, when
    its page has long saved more: then that page has to be another tab.
    """
    tab = SavingForm(request.POST).saving_tab
    if tab is None:
        return Tab(uuid4(), 0)
    is_overtaken = draft is not None and draft.is_ahead_of(tab)
    has_copy = any(copy.was_saved_by(tab) for copy in copies)
    if not has_copy and (tab.seq is None or is_overtaken):
        return Tab(uuid4(), 0)
    return tab
