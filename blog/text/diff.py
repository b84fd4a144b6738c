"""
Compare two texts word by word.

Pure. Lines are aligned first, then the words inside the lines that differ. Words that are once
in both texts are anchors, so that the difference reads as somebody would tell it; between anchors
the longest common subsequence decides, on bits (Hyyrö 2004, "Bit-parallel LCS-length
computation revisited"). All of it draws on one budget: where that is used up, a stretch counts as
replaced, which is coarse but true, so no pair of texts takes longer than the budget allows.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

UNCHANGED, REMOVED, ADDED = "unchanged", "removed", "added"
END_OF_LINE = "¶"

LINES = re.compile(r"[^\n]*\n+|[^\n]+")
TOKENS = re.compile(r"\w+(?:[’'-]\w+)*|\n|[^\S\n]+|[^\w\s]")
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
PARTS = re.compile(r"\n|[^\n]+")

MAX_CELLS = 60_000_000  # cells of the table of common subsequences, eight to a byte
CELLS_PER_ANCHOR = 100  # what looking for anchors costs per token, in cells


@dataclass(frozen=True)
class Piece:
    """A run of text that is in both texts, or in the old or the new one alone."""

    kind: str
    text: str

    @property
    def is_unchanged(self) -> bool:
        return self.kind == UNCHANGED

    @property
    def words(self) -> int:
        return len(WORD.findall(self.text))


@dataclass(frozen=True)
class Line:
    """The pieces up to an end of line; an end that one text alone has is shown as a pilcrow.

    ``old`` and ``new`` are where it begins in each text.
    """

    pieces: tuple[Piece, ...]
    old: int
    new: int

    @property
    def is_unchanged(self) -> bool:
        return all(piece.is_unchanged for piece in self.pieces)


@dataclass(frozen=True)
class Stretch:
    """Neighbouring lines; a page may fold those that are ``is_far``, far from every change."""

    lines: tuple[Line, ...]
    is_far: bool


@dataclass(frozen=True)
class Difference:
    """All of two texts, as pieces in reading order."""

    pieces: tuple[Piece, ...]

    @property
    def old(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != ADDED)

    @property
    def new(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != REMOVED)

    @property
    def is_empty(self) -> bool:
        return all(piece.is_unchanged for piece in self.pieces)

    @property
    def words_added(self) -> int:
        return sum(piece.words for piece in self.pieces if piece.kind == ADDED)

    @property
    def words_removed(self) -> int:
        return sum(piece.words for piece in self.pieces if piece.kind == REMOVED)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for line in _lines(self.pieces) if line.pieces)


def stretches_of(lines: Sequence[Line]) -> tuple[Stretch, ...]:
    """Return lines in stretches near a change, and far from any."""
    near = {
        place + beside
        for place, line in enumerate(lines)
        if not line.is_unchanged
        for beside in (-1, 0, 1)
    }
    return tuple(
        Stretch(tuple(lines[place] for place in places), is_far)
        for is_far, places in groupby(range(len(lines)), lambda place: place not in near)
    )


def compare_texts(old: str, new: str, budget: "Budget | None" = None) -> Difference:
    """Return the difference of two texts, from which both can be restored exactly.

    Several pairs on one page can share a budget, so that the page takes no longer than one pair.
    """
    budget = budget or Budget()
    changes = [["", ""]]  # a change, unchanged text, a change, unchanged text, … , a change
    unchanged: list[str] = []
    for old_lines, new_lines, same in _aligned(LINES.findall(old), LINES.findall(new), budget):
        before, after = (TOKENS.findall("".join(lines)) for lines in (old_lines, new_lines))
        for removed, added, common in [*_aligned(before, after, budget), ([], [], same)]:
            changes[-1][0] += "".join(removed)
            changes[-1][1] += "".join(added)
            if common and unchanged and not any(changes[-1]):
                unchanged[-1] += "".join(common)
            elif common:
                unchanged.append("".join(common))
                changes.append(["", ""])
    for _again in range(2):  # what the first round made larger swallows more in the second
        changes, unchanged = _without_crumbs(changes, unchanged)
    return Difference(tuple(_pieces(changes, unchanged)))


class Budget:
    """The cells that are left for one pair of texts."""

    def __init__(self, cells: int = MAX_CELLS):
        self.left = cells

    def pays(self, cells: int) -> bool:
        if cells > self.left:
            return False
        self.left -= cells
        return True


def _aligned(old: list[str], new: list[str], budget: Budget) -> Iterator[tuple[list, list, list]]:
    """Yield tokens only in ``old``, tokens only in ``new``, and those of both after them."""
    i = j = 0
    for run in _runs(sorted(_matches(old, new, budget))):
        (a, b), length = run[0], len(run)
        yield old[i:a], new[j:b], old[a : a + length]
        i, j = a + length, b + length
    yield old[i:], new[j:], []


def _runs(matches: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the runs of matches in which both texts go on step by step."""
    numbered = enumerate(matches)
    for _place, run in groupby(numbered, lambda at: (at[1][0] - at[0], at[1][1] - at[0])):
        yield [match for _number, match in run]


