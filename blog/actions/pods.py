"""Create, draw, change and delete the pods of a course."""

from collections.abc import Collection, Iterable, Iterator
from itertools import count, islice

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import StaleVersion
from blog.models import AuditEvent, Course, Invitation, Membership, Pod, Post, User
from blog.models.languages import words_to_keep
from blog.models.uniqueness import unless_taken
from blog.rota import draw_groups


def save_pod(
    pod: Pod,
    *,
    by: User,
    added: Iterable[Membership] = (),
    removed: Iterable[Membership] = (),
    instead_of: str = "",
) -> Pod:
    """Save a new or changed pod, and move the members of its course that its writer moved.

    Those ``added`` leave the pod they are in; those ``removed`` leave this one, if they are still
    in it. Raises StaleVersion if a changed pod is no longer named ``instead_of``, and Taken if
    another pod has its name. Memberships are locked before pods, as where one member is changed.
    """
    access.require(access.can_edit_course(by, pod.course))
    is_new = pod.pk is None
    coming, leaving = {m.pk for m in added}, {m.pk for m in removed}
    with unless_taken(pod, "name"):
        members = Membership.objects.in_course(pod.course).filter(pk__in=coming | leaving)
        list(members.select_for_update(no_key=True).order_by("pk").values("pk"))
        if not is_new:
            _refuse_other_name(pod, instead_of)
        pod.save()
        members.filter(pk__in=coming).update(pod=pod)
        members.filter(pk__in=leaving, pod=pod).update(pod=None)
        AuditEvent.record(
            "pod_created" if is_new else "pod_changed",
            pod,
            by=by,
            course=pod.course,
            added=sorted(coming),
            removed=sorted(leaving),
        )
    return pod


def draw_pods(course: Course, *, by: User, size: int, by_section: bool, seed: int) -> list[Pod]:
    """Draw the students who are in no pod, and those invited, into new pods of about a size.

    With ``by_section`` nobody shares a pod with another section. The audit event keeps the seed.
    """
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        members = Membership.objects.in_course(course).active().students().filter(pod=None)
        list(members.select_for_update(no_key=True).order_by("pk").values("pk"))
        invited = Invitation.objects.in_course(course).open()
        invited = invited.filter(pod=None, role=Membership.Role.STUDENT)
        waiting = [*members.order_by("pk"), *invited.order_by("pk")]
        people = {person: person.section_id if by_section else None for person in waiting}
        groups = draw_groups(people, size=size, seed=seed)
        pods = Pod.objects.bulk_create(
            Pod(course=course, name=name) for name in islice(_free_names(course), len(groups))
        )
        for pod, group in zip(pods, groups, strict=True):
            for model in (Membership, Invitation):
                keys = [person.pk for person in group if isinstance(person, model)]
                model.objects.filter(pk__in=keys).update(pod=pod)
        AuditEvent.record(
            "pods_drawn", course, by=by, course=course, seed=seed, size=size, pods=len(pods)
        )
    return pods


def save_next_pods(course: Course, *, by: User, groups: Iterable[Collection[int]]) -> list[Pod]:
    """Save groups of students, given by the keys of their memberships, as new pods.

    Each student leaves the pod they are in. The pods so far stay, for the posts in them, and so
    does whoever is in no group. Who has left the course since is left out.
    """
    access.require(access.can_edit_course(by, course))
    chosen = [set(group) for group in groups]
    with transaction.atomic():
        members = Membership.objects.in_course(course).active().students()
        members = members.filter(pk__in=set().union(*chosen))
        found = set(
            members.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
        )
        filled = [group & found for group in chosen if group & found]
        pods = Pod.objects.bulk_create(
            Pod(course=course, name=name) for name in islice(_free_names(course), len(filled))
        )
        for pod, group in zip(pods, filled, strict=True):
            Membership.objects.filter(pk__in=group).update(pod=pod)
        AuditEvent.record(
            "next_pods_saved",
            course,
            by=by,
            course=course,
            pods={pod.pk: sorted(group) for pod, group in zip(pods, filled, strict=True)},
        )
    return pods


def _free_names(course: Course) -> Iterator[str]:
    """Yield “Pod 1”, “Pod 2” and so on, without the names that the course has."""
    taken = set(course.pods.values_list("name", flat=True))
    with words_to_keep(course):
        pattern = _("Pod %(number)d")
    names = (pattern % {"number": number} for number in count(1))
    return (name for name in names if name not in taken)


def _refuse_other_name(pod: Pod, instead_of: str) -> None:
    stored = Pod.objects.select_for_update().filter(pk=pod.pk).first()
    if stored is None or stored.name != instead_of:
        raise StaleVersion(f"{pod!r} is no longer named {instead_of}")


def delete_pod(pod: Pod, *, by: User) -> None:
    """Delete a pod. Its members stay in the course; posts for the pod alone stay with their authors
    and the teaching team.
    """
    access.require(access.can_edit_course(by, pod.course))
    with transaction.atomic():
        for rows in (Post.objects.filter(pod=pod), pod.memberships.all()):
            list(rows.select_for_update(no_key=True).order_by("pk").values("pk"))
        AuditEvent.record("pod_deleted", pod, by=by, course=pod.course)
        pod.delete()
