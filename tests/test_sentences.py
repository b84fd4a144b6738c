"""Sentences that Python puts together name nothing that turns their other words around.

Templates do so by themselves (``plnsite.bidi_sentences``). Here each value that may be what
somebody typed goes through ``isolated``, or through what joins such values.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from blog.models import Pod, Section
from tests import factories

# Under these names sentences have what people typed.
TYPED = {
    *("course", "course_name", "file", "label", "name", "names", "new", "old", "person", "pod"),
    *("post", "prompt", "prompts", "rubric", "section", "student", "title", "titles", "work"),
}
SETS_APART = {"isolated", "comma_list", "semicolon_list"}
# What is no sentence on a page: text that is stored, files for programs, the command line, works in
# the form of their style, and what names nothing that somebody typed.
LEFT = (
    *("blog/admin", "blog/citations", "blog/lookup", "blog/management", "blog/text"),
    *("blog/takeout", "blog/tasks", "blog/views/feeds", "blog/views/gradebook/exports.py"),
    *("blog/web", "blog/models/roster_imports.py", "blog/queries/graded_names.py"),
    *("network/demo", "network/importers", "network/management", "network/ties"),
    *("blog/actions/prompts.py", "blog/actions/wordpress_posts.py", "blog/models/revocations.py"),
    *("blog/views/grading/rubrics.py", "network/queries/drawn_class.py"),
)
SOURCES = [
    str(path.relative_to(settings.BASE_DIR))
    for folder in ("blog", "network")
    for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.py"))
]


def bare_names(source: str):
    """Yield the line of each value that a sentence has under a name of ``TYPED``, not set apart."""
    tree = ast.parse(source)
    apart = {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and is_apart(node.value, set())
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
    for node in ast.walk(tree):
        is_sentence = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
        if is_sentence and isinstance(node.right, ast.Dict):
            for key, value in zip(node.right.keys, node.right.values, strict=True):
                is_typed = isinstance(key, ast.Constant) and key.value in TYPED
                if is_typed and not is_apart(value, apart):
                    yield value.lineno


def is_apart(value: ast.expr, apart: set[str]) -> bool:
    if isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in apart):
        return True
    called = {node.func for node in ast.walk(value) if isinstance(node, ast.Call)}
    return any(isinstance(func, ast.Name) and func.id in SETS_APART for func in called)


def test_each_sentence_sets_apart_what_it_names():
    found = [
        f"{path}:{line}"
        for path in SOURCES
        if not path.startswith(LEFT)
        for line in bare_names(Path(settings.BASE_DIR, path).read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('_("%(title)s deleted.") % {"title": post.title}', [1]),
        ('_("%(title)s deleted.") % {"title": isolated(post.title)}', []),
        ('_("%(count)d deleted.") % {"count": count}', []),
        ('name = isolated(person)\nwords % {"name": name}', []),
        ('name = str(person)\nwords % {"name": name}', [2]),
    ],
)
def test_a_sentence_is_found(source, lines):
    assert list(bare_names(source)) == lines


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "view"), [(Pod, "pod_delete"), (Section, "section_delete")])
def test_a_message_about_an_arabic_name_stays_in_order(client, course, instructor, model, view):
    row = model.objects.create(course=course, name="شعبة 2")
    client.force_login(instructor)

    page = client.post(reverse(view, args=[course.slug, row.pk]), follow=True)

    assert "\u2068شعبة 2\u2069 deleted." in page.content.decode()


@pytest.mark.django_db
def test_whoever_joins_reads_the_title_set_apart(client, eve, instructor):
    course = factories.make_course("ties", instructor=instructor, title="شبكات 2")
    client.force_login(eve)

    page = client.post(reverse("join_course", args=[course.join_code]), follow=True)

    assert "Welcome to \u2068شبكات 2\u2069." in page.content.decode()
