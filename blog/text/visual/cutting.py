"""
Cut the blocks of a text into groups that read the same alone.

Nearly every block does. One that does not goes with its neighbour: a fence that only a line further
down closes, a dash that is a list because another follows, an indented line that is code because
of the others.
"""

from collections.abc import Callable

from blog.text.blocks.block import Block

Group = list[Block]
Read = Callable[[list[str]], list[Block]]


def cut(blocks: list[Block], lines: list[str], read: Read) -> list[Group]:
    """
    Return the blocks of a document in groups, each of which `read` finds in its own lines.

    `lines` are those of the document. A group ends where the next one begins.
    """
    groups: list[Group] = []
    waiting: Group = []
    for place, block in enumerate(blocks):
        waiting.append(block)
        end = blocks[place + 1].start if place + 1 < len(blocks) else len(lines)
        if _reads_alone(waiting, lines[waiting[0].start : end], read):
            groups.append(waiting)
            waiting = []
    # What reads alone nowhere goes with what is before it, as far as need be.
    while waiting and groups:
        waiting = [*groups.pop(), *waiting]
        if _reads_alone(waiting, lines[waiting[0].start :], read):
            break
    return [*groups, waiting] if waiting else groups


def _reads_alone(group: Group, lines: list[str], read: Read) -> bool:
    return [_shape(block) for block in group] == [_shape(block) for block in read(lines)]


def _shape(block: Block) -> tuple:
    """Return the values that decide about the HTML of a block, wherever it begins."""
    children = [_shape(child) for child in block.children]
    mark = (block.list_mark.kind, block.list_mark.number)
    is_loose = block.kind == "list" and block.is_loose
    return (block.kind, block.level, block.label, mark, is_loose, block.lines, children)
