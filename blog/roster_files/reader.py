"""Read a roster from a file or from pasted text."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from blog.roster_files import people
from blog.roster_files.cells import (
    Name,
    addresses_in,
    email_of,
    id_of,
    is_test_student,
    name_of,
    plain_of,
    role_of,
    status_of,
    text_of,
)
from blog.roster_files.columns import IDENTIFIERS, NAMES, Columns, columns_of
from blog.roster_files.people import Question, Roster, RosterRow, SkippedRow
from blog.roster_files.plain import has_other_words, in_pairs, people_of_line
from blog.roster_files.same_people import joined, share_a_name
from blog.roster_files.systems import LTI, LTI_KEY, system_of
from blog.spreadsheets import Remark, Row, Table, TableRefused, heading_key, open_table
from blog.text.invisible import visible_name

GUESSED_ENCODINGS = ("cp1252", "cp1250", "mac-roman")
AND = re.compile(r"\s*,\s+(?:and|et|y|und|e|og|och)\s+|\s+(?:and|et|y|und|e|og|och)\s+|\s*,\s+")
PARTICIPANT = re.compile(r"\D{2,40}\s(\d{1,12})")
NO_PODS = {"no groups", "aucun groupe", "sin grupos", "keine gruppen"}
MAX_SKIPPED = 300
PREVIEW_BYTES = 200_000
SHOWN = (*NAMES, "section", "pod")
BROKEN = {"unclosed_quote", "quote_over_lines", "long_row"}
IN_BRACKETS = re.compile(r"\([^()]*\)")


def read_roster(data: bytes, name: str = "", answers: Mapping[str, str] | None = None) -> Roster:
    """Return the people of a file; ``answers`` are a person's, by the names of questions.

    Beside those, ``delimiter`` and ``heading`` (the line of the heading row, "" for none) can be
    answered. Raise TableRefused, with the reason ``no_people`` for a table of something else.
    """
    answers = answers or {}
    encoding, delimiter = answers.get("encoding") or None, answers.get("delimiter")
    table = open_table(data, name, encoding=encoding, delimiter=delimiter)
    if "heading" in answers:
        heading = _number_of(table, answers["heading"])
        table = open_table(data, name, encoding=encoding, delimiter=delimiter, heading=heading)
    if _is_plain(table):
        return _of_lines(open_table(data, name, encoding=encoding, delimiter="", heading=None))
    columns = columns_of(table, answers)
    if _is_plain_without_names(table, columns, answers):
        return _of_lines(open_table(data, name, encoding=encoding, delimiter="", heading=None))
    if not columns.name_people and not columns.questions:
        raise TableRefused("no_people")
    rows = joined(_people(table, columns)) if columns.name_people else []
    if not (rows or table.headings or columns.questions):
        raise TableRefused("no_people")
    questions = (*_encoding_question(data, table, columns, answers), *columns.questions)
    remarks = table.remarks if "email" in columns else (*table.remarks, Remark("no_email_column"))
    return _roster(table, rows, questions=questions, remarks=remarks, columns=columns.places)


def read_pasted(text: str, answers: Mapping[str, str] | None = None) -> Roster:
    """Return the people of a pasted text: lines with names and addresses, or cells of a table."""
    return read_roster(
        text.encode("utf-8", "replace"), "", {"encoding": "utf-8", **(answers or {})}
    )


def _number_of(table: Table, line: str) -> int | None:
    """Return the number of the record that begins in a line, None where none does."""
    return next((row.number for row in table.records if str(row.line) == line), None)


def _is_plain(table: Table) -> bool:
    """Return whether a file is no table: names beside addresses in one cell, or bare lines."""
    if table.heading_row or table.kind != "text":
        return False
    if not table.delimiter:
        return True
    cells = [[addresses_in(cell) for cell in row.cells] for row in table.rows[:50]]
    has_several = any(sum(map(len, row)) > 1 for row in cells)
    places = {place for row in cells for place, addresses in enumerate(row) if addresses}
    has_more = any(
        found and cell.strip().casefold() != found[0][2]
        for row, addresses in zip(table.rows, cells, strict=False)
        for cell, found in zip(row.cells, addresses, strict=True)
    )
    return has_several or has_more or len(places) > 1


def _is_plain_without_names(table: Table, columns: Columns, answers: Mapping[str, str]) -> bool:
    """Return whether lines of text have emails and other words, of which no column is names.

    As lines they are read one by one, and what is no name is said.
    """
    if table.heading_row or table.kind != "text" or columns.questions:
        return False
    is_asked = any(name.startswith("column-") for name in answers)
    has_names = any(sense in columns for sense in NAMES)
    return "email" in columns and not has_names and not is_asked and table.width > 1


def _of_lines(table: Table) -> Roster:
    """Return the people of the lines of a text; raise TableRefused where most are nobody's."""
    lines = {row.line: "".join(row.cells) for row in table.rows}
    rows = in_pairs([people_of_line(text, line) for line, text in lines.items()])
    named = [row for row in rows if row.problem not in ("nobody", "bad_email")]
    if not any(row.email for row in rows) and len(named) < 0.8 * len(rows) or not named:
        raise TableRefused("no_people")
    together = joined(rows)
    repeated = [Remark("repeated_row", line) for row in together for line in row.lines[1:]]
    remarks = [remark for remark in table.remarks if "quote" not in remark.kind]
    alone = Counter(row.line for row in rows)
    unread = [
        Remark("name_not_read", row.line)
        for row in rows
        if alone[row.line] == 1 and row.email and not row.name and has_other_words(lines[row.line])
    ]
    return _roster(table, together, remarks=(*remarks, *unread, *repeated))


