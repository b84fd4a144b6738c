"""Lists that go on over several pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

MAX_DIGITS = 6  # of the number of a page; none has more, and no database counts to any number


@dataclass
class ListPage:
    """A page of a list of which nobody has counted how long it is; for ``_page_links.html``."""

    object_list: Sequence
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    def __iter__(self):
        return iter(self.object_list)


def page_of(rows: Any, number: str | None, size: int) -> ListPage:
    """Return a page of a QuerySet or list, the first one where there is none of that number.

    One row more than it has tells whether another follows: counting all of them would cost more
    the longer the list is.
    """
    is_number = number and len(number) <= MAX_DIGITS and number.isascii() and number.isdecimal()
    wanted = max(int(number), 1) if number and is_number else 1
    first = (wanted - 1) * size
    found = list(rows[first : first + size + 1])
    if not found and wanted > 1:
        return page_of(rows, None, size)
    return ListPage(found[:size], wanted, len(found) > size)


def filters_of(request: HttpRequest) -> str:
    """Return the filters as the beginning of a query string, ready for the number of a page."""
    filters = request.GET.copy()
    filters.pop("page", None)
    return f"{filters.urlencode()}&" if filters else ""
