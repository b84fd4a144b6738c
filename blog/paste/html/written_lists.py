"""Write lists in Markdown: the items of each one under another, and no two lists as one."""

import re
from collections.abc import Iterable
from itertools import pairwise

from blog.text.blocks.marks import MAX_LINES_TO_NEXT

ALPHABET_SIZE = 26
INDENT = 4  # of what belongs to an item
FROM_ONE = re.compile(r"(?:[-*]|1[.)]) ")
SIGN = re.compile(r"^(?:(?P<bullet>[-*])|(?P<number>\d{1,9})(?P<end>[.)]))(?= )", re.MULTILINE)
OTHERS = str.maketrans("-*.)", "*-).")


def written_list(
    items: list[list[str]], number: int | None = None, *, is_lettered: bool = False
) -> str:
    """Return items one under another, with an empty line after one of several paragraphs.

    An item is given as its blocks; ``number`` is that of the first one, None for bullets. Letters
    are written where the renderer is sure to read them as such.
    """
    blocks_of = [part_lists(blocks) for blocks in items]
    if number is not None and is_lettered and 0 < number <= ALPHABET_SIZE - len(items) + 1:
        written = [_item(f"{chr(ord('a') + number + n - 1)})", b) for n, b in enumerate(blocks_of)]
        if len(items) > 1 and all(_is_near_the_next(item) for item in written):
            return "\n".join(written)
    parts: list[str] = []
    for place, blocks in enumerate(blocks_of):
        item = _item("-" if number is None else f"{number + place}.", blocks)
        parts += [item, "\n\n" if "\n\n" in item else "\n"]
    return "".join(parts[:-1])


def numbered_lists(
    items: list[list[str]], numbers: list[int], *, is_lettered: bool = False
) -> list[str]:
    """Return items with their numbers: as one list, or as several where the numbers leap.

    A list in Markdown has only the number of its first item.
    """
    begins = [place for place, number in enumerate(numbers) if number != numbers[place - 1] + 1]
    begins = sorted({0, *begins})
    is_lettered = is_lettered and len(begins) == 1
    return [
        written_list(items[begin:end], numbers[begin], is_lettered=is_lettered)
        for begin, end in pairwise([*begins, len(items)])
    ]


def _is_near_the_next(item: str) -> bool:
    return "\n\n" not in item and item.count("\n") < MAX_LINES_TO_NEXT - 1


def part_lists(blocks: Iterable[str]) -> list[str]:
    """Return blocks with another sign for a list right after one of its kind: they are two lists.

    A numbered list that goes on where the one before ends is a part of that.
    """
    parted: list[str] = []
    for block in blocks:
        sign = SIGN.match(block)
        if sign and parted and _merges(sign, parted[-1]):
            block = SIGN.sub(lambda found: found[0].translate(OTHERS), block)
        parted.append(block)
    return parted


def _merges(sign: re.Match, before: str) -> bool:
    """Return whether a list that begins with this sign would read as a part of the block before."""
    first = SIGN.match(before)
    if first is None or (first["bullet"], first["end"]) != (sign["bullet"], sign["end"]):
        return False
    if sign["bullet"]:
        return True
    last = list(SIGN.finditer(before))[-1]
    return int(sign["number"]) != int(last["number"]) + 1


def _item(sign: str, blocks: list[str]) -> str:
    """Return an item: its blocks are set in, and a list is right under the words it belongs to."""
    lines = blocks[0].split("\n")
    for place, block in enumerate(blocks[1:]):
        if place or not FROM_ONE.match(block):
            lines.append("")
        lines.extend(block.split("\n"))
    margin = " " * max(INDENT, len(sign) + 1)
    first, rest = lines[0], lines[1:]
    return "\n".join([f"{sign} {first}", *(f"{margin}{line}" if line else "" for line in rest)])
