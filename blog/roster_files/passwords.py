"""Passwords in lists of people: nobody here needs them, so no file is kept with them."""

from blog.spreadsheets import TableRefused, meaning, open_table


def without_passwords(data: bytes, name: str = "") -> bytes:
    """Return a file with the cells of its columns of passwords empty, all else as it was.

    Raise TableRefused, for the reason ``passwords``, where these cannot be taken out of it; a file
    that is no table, such as a list of addresses, has no columns.
    """
    try:
        table = open_table(data, name)
    except TableRefused:
        return data
    columns = [place for place, heading in enumerate(table.headings) if _is_secret(heading)]
    cells = {
        (row.number, column): ""
        for row in table.records
        for column in columns
        if row is not table.heading_row and row.cell(column).strip()
    }
    if not cells:
        return data
    try:
        return table.rewritten(cells)
    except TableRefused as refusal:
        raise TableRefused("passwords") from refusal


def _is_secret(heading: str) -> bool:
    return meaning(heading) == "password"
