"""Find the words that people would read and gettext does not know, in templates and in Python.

In a template, what is left with a letter in it when tags are taken away is a word that nobody
translates. In Python the places that lead to a page, a mail or a terminal are looked at.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import DebugLexer, Token, TokenType

LETTER = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"^[“‘(]?[^\W\d_a-z]|[^\W\d_][.,:;?!…]? [^\W\d_]")
NAME = re.compile(r"\b(Commonplace|BibTeX)\b")  # the same in every language

Fault = tuple[int, str]  # a line, and its words


def has_words(text: str) -> bool:
    return bool(LETTER.search(NAME.sub("", text)))


def is_sentence(text: str) -> bool:
    """Return whether it begins with a capital or has two words: names for programs do neither."""
    return bool(SENTENCE.search(NAME.sub("", text)))


# Templates

# What gettext has, what nobody reads, and the classes that a page gives to the frame around it.
SKIPPED = re.compile(r"(blocktranslate|comment|block(?= \w+_class))\b")
FALLBACK = re.compile(r"""\|(?:default|default_if_none|yesno|add):("[^"]*"|'[^']*')""")
HANDED_ON = re.compile(r"""\w=("[^"]*"|'[^']*')""")


def faults_in_html(source: str) -> list[Fault]:
    """Return what an HTML template prints without gettext: text, and attributes that are read."""
    tokens = DebugLexer(source).tokenize()
    page = Page()
    page.feed(without_tags(source, tokens))
    page.close()
    return sorted([*literals_in_tags(tokens), *page.faults])


def faults_in_text(source: str) -> list[Fault]:
    """Return what a template of a mail prints without gettext."""
    tokens = DebugLexer(source).tokenize()
    lines = enumerate(without_tags(source, tokens).split("\n"), 1)
    return sorted([*literals_in_tags(tokens), *((n, line) for n, line in lines if has_words(line))])


def without_tags(source: str, tokens: list[Token]) -> str:
    """Return a template without its tags and without what gettext has; lines keep their numbers."""
    parts: list[str] = []
    closing = None
    for token in tokens:
        start, end = token.position
        if token.token_type == TokenType.TEXT and closing is None:
            parts.append(source[start:end])
            continue
        parts.append("\n" * source[start:end].count("\n"))
        if token.token_type == TokenType.BLOCK and closing is not None:
            closing = None if token.contents.startswith(closing) else closing
        elif token.token_type == TokenType.BLOCK and (skipped := SKIPPED.match(token.contents)):
            closing = f"end{skipped[1]}"
    return "".join(parts)


def literals_in_tags(tokens: list[Token]) -> Iterator[Fault]:
    """Yield sentences that a filter falls back to, and those that a template hands to another."""
    for token in tokens:
        literals = []
        if token.token_type in (TokenType.VAR, TokenType.BLOCK):
            literals += FALLBACK.findall(token.contents)
        if token.contents.startswith(("include ", "with ")):
            literals += HANDED_ON.findall(token.contents)
        yield from ((token.lineno, one) for one in literals if is_sentence(one[1:-1]))


class Page(HTMLParser):
    """Collect the text and the attributes of a page that people read."""

    READ = {"title", "aria-label", "aria-description", "placeholder", "alt"}
    UNREAD = {"script", "style", "code", "kbd"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults: list[Fault] = []
        self.unread = 0

    def handle_starttag(self, tag, attrs):
        self.unread += tag in self.UNREAD
        attributes = {name: value or "" for name, value in attrs}
        is_button = tag == "input" and attributes.get("type") in {"submit", "button", "reset"}
        read = self.READ | ({"value"} if is_button else set())
        for name, value in attributes.items():
            # A sentence for a script to say stands in data-; a place is a name for programs.
            for_script = name.startswith("data-") and name != "data-place"
            if (name in read and has_words(value)) or (for_script and is_sentence(value)):
                self.faults.append((self.getpos()[0], f'{name}="{value}"'))

    def handle_endtag(self, tag):
        self.unread -= tag in self.UNREAD

    def handle_data(self, data):
        for number, line in enumerate(data.split("\n"), self.getpos()[0]):
            if not self.unread and has_words(line):
                self.faults.append((number, line.strip()))


# Python

GETTEXT = re.compile(r"(_|n?p?gettext(_lazy|_noop)?)$")
# Calls whose words are read, with the place of the argument that has them.
READ_CALLS = {
    "messages.success": 1,
    "messages.info": 1,
    "messages.warning": 1,
    "messages.error": 1,
    "self.stdout.write": 0,
    "self.stderr.write": 0,
    "self.add_error": 1,
    "form.add_error": 1,
    "access.require": 1,
}
READ_ERRORS = re.compile(r"(Refused|NotAllowed|ReadError|StaleDraft|ValidationError|CommandError)$")
READ_NAMES = {
    "label",
    "help_text",
    "error_messages",
    "verbose_name",
    "verbose_name_plural",
    "violation_error_message",
    "empty_label",
    "description",
}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}  # these come before a name
UNREAD_CALLS = re.compile(r"(logger\.\w+|super\(\)\.__init__)$")
LOOSE = re.compile(r"[“‘(]?[^\W\d_a-z]\S* [^\W\d_]{2}")
SQL = re.compile(r"(AFTER|ANALYZE|CREATE|DELETE|DROP|INSERT|SELECT|SET|UPDATE) ")


