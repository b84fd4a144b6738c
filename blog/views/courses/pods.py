"""The pods of a course, which its instructors create, change and delete."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from blog.actions.pods import delete_pod, draw_pods, save_pod
from blog.exceptions import Taken
from blog.forms.courses.course import DrawPodsForm, NewPodForm, PodForm
from blog.models import Course, Membership, Pod, User
from blog.queries.memberships import groups_by_name
from blog.text.lists import isolated
from blog.web.decorators import in_course, instructors_only, reload_if_stale
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.repeated_submissions import lead_on


@in_course
@instructors_only
def pod_list(request, course):
    """List the pods, and create one on a POST."""
    form = NewPodForm(request.POST or None, course=course)

    def create() -> str:
        _save(form, by=request.user)
        return reverse("pod_list", args=[course.slug])

    address = create_once(form, f"pod_list {course.pk}", by=request.user, create=create)
    if address is not None:
        messages.success(request, _("Pod created."))
        return redirect(address)
    return _show_list(request, course, form=form)


@in_course
@require_POST
@instructors_only
def pod_draw(request, course):
    """Draw students who are in no pod into new ones."""
    draw_form = DrawPodsForm(request.POST, has_sections=course.sections.exists())

    def create() -> str:
        pods = draw_pods(course, by=request.user, **draw_form.content)
        drawn = ngettext(
            "%(count)d pod created (seed %(seed)d).",
            "%(count)d pods created (seed %(seed)d).",
            len(pods),
        )
        seed = draw_form.cleaned_data["seed"]
        messages.success(request, drawn % {"count": len(pods), "seed": seed})
        return reverse("pod_list", args=[course.slug])

    address = create_once(draw_form, f"pod_draw {course.pk}", by=request.user, create=create)
    if address is not None:
        return redirect(address)
    return _show_list(request, course, draw_form=draw_form)


def _show_list(request, course, *, form=None, draw_form=None):
    """Show the pods with both forms; the one that was sent has its errors."""
    form = form or NewPodForm(course=course)
    draw_form = draw_form or DrawPodsForm(has_sections=course.sections.exists())
    members = Membership.objects.active().for_list()
    pods = groups_by_name(course.pods.prefetch_related(Prefetch("memberships", members)))
    context = {"pods": pods, "form": form, "draw_form": draw_form}
    status = status_of(form, draw_form)
    return render(request, "blog/courses/pod_list.html", context, status=status)


@reload_if_stale
@in_course
@instructors_only
def pod_edit(request, course, pk):
    pod = _pod(course, pk)
    if pod is None:
        return lead_on(request, _("This pod is already deleted."), "pod_list", course.slug)
    name = pod.name
    form = PodForm(request.POST or None, instance=pod, course=course)
    if form.is_valid():
        try:
            _save(form, by=request.user)
        except Taken as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Pod saved."))
            return redirect("pod_list", course.slug)
    context = {"name": name, "form": form}
    return render(request, "blog/courses/pod_edit.html", context, status=status_of(form))


@in_course
@require_POST
@instructors_only
def pod_delete(request, course, pk):
    """Delete a pod. Posts for the pod alone stay with their authors and the teaching team."""
    pod = _pod(course, pk)
    if pod is None:
        return lead_on(request, _("This pod is already deleted."), "pod_list", course.slug)
    delete_pod(pod, by=request.user)
    messages.success(request, _("%(pod)s deleted.") % {"pod": isolated(pod.name)})
    return redirect("pod_list", course.slug)


def _pod(course: Course, pk: int) -> Pod | None:
    """Return a pod of the course, None for one that is deleted; another course’s is a 404."""
    pod = Pod.objects.filter(pk=pk).first()
    if pod is not None and pod.course_id != course.pk:
        raise Http404
    return pod


def _save(form: PodForm, *, by: User) -> None:
    """Save a valid form, with the members that its writer moved."""
    save_pod(
        form.save(commit=False),
        by=by,
        added=form.added,
        removed=form.removed,
        instead_of=form.stored_version,
    )
