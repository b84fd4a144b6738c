"""
Indented lines: code, or prose that is indented for the eye.

CommonMark takes any four spaces for code. Students indent the first line of a paragraph as Word
does, and poems, addresses and quotations too; such a post would be a grey block of typewriter
letters whose paragraphs nobody can point to. What looks like code is still code.
"""

import re

from blog.text.invisible import is_blank

CODE_LINE = re.compile(
    r"[{};]$|\w\([^()]*\)[:;]?$|\S {3,}\S|^(?:\$|#+|//) "
    r"|</?[a-z]|[!=<>]=|\w = ?\S|->|::| [+*/%|&]+ ",
    re.IGNORECASE,
)
# One or two words without a capital, a foreign letter or the end of a sentence: a command, a name.
SHORT_LINE = re.compile(r"[!-@\[-~]+(?: [!-@\[-~]+)?(?<![.?!,])")


def reads_as_code(lines: list[str]) -> bool:
    """Return whether at least half of the lines that are not empty look like code."""
    stripped = [line.strip() for line in lines if not is_blank(line)]
    code = sum(1 for line in stripped if CODE_LINE.search(line) or SHORT_LINE.fullmatch(line))
    return 2 * code >= len(stripped) > 0
