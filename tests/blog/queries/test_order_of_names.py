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
    "blog.queries.calibration": 1,
    "blog.queries.grading_page": 1,
    "blog.queries.second_gradings": 1,
}
# The pages that print real names: of the roster, and files of the gradebook.
OF_LISTS = {"blog.queries.roster", "blog.queries.gradebook_page"}


SORTING = (
    "order_by",
    "sort_key",
    "sorted",
    "sort",
    "min",
    "max",
    "nsmallest",
    "nlargest",
    "Window",
)
# What a function knows that chooses between the two names.
CHOOSES = ("is_confidential", "shown_name", "name_for", "name_in_course")


class Names:
    """The meanings of the names of a module: its own functions and values, and imported ones."""

    def __init__(self, trees: dict[str, ast.Module]) -> None:
        self.own = {name: dict(_named(tree)) for name, tree in trees.items()}
        self.trees = trees

    def words(self, module: str, node: ast.AST) -> str:
        """Return the code of what is sorted by, with that of the names in it."""
        words = [ast.unparse(node)]
        for each in ast.walk(node):
            found = self._found(module, each.id) if isinstance(each, ast.Name) else None
            code = ast.unparse(found) if found is not None else ""
            if not any(word in code for word in CHOOSES):
                words.append(code)
        return "\n".join(words)

    def _found(self, module: str, name: str) -> ast.AST | None:
        if name in self.own[module]:
            return self.own[module][name]
        for node in ast.walk(self.trees[module]):
            if isinstance(node, ast.ImportFrom) and name in {
                n.asname or n.name for n in node.names
            }:
                return self.own.get(node.module or "", {}).get(name)
        return None


def _named(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            yield from ((t.id, node.value) for t in node.targets if isinstance(t, ast.Name))


def sortings(tree: ast.Module):
    """Yield what is sorted by: of calls and methods, and the order that a model has by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            func = node.func
            called = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
            if called in SORTING:
                yield from node.args if called in ("order_by", "sort_key") else ()
                yield from (one.value for one in node.keywords if one.arg in ("key", "order_by"))
                if called in ("sorted", "sort", "min", "max"):
                    yield from (one for one in node.args if "display_name" in ast.unparse(one))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering":
            yield node.value


def sorted_by_real_name(trees: dict[str, ast.Module]) -> dict[str, int]:
    """Return how many lists each module sorts by ``display_name``, by the name of the module."""
    names, found = Names(trees), {}
    for module, tree in trees.items():
        count = sum("display_name" in names.words(module, node) for node in sortings(tree))
        if count:
            found[module] = count
    return found


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.slow
def test_no_list_of_students_is_sorted_by_the_real_name():
    paths = [*(ROOT / "blog").rglob("*.py"), *(ROOT / "network").rglob("*.py")]
    trees = {
        module_of(path): ast.parse(path.read_text())
        for path in paths
        if not {"migrations", "admin"} & set(path.parts)
    }

    found = sorted_by_real_name(trees)

    assert {name: count for name, count in found.items() if name not in OF_LISTS} == OF_THE_TEAM


@pytest.mark.parametrize(
    "code",
    [
        "people.order_by('user__display_name')",
        "people.order_by(*ORDER)\nORDER = ['display_name', 'pk']",
        "sorted(people, key=lambda one: one.display_name)",
        "people.sort(key=by_name)\ndef by_name(one):\n    return one.display_name.casefold()",
        "people.sort(key=lambda one: (one.role, one.display_name))",
        "max(people, key=by_name)\ndef by_name(one):\n    return one.user.display_name",
        "class Meta:\n    ordering = ['user__display_name', 'pk']",
        "from other import by_name\nsorted(people, key=by_name)",
    ],
)
def test_each_way_to_sort_by_the_real_name_is_seen(code):
    other = ast.parse("def by_name(one):\n    return one.display_name")

    assert sorted_by_real_name({"here": ast.parse(code), "other": other}) == {"here": 1}


def test_a_key_that_chooses_between_both_names_is_none():
    code = """
sorted(people, key=by_name)
def by_name(one):
    return one.given_name if one.is_confidential else one.display_name
"""
    assert sorted_by_real_name({"here": ast.parse(code)}) == {}


@pytest.fixture
def zed(course, instructor):
    """Return somebody whose real name is first of all, and whose course name is last."""
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
