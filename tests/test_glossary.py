"""The words of docs/glossary.md: older ones come back neither in names nor on pages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()

# Names of modules, classes, functions, parameters, fields, constants, URLs and files, each whole:
# “letter” is found, “letter_case” is not.
OLD_NAMES = {
    "letter letters write_letter": "mail, queue_mail, OutboxMessage",
    "once Claim OnceField": "idempotent, IdempotencyKey, IdempotencyKeyField",
    "asked": "PromptProgress",
    "desk queue_of": "grading, grading_queue",
    "desk_of writing_desk": "editor, editor_context",
    "verdict verdicts Note": "ReferenceStatus",
    "defect defects": "Discrepancy",
    "mend take_found": "apply_fix, accept_correction",
    "fingerprint fingerprints": "matching",
    "writing_out citing": "exporters",
    "marker mark": "grader, grade",
    "reading": "grading, or parsers",
    "exchange exchanges announce recounting exchanges_changed": "interaction, interactions_changed",
    "shelf shelve shelved": "references, add_reference",
    "standing": "active, open, current or canonical",
    "kept set_aside is_other": "not_deleted, archived or is_conflict_copy",
    "LogEntry deed deeds": "AuditEvent, action",
    "Outbox": "OutboxMessage",
    "retreats_at retreats_on": "public_until, public_until_day",
    "spend": "enforce_rate_limit",
    "typed": "SubmittedForm, or a name for the thing",
    "choosing": "draft_conflicts",
    "composing": "composer",
    "mine": "ego_network",
    "loading": "load_course",
    "dissolve": "strip_scaffold",
    "may": "can",
    "KeepPrivate AskToSignIn AnswerLimits": "…Middleware",
    "LONGEST MOST FEW PAGE": "the thing and its unit: MAX_FIELD_CHARS, PAGE_SIZE",
}
# These are good names, but not of a module.
OLD_MODULES = {
    "checks": "verification",
    "records": "parsers/form_fields, or factories",
    "limits": "rate_limits",
}
# These are old in a part of a template's or a script's name too: “_kept_copy” is found.
OLD_PARTS = {
    "letter letters": "mail",
    "desk": "grading, or editor",
    "verdict verdicts": "ReferenceStatus",
    "defect defects": "discrepancy",
    "mend mended": "correct",
    "fingerprint fingerprints": "matching",
    "exchange exchanges": "interaction",
    "shelf shelve shelved": "references",
    "standing": "active, open, current or canonical",
    "kept aside": "local, saved or archived",
    "deed deeds": "action",
    "retreat retreats": "public_until",
    "talk talks": "conversation",
    "drawer drawers": "drafts",
    "door doors": "the name of the page",
    "choosing composing loading dissolve": "see OLD_NAMES",
}
PARTS = {word: new for words, new in OLD_PARTS.items() for word in words.split()}
NAMES = {word: new for words, new in OLD_NAMES.items() for word in words.split()}

# Patterns of what people read no more, and the words instead.
OLD_PHRASES = [
    (r"shel(?:f|ves)", "references"),
    (r"drawers?", "drafts"),
    (r"takes? (?:\w+ )?up again|taken up", "restore, continue writing"),
    (r"writing desk|(?<!grading )desk", "the editor; Grading desk"),
    (r"not now(?!<span)|back without", "Cancel"),  # of a suggestion it is the word of the field
    (r"deeds?", "action"),
    (r"stands?|stood", "is"),
    (r"rests? (?:on|in|with)", "depends on, is"),
    (r"mend(?:s|ed)?", "correct"),
    (r"(?:set|put) aside", "archive, save"),
    (r"kept", "saved"),
    (r"doors?", "the name of the page"),
    (r"letters?(?! and digits|, e)", "email"),
    (r"(?<!not )(?<!n’t )answer(?:s|ed|ing)?", "comment, reply, post"),
    (r"the talk|talk(?:ed|s)? with", "discussion, comments"),
    (r"log(?:ged)? (?:in|out)|log(?:in|out)s?", "sign in, sign out"),
    (r"writers?", "author"),
    (
        r"(?<!footnote )(?<!question )(?<!quotation )(?<!other )mark(?:s|ed|ers?|ing)?(?! as read)",
        "grade",
    ),
    (r"revisions?", "version"),
    (r"(?<!the )(?<!its )(?<!page )sources?", "reference"),
    (r"verdicts?", "result"),
    (r"retreats?", "public until"),
    (r"e-mails?", "email"),
    (r"mails?(?! server)(?!ed)", "email"),
    (r"(?:this|that|another|other|a) window|(?<!opens )in a new window", "tab"),
    (r"deadlines?", "due date"),
    (r"(?:some|any|every)body|no one", "someone, anyone, everyone, nobody"),
    (r"who(?:m|so)?ever|hereof|thereby", "anyone who, people who"),
    (r"anew", "again, recalculated"),
]


def modules_of(*folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    return sorted(p for p in (ROOT / "templates").rglob("*") if p.suffix in {".html", ".txt"})


def words_of(name: str) -> Iterator[str]:
    """Yield the old words that a name is; words in lower case are old in any case."""
    name = name.strip("_").replace("-", "_")
    yield from {word for word in (name, name.lower()) if word in NAMES}


def names_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and name of each class, function, parameter, field, constant and URL."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        if isinstance(node, ast.arg):
            yield node.lineno, node.arg
        if isinstance(node, ast.ClassDef | ast.Module):
            targets = [
                *chain(*(each.targets for each in node.body if isinstance(each, ast.Assign))),
                *(each.target for each in node.body if isinstance(each, ast.AnnAssign)),
            ]
            for name in chain(*map(ast.walk, targets)):
                if isinstance(name, ast.Name):
                    yield name.lineno, name.id
        if isinstance(node, ast.Call) and "urls" in str(path):
            for keyword in node.keywords:
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                    yield node.lineno, str(keyword.value.value)


def found(findings: list[str]) -> None:
    """Fail with a list of findings, one a line."""
    if findings:
        pytest.fail("\n" + "\n".join(sorted(set(findings))), pytrace=False)


def test_no_old_word_names_a_file():
    scripts = (ROOT / "static" / "js").rglob("*.js")
    files = [*modules_of("blog", "network", "plnsite", "tests"), *templates(), *scripts]
    stems = {
        (path, part)
        for path in files
        for part in (*path.relative_to(ROOT).parts[:-1], path.stem.removeprefix("test_"))
    }

    found(
        [f"{p.relative_to(ROOT)}: {word} → {NAMES[word]}" for p, s in stems for word in words_of(s)]
        + [
            f"{path.relative_to(ROOT)}: {stem} → {OLD_MODULES[stem]}"
            for path, stem in stems
            if stem in OLD_MODULES
        ]
    )


def test_no_old_word_is_a_part_of_the_name_of_a_template_a_script_or_a_style_sheet():
    static = ROOT / "static"
    files = [*templates(), *(static / "js").rglob("*.js"), *(static / "css").rglob("*.css")]

    found(
        [
            f"{path.relative_to(ROOT)}: {part} → {PARTS[part]}"
            for path in files
            for part in re.split(r"[-_.]", path.stem.replace("grading-desk", "grading"))
            if part in PARTS
        ]
    )


def test_no_old_word_names_a_class_a_function_a_parameter_a_field_or_a_url():
    found(
        [
            f"{path.relative_to(ROOT)}:{line}: {name} → {NAMES[word]}"
            for path in modules_of("blog", "network", "plnsite")
            for line, name in names_in(path)
            for word in words_of(name)
        ]
    )


def test_no_old_word_names_a_table():
    tables = [
        (app, model._meta.db_table.removeprefix(f"{app}_"))
        for app in ("blog", "network")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    plain = {word.replace("_", "").lower(): new for word, new in NAMES.items()}

    found([f"{app}_{name} → {plain[name]}" for app, name in tables if name in plain])


def test_no_old_word_is_a_template_tag():
    tags = re.compile(r"{%-?\s*(\w+)")

    found(
        [
            f"{path.relative_to(ROOT)}: {{% {tag} %}} → {NAMES[word]}"
            for path in templates()
            for tag in tags.findall(path.read_text())
            for word in words_of(tag)
        ]
    )


TAG = re.compile(
    r"""{%\s*trans(?:late)?\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')"""
    r"""|{%\s*blocktrans(?:late)?\b[^%]*%}(?P<block>.*?){%\s*endblocktrans(?:late)?\s*%}""",
    re.DOTALL,
)
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
GETTEXT |= {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}


