"""The stylesheets: each in its layer, no left and no right, and no class that no page has."""

import re
from pathlib import Path

import pytest
from django.contrib.messages.constants import DEFAULT_TAGS

from blog.styles import style_layers
from blog.templatetags.faces import SIZES
from blog.text.formatting import KINDS
from network.charts import PLAIN
from network.ties import TieClass

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = ROOT / "static" / "css"
FILES = sorted(CSS.glob("*.css"))

# Classes that a template, a script or a module puts together from parts.
BUILT = {
    "question-l",
    "question-m",
    "qr-code",
    *(f"alert-{tag}" for tag in DEFAULT_TAGS.values()),
    *(f"{shape}-{tie.css}" for tie in TieClass for shape in ("bar", "node", "tie")),
    *PLAIN,
    *("i", "i-turned"),
    *("tie-groups", "socio-dots", "socio-groups", "socio-people"),
    *(f"is-{kind}" for kind in KINDS.values()),
    *("face", *(f"face-{size}" for size in (*filter(None, SIZES), "you"))),
}
# Classes of pages that come from elsewhere, and where from.
FOREIGN = {
    "ProseMirror-gapcursor": "django-prose-editor, the caret between two blocks",
    "ProseMirror-selectednode": "django-prose-editor, a citation or a picture that is selected",
    "ProseMirror-separator": "django-prose-editor, beside what cannot be edited",
    "selectedCell": "django-prose-editor, a cell of a table",
    "align-center": "Markdown's tables, let through by blog.text.sanitise",
    "align-right": "Markdown's tables, let through by blog.text.sanitise",
    "asteriskField": "crispy-bootstrap5, the star of a required field",
    "is-invalid": "crispy-bootstrap5, a field with an error",
    "footnote-back": "Markdown's footnotes, let through by blog.text.sanitise",
    "footnote-ref": "Markdown's footnotes, let through by blog.text.sanitise",
    "footnotes": "Markdown's footnotes, let through by blog.text.sanitise",
}

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PIECE = re.compile(r"([^{};]*)([{};])")
CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")

BELOW_ALL = re.compile(r"(?:body|main|html|:root):has\([^{}]*\)\s*[\s>+~]\s*[\w.:*#\[][^{},]*")

SIDE = "left|right|top|bottom"
PHYSICAL_NAME = re.compile(
    rf"(.+-)?({SIDE})(-.+)?|((min|max)-)?(width|height)|(overflow|overscroll-behavior)-[xy]"
)
PHYSICAL_VALUE = re.compile(r"(?<![\w-])(left|right)(?![\w-])")
FOUR_SIDES = re.compile(r"((scroll-)?(margin|padding)|inset|border-(width|style|color))")

TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
IN_TEMPLATES = re.compile(
    r'\bclass="((?:{%.*?%}|{{.*?}}|[^"])*)"|{% block \w*class %}(.*?){% endblock', re.DOTALL
)
IN_PYTHON = re.compile(r'\bclass="([^"]*)"|"class"(?:\]\s*=|:)\s*"([^"]*)"')
IN_SCRIPTS = re.compile(
    r'\.className = "([^"]*)"|\.classList\.\w+\("([^"]*)"'
    r'|\bclass="([^"]*)"|\bclass: (?:[^"\n]*\? )?"([^"]*)"'
)


def declarations(css: str) -> list[tuple[tuple[str, ...], str]]:
    """Return each declaration with the preludes it stands in; those of a statement are ()."""
    within: list[str] = []
    found = []
    for piece in PIECE.finditer(COMMENT.sub("", css)):
        text, sign = " ".join(piece[1].split()), piece[2]
        if sign == "{":
            within.append(text)
        elif text:
            found.append((tuple(within), text))
        if sign == "}":
            within.pop()
    return found


def is_physical(declaration: str) -> bool:
    """Return whether a declaration names a side that stays when the writing turns."""
    name, value = (part.strip() for part in declaration.split(":", 1))
    sides = re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", "()", value).split()
    return bool(
        PHYSICAL_NAME.fullmatch(name)
        or PHYSICAL_VALUE.search(value)
        or (FOUR_SIDES.fullmatch(name) and len(sides) == 4)
        or (name == "border-radius" and len(sides) > 1)
    )


