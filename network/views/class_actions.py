"""Actions from the lists of a class: a mail to the people in it, and the next pods."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.actions.pods import save_next_pods
from blog.forms.messages.message import MessageForm
from blog.models import name_for
from blog.queries.students_who import ListedStudent
from blog.text.mailto import mailto_links
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from network.forms.next_pods import DrawForm, NextPodsForm
from network.queries.class_figures import ClassRecord, class_figures
from network.queries.class_page import reach_lists
from network.queries.next_pods import drawn_students

LISTS = {
    "not-answered": "not_answered",
    "team-only": "staff_only",
    "not-commented": "not_commented",
}


@in_course
@instructors_only
@require_http_methods(["GET", "HEAD", "POST"])
def class_mail(request, course, people):
    """Prepare a mail to the people of a list, for one's own mail program. Nothing is sent here."""
    if people not in LISTS:
        raise Http404
    record = ClassRecord(course)
    figures = class_figures(record, record.weeks, by_section=False)
    members = reach_lists(record, figures, request.user)[LISTS[people]]
    listed = [
        ListedStudent(each.user, name_for(each.user, request.user), None)
        for each in members
        if each.user.is_active
    ]
    data = request.POST if request.method == "POST" else None
    form = MessageForm(data, listed=listed, initial=_first_words(request, course, people))
    links = []
    if form.is_bound and form.is_valid():
        content = form.content()
        emails = [each.user.email for each in form.chosen()]
        links = mailto_links(
            request.user.email, emails, subject=content["title"], body=content["text"]
        )
    context = {"form": form, "people": people, "links": links}
    return render(request, "network/class_mail.html", context, status=status_of(form))


def _first_words(request, course, people: str) -> dict[str, str]:
    """Return the start of a mail: facts and a way to go on, never a comparison."""
    sentences = {
        "not-answered": _(
            "It can take a while before someone comments on a post. You can ask your pod "
            "to read yours, or comment on someone’s post first."
        ),
        "team-only": _(
            "So far you have exchanged comments with the teaching team. Your classmates would like "
            "to read you, too."
        ),
        "not-commented": _("You have not commented on a post in this course yet."),
    }
    address = settings.SITE_URL + reverse("course_home", args=[course.slug])
    paragraphs = [
        _("Hello,"),
        sentences[people],
        _("Posts that wait for a first comment are on the course page:") + "\n" + address,
        _("If something is keeping you from it, reply to this email."),
        name_for(request.user, request.user),
    ]
    return {"title": course.title[:120], "text": "\n\n".join(paragraphs)}


@in_course
@instructors_only
@require_safe
def class_pods(request, course):
    """Show the next pods as they would be drawn; nothing is saved."""
    draw_form = DrawForm(request.GET if "size" in request.GET else None)
    return _show_pods(request, ClassRecord(course), draw_form)


@in_course
@require_POST
@instructors_only
def class_pods_save(request, course):
    """Save the pods that an instructor has drawn and adjusted, or show them as they were sent."""
    record = ClassRecord(course)
    form = NextPodsForm(request.POST, members=record.students.values())

    def create() -> str:
        pods = save_next_pods(course, by=request.user, groups=form.groups())
        words = ngettext("%(n)d new pod saved.", "%(n)d new pods saved.", len(pods))
        more = _("The pods so far stay for the posts in them. You can delete empty ones here.")
        messages.success(request, f"{words % {'n': len(pods)}} {more}")
        return reverse("pod_list", args=[course.slug])

    address = create_once(form, f"class_pods {course.pk}", by=request.user, create=create)
    if address is None:
        draw_form = DrawForm(request.POST if "size" in request.POST else None)
        return _show_pods(request, record, draw_form, form)
    return redirect(address)


def _show_pods(request, record: ClassRecord, draw_form: DrawForm, sent: NextPodsForm | None = None):
    """Show the pods drawn as ``draw_form`` says, with the numbers that were sent, if any were."""
    drawn = []
    if draw_form.is_valid():
        drawn = drawn_students(record, request.user, **draw_form.cleaned_data)
    elif sent or not draw_form.is_bound:
        size = draw_form.fields["size"].initial
        drawn = drawn_students(record, request.user, size=size)
    form = sent or NextPodsForm(None, members=[row.member for row in drawn], drawn=drawn)
    context = {
        "draw_form": draw_form,
        "has_sections": record.course.sections.exists(),
        "form": form,
        "rows": [(row, form[f"pod-{row.member.pk}"]) for row in drawn],
    }
    status = status_of(form if sent else draw_form)
    return render(request, "network/class_pods.html", context, status=status)