def _matches(old: list[str], new: list[str], budget: Budget) -> Iterator[tuple[int, int]]:
    """Yield pairs of places with one token, in any order; no two of them cross."""
    gaps = [(0, len(old), 0, len(new))]
    while gaps:
        i, i_end, j, j_end = gaps.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            yield i, j
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            yield i_end, j_end
        if i == i_end or j == j_end or not budget.pays(CELLS_PER_ANCHOR * (i_end - i + j_end - j)):
            continue
        here, there = old[i:i_end], new[j:j_end]
        if anchors := _anchors(here, there):
            for a, b in [*anchors, (len(here), len(there))]:
                gaps.append((i, i_end - len(here) + a, j, j_end - len(there) + b))
                i, j = i_end - len(here) + a, j_end - len(there) + b
        elif budget.pays(len(here) * len(there)):
            yield from ((i + a, j + b) for a, b in _common(here, there))


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the places of the words that both texts have once, where their order agrees."""
    places = _single(old)
    others = _single(new)
    pairs = [(place, others[token]) for token, place in places.items() if token in others]
    # The longest rising sequence, by patience: each pile remembers its top and what lay before it.
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_place, other) in enumerate(pairs):
        pile = bisect_left(tops, other)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(other)
            piles.append(number)
        else:
            tops[pile], piles[pile] = other, number
    rising, number = [], piles[-1] if piles else -1
    while number >= 0:
        rising.append(pairs[number])
        number = before[number]
    return rising[::-1]


def _single(tokens: list[str]) -> dict[str, int]:
    """Return the places of the words that are here once; white space anchors nothing."""
    places: dict[str, int] = {}
    for place, token in enumerate(tokens):
        places[token] = -1 if token in places else place
    return {token: place for token, place in places.items() if place >= 0 and not token.isspace()}


def _common(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a longest common subsequence, the last first.

    A row holds one bit per token of ``old``; a cleared bit says that the subsequence grew there.
    """
    masks: dict[str, int] = {}
    for place, token in enumerate(old):
        masks[token] = masks.get(token, 0) | 1 << place
    full = (1 << len(old)) - 1
    row, rows = full, []
    for token in new:
        step = row & masks.get(token, 0)
        row = ((row + step) | (row - step)) & full
        rows.append(row)
    i, j = len(old), len(new)
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
        elif j > 1 and not rows[j - 2] >> (i - 1) & 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            yield i, j


def _without_crumbs(changes: list[list[str]], unchanged: list[str]) -> tuple[list, list[str]]:
    """Join two changes where the unchanged text between them is shorter than they are.

    Two sentences that share an "of the" by chance are two sentences; shown word by word, nobody
    could read them. Between additions alone, or removals alone, all unchanged text stays.
    """
    changed, left = [changes[0]], []
    for text, change in zip(unchanged, changes[1:], strict=True):
        removed, added = changed[-1]
        size = min(max(len(removed), len(added)), max(map(len, change)))
        if removed and added and all(change) and 2 * len(text.strip()) < size:
            changed[-1] = [removed + text + change[0], added + text + change[1]]
        else:
            changed.append(change)
            left.append(text)
    return changed, left


def _pieces(changes: list[list[str]], unchanged: list[str]) -> Iterator[Piece]:
    for (removed, added), text in zip(changes, [*unchanged, ""], strict=True):
        for kind, words in ((REMOVED, removed), (ADDED, added), (UNCHANGED, text)):
            if words:
                yield Piece(kind, words)


def _lines(pieces: Sequence[Piece]) -> Iterator[Line]:
    line: list[Piece] = []
    old = new = old_start = new_start = 0
    for piece in pieces:
        is_blank = piece.text.isspace()
        for part in PARTS.findall(piece.text):
            old += len(part) if piece.kind != ADDED else 0
            new += len(part) if piece.kind != REMOVED else 0
            if part != "\n":
                line.append(Piece(piece.kind, part))
                continue
            is_alone = any(other.kind != piece.kind for other in line) or is_blank
            if not piece.is_unchanged and is_alone:
                line.append(Piece(piece.kind, END_OF_LINE))
            yield Line(tuple(line), old_start, new_start)
            line, old_start, new_start = [], old, new
    if line:
        yield Line(tuple(line), old_start, new_start)
