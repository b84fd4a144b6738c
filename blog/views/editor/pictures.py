"""Pictures: bring one to a post, and show it to those who may see that post."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.actions.pictures import add_picture, append_to_draft
from blog.exceptions import Refused
from blog.forms.editor.pictures import PictureForm
from blog.models import Picture, Post
from blog.pictures import Made, make_picture
from blog.views.editor.editor import own_post
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent
from blog.web.rate_limits import MINUTE, enforce_rate_limit

UPLOADS = 20  # a minute; each may cost a second of decoding
UNPROCESSABLE = 422


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def picture_add(request, course, slug):
    """Take a picture: into the draft, or, for the desk's script, as the words that show it."""
    post = own_post(request, course, slug)
    if request.method != "POST":
        return render(
            request, "blog/editor/picture_add.html", {"post": post, "form": PictureForm()}
        )
    enforce_rate_limit(request, "picture", UPLOADS, per=MINUTE)
    is_script = request.accepts("application/json") and not request.accepts("text/html")
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = make_picture(form.cleaned_data["picture"].read())
            picture = _keep(request, post, form, made, in_draft=not is_script)
        except Refused as refusal:
            form.add_error("picture", str(refusal))
        else:
            said = _say(made)
            if is_script:
                return JsonResponse({"text": picture.markdown, "said": said})
            messages.success(request, said)
            return redirect("post_edit", course.slug, post.slug)
    if is_script:
        said = next(iter(form.errors.values()))[0]
        return JsonResponse({"said": said}, status=UNPROCESSABLE)
    return render(request, "blog/editor/picture_add.html", {"post": post, "form": form})


def _keep(request, post: Post, form: PictureForm, made: Made, *, in_draft: bool) -> Picture:
    """Keep it once, however often the form arrives."""
    words = form.cleaned_data
    with idempotent(request.user, words["key"]) as outcome:
        if outcome.result is not None:
            return get_object_or_404(post.pictures, token=outcome.result)
        picture = add_picture(
            post,
            made,
            by=request.user,
            alternative=words["alternative"],
            is_decorative=words["is_decorative"],
        )
        if in_draft:
            append_to_draft(picture, by=request.user)
        outcome.result = picture.token
    return picture


def _say(made: Made) -> str:
    if made.was_animated:
        return _("The picture is in your text. It moved; its first frame is kept.")
    return _("The picture is in your text.")
