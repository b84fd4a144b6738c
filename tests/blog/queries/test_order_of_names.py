"""The order of a list gives no withheld name away: lists of students are sorted by what is read."""

import ast
from pathlib import Path

import pytest
from django.utils import timezone

from blog.actions.withheld_names import withhold_name
from blog.models import Extension, Grading, User
from blog.queries.extensions import extensions_of
from blog.queries.grading_queue import ready_for_release
from blog.queries.memberships import students_by_name
from blog.queries.release_page import releases_of
from tests import factories

ROOT = Path(__file__).resolve().parents[3]
# What sorts the team, whose names nobody withholds; the site administration prints real names.
OF_THE_TEAM = {
    "blog/queries/calibration.py": 1,
    "blog/queries/grading_page.py": 1,
    "blog/queries/second_gradings.py": 1,
}
# The pages that print real names: of the roster, and files of the gradebook.
OF_LISTS = {"blog/queries/roster.py", "blog/queries/gradebook_page.py"}


def sorts_by_real_name(node: ast.AST) -> bool:
    """Return whether a call sorts by ``display_name``, as a column or as an attribute."""
    if not isinstance(node, ast.Call):
        return False
    called = (
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    )
    if called not in ("order_by", "sort_key", "sorted", "sort"):
        return False
    return "display_name" in "".join(ast.unparse(each) for each in [*node.args, *node.keywords])


def test_no_list_of_students_is_sorted_by_the_real_name():
    paths = [*(ROOT / "blog").rglob("*.py"), *(ROOT / "network").rglob("*.py")]
    found = {}
    for path in paths:
        name = str(path.relative_to(ROOT))
        if "/migrations/" in name or "/admin/" in name or name in OF_LISTS:
            continue
        count = sum(map(sorts_by_real_name, ast.walk(ast.parse(path.read_text()))))
        if count:
            found[name] = count

    assert found == OF_THE_TEAM


@pytest.fixture
def zed(course, instructor):
    """Somebody whose real name is first of all, and whose course name is last."""
    user = factories.make_user("Aaron Aardvark", username="zulu-wren-4821")
    member = factories.add_member(course, user)
    member.family_name = "Aardvark"
    member.save()
    withhold_name(member, by=instructor)
    return User.objects.get(pk=user.pk)


@pytest.mark.django_db
def test_somebody_whose_name_is_withheld_is_where_the_course_name_is(
    course, instructor, ada, bob, zed
):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    students = [ada, bob, zed]
    for student in students:
        post = factories.make_post(student, course, prompt=prompt)
        factories.make_grading(post, instructor, "Fine.", level=2)
        Extension.objects.create(
            prompt=prompt, student=student, given_by=instructor, until=prompt.due_at
        )
    reader = User.objects.get(pk=instructor.pk)

    lists = [
        [one.student for one in extensions_of(prompt)[0]],
        [one.student for one in ready_for_release(prompt)],
        [member.user for member in students_by_name(course, reader)],
    ]
    Grading.objects.answering(prompt).update(released_at=timezone.now())
    [release] = releases_of(prompt)
    lists.append(release.students)

    assert lists == [students] * 4
