"""Print the citations and list entries of the works in a file."""

import json
import sys
from html import escape
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from blog.citations import STYLES, CiteItem, Cluster, Entry, Run, format_citations
from blog.citations.parsers import decode_file, read_references
from blog.exceptions import ReadError


class Command(BaseCommand):
    # It reads a file and writes to the terminal, without a database.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.description = _(
            "Print the in-text citation and the list entry of every work in a BibTeX, RIS or "
            "CSL-JSON file, in the order of the list. Works are told apart as in one text that "
            "cites them all."
        )
        parser.add_argument("file", help=_("the file to read; - for standard input"))
        parser.add_argument("--style", default="apa", choices=STYLES, help=_("the citation style"))
        parser.add_argument(
            "--output", default="text", choices=list(OUTPUTS), help=_("the format of the output")
        )

    def handle(self, *args, file, style, output, **options):
        try:
            records = read_references(_contents(file))
        except ReadError as error:
            raise CommandError(str(error)) from error
        works = {record["id"]: record for record in records}
        # In list order, so that a group's abbreviation is introduced at its first entry.
        order = [entry.key for entry in _cited(works, list(works), style).entries]
        formatted = _cited(works, order, style)
        self.stdout.write(
            OUTPUTS[output](list(zip(formatted.in_text, formatted.entries, strict=True)))
        )


def _cited(works: dict[str, dict], keys: list[str], style: str):
    return format_citations(works, [Cluster((CiteItem(key),)) for key in keys], style)


def _contents(file: str) -> str:
    """Return the text of the file, in the encoding that it has."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
    return decode_file(data)


def _as_text(cited: list[tuple[tuple[Run, ...], Entry]]) -> str:
    return "\n\n".join(f"{_plain(in_text)}\n{entry.text}" for in_text, entry in cited)


def _as_html(cited: list[tuple[tuple[Run, ...], Entry]]) -> str:
    items = (
        f'<li id="ref-{escape(entry.key)}"><p>{_marked(in_text)}</p>\n<p>{entry.html}</p></li>'
        for in_text, entry in cited
    )
    return "\n".join(["<ul>", *items, "</ul>"])


def _as_json(cited: list[tuple[tuple[Run, ...], Entry]]) -> str:
    rows = [
        {"id": entry.key, "in_text": _plain(in_text), "entry": entry.text}
        for in_text, entry in cited
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _plain(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def _marked(runs: tuple[Run, ...]) -> str:
    return "".join(f"<i>{escape(run.text)}</i>" if run.italic else escape(run.text) for run in runs)


OUTPUTS = {"text": _as_text, "html": _as_html, "json": _as_json}
