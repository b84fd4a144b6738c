"""Add a picture to a post: on a page of its own, or through the editor's script."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.actions.pictures import add_picture, append_to_draft, write_picture
from blog.exceptions import Refused
from blog.forms.editor.pictures import PictureForm
from blog.models import Picture, Post
from blog.pictures import CleanPicture, clean_picture
from blog.views.editor.posts import own_post
from blog.web.decorators import in_course
from blog.web.forms import UNPROCESSABLE, status_of
from blog.web.idempotency import content_digest, idempotent, renew_key
from blog.web.rate_limits import MINUTE, enforce_rate_limit

UPLOADS = 20  # a minute; each may cost a second of decoding


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def picture_add(request, course, slug):
    """Add a picture, and append it to the draft."""
    post = own_post(request, course, slug)
    if request.method != "POST":
        return _show(request, post, PictureForm())
    enforce_rate_limit(request, "picture", UPLOADS, per=MINUTE)
    form = PictureForm(request.POST, request.FILES)
    stored = _store(request, post, form, in_draft=True)
    if stored is None:
        return _show(request, post, form)
    _picture, made = stored
    messages.success(request, _message(made))
    return redirect("post_edit", course.slug, post.slug)


@in_course
@require_POST
def picture_upload(request, course, slug):
    """Add a picture; tell the script the Markdown that shows it. The draft stays as it is."""
    post = own_post(request, course, slug)
    enforce_rate_limit(request, "picture", UPLOADS, per=MINUTE)
    form = PictureForm(request.POST, request.FILES)
    stored = _store(request, post, form, in_draft=False)
    if stored is None:
        error = next(iter(form.errors.values()))[0]
        return JsonResponse({"said": error}, status=UNPROCESSABLE)
    picture, made = stored
    return JsonResponse({"text": picture.markdown, "said": _message(made)})


def _store(
    request, post: Post, form: PictureForm, *, in_draft: bool
) -> tuple[Picture, CleanPicture] | None:
    """Store the picture of a form; None if it is refused, and the form says why."""
    if not form.is_valid():
        return None
    try:
        made = clean_picture(form.cleaned_data["picture"].read())
        return _store_once(request, post, form, made, in_draft=in_draft), made
    except Refused as refusal:
        form.add_error("picture", str(refusal))
        return None


def _store_once(
    request, post: Post, form: PictureForm, made: CleanPicture, *, in_draft: bool
) -> Picture:
    """Store a picture once, however often the form arrives.

    Its files are written before the transaction, and deleted after it if no row names them.
    """
    written = write_picture(post, made, by=request.user)
    try:
        picture = _save_once(request, post, form, made, written, in_draft=in_draft)
    except BaseException:
        written.delete_files()
        raise
    if picture is not written:
        written.delete_files()
    return picture


def _save_once(
    request, post: Post, form: PictureForm, made: CleanPicture, written: Picture, *, in_draft: bool
) -> Picture:
    """Save the row of a written picture; return it, or the one that the form led to before.

    A script that got no answer may send its key again with another picture or description. The
    first one is in no text then, and what is meant is what came last: it counts as a new form.
    """
    fields, digest = form.cleaned_data, content_digest(form)
    action = f"picture_add {post.pk}" if in_draft else f"picture_upload {post.pk} {digest}"
    with idempotent(request.user, fields["key"], action, digest=digest) as outcome:
        if outcome.is_other_content:
            renew_key(form)
            raise Refused(
                _(
                    "You sent this form before, with another picture or description, and that "
                    "picture is added. To add this one as well, choose it again."
                )
            )
        if outcome.result is not None:
            return get_object_or_404(post.pictures, token=outcome.result)
        picture = add_picture(
            post,
            made,
            by=request.user,
            alternative=fields["alternative"],
            is_decorative=fields["is_decorative"],
            written=written,
        )
        if in_draft:
            append_to_draft(picture, by=request.user)
        outcome.result = picture.token
    return picture


def _message(made: CleanPicture) -> str:
    if made.was_animated:
        return _("The picture is in your text. It shows only the first frame of the animation.")
    return _("The picture is in your text.")


def _show(request, post: Post, form: PictureForm):
    context = {"post": post, "form": form}
    return render(request, "blog/editor/picture_add.html", context, status=status_of(form))
