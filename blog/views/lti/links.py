"""Deep Linking: an instructor picks prompts inside the LMS, which keeps links to them."""

import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.prompts import name_for_links
from blog.forms.lti.links import PickForm
from blog.lti.content_items import Link, deep_linking_response
from blog.lti.registration import tool_addresses
from blog.lti.tokens import sign
from blog.models import (
    Course,
    Launch,
    Membership,
    PlatformCourse,
    Prompt,
    current_key,
    resource_id_of,
)
from blog.queries.platform_links import prompts_to_link
from blog.views.lti.words import refused_words
from blog.web.forms import status_of
from blog.web.launches import (
    brings_kept_secret,
    comes_from_here,
    find_launch,
    is_of_this_browser,
    open_to_frames,
    pages_of,
    reason_without,
)


def show_prompts(request, launch: Launch, secret: str, form: PickForm | None = None):
    """Show the prompts of the course to pick from, or the steps before that."""
    course = course_to_link(launch)
    if course is None:
        context = {"launch": launch, "secret": secret, "obstacle": _obstacle(launch)}
        return render(request, "blog/lti/lti_frame.html", context)
    linking = launch.link_settings
    form = form or PickForm(
        prompts=prompts_to_link(course), is_multiple=linking is not None and linking.is_multiple
    )
    kept = request.POST["kept"] if brings_kept_secret(request, launch.browser) else ""
    context = {
        "launch": launch,
        "secret": secret,
        "kept": kept,
        "form": form,
        "linked_course": course,
    }
    return render(request, "blog/lti/lti_pick.html", context, status=status_of(form))


def course_to_link(launch: Launch) -> Course | None:
    """Return the course whose prompts somebody may pick: theirs to teach, in the LMS and here."""
    found = PlatformCourse.objects.sending(launch)
    if found is None or launch.user is None or not launch.role:
        return None
    return found.course if access.can_grade(launch.user, found.course) else None


def _obstacle(launch: Launch) -> str:
    """Return the obstacle to picking: their role there, the course, or who they are."""
    if launch.role not in Membership.TEACHING:
        return "role"
    return "person" if PlatformCourse.objects.sending(launch) else "course"


@csrf_exempt
@login_not_required
@require_POST
def lti_pick(request):
    """Send the picked prompts to the LMS: a page whose form leads there, with our signature.

    Inside the frame there is no session; who picks is known by the launch, in the same browser.
    """
    secret = request.POST.get("launch", "")
    launch = find_launch(secret)
    is_theirs = launch is not None and (
        is_of_this_browser(request, launch.browser) or brings_kept_secret(request, launch.browser)
    )
    linking = launch.link_settings if launch else None
    course = course_to_link(launch) if launch else None
    if launch is None or linking is None or course is None or not is_theirs:
        context = {"words": refused_words(reason_without(secret))}
        response = render(request, "blog/lti/lti_refused.html", context, status=403)
        open_to_frames(response, ["*"])
        return response
    if not comes_from_here(request):
        raise PermissionDenied
    prompts = prompts_to_link(course)
    form = PickForm(request.POST, prompts=prompts, is_multiple=linking.is_multiple)
    if not form.is_valid():
        response = show_prompts(request, launch, secret, form)
        open_to_frames(response, pages_of(launch.platform, linking.return_url))
        return response
    name_for_links(course, form.picked, by=launch.user)
    platform, ours = launch.platform, tool_addresses(settings.SITE_URL)
    claims = deep_linking_response(
        [_link(prompt) for prompt in form.picked],
        linking,
        issuer=platform.issuer,
        client_id=platform.client_id,
        deployment=launch.deployment.deployment_id,
        launch_url=ours["launch"],
        now=time.time(),
    )
    context = {
        "launch": launch,
        "address": linking.return_url,
        "jwt": sign(claims, current_key()),
        "picked": form.picked,
    }
    response = render(request, "blog/lti/lti_picked.html", context)
    pages = pages_of(platform, linking.return_url)
    open_to_frames(response, pages, leads_to=linking.return_url)
    return response


def _link(prompt: Prompt) -> Link:
    return Link(prompt.title, prompt.link_name, resource_id_of(prompt), prompt.highest_points)
