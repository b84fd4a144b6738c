"""The page of a gradebook: the students and prompts that a filter leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from blog.citations.csl.fields import folded
from blog.queries.gradebook import Gradebook, GradebookRow, PromptCells, PromptColumn

NO_GROUP = "none"
MAX_QUERY_CHARS = 200


@dataclass(frozen=True, slots=True)
class GradebookFilter:
    """The filter: words of a name, keys of a pod and a section, a prompt's number, a state.

    ``by_listed_name``: the names of the university's list count too, which instructors alone see.
    """

    query: str = ""
    pod: str = ""
    section: str = ""
    prompt: str = ""
    state: str = ""
    by_listed_name: bool = False

    def shows(self, column: PromptColumn) -> bool:
        return self.prompt in ("", str(column.prompt.number))

    def matches(self, row: GradebookRow, cells: Sequence[PromptCells]) -> bool:
        member = row.member
        listed = member.listed_name if self.by_listed_name else ""
        names = folded(f"{member.user.display_name} {member.user.username} {listed}")
        return (
            all(folded(word) in names for word in self.query.split())
            and self.pod in ("", _key(member.pod_id))
            and self.section in ("", _key(member.section_id))
            and (not self.state or any(self.state in one.states for one in cells))
        )


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: GradebookRow
    cells: Sequence[PromptCells]


@dataclass(frozen=True, slots=True)
class GradebookPage:
    """The columns and rows to show, of how many students."""

    columns: Sequence[PromptColumn]
    rows: Sequence[ShownRow]
    total: int


def gradebook_page(book: Gradebook, chosen: GradebookFilter) -> GradebookPage:
    """Return the part of a gradebook that a filter leaves; no query."""
    places = [at for at, column in enumerate(book.columns) if chosen.shows(column)]
    shown = [ShownRow(row, [row.cells[at] for at in places]) for row in book.rows]
    rows = [one for one in shown if chosen.matches(one.row, one.cells)]
    columns = [book.columns[at] for at in places]
    return GradebookPage(columns, rows, len(book.rows))


def _key(pk: int | None) -> str:
    return NO_GROUP if pk is None else str(pk)
