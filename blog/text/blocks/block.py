"""A block of a text, as it is read."""

from dataclasses import dataclass, field

from blog.text.blocks.marks import ListMark

NO_LIST_MARK = ListMark("", None, 0)
CONTAINERS = {"document", "quote", "list", "item"}


@dataclass(eq=False)
class Block:
    """
    A block, from line `start` to line `end`.

    Its `kind` is one of the containers, or "paragraph", "heading", "rule", "fence", "code",
    "table", "note" or "separator", which have `lines` and no children. `indent` and `offset` are
    the columns of its mark and, for an item, of its text, from the edge of the block around it.
    """

    kind: str
    start: int
    end: int
    children: list["Block"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    list_mark: ListMark = NO_LIST_MARK  # of a list
    indent: int = 0
    offset: int = 0
    level: int = 0
    label: str = ""  # of a note; of fenced code, what is written behind the fence
    fence: str = ""

    @property
    def is_container(self) -> bool:
        return self.kind in CONTAINERS

    @property
    def next_number(self) -> int | None:
        """Return the number that the next item of a numbered list has."""
        return None if self.list_mark.number is None else self.list_mark.number + len(self.children)

    @property
    def is_loose(self) -> bool:
        """Return whether an empty line is between the items of a list, or between parts of one."""
        return _has_gap(self.children) or any(_has_gap(item.children) for item in self.children)


def _has_gap(blocks: list[Block]) -> bool:
    pairs = zip(blocks, blocks[1:], strict=False)
    return any(following.start > block.end + 1 for block, following in pairs)