def faults_in_python(source: str) -> list[Fault]:
    """Return what a module says to people without gettext."""
    said = (expression for node in ast.walk(ast.parse(source)) for expression in said_by(node))
    words = [word for expression in said for word in words_in(expression)]
    return sorted({(word.lineno, word.value) for word in words if WORD.search(word.value)})


def words_put_together(source: str) -> list[Fault]:
    """Return gettext calls whose words are no literal, so that no catalogue can have them.

    A variable is fine: its words stand in ``gettext_noop`` elsewhere.
    """
    return [
        (node.lineno, ast.unparse(node))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and GETTEXT.match(ast.unparse(node.func))
        if not isinstance(node.args[0], ast.Constant | ast.Name)
    ]


def words_in_f_strings(source: str) -> list[Fault]:
    """Return words given to gettext inside an f-string, where ``makemessages`` finds none."""
    return [
        (call.lineno, ast.unparse(call))
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and GETTEXT.match(ast.unparse(call.func))
        if isinstance(call.args[0], ast.Constant)
    ]


def loose_sentences(source: str) -> list[Fault]:
    """Return literals that look like a sentence and are no docstring, no log and no traceback."""
    tree = ast.parse(source)
    unread: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                unread.add(node.value)
            case ast.Raise(exc=ast.Call(func=error)) if not READ_ERRORS.search(ast.unparse(error)):
                unread |= set(ast.walk(node))
            case ast.Call(func=called) if GETTEXT.match(ast.unparse(called)):
                unread |= set(ast.walk(node))
            case ast.Call(func=called) if UNREAD_CALLS.match(ast.unparse(called)):
                unread |= set(ast.walk(node))
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [
        (node.lineno, node.value)
        for node in literals
        if node not in unread and isinstance(node.value, str) and is_loose(node.value)
    ]


def is_loose(words: str) -> bool:
    return bool(LOOSE.match(words)) and not SQL.match(words)


def said_by(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions of one statement or call that people read."""
    match node:
        case ast.Call(func=called):
            name = ast.unparse(called)
            kind = name.rpartition(".")[2]
            if name in READ_CALLS:
                yield from node.args[READ_CALLS[name] :][:1]
            elif READ_ERRORS.search(kind):
                yield from node.args
            elif name.startswith("models.") and kind.endswith("Field") and kind not in RELATIONS:
                yield from node.args[:1]
            yield from (one.value for one in node.keywords if one.arg in READ_NAMES)
        case ast.Assign(targets=[ast.Name(id=name) | ast.Attribute(attr=name)]):
            if name in READ_NAMES:
                yield node.value
        case ast.ClassDef(bases=[ast.Attribute(attr="TextChoices" | "IntegerChoices")]):
            for one in node.body:
                if isinstance(one, ast.Assign) and isinstance(one.value, ast.Tuple):
                    yield one.value.elts[-1]


def words_in(node: ast.expr) -> Iterator[ast.Constant]:
    """Yield the literals that an expression is made of, but for those that gettext is given."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts) | ast.Dict(values=parts):
            for part in parts:
                yield from words_in(part)
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            yield from words_in(one)
            yield from words_in(other)
        case ast.Call(func=ast.Name(id="str" | "format_html"), args=[first, *_]):
            yield from words_in(first)
        case ast.Call(func=ast.Attribute(attr="format" | "join", value=first)):
            yield from words_in(first)
