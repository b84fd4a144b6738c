"""
Indented lines: code, or prose that is indented for the eye.

CommonMark takes any four spaces for code. Students indent the first line of a paragraph as Word
does, and poems, addresses and quotations too; such a post would be a grey block of typewriter
letters whose paragraphs nobody can point to. What looks like code is still code.
"""

import re

from blog.text.invisible import is_blank

# What prose never has: a call, an assignment, columns, a prompt of a shell, a tag, an arrow.
CODE_LINE = re.compile(
    r"\w\([^()]*\)[:;{]?$|[{}]$|\S {3,}\S|^(?:\$|#+|//) "
    r"|</?[a-z]|[!=<>]=|^[^\s=]+(?:\s\S+)? ?=(?!=) ?\S|->|::",
    re.IGNORECASE,
)
# What code and prose have: one or two words without a capital, a foreign letter or the end of a
# sentence; a sign between words, as in “either | or”; a semicolon after one word or two.
MAYBE_CODE_LINE = re.compile(
    r"[!-@\[-~]+(?: [!-@\[-~]+)?(?<![.?!,])|.* (?:[+*%|]|&&|\|\|) .*|\S+(?: \S+)?;"
)
# A citation: code would hide it from the list of references.
CITATION = re.compile(
    r"(?<!\w)\([^()=<>;]*\b(?:1[5-9]|20)\d\d[a-z]?\b|\[-?@\w|(?<!\S)@[a-z]\w*\d{4}"
)


def reads_as_code(lines: list[str]) -> bool:
    """Return whether half of the lines that are not empty are code, or all of them may be."""
    stripped = [line.strip() for line in lines if not is_blank(line)]
    if any(CITATION.search(line) for line in stripped):
        return False
    code = [bool(CODE_LINE.search(line)) for line in stripped]
    may_be = (MAYBE_CODE_LINE.fullmatch(line) for line in stripped)
    return bool(stripped) and (
        2 * sum(code) >= len(code) or all(a or b for a, b in zip(code, may_be, strict=True))
    )
