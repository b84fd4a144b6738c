"""The form of a guest on a public page, and what the browser has kept for it."""

import json

from django.conf import settings

from blog import access
from blog.forms.comments.guest import REMEMBERED, GuestCommentForm
from blog.lookup import akismet
from blog.models.guest_comments import STATUS_DAYS
from blog.web.keys import read_key

COOKIE, COOKIE_SALT = "guest", "blog.guest"
COOKIE_PATH = "/p/"
COOKIE_SECONDS = 365 * 24 * 3600


def guest_composer(request, post, comments, form=None) -> dict:
    """Return the page's context for a guest who can comment; empty for anybody else.

    ``comments`` are those on the page, to one of which a reply can be; ``form`` is one that was
    refused, and comes back even if guests can comment no more.
    """
    can_comment = access.can_comment_as_guest(request.user, post)
    if form is None and not can_comment:
        return {"can_comment": access.can_comment(request.user, post)}
    if form is None:
        wanted = read_key(request.GET.get("reply"))
        parent = next((c for c in comments if c.pk == wanted and c.is_open), None)
        form = GuestCommentForm(post=post, parent=parent, initial=remembered(request))
    return {
        "form": form,
        "can_comment_as_guest": can_comment,
        "is_filtered": akismet.is_on(),
        "status_days": STATUS_DAYS,
    }


def remembered(request) -> dict:
    """Return the values a guest has asked this browser to remember."""
    try:
        stored = json.loads(request.get_signed_cookie(COOKIE, "{}", salt=COOKIE_SALT))
    except ValueError:
        return {}
    return {name: stored[name] for name in REMEMBERED if name in stored} | {
        "remember": bool(stored)
    }


def remember(request, response, form) -> None:
    """Keep a guest's name, email and website in their browser, or forget them, as they chose."""
    if form.cleaned_data["remember"]:
        response.set_signed_cookie(
            COOKIE,
            json.dumps(form.remembered),
            salt=COOKIE_SALT,
            max_age=COOKIE_SECONDS,
            path=COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Lax")