def classes_of(css: str) -> set[str]:
    preludes = {prelude for within, _ in declarations(css) for prelude in within}
    return {name for prelude in preludes if prelude[0] != "@" for name in CLASS.findall(prelude)}


def classes_in_use() -> set[str]:
    """Return the classes that templates, modules and scripts give to what they make."""
    names = set()
    for folder, ending, pattern in [
        ("templates", "html", IN_TEMPLATES),
        ("blog", "py", IN_PYTHON),
        ("network", "py", IN_PYTHON),
        ("static/js", "js", IN_SCRIPTS),
    ]:
        for path in (ROOT / folder).rglob(f"*.{ending}"):
            for groups in pattern.findall(path.read_text()):
                names.update(*(TAG.sub(" ", group).split() for group in groups))
    return names


def test_each_file_is_a_layer_and_linked_in_their_order():
    found = declarations((CSS / "tokens.css").read_text())
    [order] = [text for within, text in found if not within]
    layers = order.removeprefix("@layer ").split(", ")

    assert list(style_layers()) == [f"css/{layer}.css" for layer in layers]
    assert sorted(path.stem for path in FILES) == sorted(layers)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_is_in_the_layer_of_its_file(path):
    found = declarations(path.read_text())
    outside = [text for within, text in found if within[:1] != (f"@layer {path.stem}",)]

    assert [text for text in outside if not text.startswith("@layer ")] == []
    assert [text for _, text in found if "!important" in text] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_directions_are_logical(path):
    found = declarations(path.read_text())

    assert [text for within, text in found if within and is_physical(text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_line_is_over_120_columns(path):
    assert [line for line in path.read_text().splitlines() if len(line) > 120] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_in_a_page_decides_nothing_below_its_body(path):
    """A browser styles all of a page again when anything is added to a body that a rule asks of.

    Such as the editor of a comment below 300 comments. What is beside a ``main`` asks that.
    """
    css = COMMENT.sub("", path.read_text())

    assert BELOW_ALL.findall(css) == []


def test_every_class_is_in_use():
    named = set().union(*(classes_of(path.read_text()) for path in FILES))

    assert named - classes_in_use() - BUILT - set(FOREIGN) == set()
    assert set(FOREIGN) - named == set()


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-left: 0",
        "padding-top: 1px",
        "left: 0",
        "border-right-color: red",
        "border-top-left-radius: 3px",
        "min-width: 0",
        "height: 1rem",
        "overflow-x: auto",
        "float: left",
        "text-align: right",
        "background: url(x.svg) left center",
        "padding: 0 var(--s2) calc(1px + (2px)) 0",
        "border-radius: 3px 0 0 3px",
    ],
)
def test_physical_declarations_are_found(declaration):
    assert is_physical(declaration)


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-inline-start: 0",
        "padding: 0 calc(1px + (2px)) var(--s2)",
        "inset: 0",
        "inline-size: 1rem",
        "stroke-width: 2",
        "border-radius: var(--radius)",
        "border-block-end-width: 2px",
        "line-height: 1",
        "text-align: start",
        "margin: 8rem max(var(--gutter), (100vw - var(--page)) / 2) auto",
    ],
)
def test_logical_declarations_pass(declaration):
    assert not is_physical(declaration)


def test_rule_outside_a_layer_is_found():
    css = "/* no { rule } */ @layer a { .b { color: red; } } .c > .d { float: left }"

    assert declarations(css) == [(("@layer a", ".b"), "color: red"), ((".c > .d",), "float: left")]
    assert classes_of(css) == {"b", "c", "d"}


def test_slanted_letters_are_for_scripts_that_have_them():
    """Arabic has none: its pages set ``--slant`` to normal."""
    found = [
        path.name
        for path in FILES
        if re.search(r"font(?:-style)?:[^;]*\bitalic\b", path.read_text())
    ]

    assert found == []