def strings_in_template(path: Path) -> Iterator[tuple[int, str]]:
    text = path.read_text()
    for match in TAG.finditer(text):
        words = match["double"] or match["single"] or match["block"] or ""
        line = text.count("\n", 0, match.start()) + 1
        yield line, " ".join(re.sub(r"{{.*?}}|{%.*?%}", "…", words).split())


def strings_in_module(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for argument in node.args if name in GETTEXT else ():
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, re.sub(r"%\(\w+\)[sd]", "…", argument.value)


@cache
def strings() -> list[tuple[str, str]]:
    """Return all translated strings, each with its place; what is put into them is “…”."""
    by_path = {path: strings_in_template(path) for path in templates()}
    by_path |= {path: strings_in_module(path) for path in modules_of("blog", "network", "plnsite")}
    return [
        (f"{path.relative_to(ROOT)}:{line}", text)
        for path, found_there in by_path.items()
        for line, text in found_there
    ]


@pytest.mark.parametrize(("pattern", "word"), OLD_PHRASES)
def test_people_read_no_old_phrase(pattern, word):
    phrase = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)

    found(
        [
            f"{place}: “{match[0]}” → {word}: {text}"
            for place, text in strings()
            for match in phrase.finditer(text)
        ]
    )


def test_every_name_in_the_glossary_exists():
    sources = "\n".join(path.read_text() for path in modules_of("blog", "network"))
    words = set(re.findall(r"\w+", sources))
    named = re.findall(r"`([^`\n]+)`", GLOSSARY.partition("\n## ")[2])

    found(
        [
            f"docs/glossary.md: {name}"
            for name in named
            if not (ROOT / name).exists() and not set(re.findall(r"\w+", name)) <= words
        ]
    )
