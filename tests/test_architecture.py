"""The direction of the house, held by reading its imports."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Inside blog a module may import from its own layer and from those before it.
LAYERS = [
    {"exceptions", "signals", "citations"},
    {"text", "reading", "thread", "slugs", "records", "diff", "pictures"},
    {"reflection"},
    {"writing_out", "fingerprints", "citing"},
    {"pasting"},
    {"checks"},
    {"lookup"},
    {"agreement", "hints"},  # these read what text has rendered
    {"models"},
    {"access", "decorators", "limits", "adapters", "context_processors"},
    {"verdicts", "course_home", "desk", "asked", "bibliography"},  # what a page says, in one place
    {"actions"},
    {"forms", "writing_desk", "history"},
    {"templatetags"},
    {"views", "admin", "feeds", "management", "middleware"},
    {"urls"},
]


def imports_of(path):
    """Return the dotted names a file imports, at whatever depth."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def modules_of(app):
    return sorted(p for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)


def layer_of(name):
    """Return the place of a module in the order; a module without one fails the test."""
    return next(n for n, layer in enumerate(LAYERS) if name in layer)


@pytest.mark.parametrize("path", modules_of("blog"), ids=lambda p: str(p.relative_to(ROOT)))
def test_blog_never_imports_network(path):
    assert [n for n in imports_of(path) if n.split(".")[0] in ("network", "tests")] == []


@pytest.mark.parametrize("path", modules_of("blog"), ids=lambda p: str(p.relative_to(ROOT)))
def test_blog_imports_downwards_only(path):
    own = path.relative_to(ROOT / "blog").parts[0].removesuffix(".py")
    if own in ("__init__", "apps"):
        return

    upwards = [
        name
        for name in imports_of(path)
        if name.startswith("blog.") and layer_of(name.split(".")[1]) > layer_of(own)
    ]

    assert upwards == []


@pytest.mark.parametrize("app", ["blog", "network"])
def test_imports_stand_at_the_top(app):
    """An import inside a function hides a circle."""
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in modules_of(app)
        if path.name != "apps.py"  # ready() connects the receivers, once the models are there
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


PURE = [
    *(f"blog/{name}" for name in ["text", "citations", "reading", "thread", "slugs", "records"]),
    *(f"blog/{name}" for name in ["writing_out", "fingerprints", "citing", "pasting"]),
    *(f"blog/{name}" for name in ["diff", "checks", "hints", "reflection", "pictures"]),
    "blog/agreement",
    *(f"network/{name}" for name in ["layout", "discovery", "export"]),
]


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_know_neither_database_nor_request(module):
    paths = [*ROOT.glob(f"{module}.py"), *(ROOT / module).glob("*.py")]
    forbidden = ("django.db", "django.http", "django.shortcuts", "blog.models", "network.models")

    found = [n for path in paths for n in imports_of(path) if n.startswith(forbidden)]

    assert paths
    assert found == []
