"""Take a figure of one's own network into a post."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog import access
from blog.actions.pictures import write_picture
from blog.exceptions import Refused
from blog.models import Course, Picture, Post
from blog.pictures import CleanPicture, clean_picture
from blog.web.decorators import in_course
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.rate_limits import MINUTE, enforce_rate_limit
from network.actions import put_figure_into_post
from network.drawing import draw_network
from network.forms.network_figure import FigureDayForm, FigurePostForm
from network.queries.network_figure import FigureOfNetwork, network_figure, posts_for_figure
from network.ties import tie_date

FIGURES = 10  # a minute; each is a picture to be encoded


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def network_figure_new(request, course):
    """Show one's network at a day, and put it into a post."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    posts = posts_for_figure(request.user, course)
    if request.method != "POST":
        day_form = FigureDayForm(_asked_day(request, course), course=course)
        day = day_form.cleaned_data["day"] if day_form.is_valid() else tie_date(course)
        form = FigurePostForm(course=course, posts=posts, initial={"day": day})
        return _show(request, course, day, day_form, form)
    enforce_rate_limit(request, "figure", FIGURES, per=MINUTE)
    form = FigurePostForm(request.POST, course=course, posts=posts)
    if form.is_valid() and (address := _put(request, course, form)):
        messages.success(
            request, _("The figure is at the end of your draft. Only you see the names.")
        )
        return redirect(address)
    day = form.cleaned_data.get("day") or tie_date(course)
    return _show(request, course, day, FigureDayForm({"day": day}, course=course), form)


def _asked_day(request, course: Course) -> dict:
    return {"day": request.GET.get("day") or tie_date(course)}


def _put(request, course: Course, form: FigurePostForm) -> str | None:
    """Insert the figure into the post, once; None if that is refused, and the form says why.

    The files are written before the transaction, and deleted after it if no row names them.
    """
    figure = network_figure(request.user, course, form.cleaned_data["day"])
    post = form.cleaned_data["post"]
    try:
        clean = clean_picture(draw_network((one.number, one.node) for one in figure.drawn))
        written = write_picture(post, clean, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    try:
        return _put_once(request, form, figure, post, clean, written)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    finally:
        if written.pk is None:
            written.delete_files()


def _put_once(
    request,
    form: FigurePostForm,
    figure: FigureOfNetwork,
    post: Post,
    clean: CleanPicture,
    written: Picture,
) -> str | None:
    def create() -> str:
        put_figure_into_post(figure, written, clean, by=request.user)
        return reverse("post_edit", args=[post.course.slug, post.slug])

    action = f"network_figure {post.pk} {figure.day}"
    return create_once(form, action, by=request.user, create=create)


def _show(request, course: Course, day, day_form: FigureDayForm, form: FigurePostForm):
    context = {
        "figure": network_figure(request.user, course, day),
        "day_form": day_form,
        "form": form,
        "is_last_day": day >= tie_date(course),
    }
    status = status_of(form)
    return render(request, "network/network_figure_new.html", context, status=status)