def _roster(
    table: Table, rows: Sequence[RosterRow], *, remarks: Iterable[Remark], **more: object
) -> Roster:
    same_name = (Remark("same_name"),) if share_a_name(rows) else ()
    skipped = [
        SkippedRow(one.row.line, one.reason, " ".join(" ".join(one.row.cells).split())[:80])
        for one in table.skipped
    ]
    return Roster(
        rows=tuple(rows),
        skipped=tuple(skipped[:MAX_SKIPPED]),
        remarks=(*remarks, *same_name),
        headings=table.headings,
        encoding=table.encoding,
        delimiter=table.delimiter,
        heading_line=table.heading_row.line if table.heading_row else None,
        **more,  # type: ignore[arg-type]
    )


def _people(table: Table, columns: Columns) -> Iterable[RosterRow]:
    """Yield the person of each row, as it stands there."""
    broken = _broken_lines(table)
    known = set()
    if "section" in columns:
        known = {text_of(text) for text in table.column(columns.places["section"])}
    in_moodle = any(heading_key(text) == "role1" for text in table.headings)
    raw = {LTI_KEY} if system_of(table.headings) == LTI else set()
    for row in table.rows:
        person = _person(row, columns, in_moodle=in_moodle, raw=raw)
        sections = tuple(part for text in person.sections for part in _split(text, known))
        problem = "broken_row" if row.line in broken else person.problem
        yield replace(person, sections=sections, problem=problem)


def _broken_lines(table: Table) -> set[int]:
    """Return the lines whose cells may stand in wrong columns."""
    short = {remark.line for remark in table.remarks if remark.kind == "short_row"}
    others = {remark.line for remark in table.remarks if remark.kind in BROKEN}
    lines = others | (short if 2 * len(short) > len(table.rows) else set())
    return {line for line in lines if line is not None}


