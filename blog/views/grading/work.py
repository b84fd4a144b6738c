"""A student's work on a prompt as somebody grades it: the post, or the comments; and its form."""

from dataclasses import dataclass

from django.contrib import messages
from django.utils.translation import gettext as _

from blog import access
from blog.actions.grading import give_feedback
from blog.actions.grading_times import add_grading_time
from blog.exceptions import EmptyGrading, Refused, StaleGrading, StaleRubric
from blog.forms.grading.grading import GradingForm
from blog.models import Grading, GradingEvent, Post, Prompt, QueuePlace, Revision, User
from blog.models.grading_events import GradingEventQuerySet
from blog.queries.feedback_replies import reply_of
from blog.queries.graded_names import GradedNames, graded_names
from blog.queries.grading_conflicts import unsettled_of
from blog.queries.grading_history import history_of
from blog.queries.grading_page import GradingWithLevels, criteria_of, gradings_of, post_to_grade
from blog.queries.other_graders import levels_by_criterion
from blog.text.lists import isolated
from blog.views.grading.pages import PAGES
from blog.views.grading.presence import open_too


@dataclass(frozen=True)
class Work:
    """A student's work for a prompt, of one kind, with all its gradings and the reader's own."""

    prompt: Prompt
    place: QueuePlace
    kind: str
    post: Post | None
    gradings: list[GradingWithLevels]
    own: GradingWithLevels | None
    names: GradedNames

    @property
    def student(self) -> User:
        return self.place.student

    @property
    def of_record(self) -> Grading | None:
        return next((one.grading for one in self.gradings if one.grading.of_record), None)


def find_work(prompt: Prompt, place: QueuePlace, kind: str, reader: User) -> Work:
    """Return a student's work of a kind; comments come without the post."""
    is_of_post = kind == Grading.Kind.POST
    post = post_to_grade(prompt, place.student, reader) if is_of_post else None
    gradings = gradings_of(prompt, place.student, kind)
    own = next((one for one in gradings if one.grading.grader_id == reader.pk), None)
    return Work(prompt, place, kind, post, gradings, own, graded_names(prompt, reader))


def form_of(request, work: Work) -> GradingForm:
    """Return the form of the reader's grading, with the submission if this is a POST."""
    rubric = work.prompt.rubric_for(work.kind)
    return GradingForm(
        request.POST or None,
        initial={"revision": work.post and work.post.revision_id},
        course=work.prompt.course,
        rubric=rubric,
        criteria=criteria_of(rubric),
        grading=work.own and work.own.grading,
        has_post=work.post is not None or work.kind == Grading.Kind.COMMENTS,
    )


def save_work(request, form: GradingForm, work: Work) -> bool:
    """Save a valid form, or show in it why that was refused; return whether to go on.

    The grading is bound to the revision that was on the page.
    """
    data, post = form.cleaned_data, work.post
    student = work.names.of(work.student)
    read = Revision.objects.filter(post=post, pk=data["revision"]).first() if post else None
    try:
        grading = give_feedback(
            work.prompt,
            work.student,
            by=request.user,
            kind=work.kind,
            post=post,
            revision=read or (post and post.revision),
            levels=form.levels(),
            words=data["text"],
            record=form.record(),
            version=data["version"],
            seen=form.seen_parts(),
        )
    except StaleRubric:
        raise
    except EmptyGrading:
        nothing = (
            _("Nothing to save for %(name)s: you chose no level, and your feedback shows no words.")
            if data["text"].strip()
            else _("Nothing to save for %(name)s: you chose no level and typed no feedback.")
        )
        messages.info(request, nothing % {"name": isolated(str(student))})
    except StaleGrading as refusal:
        form.is_stale = True
        form.add_error(None, str(refusal))
    except Refused as refusal:
        form.add_error(refusal.field or "text", str(refusal))
    else:
        seconds = data["seconds"]
        add_grading_time(work.prompt, work.student, seconds, by=request.user, kind=work.kind)
        messages.success(request, _done(grading) % {"name": isolated(str(student))})
    return not form.errors


def _done(grading: Grading | None) -> str:
    if grading is None:
        return _("Feedback for %(name)s removed.")
    return _("Feedback for %(name)s saved.") if grading.html else _("Grade for %(name)s saved.")


def work_context(work: Work, form: GradingForm, reader: User, *, is_due: bool = False) -> dict:
    """Return the context of the rubric with its form. Who is due sees no gradings of others.

    While the name is hidden nothing tells of an extension, which is known of one person by name.
    """
    own, is_hidden = work.own, work.names.hides(work.student)
    extended_until = None if is_hidden else work.place.extended_until
    others = [] if is_due else [one for one in work.gradings if one is not own]
    form.others = levels_by_criterion([score for one in others for score in one.scores], reader)
    conflicts = unsettled_of(work.prompt, work.student, work.kind) if others else []
    form.conflicts = {each.criterion.pk: each for each in conflicts}
    return {
        "kind": work.kind,
        "names": work.names,
        "is_hidden": is_hidden,
        "copied_as": "grading" if work.kind == Grading.Kind.POST else "grading-comments",
        "pages": PAGES[work.kind],
        "place": work.place,
        "student": work.student,
        "extended_until": extended_until,
        "own_due_at": work.prompt.due_with(extended_until),
        "post": work.post,
        "reply": reply_of(work.student, work.prompt, reader),
        "form": form,
        "own": own,
        "own_points": own and own.points,
        "others": others,
        "of_record": work.of_record,
        "conflicts": conflicts,
        "can_compare": access.can_compare_graders(reader, work.prompt.course),
        "history": history_of(_acts(work, is_due=is_due)),
        "can_release": access.can_release(reader, work.prompt.course),
        "open_too": open_too(work.place, reader),
    }


def _acts(work: Work, *, is_due: bool) -> GradingEventQuerySet:
    """Return the events of the gradings of this work, removed ones included.

    Who is due sees what was done with their own alone.
    """
    acts = GradingEvent.objects.of_work(work.prompt, work.student, work.kind)
    if not is_due:
        return acts
    return acts.filter(grading=work.own.grading.pk) if work.own else acts.none()
