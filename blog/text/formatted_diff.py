"""
Compare two rendered texts as their readers see them: by their words, then by their formatting.

Words decide what is added and removed. Where the same words are formatted in another way, the line
says which formatting it lost and gained.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from blog.text.diff import (
    ADDED,
    REMOVED,
    Budget,
    Difference,
    Line,
    Stretch,
    compare_texts,
    stretches_of,
)
from blog.text.formatting import PARAGRAPH, Block, Format, FormattedText

LIST_ITEM = Format("list item")
MAX_LINES = 5000  # a page shows more than these as one


@dataclass(frozen=True)
class FormattedLine(Line):
    """A line of two texts, with its block in each that has any of it.

    ``lost`` and ``gained`` are the formats that words of both texts have in one of them alone.
    """

    old_block: Block | None = None
    new_block: Block | None = None
    lost: tuple[Format, ...] = ()
    gained: tuple[Format, ...] = ()

    @property
    def block(self) -> Block:
        return self.new_block or self.old_block or PARAGRAPH

    @property
    def has_same_words(self) -> bool:
        return super().is_unchanged

    @property
    def is_unchanged(self) -> bool:
        return self.has_same_words and not self.lost and not self.gained


@dataclass(frozen=True)
class FormattedDifference:
    """The difference of the words of two texts, and their lines."""

    words: Difference
    lines: tuple[FormattedLine, ...]

    @property
    def has_same_words(self) -> bool:
        return self.words.is_empty

    @property
    def is_empty(self) -> bool:
        return self.has_same_words and all(line.is_unchanged for line in self.lines)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        return stretches_of(self.lines)


def compare_formatted(
    old: FormattedText, new: FormattedText, budget: Budget | None = None
) -> FormattedDifference:
    """Return the difference of two texts, in one line if it would have more than ``MAX_LINES``.

    Its cost is bounded as that of ``compare_texts``.
    """
    words = compare_texts(old.words, new.words, budget)
    lines = words.lines
    if len(lines) > MAX_LINES:
        lines = (Line(words.pieces, 0, 0),)
        old, new = (replace(text, starts=(), blocks=()) for text in (old, new))
    return FormattedDifference(words, tuple(_formatted(line, old, new) for line in lines))


def _formatted(line: Line, old: FormattedText, new: FormattedText) -> FormattedLine:
    kinds = {piece.kind for piece in line.pieces}
    old_block = old.block_at(line.old) if kinds != {ADDED} else None
    new_block = new.block_at(line.new) if kinds != {REMOVED} else None
    lost: set[Format] = set()
    gained: set[Format] = set()
    for before, after in _common_formats(line, old, new):
        lost |= before - after
        gained |= after - before
    if line.is_unchanged and not lost and not gained and old_block and new_block:
        lost |= {LIST_ITEM} if old_block.label and not new_block.label else set()
        gained |= {LIST_ITEM} if new_block.label and not old_block.label else set()
    return FormattedLine(
        line.pieces,
        line.old,
        line.new,
        old_block,
        new_block,
        tuple(sorted(lost)),
        tuple(sorted(gained)),
    )


def _common_formats(
    line: Line, old: FormattedText, new: FormattedText
) -> Iterator[tuple[frozenset[Format], frozenset[Format]]]:
    """Yield each pair of unlike formats that a word of both texts has in the two."""
    i, j = line.old, line.new
    for piece in line.pieces:
        i_end = i + len(piece.text) * (piece.kind != ADDED)
        j_end = j + len(piece.text) * (piece.kind != REMOVED)
        if piece.is_unchanged and old.formats[i:i_end] != new.formats[j:j_end]:
            pairs = zip(piece.text, old.formats[i:i_end], new.formats[j:j_end], strict=True)
            yield from {(a, b) for sign, a, b in pairs if a != b and not sign.isspace()}
        i, j = i_end, j_end
