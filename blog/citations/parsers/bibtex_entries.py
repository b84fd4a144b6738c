"""
Split BibTeX into its entries with pybtex's scanner, which here takes what people write.

A fault that does not touch the data refuses no file: an entry without a key or with spaces in it,
a comma too few, a field that is commented out, an @ in the text between entries.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from pybtex.database.input.bibtex import LowLevelParser, SkipEntry, month_names
from pybtex.exceptions import PybtexError
from pybtex.scanner import Pattern, PybtexSyntaxError

from blog.citations.parsers.latex import MAX_FIELD_CHARS
from blog.exceptions import ReadError

# An entry whose bracket is missing is a fault, an @ with any other word is text.
BROKEN_ENTRY = re.compile(
    r"^[ \t]*@(?:article|book|inbook|incollection|inproceedings|misc|online|phdthesis|"
    r"mastersthesis|thesis|techreport|report|unpublished|proceedings|manual)\b(?!\s*[{(])",
    re.IGNORECASE | re.MULTILINE,
)

NEXT_ENTRY = re.compile(r"^[ \t]*(?=@[ \t]*[^\W\d]\w*[ \t]*[{(])", re.MULTILINE)
MAX_UNREAD = 20  # each may be looked for up to the end of the file


class Macros(dict):
    """The strings of a file by name, in any case; an undefined name is its own text."""

    def __missing__(self, name: str) -> str:
        return name

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower() if name.lower() in self else name)

    def __setitem__(self, name: str, text: str) -> None:
        super().__setitem__(name.lower(), text[:MAX_FIELD_CHARS])


class Parser(LowLevelParser):
    """pybtex's parser of entries, tolerant where the data are plain."""

    ENTRY = Pattern(r"(?<![\w.])@(?=\s*[^\W\d]\w*\s*[{(])", "an entry")
    NAME = Pattern(r"[^\s\"#%'(),={}\d][^\s\"#%'(),={}]*", "a valid name")
    KEYS = (
        # Whatever a line has before the comma of the first field: smith (2000), a#b, “Moor, H. 1”
        Pattern(
            r"\s*[^{}=\n]{0,500}?(?=\s*,(?:\s|%[^\n]*\n)*(?:[^\W\d][\w:.+-]*\s*=|[})]))",
            "entry key",
        ),
        Pattern(r"\s*[^{},=\n]{0,500}?(?=\s*\})", "entry key"),  # of an entry without fields
        Pattern(r"\s*[^,{}()=\"#]*?\s*(?=[,})])", "entry key"),
        # With “=”, as in addresses; an entry without a key begins with a field such as “year=2012”.
        Pattern(
            r"\s*(?!(?:chapter|date|day|edition|issue|month|number|pages?|volume|year)=)"
            r"[^\s,{}()\"]+=[^\s,{}\"]+(?=\s*,)",
            "entry key",
        ),
    )
    COMMENT = re.compile(r"\s*%[^\n]*(?:\n|$)")
    pos: int
    command_start: int = 0

    def parse_bibliography(self) -> Iterator[tuple]:
        while True:
            before = self.pos
            found = self.skip_to([self.ENTRY])
            end = self.pos if found else self.end_pos
            if broken := BROKEN_ENTRY.search(self.text, before, end):
                self.command_start = broken.start()
                self.lineno = self.text.count("\n", 0, broken.start()) + 1
                raise PybtexSyntaxError("'{' expected", self)
            if not found:
                return
            self.command_start = self.pos - 1
            try:
                yield tuple(self.parse_command())
            except SkipEntry:
                self._skip_comment()

    def eat_whitespace(self) -> None:
        """Skip white space, and the fields that somebody commented out."""
        super().eat_whitespace()
        while comment := self.COMMENT.match(self.text, self.pos):
            self.pos = comment.end()
            self.update_lineno(comment.group())
            super().eat_whitespace()

    def parse_entry_body(self, body_end: Pattern) -> None:
        self.current_entry_key = ""
        for pattern in self.KEYS:
            if found := pattern.match(self.text, self.pos):
                self.current_entry_key = " ".join(found.group().split()).strip(", ")
                self.pos = found.end()
                self.update_lineno(found.group())
                break
        self.parse_entry_fields()

    def parse_entry_fields(self) -> None:
        """Parse fields; what is plainly a field needs no comma before it."""
        while True:
            super().parse_entry_fields()
            mark = self.pos, self.lineno
            name = self.optional([self.NAME])
            if not (name and self.optional([self.EQUALS])):
                self.pos, self.lineno = mark
                return
            self.pos, self.lineno = mark

    def skip_entry(self) -> str:
        """Skip the entry that was begun, up to the next line that begins one; return its text."""
        start = self.command_start
        following = NEXT_ENTRY.search(self.text, start + 1)
        self.pos = following.end() if following else self.end_pos
        self.lineno = self.text.count("\n", 0, self.pos) + 1
        return self.text[start : self.pos].strip()

    def _skip_comment(self) -> None:
        """Skip the braces of a comment with all that is in them, if they are closed."""
        mark = self.pos, self.lineno
        if self.text[self.pos - 1] != "{":
            return
        try:
            for _token in self.parse_string(self.RBRACE):
                pass
        except PybtexSyntaxError:
            self.pos, self.lineno = mark


def read_entries(
    text: str, unread: list[str] | None = None
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield kind, key and fields of each entry, with strings resolved.

    The text of an entry that cannot be read, as where a brace is not closed, goes into ``unread``,
    and the next line that begins an entry is read on. Where there is no such list, and where it
    gets long, ``ReadError`` is raised with the line.
    """
    parser = Parser(text, macros=Macros(month_names))
    while True:
        try:
            yield from _entries(parser)
            return
        except PybtexSyntaxError as error:
            if unread is None or len(unread) >= MAX_UNREAD:
                raise ReadError(
                    _("Line %(line)d is not valid BibTeX (%(reason)s). Correct it and try again.")
                    % {"line": error.lineno, "reason": error.args[0]},
                    line=error.lineno,
                ) from error
        except (PybtexError, RecursionError) as error:
            raise ReadError(
                _("Line %d is not valid BibTeX. Correct it and try again.") % parser.lineno,
                line=parser.lineno,
            ) from error
        unread.append(parser.skip_entry())


def _entries(parser: Parser) -> Iterator[tuple[str, str, dict[str, str]]]:
    for kind, body in parser:
        if kind.lower() in {"string", "preamble"}:
            continue
        key, fields = body
        named: dict[str, str] = {}
        for name, parts in fields:
            named.setdefault(name.lower(), " ".join("".join(parts).split()))
        yield kind.lower(), re.sub(r"\s+", "", key or ""), named
