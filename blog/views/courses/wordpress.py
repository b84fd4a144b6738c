"""Bring posts from WordPress: upload, choose, import, undo; and one's own posts as a file."""

import logging

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions.exports import record_wordpress_export
from blog.actions.wordpress_imports import (
    answer_wordpress_import,
    continue_wordpress_import,
    import_wordpress_posts,
    start_wordpress_import,
    undo_wordpress_import,
)
from blog.exceptions import NotAllowed, Refused
from blog.forms.courses.wordpress import WordPressChoicesForm, WordPressUploadForm
from blog.models import Membership, WordPressImport
from blog.pictures import clean_picture
from blog.queries.wordpress_imports import latest_imports, result_of
from blog.queries.wordpress_plan import plan_import
from blog.takeout.wordpress import wordpress_file
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.rate_limits import HOUR, enforce_rate_limit
from blog.web.reauthentication import confirmed_lately
from blog.web.uploads import start_upload

logger = logging.getLogger(__name__)

STARTS = 20  # an hour
EXPORTS = 20
# So long a page waits for an import that is nearly done; ``tick`` goes on with the others.
SECONDS_AT_ONCE = 4


@in_course
@instructors_only
def wordpress_import_new(request, course):
    """Take files of a blog, and lead to their preview."""
    form = WordPressUploadForm(request.POST or None, request.FILES or None, course=course)
    stored: list[str] = []  # the zip of pictures
    try:
        address = start_upload(
            request,
            form,
            f"wordpress_import_new {course.pk}",
            scope="wordpress import",
            store=lambda: stored.extend(_write_media(form)),
            start=lambda: _start(request, course, form, "".join(stored)),
        )
    finally:
        for name in stored:
            WordPressImport.delete_unused_media(name)
    if address is not None:
        return redirect(address)
    context = {"form": form, "imports": latest_imports(course)}
    status = status_of(form)
    return render(request, "blog/courses/wordpress_import_new.html", context, status=status)


def _write_media(form: WordPressUploadForm) -> list[str]:
    media = form.cleaned_data["media"]
    return [WordPressImport.write_media(media)] if media else []


def _start(request, course, form: WordPressUploadForm, media: str) -> str:
    started = start_wordpress_import(course, by=request.user, media=media, **form.content)
    return reverse("wordpress_import", args=[course.slug, started.pk])


@in_course
@instructors_only
def wordpress_import(request, course, pk):
    """Show what an import does, is doing, or did; on a POST keep what somebody chooses."""
    found = _find(course, pk)
    if found.started_at is not None:
        return _show_started(request, found)
    plan = plan_import(found)
    form = _choices(request, found, plan)
    if form.is_valid():
        answer_wordpress_import(found, by=request.user, answers=form.answers())
        messages.success(request, _("Choices saved. Nothing is imported yet."))
        return redirect("wordpress_import", course.slug, found.pk)
    return _show_preview(request, found, plan, form)


@in_course
@require_POST
@instructors_only
def wordpress_import_start(request, course, pk):
    """Import the chosen content; a second click is answered as the first one."""
    found = _find(course, pk)
    if found.started_at is not None:
        return redirect("wordpress_import", course.slug, found.pk)
    enforce_rate_limit(request, "wordpress import start", STARTS, per=HOUR)
    plan = plan_import(found)
    form = _choices(request, found, plan, is_final=True)
    if not form.is_valid():
        return _show_preview(request, found, plan, form)
    try:
        answer_wordpress_import(found, by=request.user, answers=form.answers())
        started = import_wordpress_posts(found, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show_preview(request, found, plan_import(found), form)
    if started.claim():
        _begin(started, request.user)
    return redirect("wordpress_import", course.slug, found.pk)


def _begin(started: WordPressImport, by) -> None:
    """Import for as long as a page can wait. What goes wrong here, ``tick`` tries again."""
    try:
        continue_wordpress_import(
            started, by=by, seconds=SECONDS_AT_ONCE, clean_picture=clean_picture
        )
    except NotAllowed:
        raise
    except Exception:  # of a file, the storage, a text: a later round of tick may do better
        logger.exception("The import %s was not begun", started.pk)
        started.give_back(timezone.now())


@in_course
@require_POST
@instructors_only
def wordpress_import_undo(request, course, pk):
    """Delete what an import brought, but for what somebody has worked with since."""
    undone = undo_wordpress_import(_find(course, pk), by=request.user)
    if undone.undone_at is not None:
        messages.success(request, _("Import undone."))
    return redirect("wordpress_import", course.slug, undone.pk)


@require_POST
@confirmed_lately(lambda course: reverse("takeout_list"))
def wordpress_export(request, course):
    """Send one's own posts of a course, that one is or was in, as a file for WordPress."""
    memberships = Membership.objects.filter(user=request.user).select_related("course", "user")
    membership = get_object_or_404(memberships, course__slug=course)
    enforce_rate_limit(request, "wordpress export", EXPORTS, per=HOUR)
    record_wordpress_export(membership, by=request.user)
    name = f"wordpress-{membership.course.slug}-{timezone.now():%Y-%m-%d}.xml"
    return StreamingHttpResponse(
        wordpress_file(membership),
        content_type="text/xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _find(course, pk: int) -> WordPressImport:
    imports = WordPressImport.objects.in_course(course).select_related("course", "created_by")
    return get_object_or_404(imports, pk=pk)


def _choices(request, found: WordPressImport, plan, *, is_final=False) -> WordPressChoicesForm:
    return WordPressChoicesForm(
        request.POST if request.method == "POST" else None,
        wordpress_import=found,
        plan=plan,
        reader=request.user,
        is_final=is_final,
    )


def _show_preview(request, found: WordPressImport, plan, form):
    context = {
        "wordpress_import": found,
        "export": found.export,
        "plan": plan,
        "form": form,
    }
    status = status_of(form)
    return render(request, "blog/courses/wordpress_import.html", context, status=status)


def _show_started(request, found: WordPressImport):
    context = {"wordpress_import": found, "result": result_of(found, request.user)}
    return render(request, "blog/courses/wordpress_import_done.html", context)
