"""First lines of docstrings: a function's begins with a verb, as in Django."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("blog", "network", "plnsite")

# The verbs in use. A new one is a choice: add it here if none of these says it.
VERBS_IN_USE = """
Accept Activate Add Allow Annotate Announce Answer Append Apply Archive Ask Begin Call Change
Charge Check Choose Cite Claim Clean Clear Close Compare Confirm Connect Continue Convert Copy
Correct Count Create Cut Date Decide Decline Decode Delete Derive Describe Disconnect Dismiss
Download Draw Drop Dump Edit Empty Encode End Erase Explain Fill Find Fit Fold Follow Format
Give Grade Group Hide Hold Identify Import Insert Invite Join Keep Label Leave Let Limit Link
Linkify List Load Lock Log Look Lower Mail Make Mark Measure Merge Move Mute Name Narrow
Normalise Notify Number Object Offer Open Pair Parse Pass Pause Place Postpone Prepare Print
Propose Publish Queue Raise Read Rebuild Record Redirect Refuse Register Release Remember Remove
Render Reopen Replace Report Resolve Restore Retry Return Run Save Select Send Separate Set
Settle Share Show Sign Skip Sort Split Start Stash Stop Store Stretch Suggest Switch Take Turn
Undo Unfollow Unlock Unmute Update Use Validate Verify Wait Withdraw Withhold Write Yield
"""
VERBS = frozenset(VERBS_IN_USE.split())
NO_NOUNS = frozenset(
    {
        "How",
        "Say",
        "Tell",
        "What",
        "When",
        "Where",
        "Whether",
        "Which",
        "Who",
        "Whom",
        "Whose",
        "Why",
    }
)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text())


def first_word(docstring: str) -> str:
    return docstring.split(maxsplit=1)[0].rstrip(",.:;")


@pytest.fixture(scope="module")
def parsed() -> list[tuple[Path, ast.Module]]:
    return list(modules())


def described(parsed, kinds) -> Iterator[tuple[str, str]]:
    """Yield the place of each definition with a docstring, and the first word of that."""
    for path, tree in parsed:
        for node in ast.walk(tree):
            if isinstance(node, kinds) and (docstring := ast.get_docstring(node)):
                name = getattr(node, "name", "")
                yield f"{path}:{getattr(node, 'lineno', 1)} {name}", first_word(docstring)


def test_docstrings_of_functions_begin_with_a_verb(parsed):
    found = described(parsed, (ast.FunctionDef, ast.AsyncFunctionDef))

    assert [f"{place}: {word}" for place, word in found if word not in VERBS] == []


def test_docstrings_of_modules_and_classes_begin_with_a_noun(parsed):
    found = described(parsed, (ast.Module, ast.ClassDef))

    assert [f"{place}: {word}" for place, word in found if word in NO_NOUNS] == []


def test_verbs_are_all_in_use(parsed):
    found = described(parsed, (ast.FunctionDef, ast.AsyncFunctionDef))

    assert VERBS - {word for _, word in found} == set()
