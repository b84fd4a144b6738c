"""Participation grades: the rule of a course, and making and undoing grades by it."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    GradeAdoption,
    Grading,
    GradingEvent,
    ParticipationRule,
    Prompt,
    User,
    claim_version,
    participation_reason,
)
from blog.models.grading_saves import delete_grading, is_kept
from blog.models.uniqueness import unless_taken
from blog.queries.adoption import AdoptionRow, adoption_rows


def save_participation_rule(rule: ParticipationRule, *, by: User) -> ParticipationRule:
    """Save the rule of a course; StaleVersion if somebody saved it since, Taken for a second one.

    No grade is made or changed by it.
    """
    access.require(access.can_change_gradebook(by, rule.course))
    with transaction.atomic():
        if rule.pk is not None:
            claim_version(rule)
        with unless_taken(rule, "course"):
            rule.save()
        AuditEvent.record("participation_rule_saved", rule, by=by, course=rule.course)
    return rule


def adopt_grades(
    prompt: Prompt, rule: ParticipationRule, *, by: User, shown: Collection[str]
) -> GradeAdoption:
    """Make unreleased grades of comments for the chosen students of a prompt, by a rule.

    ``shown`` has the ``token`` of each row that somebody chose: whose points have changed since
    gets no grade, nor does anybody whose comments were graded meanwhile. Refused before comments
    are due, and where nobody is left.
    """
    access.require(access.can_change_gradebook(by, prompt.course))
    with transaction.atomic():
        prompt.lock()
        if not prompt.is_past_comments_due:
            raise Refused(_("Comments can still be written on time. Come back after that."))
        if prompt.comments_rubric_id:
            raise Refused(
                _("Comments on this prompt are graded by a rubric, so no rule grades them.")
            )
        rows = adoption_rows(prompt, rule, by)
        chosen = [row for row in rows if row.token in shown and not row.has_grade]
        if not chosen:
            raise Refused(_("No grades created: choose students whose comments have no grade yet."))
        gradings = Grading.objects.bulk_create(_grading(prompt, rule, row, by=by) for row in chosen)
        GradingEvent.objects.bulk_create(_event(grading, by=by) for grading in gradings)
        adoption = GradeAdoption.objects.create(
            prompt=prompt,
            adopted_by=by,
            comment_hundredths=rule.comment_hundredths,
            most_people=rule.most_people,
            post_hundredths=rule.post_hundredths,
            gradings=[[grading.pk, grading.version] for grading in gradings],
        )
        AuditEvent.record("grades_adopted", adoption, by=by, course=prompt.course, n=len(gradings))
    return adoption


def undo_adoption(adoption: GradeAdoption, *, by: User) -> int:
    """Delete the grades that were made, but those that were released or changed since.

    Return how many stay. A second time changes nothing.
    """
    access.require(access.can_change_gradebook(by, adoption.prompt.course))
    with transaction.atomic():
        prompt = adoption.prompt
        prompt.lock()
        stored = GradeAdoption.objects.select_for_update().get(pk=adoption.pk)
        if stored.undone_at is not None:
            return 0
        versions = dict(stored.gradings)
        found = list(Grading.objects.filter(pk__in=versions).select_related("prompt__course"))
        untouched = [
            grading
            for grading in found
            if grading.version == versions[grading.pk] and not is_kept(grading)
        ]
        for grading in untouched:
            delete_grading(grading, by=by)
        stored.undone_at = timezone.now()
        stored.save(update_fields=["undone_at"])
        AuditEvent.record("adoption_undone", stored, by=by, course=prompt.course, n=len(untouched))
    return len(found) - len(untouched)


def _grading(prompt: Prompt, rule: ParticipationRule, row: AdoptionRow, *, by: User) -> Grading:
    people = min(row.people, rule.most_people)
    has_post = bool(rule.post_hundredths and row.has_post)
    return Grading(
        prompt=prompt,
        student=row.member.user,
        grader=by,
        kind=Grading.Kind.COMMENTS,
        of_record=True,
        override_hundredths=row.hundredths,
        override_reason=participation_reason(people, has_post=has_post),
    )


def _event(grading: Grading, *, by: User) -> GradingEvent:
    return GradingEvent.of(
        grading,
        by=by,
        kind=GradingEvent.Kind.ADOPTED,
        changes={
            "status": [None, grading.status],
            "override_hundredths": [None, grading.override_hundredths],
            "override_reason": ["", grading.override_reason],
        },
    )
