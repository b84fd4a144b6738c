"""Brackets in brackets: “(boyd, 2014, chap. 2 (revised))”, “(boyd, 2014; see hooks (1994))”."""

from collections.abc import Iterator

CLOSING = {")": "(", "]": "["}
MAX_CHARS = 4_000  # of a bracket
MAX_DEPTH = 3  # of the brackets in one, so that each sign is read a few times


def outer_brackets(text: str, sign_of_hidden: str) -> Iterator[tuple[int, int, str]]:
    """Yield the places of each bracket that has others in it, and what is between its own.

    Those others are hidden behind signs as wide as they are.
    """
    opened: list[tuple[int, str, list[tuple[int, int, int]]]] = []
    for place, sign in enumerate(text):
        if sign in "([":
            opened.append((place, sign, []))
        elif sign in CLOSING and opened and opened[-1][1] == CLOSING[sign]:
            start, _sign, inner = opened.pop()
            depth = 1 + max((one[2] for one in inner), default=0)
            if opened:
                opened[-1][2].append((start, place + 1, depth))
            if inner and depth <= MAX_DEPTH and place - start <= MAX_CHARS:
                yield start, place + 1, _hidden(text, start + 1, place, inner, sign_of_hidden)


def _hidden(
    text: str, at: int, end: int, inner: list[tuple[int, int, int]], sign_of_hidden: str
) -> str:
    pieces = []
    for start, until, _depth in inner:
        pieces += [text[at:start], sign_of_hidden * (until - start)]
        at = until
    return "".join([*pieces, text[at:end]])
