"""The pods of a course: for its instructors."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.forms.courses.course import NewPodForm, PodForm
from blog.models import Pod
from blog.views.courses.roster import instructors_only
from blog.web.decorators import in_course
from blog.web.idempotency import idempotent


@in_course
def pod_list(request, course):
    """List the pods and make a new one."""
    instructors_only(request, course)
    form = NewPodForm(request.POST or None, course=course)
    if form.is_valid():
        with idempotent(request.user, form.cleaned_data["key"]) as outcome:
            if outcome.result is None:
                form.save()
                outcome.result = reverse("pod_list", args=[course.slug])
        messages.success(request, _("Pod made."))
        return redirect(outcome.result)
    pods = course.pods.prefetch_related("memberships__user")
    return render(request, "blog/courses/pod_list.html", {"pods": pods, "form": form})


@in_course
def pod_edit(request, course, pk):
    instructors_only(request, course)
    pod = get_object_or_404(Pod, course=course, pk=pk)
    form = PodForm(request.POST or None, instance=pod, course=course)
    if form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("Pod saved."))
        return redirect("pod_list", course.slug)
    return render(request, "blog/courses/pod_edit.html", {"pod": pod, "form": form})


@require_POST
@in_course
def pod_delete(request, course, pk):
    """Dissolve a pod. Posts it could read stay with their writers and the teaching team."""
    instructors_only(request, course)
    pod = get_object_or_404(Pod, course=course, pk=pk)
    pod.delete()
    messages.success(request, _("%(pod)s is dissolved.") % {"pod": pod.name})
    return redirect("pod_list", course.slug)
