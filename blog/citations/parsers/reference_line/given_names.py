"""Detection of given names in a part of a name, by the initials."""

import re

from blog.citations.csl.names import PARTICLE

INITIAL = re.compile(r"[^\W\d_][^\W\d_A-Z]{0,2}\.(?:[-‐]?[^\W\d_][^\W\d_A-Z]{0,2}\.)*")
BARE_INITIALS = re.compile(r"[A-Z]{1,3}(?:-[A-Z])?")
NICKNAME = re.compile(r"[(“\"‘][^()“”\"]{1,30}[)”\"’]\.?")
ALIAS = re.compile(r"\s*\[[^\[\]]{1,60}\]\.?$")


def is_given(part: str) -> bool:
    """Return whether a part is the initials of a person: A. B., J.-P., M. de, A. [@luna]"""
    words = ALIAS.sub("", part).split()
    if not words:
        return False
    initials = [w for w in words if INITIAL.fullmatch(w) and w.lower() != w.upper()]
    others = [w for w in words if w not in initials]
    return bool(initials) and all(
        PARTICLE.fullmatch(w.rstrip(".")) or NICKNAME.fullmatch(w) or BARE_INITIALS.fullmatch(w)
        for w in others
    )
