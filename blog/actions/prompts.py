"""Create, change, order, copy, archive and delete prompts, with their required reading."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.works import add_works, share_works
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, Prompt, User, claim_version
from blog.models.languages import words_to_keep
from blog.models.prompts import RUBRIC_FIELDS, new_link_name
from blog.queries.prompt_use import used_prompts
from blog.text import render_question
from blog.text.lists import comma_list, isolated


def save_prompt(prompt: Prompt, *, by: User, works: list, pasted: list[dict]) -> Prompt:
    """Save a new or changed prompt with its required reading.

    A changed one raises StaleVersion if somebody else saved it since it was loaded. A new one
    takes the course's next number; the course's row is locked, so that two instructors who create
    a prompt at the same moment get two numbers.
    """
    access.require(access.can_edit_course(by, prompt.course))
    prompt.question_html, prompt.question_plain = render_question(prompt.question)
    is_new = prompt.pk is None
    with transaction.atomic():
        before = _refuse_unfit(prompt)
        course = Course.objects.select_for_update(no_key=True).get(pk=prompt.course_id)
        if is_new:
            _take_place(prompt, course)
        else:
            claim_version(prompt)
        prompt.changed_at = timezone.now()
        prompt.save()
        added = add_works(course, pasted, by=by)
        # Everybody in the course sees what a prompt requires.
        prompt.required_works.set(share_works([*works, *added], by=by).values())
        action = "prompt_created" if is_new else "prompt_changed"
        AuditEvent.record(action, prompt, by=by, course=course, **_openness_told(before, prompt))
    return prompt


def change_prompts(prompts: Sequence[Prompt], *, by: User) -> None:
    """Save changed dates and rules of prompts, all or none; their words and reading stay.

    Raises StaleVersion if somebody else saved one of them since it was loaded.
    """
    access.require(all(access.can_edit_course(by, prompt.course) for prompt in prompts))
    fields = ["opens_at", "due_at", "comments_due_at", "widest_audience", "rubric", "late_posts"]
    fields += ["has_dates"]
    with transaction.atomic():
        for prompt in sorted(prompts, key=lambda one: one.pk):
            told = _openness_told(_refuse_unfit(prompt), prompt)
            claim_version(prompt)
            prompt.changed_at = timezone.now()
            prompt.save(update_fields=[*fields, "changed_at"])
            AuditEvent.record("prompt_changed", prompt, by=by, course=prompt.course, **told)


def move_prompt(prompt: Prompt, *, by: User, up: bool) -> None:
    """Move a prompt before or behind its neighbour in the order of the course; an end stays."""
    access.require(access.can_edit_course(by, prompt.course))
    with transaction.atomic():
        prompts = _lock_order(prompt.course)
        if prompt not in prompts:
            raise Refused(_("This prompt is archived, so it is not in the list."))
        place = prompts.index(prompt)
        other = place - 1 if up else place + 1
        if 0 <= other < len(prompts):
            prompts[place], prompts[other] = prompts[other], prompts[place]
            _store_order(prompts)
            AuditEvent.record("prompts_ordered", prompt, by=by, course=prompt.course)


def order_prompts_by_due_date(course: Course, *, by: User) -> None:
    """Sort the prompts of a course by their due dates."""
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        prompts = _lock_order(course)
        _store_order(sorted(prompts, key=lambda one: (not one.has_dates, one.due_at, one.number)))
        AuditEvent.record("prompts_ordered", course, by=by, course=course)


def copy_prompts(prompts: Sequence[Prompt], *, by: User) -> list[Prompt]:
    """Copy prompts as drafts of the same course, with dates, rules and required reading."""
    access.require(all(access.can_edit_course(by, prompt.course) for prompt in prompts))
    with transaction.atomic():
        return [_copy(prompt, by) for prompt in prompts]


def archive_prompts(prompts: Sequence[Prompt], *, by: User) -> None:
    """Archive prompts: they leave the lists and take no new posts; existing posts stay."""
    access.require(all(access.can_edit_course(by, prompt.course) for prompt in prompts))
    with transaction.atomic():
        for prompt in _locked(prompts):
            if prompt.archived_at is None:
                _save_archived(prompt, timezone.now(), "prompt_archived", by)


def restore_prompts(prompts: Sequence[Prompt], *, by: User) -> None:
    """Restore archived prompts to where they were."""
    access.require(all(access.can_edit_course(by, prompt.course) for prompt in prompts))
    with transaction.atomic():
        for prompt in _locked(prompts):
            if prompt.archived_at is not None:
                _save_archived(prompt, None, "prompt_restored", by)


def delete_prompts(prompts: Sequence[Prompt], *, by: User) -> None:
    """Delete prompts for which nobody has written anything and nobody has been graded, or none."""
    access.require(all(access.can_edit_course(by, prompt.course) for prompt in prompts))
    with transaction.atomic():
        locked = _locked(prompts)
        used = used_prompts(locked)
        if used:
            titles = comma_list(prompt.title for prompt in locked if prompt.pk in used)
            raise Refused(
                _(
                    "Prompts with posts, grades or messages cannot be deleted: "
                    "%(titles)s. You can archive them."
                )
                % {"titles": titles}
            )
        for prompt in locked:
            AuditEvent.record(
                "prompt_deleted", prompt, by=by, course=prompt.course, title=prompt.title
            )
            _keep_number(prompt)
            _delete(prompt)


def name_for_links(course: Course, prompts: Iterable[Prompt], *, by: User) -> None:
    """Give prompts of a course the names by which links in an LMS call them, if they have none."""
    access.require(access.can_grade(by, course))
    for prompt in prompts:
        if not prompt.link_name:
            unnamed = Prompt.objects.in_course(course).filter(pk=prompt.pk, link_name="")
            unnamed.update(link_name=new_link_name())
            prompt.refresh_from_db(fields=["link_name"])


def _keep_number(prompt: Prompt) -> None:
    """Keep the number of a prompt that is deleted from any other of its course."""
    course = Course.objects.filter(pk=prompt.course_id, last_deleted_number__lt=prompt.number)
    course.update(last_deleted_number=prompt.number)


def _delete(prompt: Prompt) -> None:
    try:
        with transaction.atomic():
            prompt.delete()
    except ProtectedError as error:  # somebody used it meanwhile
        raise Refused(
            _("“%(title)s” is in use, so it cannot be deleted. You can archive it.")
            % {"title": isolated(prompt.title)}
        ) from error


def _openness_told(before: Prompt | None, prompt: Prompt) -> dict[str, str]:
    """Return an event's words about a prompt's audience, if they differ from before."""
    is_other = before is not None and before.openness != prompt.openness
    return {"openness": prompt.openness} if is_other else {}


def _refuse_unfit(prompt: Prompt) -> Prompt | None:
    """Refuse what a stored prompt cannot become; return it as it is stored.

    Another rubric or other names for one with grades are for ``change_rubric`` and
    ``change_anonymity``.
    """
    stored = Prompt.objects.select_for_update(no_key=True).filter(pk=prompt.pk).first()
    if stored is None:
        return None
    for kind, field in RUBRIC_FIELDS.items():
        is_other = getattr(stored, f"{field}_id") != getattr(prompt, f"{field}_id")
        if is_other and stored.has_grades(kind):
            message = _(
                "This prompt has grades. Use “Change the rubric” to see what happens to them first."
            )
            raise Refused(message)
    if stored.is_anonymous != prompt.is_anonymous and stored.gradings.exists():
        raise Refused(_("This prompt has grades. Use “Anonymous grading” to hide or show names."))
    _refuse_hiding(stored, prompt)
    return stored


def _refuse_hiding(stored: Prompt, prompt: Prompt) -> None:
    """Refuse to hide an open prompt from people who have begun to write for it."""
    if stored.is_open and not prompt.is_open and stored.posts.not_deleted().exists():
        raise Refused(
            _(
                "Someone has started a post for this prompt, so it stays open. Archive it to stop"
                " new posts."
            ),
            field="is_draft" if prompt.is_draft else "opens_at",
        )


def _take_place(prompt: Prompt, course: Course) -> None:
    """Give a new prompt the next number of its course, and the last place in its order.

    No number comes twice, as links may lead to the page of one of before.
    """
    numbers = [(one.number, one.position) for one in course.prompts.only("number", "position")]
    last = max((number for number, _position in numbers), default=0)
    prompt.number = max(last, course.last_deleted_number) + 1
    prompt.position = max((position for _number, position in numbers), default=-1) + 1


def _copy(prompt: Prompt, by: User) -> Prompt:
    course, works = prompt.course, list(prompt.required_works.all())
    with words_to_keep(course):
        title = _("Copy of %(title)s") % {"title": prompt.title}
    copy = Prompt.objects.get(pk=prompt.pk)
    copy.pk, copy.course, copy.version = None, course, 1
    copy._state.adding = True
    copy.link_name = new_link_name()
    copy.title = title[: Prompt._meta.get_field("title").max_length]
    copy.is_draft, copy.archived_at = True, None
    return save_prompt(copy, by=by, works=works, pasted=[])


def _locked(prompts: Iterable[Prompt]) -> list[Prompt]:
    """Lock prompts by their keys; return them as they are now."""
    rows = Prompt.objects.filter(pk__in=[prompt.pk for prompt in prompts]).order_by("pk")
    list(rows.select_for_update(no_key=True).values("pk"))
    return list(rows.select_related("course"))


def _lock_order(course: Course) -> list[Prompt]:
    """Lock the prompts of a course; return those that are listed, in their order."""
    _locked(course.prompts.all())
    return list(Prompt.objects.in_course(course).listed())


def _store_order(prompts: list[Prompt]) -> None:
    """Store the places of prompts; archived ones keep theirs, among these."""
    for position, prompt in enumerate(prompts):
        prompt.position = position
    Prompt.objects.bulk_update(prompts, ["position"])


def _save_archived(prompt: Prompt, at, action: str, by: User) -> None:
    prompt.archived_at = at
    prompt.changed_at = timezone.now()
    claim_version(prompt)
    prompt.save(update_fields=["archived_at", "changed_at"])
    AuditEvent.record(action, prompt, by=by, course=prompt.course)
