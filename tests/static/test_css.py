"""The stylesheets name no class that no page has."""

import re
from pathlib import Path

from django.contrib.messages.constants import DEFAULT_TAGS

from network.ties import TieClass

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = ROOT / "static" / "css"
FILES = sorted(CSS.glob("*.css"))

# Classes that a template, a script or a module puts together from parts.
BUILT = {
    *(f"alert-{tag}" for tag in DEFAULT_TAGS.values()),
    *(f"{shape}-{tie.css}" for tie in TieClass for shape in ("tie", "node")),
}
# Classes of pages that come from elsewhere, and where from.
FOREIGN = {
    "align-center": "Markdown's tables, let through by blog.text.sanitise",
    "align-right": "Markdown's tables, let through by blog.text.sanitise",
    "asteriskField": "crispy-bootstrap5, the star of a required field",
    "footnote-back": "Markdown's footnotes, let through by blog.text.sanitise",
    "footnote-ref": "Markdown's footnotes, let through by blog.text.sanitise",
    "footnotes": "Markdown's footnotes, let through by blog.text.sanitise",
}

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PIECE = re.compile(r"([^{};]*)([{};])")
CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")

TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
IN_TEMPLATES = re.compile(
    r'\bclass="((?:{%.*?%}|{{.*?}}|[^"])*)"|{% block \w*class %}(.*?){% endblock', re.DOTALL
)
IN_PYTHON = re.compile(r'\bclass="([^"]*)"|"class"(?:\]\s*=|:)\s*"([^"]*)"')
IN_SCRIPTS = re.compile(r'\.className = "([^"]*)"|\.classList\.\w+\("([^"]*)"|\bclass="([^"]*)"')


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


def test_every_class_is_in_use():
    named = set().union(*(classes_of(path.read_text()) for path in FILES))

    assert named - classes_in_use() - BUILT - set(FOREIGN) == set()
    assert set(FOREIGN) - named == set()
