"""The gradebook of the demo course: its participation rule, and its files."""

from django.urls import reverse
from django.utils import timezone

from blog.actions.grade_imports import start_grade_import
from blog.actions.lms_files import answer_lms_file, start_lms_file
from blog.actions.participation import adopt_grades, save_participation_rule
from blog.gradebook_files.plain import write_csv
from blog.models import Course, GradeAdoption, GradeImport, LmsFile, ParticipationRule, User
from blog.queries.adoption import adoption_rows
from blog.queries.grade_exports import plain_table


def rule_of(course: Course, by: User) -> ParticipationRule:
    """Return a rule, by which the grades of one student on the first prompt were made."""
    stored = ParticipationRule.objects.filter(course=course).first()
    if stored is not None:
        return stored
    rule = ParticipationRule(
        course=course, comment_hundredths=150, most_people=2, post_hundredths=100
    )
    save_participation_rule(rule, by=by)
    course.prompts.filter(number=1).update(
        comments_rubric=None
    )  # a rule grades what no rubric does
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


def changed_table(course: Course, by: User) -> GradeImport:
    """Return a table in which some points are others, to look at."""
    data = write_csv(*plain_table(course, by)).replace(b",15,", b",15.5,").replace(b",13,", b",99,")
    return start_grade_import(course, by=by, data=data, name="edci338-grades.csv")


def finished_table(course: Course, by: User) -> GradeImport:
    """Return a table that was imported, with no grade changed."""
    return GradeImport.objects.create(
        course=course,
        created_by=by,
        name="edci338-grades.xlsx",
        imported_at=timezone.now(),
        changes={"gradings": []},
    )


def gradebook_places(course: Course, by: User) -> dict[str, str]:
    """Return the places of the gradebook that its instructors see."""

    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    rule_of(course, by)
    return {
        "gradebook_exports": at("gradebook_exports") + "?prompt=1",
        "grade_import_new": at("grade_import_new"),
        "grade_import": at("grade_import", changed_table(course, by).pk),
        "grade_import done": at("grade_import", finished_table(course, by).pk),
        "lms_file_new": at("lms_file_new"),
        "lms_file": at("lms_file", chosen_file(course, by).pk),
        "gradebook": at("gradebook"),
        "gradebook nobody": at("gradebook") + "?q=zebra",
        "participation_rule": at("participation_rule"),
        "adoption_new": at("adoption_new", 1),
    }
