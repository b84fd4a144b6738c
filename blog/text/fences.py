"""
Fenced code, parsed line by line.

The pattern of Python-Markdown's own extension takes minutes for thirty thousand backticks
followed by spaces; lines need no pattern that could look back.
"""

import re
from html import escape

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

OPENING = re.compile(r"(?P<fence>`{3,}+|~{3,}+) *+(?P<info>[^`]*+)")
CLOSING = re.compile(r"(?P<fence>`{3,}+|~{3,}+) *+")
LANGUAGE = re.compile(r"[{. ]*([\w#+.-]{1,30})")


class Fences(Extension):
    def extendMarkdown(self, md):
        # After white space is made plain (30), before everything that reads marks.
        md.preprocessors.register(FencePreprocessor(md), "fences", 25)


class FencePreprocessor(Preprocessor):
    def run(self, lines):
        closings = [
            (number, found["fence"])
            for number, line in enumerate(lines)
            if (found := CLOSING.fullmatch(line))
        ]
        result, next_line = [], 0
        for number, line in enumerate(lines):
            if number < next_line:
                continue
            opening = OPENING.fullmatch(line)
            end = _end(opening["fence"], number, closings) if opening else None
            if opening and end:
                code = _as_html(lines[number + 1 : end], opening["info"])
                result += ["", self.md.htmlStash.store(code), ""]
                next_line = end + 1
            else:
                result.append(line)
        return result


def _end(fence: str, start: int, closings: list[tuple[int, str]]) -> int | None:
    """Return the line that closes `fence`: the same sign, at least as often."""
    return next((n for n, closing in closings if n > start and closing.startswith(fence)), None)


def _as_html(lines: list[str], info: str) -> str:
    language = LANGUAGE.match(info)
    kind = f' class="language-{language[1]}"' if language else ""
    code = escape("\n".join([*lines, ""]), quote=False)
    return f"<pre><code{kind}>{code}</code></pre>"
