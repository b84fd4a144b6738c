"""The gradebook of the demo course: its rule for taking part, and its files."""

from django.urls import reverse

from blog.actions.lms_files import answer_lms_file, start_lms_file
from blog.actions.participation import adopt_grades, save_participation_rule
from blog.models import Course, GradeAdoption, LmsFile, ParticipationRule, User
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


def chosen_file(course: Course, by: User) -> LmsFile:
    """Return a file of Canvas, with what goes into which of its columns."""
    students = course.memberships.students().select_related("user").order_by("pk")[:6]
    lines = [
        f'"{member.user.display_name}",{at},person{at},A01,{"12.00" if at == 2 else ""},4.00'
        for at, member in enumerate(students, start=1)
    ]
    heads = [
        "Student,ID,SIS Login ID,Section,Who taught you that? (70411),Final Score",
        "    Points Possible,,,,20.00,(read only)",
    ]
    last = '"Nobody, Nina",99,nina,A01,,'
    data = "\n".join([*heads, *lines, last, ""]).encode()
    started = start_lms_file(course, by=by, data=data, name="grades-edci338.csv")
    answers = {"grade_column": "4", "prompt": "1", "kind": "post", "names": "yes"}
    answer_lms_file(started, by=by, answers=answers)
    return started


def gradebook_places(course: Course, by: User) -> dict[str, str]:
    """Return the places of the gradebook that its instructors see."""

    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    rule_of(course, by)
    return {
        "gradebook_exports": at("gradebook_exports") + "?prompt=1",
        "lms_file_new": at("lms_file_new"),
        "lms_file": at("lms_file", chosen_file(course, by).pk),
        "gradebook": at("gradebook"),
        "gradebook nobody": at("gradebook") + "?q=zebra",
        "participation_rule": at("participation_rule"),
        "adoption_new": at("adoption_new", 1),
    }
