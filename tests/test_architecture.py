"""Rules that the import contracts in pyproject.toml cannot say; `make lint` holds those."""

import ast
import re
import tomllib
from pathlib import Path

import grimp
import networkx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PURE = [
    "blog/agreement",
    "blog/citations",
    "blog/feeds",
    "blog/gradebook_files",
    "blog/paste",
    "blog/pictures",
    "blog/roster_files",
    "blog/rota",
    "blog/rubric_files",
    "blog/setup_files",
    "blog/spreadsheets",
    "blog/text",
    "blog/wordpress",
    "blog/zips",
    "network/charts",
    "network/discovery",
    "network/drawing",
    "network/export",
    "network/force_layout",
    "network/layout",
    "network/metrics",
    "network/pod_draw",
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


def entries_called_pure():
    """Return what the tables of ARCHITECTURE.md call pure, as paths without an ending."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    for app, rows in re.findall(r"^\| in `(\w+)/` .*\n((?:\|.*\n)+)", text, re.MULTILINE):
        for names in re.findall(r"^\| (`[^|]+) \|.*\bPure \|$", rows, re.MULTILINE):
            yield from (
                f"{app}/{name.removesuffix('.py')}" for name in re.findall(r"`([\w.]+)/?`", names)
            )


def test_what_is_called_pure_is_pure_and_typed():
    """One list, which readers find in ARCHITECTURE.md, and tests and mypy keep."""
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    checked = {str(path.relative_to(ROOT)) for each in mypy["files"] for path in ROOT.glob(each)}
    strict = {
        name
        for override in mypy["overrides"]
        if override.get("disallow_untyped_defs")
        for name in override["module"]
    }
    pure = sorted(entries_called_pure())

    assert pure == PURE
    assert [name for name in pure if not {name, f"{name}.py"} & checked] == []
    assert [
        name
        for name in pure
        if name.replace("/", ".") + (".*" if (ROOT / name).is_dir() else "") not in strict
    ] == []


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_know_neither_database_nor_request(module):
    paths = files_of(module)
    forbidden = ("django.db", "django.http", "django.shortcuts", "blog.models", "network.models")

    found = [n for path in paths for n in imports_of(path) if n.startswith(forbidden)]

    assert paths
    assert found == []


def test_tests_of_network_stand_where_their_modules_do():
    """A test at the root of tests/network names a module at the root of network."""
    tests = (ROOT / "tests" / "network").glob("test_*.py")

    alone = [path.name for path in tests if not files_of(f"network/{path.stem[5:]}")]

    assert alone == []


# A model is written by an action, which has an actor and leaves an audit event. What comes before
# the actions in the order of imports only asks, cleans and answers.
WRITES = {
    *("save", "delete", "create", "update", "get_or_create", "update_or_create", "save_m2m"),
    *("bulk_create", "bulk_update", "asave", "adelete", "acreate", "aupdate"),
}
BEFORE_ACTIONS = [
    *("blog/views", "blog/forms", "blog/admin", "blog/web", "blog/templatetags", "blog/queries"),
    *("network/views", "network/admin", "network/templatetags", "network/queries"),
]
ALLOWED_WRITES = {
    # The key of a form is claimed in the transaction of the action, and belongs to no course.
    "blog/web/idempotency.py": [
        "IdempotencyKey.objects.create(user=user, key=key, action=action, digest=digest)",
        "row.delete()",
        "row.save(update_fields=['result'])",
    ],
}


def writes_in(path):
    """Return the calls of a file that write a model; a form without a commit only cleans."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return sorted(
        ast.unparse(call)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and [ast.unparse(keyword) for keyword in call.keywords] != ["commit=False"]
    )


def test_only_actions_write_models():
    paths = [path for module in BEFORE_ACTIONS for path in files_of(module)]

    found = {str(path.relative_to(ROOT)): writes_in(path) for path in paths}

    assert {name: calls for name, calls in found.items() if calls} == ALLOWED_WRITES


# What waits for a disk, a server or another process. An action is one transaction, a receiver is
# called inside one, and SQLite has one writer: they queue mail and take what was fetched before.
WAITING = (
    *("django.core.mail", "django.core.files", "smtplib", "socket", "http", "urllib.request"),
    *("subprocess", "blog.lookup", "blog.pictures.clean_picture", "blog.tasks"),
)


@pytest.mark.parametrize("module", ["blog/actions", "network/actions", "network/receivers"])
def test_what_runs_in_a_transaction_sends_and_fetches_nothing(module):
    paths = files_of(module)

    found = [(path.name, n) for path in paths for n in imports_of(path) if n.startswith(WAITING)]

    assert paths
    assert found == []


def test_no_task_sends_or_asks_inside_a_transaction():
    """The calls in a ``with transaction.atomic()`` of the tasks are on the database alone."""
    waiting = {"_send", "_email", "_ask", "find_doi", "find_words", "send", "render_to_string"}
    waiting |= {"check_comment", "report_ham", "report_spam"}
    blocks = [
        block
        for path in files_of("blog/tasks")
        for block in ast.walk(ast.parse(path.read_text()))
        if isinstance(block, ast.With) and "atomic" in ast.unparse(block.items[0])
    ]

    called = {
        ast.unparse(call.func).split(".")[-1]
        for block in blocks
        for call in ast.walk(block)
        if isinstance(call, ast.Call)
    }

    assert blocks
    assert called & waiting == set()


# A test waits for a state. These look again and again at one of another process, up to an end.
LOOK_AGAIN = {
    "tests/benchmarks/driver.py": ["time.sleep(0.1)"],  # the site takes more saves of one person
    "tests/benchmarks/servers.py": ["time.sleep(0.1)"],  # a server starts
    "tests/benchmarks/wordpress.py": ["time.sleep(0.1)"],  # a server starts
    "tests/browser/shots.py": ["time.sleep(0.2)"],  # a server starts
    "tests/browser/steps.py": ["page.wait_for_timeout(50)"],  # the site stores
    "tests/browser/sites.py": ["time.sleep(0.2)"],  # a server starts
    "tests/browser/test_killed_server.py": ["time.sleep(0.2)"],  # a server stores
    "tests/deploy/test_nginx.py": ["time.sleep(0.1)"],  # a server starts
    "tests/durability/test_killed_ticks.py": ["time.sleep(0.001)"],  # a tick has begun
    "tests/security/test_shared_cache.py": ["time.sleep(0.1)"],  # a server starts
    "tests/threads.py": ["time.sleep(0.02)"],  # a connection waits for a lock
    "tests/university.py": ["time.sleep(0.1)"],  # a server starts
}


def test_no_test_waits_for_time():
    found = {
        str(path.relative_to(ROOT)): [
            ast.unparse(node)
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
            and ast.unparse(node.func).split(".")[-1] in ("sleep", "wait_for_timeout")
        ]
        for path in files_of("tests")
    }

    assert {name: calls for name, calls in found.items() if calls} == LOOK_AGAIN


def test_no_test_waits_by_a_script_that_our_policy_stops_at_its_second_look():
    found = [path.name for path in files_of("tests") if ".wait_for_function(" in path.read_text()]

    assert [name for name in found if name != Path(__file__).name] == []


def test_no_file_of_tests_is_longer_than_anybody_reads():
    files = files_of("tests")

    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files}

    assert {name: length for name, length in lengths.items() if length > 500} == {}
