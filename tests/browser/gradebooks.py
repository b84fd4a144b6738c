"""The gradebook of the demo course: its rule for taking part, and its files."""

from django.urls import reverse

from blog.actions.participation import adopt_grades, save_participation_rule
from blog.models import Course, GradeAdoption, ParticipationRule, User
from blog.queries.adoption import adoption_rows


def rule_of(course: Course, by: User) -> ParticipationRule:
    """Return a rule, by which the grades of one student on the first prompt were made."""
    stored = ParticipationRule.objects.filter(course=course).first()
    if stored is not None:
        return stored
    rule = ParticipationRule(
        course=course, comment_hundredths=150, most_people=2, post_hundredths=100
    )
    save_participation_rule(rule, by=by)
    prompt = course.prompts.get(number=1)
    if not GradeAdoption.objects.filter(prompt=prompt).exists():
        first = next(row for row in adoption_rows(prompt, rule, by) if row.is_offered)
        adopt_grades(prompt, rule, by=by, shown=[first.token])
    return rule


def gradebook_places(course: Course, by: User) -> dict[str, str]:
    """Return the places of the gradebook that its instructors see."""

    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    rule_of(course, by)
    return {
        "gradebook": at("gradebook"),
        "gradebook nobody": at("gradebook") + "?q=zebra",
        "participation_rule": at("participation_rule"),
        "adoption_new": at("adoption_new", 1),
    }
