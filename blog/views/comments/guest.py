"""Guests: comment on a public post, and follow what becomes of the comment."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.actions.comments import PARENT_GONE
from blog.actions.guest_comments import (
    Origin,
    add_guest_comment,
    object_to_decision,
    restore_guest_comment,
    withdraw_guest_comment,
)
from blog.exceptions import Refused
from blog.forms.comments.guest import GuestCommentForm, ObjectionForm
from blog.lookup import akismet
from blog.models import Comment
from blog.models.guest_comments import token_key
from blog.queries.own_moderation import guest_log
from blog.queries.sent_comments import sent_before
from blog.views.comments.guest_composer import remember
from blog.views.posts.post import public_post, show_public_post
from blog.web.forms import UNPROCESSABLE, status_of
from blog.web.idempotency import refuse_other_content
from blog.web.keys import read_key
from blog.web.languages import speak_in_course
from blog.web.rate_limits import (
    HOUR,
    MINUTE,
    TooManyRequests,
    enforce_rate_limit,
    enforce_rate_limit_of,
    mailbox_of,
)
from blog.web.resubmission import sendable_by_others

# Of one address, which may be a whole school's, and of one email.
PER_MINUTE, PER_HOUR, PER_HOUR_AND_EMAIL = 10, 60, 6
TOO_MANY_REQUESTS = 429


@login_not_required
@sendable_by_others
def guest_comment_new(request, pk, slug):
    """Add a comment by a guest; if it is refused, the submitted text comes back.

    A GET, as after a sign-in, leads to the form.
    """
    post = public_post(request.user, pk)
    if post is None:
        raise Http404
    speak_in_course(request, post.course)
    if request.method != "POST":
        return redirect(f"{reverse('post_public', args=[post.pk, post.slug])}#say")
    form = GuestCommentForm(request.POST, post=post, parent=_parent(request, post))
    if form.parent is None and request.POST.get("parent"):
        form.refuse(PARENT_GONE)
    elif form.is_valid():
        try:
            comment = _add(request, post, form)
        except Refused as refused:
            form.refuse(refused)
        except TooManyRequests as error:
            form.refuse(
                _(
                    "Too many comments came in a short time, so yours is not sent yet. "
                    "Try again later."
                )
            )
            response = show_public_post(request, post, form, status=TOO_MANY_REQUESTS)
            response["Retry-After"] = str(error.retry_after)
            return response
        else:
            if comment.text == form.cleaned_data["text"]:
                messages.success(request, _("Your comment has arrived."))
                response = redirect(comment.guest.status_path)
                remember(request, response, form)
                return response
            refuse_other_content(form, comment.guest.status_path)
    return show_public_post(request, post, form, status=UNPROCESSABLE)


@login_not_required
@require_safe
def guest_comment_status(request, pk, slug, token):
    """Show a guest what became of their comment; whoever has the address is that guest."""
    return _show_status(request, _own_comment(request, pk, token), ObjectionForm())


@login_not_required
@require_POST
def guest_comment_withdraw(request, pk, slug, token):
    comment = _own_comment(request, pk, token)
    withdraw_guest_comment(comment, by=request.user, token=token)
    messages.success(request, _("Your comment is withdrawn. You can undo this below."))
    return redirect(comment.guest.status_path)


@login_not_required
@require_POST
def guest_comment_restore(request, pk, slug, token):
    comment = _own_comment(request, pk, token)
    restore_guest_comment(comment, by=request.user, token=token)
    messages.success(request, _("Your comment is restored."))
    return redirect(comment.guest.status_path)


@login_not_required
def guest_comment_object(request, pk, slug, token):
    """Take a guest's objection; a GET, as after a reload, leads to the form."""
    comment = _own_comment(request, pk, token)
    if request.method != "POST":
        return redirect(comment.guest.status_path)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        try:
            text = form.cleaned_data["objection"]
            object_to_decision(comment, by=request.user, token=token, text=text)
        except Refused as refused:
            form.add_error("objection", str(refused))
        else:
            messages.success(request, _("The teaching team will read your objection."))
            return redirect(comment.guest.status_path)
    return _show_status(request, comment, form)


def _show_status(request, comment, form):
    response = render(
        request,
        "blog/comments/guest_comment_status.html",
        {
            "comment": comment,
            "guest": comment.guest,
            "post": comment.post,
            "token": comment.guest.token,
            "log": guest_log(comment),
            "form": form,
            "can_object": _can_object(comment),
        },
        status=status_of(form),
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _add(request, post, form) -> Comment:
    """Add the comment, or return the one that the form made before, which uses up no slot."""
    if earlier := sent_before(post, form.cleaned_data["key"]):
        return earlier
    mailbox, action = mailbox_of(form.cleaned_data["email"]), "guest comment in an hour"
    enforce_rate_limit(request, "guest comment in a minute", PER_MINUTE, per=MINUTE)
    enforce_rate_limit(request, action, PER_HOUR, per=HOUR)
    enforce_rate_limit_of(f"email {mailbox}", action, PER_HOUR_AND_EMAIL, per=HOUR)
    return add_guest_comment(
        post,
        by=request.user,
        parent=form.parent,
        origin=_origin(request),
        language=get_language(),
        **form.content,
    )


def _origin(request) -> Origin | None:
    """Return the data for the spam filter; a site without one stores nothing of it."""
    ip = get_adapter(request).get_client_ip(request)
    if not akismet.is_on() or ip is None:
        return None
    return Origin(
        ip=ip,
        user_agent=request.headers.get("User-Agent", ""),
        referrer=request.headers.get("Referer", ""),
    )


def _parent(request, post) -> Comment | None:
    """Return the comment that a form replies to, if everybody can see it."""
    comments = post.comments.open().on_public_page()
    wanted = read_key(request.POST.get("parent"))
    return comments.select_related("author").filter(pk=wanted).first()


def _own_comment(request, pk, token) -> Comment:
    """Return the comment that a status page is about; none after its days are over."""
    comments = Comment.objects.filter(guest__is_imported=False, post=pk)
    comment = comments.select_related("guest", "post__course").filter(pk=token_key(token)).first()
    if comment is None or not comment.guest.has_token(token):
        raise Http404
    if comment.guest.status_until < timezone.now():
        raise Http404
    speak_in_course(request, comment.post.course)
    return comment


def _can_object(comment) -> bool:
    is_refused = comment.state == Comment.State.HIDDEN and not comment.is_deleted
    return is_refused and not comment.guest.has_open_objection