def _person(row: Row, columns: Columns, *, in_moodle: bool, raw: Collection[str]) -> RosterRow:
    def cell(sense: str) -> str:
        return row.cell(columns.places[sense]) if sense in columns else ""

    identifiers, problem = _identifiers(row, columns, raw)
    name = _raw_name(cell) if raw else _name(cell)
    email, mail_problem = email_of(cell("email")) if "email" in columns else ("", "")
    written = identifiers.pop("participant_id", "")
    if written:
        kind, text = _of_identifier(written)
        if kind == "email":
            email = email or text
        elif kind == "name":
            name = name if name.whole else name_of(text)
        else:
            identifiers.setdefault(kind, text)
    suspended = (cell("suspended"), cell("enrolment_suspended"))
    status = status_of(cell("status"), cell("available"), suspended, cell("deleted"))
    if is_test_student(identifiers.get("login", ""), name.whole):
        status = people.TEST_STUDENT
    is_nobody = not (name.whole or email or identifiers or mail_problem not in ("", "no_email"))
    return RosterRow(
        lines=(row.line,),
        name=name.whole,
        family_name=name.family,
        given_name=name.given,
        email=email,
        identifiers=identifiers,
        sections=tuple(filter(None, [plain_of(cell("section"))])),
        pods=_pods(plain_of(cell("pod"))),
        role=role_of(cell("role"), in_moodle=in_moodle),
        status=status,
        problem=problem or ("nobody" if is_nobody else mail_problem),
    )


def _name(cell: Callable[[str], str]) -> Name:
    """Return the name of a row from the columns that have it; what it is called by comes last."""
    name = name_of(cell("name"), cell("family_name"), cell("given_name"))
    sortable = name_of(cell("sortable_name"))
    whole = name.whole or sortable.whole or name_of(cell("short_name")).whole
    if name.family or name.given:
        return replace(name, whole=whole)
    return Name(whole, sortable.family, sortable.given)


def _raw_name(cell: Callable[[str], str]) -> Name:
    """Return the name of a row that a service lists: nobody typed “n/a” there, and some are Na."""
    whole, family = (visible_name(cell(sense)) for sense in ("name", "family_name"))
    return Name(whole or family, family)


def _identifiers(row: Row, columns: Columns, raw: Collection[str]) -> tuple[dict[str, str], str]:
    """Return the numbers and logins of a row, and a problem where a spreadsheet has spoilt one.

    Those named in ``raw`` no spreadsheet has seen: they are as they stand there.
    """
    found, problems = {}, ""
    for sense in IDENTIFIERS:
        if sense in columns:
            cell = row.cell(columns.places[sense])
            text, problem = (cell, "") if sense in raw else id_of(cell)
            problems = problems or problem
            if text:
                found[sense] = text
    return found, problems


def _of_identifier(text: str) -> tuple[str, str]:
    """Return the content of a column called “identifier”, and its meaning.

    Moodle writes “Participant 40213”, OneRoster a number; at GitHub Classroom a teacher wrote what
    they liked.
    """
    match = PARTICIPANT.fullmatch(text)
    if match:
        return "participant_id", match[1]
    address, _problem = email_of(text)
    if address:
        return "email", address
    if any(map(str.isdecimal, text)) and " " not in text:
        return "student_id", text
    return "name", IN_BRACKETS.sub("", text)


def _split(section: str, known: set[str]) -> list[str]:
    """Return the sections of a list of them, if each of its parts stands alone elsewhere."""
    parts = [part for part in AND.split(section) if part]
    return parts if len(parts) > 1 and all(part in known for part in parts) else [section]


def _pods(text: str) -> tuple[str, ...]:
    if text.casefold() in NO_PODS:
        return ()
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _encoding_question(
    data: bytes, table: Table, columns: Columns, answers: Mapping[str, str]
) -> tuple[Question, ...]:
    """Return the question for the encoding of a file that is not UTF-8, with names in each."""
    if answers.get("encoding") or not any(
        remark.kind == "encoding_guessed" for remark in table.remarks
    ):
        return ()
    places = [place for sense, place in columns.places.items() if sense in SHOWN]
    cells = [(row.number, place) for row in table.rows for place in places]
    cells = [cell for cell in cells if not _cell_of(table, *cell).isascii()][:6]
    preview = {}
    for encoding in GUESSED_ENCODINGS:
        other = open_table(
            data[:PREVIEW_BYTES], table.name, encoding=encoding, delimiter=table.delimiter
        )
        preview[encoding] = tuple(_cell_of(other, *cell)[:80] for cell in cells)
    return (Question("encoding", GUESSED_ENCODINGS, preview, assumed="cp1252"),)


def _cell_of(table: Table, row: int, column: int) -> str:
    return text_of(table.records[row].cell(column)) if row < len(table.records) else ""
