"""What the import contracts in pyproject.toml cannot say; `make lint` holds those."""

import ast
from pathlib import Path

import grimp
import networkx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PURE = [
    "blog/citations",
    "blog/paste",
    "blog/pictures",
    "blog/text",
    "network/discovery",
    "network/export",
    "network/layout",
]


def files_of(module):
    """Return the Python files of an app, of a package in it, or of one module."""
    paths = [*ROOT.glob(f"{module}.py"), *(ROOT / module).rglob("*.py")]
    return sorted(path for path in paths if "migrations" not in path.parts)


def imports_of(path):
    """Return the dotted names a file imports, at whatever depth."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("app", ["blog", "network"])
def test_imports_stand_at_the_top(app):
    """An import inside a function hides a circle."""
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in files_of(app)
        if path.name != "apps.py"  # ready() connects the receivers, once the models are there
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


def test_no_modules_import_each_other_in_a_circle():
    graph = grimp.build_graph("blog", "network", cache_dir=None)
    imports = networkx.DiGraph(
        (module, imported)
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    )

    circles = [sorted(c) for c in networkx.strongly_connected_components(imports) if len(c) > 1]

    assert circles == []


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_know_neither_database_nor_request(module):
    paths = files_of(module)
    forbidden = ("django.db", "django.http", "django.shortcuts", "blog.models", "network.models")

    found = [n for path in paths for n in imports_of(path) if n.startswith(forbidden)]

    assert paths
    assert found == []
