"""Names of files that every system can hold. Pure."""

import re
import unicodedata

MAX_NAME_BYTES = 120  # a part of a path may have 255 of them on most systems
# What Windows, and shells, do not let stand in a name.
FORBIDDEN = re.compile(r'[<>:"/\\|?*%#&\s.\'`$;!{}\[\]()=+@~^,]+')
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(words: str, instead: str = "untitled") -> str:
    """Return a name for a file without its ending: the words, joined by hyphens.

    Letters of all scripts stay. Signs that nobody sees, that some system forbids or that a shell
    takes for its own go, and so does what is longer than most systems bear.
    """
    seen = "".join(
        sign
        for sign in unicodedata.normalize("NFC", words)
        if unicodedata.category(sign) not in UNSEEN or sign.isspace()
    )
    name = re.sub("-{2,}", "-", FORBIDDEN.sub("-", seen)).strip("-_")
    name = _cut(name).strip("-_") or instead
    return f"{name}-" if RESERVED.fullmatch(name) else name


class Names:
    """Names that were given away, so that no two files of a folder have the same.

    Nor two that only some systems tell apart: by small and capital letters, or by how an accent
    is written.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, words: str, instead: str = "untitled") -> str:
        """Return a name for these words that no other one of this folder is taken for."""
        base = safe_name(words, instead)
        name, number = base, 1
        while _folded(name) in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._taken.add(_folded(name))
        return name


def _cut(name: str) -> str:
    """Return the beginning of a name, in whole letters with their marks."""
    size = 0
    for place, sign in enumerate(name):
        size += len(sign.encode())
        if size > MAX_NAME_BYTES:
            while place and unicodedata.combining(name[place]):
                place -= 1
            return name[:place]
    return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name.casefold())
