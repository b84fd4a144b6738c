"""Split a pasted list of references into its entries."""

import re
from collections.abc import Callable

from blog.citations.csl.fields import tidy
from blog.citations.parsers.reference_line import words
from blog.citations.parsers.reference_line.dates import DATED
from blog.citations.parsers.reference_line.formatting import without_emphasis

BULLET = re.compile(r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.):](?=\s+\D)|[a-z]\)|[-*+•–·●◦▪‣#])\s+")
MAIL_QUOTE = re.compile(r"^\s*(?:>\s?)+")
# What somebody puts around a whole entry.
AROUND = {'"': '"', "“": "”", "„": "“", "'": "'", "‘": "’", "«": "»", "[": "]", "(": ")", "<": ">"}
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d")
HEADING = re.compile(r"^\W*(?:references?|reference list|bibliography|works cited)\W*$", re.I)
# “Luna, A., 2012.” and “Luna A, Sol B.” begin entries of other styles.
BEGINS = re.compile(
    r"[^\W\d_][\w’'-]+(?: [^\W\d_][\w’'-]+)?,? (?:[A-Z]\.|[A-Z]{1,2},|[A-Z][a-z]+[,.])"
    r".*\b(?:1[5-9]|20)\d\d\b"
)
# Where a blank belongs in “Luna,A.(2012).On ties:a study.Moor Press.”, and where none does.
WITHOUT_BLANK = re.compile(
    r"(?<=[^\W\d_]{2}[.?!])(?=[^\W\d_a-z])|(?<=[^\W\d_]{2}[:;,])(?=[^\W_])"
    r"|(?<=[.\w])(?=\((?:1[5-9]|20)\d\d|\(n\.)|(?<=\)[.,:])(?=\w)|(?<=\.[,&])(?=[^\W\d_])"
    r"|(?<=\.)(?=&)|(?<=\b[A-Z]\.)(?=[A-Z][a-z])|(?<=[a-z])(?=\((?:Eds?\.|pp))"
)
ADDRESS = re.compile(r"((?:https?://|www\.|doi:|10\.\d{4,9}/)\S*)", re.IGNORECASE)
LINK_ONLY = re.compile(
    r"[<(\[]?(?:doi:?\s*)?(?:https?://|www\.|(?:dx\.)?doi\.org/|10\.\d{4,9}/)\S+",
    re.IGNORECASE,
)
ISBN_ONLY = re.compile(r"(?:ISBN[ :-]*)?(?:\d[ -]?){9,12}[\dX]", re.IGNORECASE)
ENDS_IN_LINK = re.compile(r"(?:https?://|www\.|10\.\d{4,9}/)\S+$", re.IGNORECASE)
# A hyphen at the end of a line is of its word, or of the page that breaks the word there.
BROKEN_AT_HYPHEN = re.compile(r"\S[-‐‑–\xad]$")
BROKEN_WORD = re.compile(r"(?<![\w/.:-])(?P<begins>[^\W\d_]+)[-‐]$")
COMPOUNDS = """
    all anti co cross e ex face half high inter long low meta micro multi non one open part peer
    post pre pro quasi real self semi short socio sub two well
"""
# PubMed adds the day on which an article went online; a record has no field for it.
EPUB = re.compile(
    r"(?<=[.;\s])\s*\bEpub(?: ahead of print)?:? \d{4}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?(?:\.|$)"
)
# Around the number of PubMed, which says the same.
PUBMED = re.compile(r"\bPubMed (?=PMC?ID\b)|\s*\[PubMed\b[^\[\]]{0,40}\]\.?", re.IGNORECASE)
MAX_ENTRY_CHARS = 4_000  # of what is read as one
MAX_GROUP_LINES = 40  # without a date among which notes are looked for
# What ends an entry, beside which only an address or a publisher may follow.
ENDS_ENTRY = {"page", "number", "DOI", "URL"}
Read = Callable[[str], dict]


def split_entries(text: str, read: Read) -> list[str]:
    """Return the entries of a pasted list, each on one line and without the list's heading.

    Blank lines separate entries where there are any; else a line without a date belongs to the
    entry before it, unless ``read`` reads that entry whole and the line would change it: then it
    is a note of somebody.
    """
    blocks = [block for block in re.split(r"\n[ \t>]*\n", text) if block.strip()]
    if len(blocks) < 2:
        entries = _joined(_lines(text), read)
    else:
        entries = [entry for block in blocks for entry in _without_notes(_lines(block), read)]
    return [entry for entry in entries if entry and not HEADING.match(entry)]


def cleaned_line(line: str) -> str:
    """Return a line without its bullet, its emphasis, what is around it, and signs of no width."""
    text = PUBMED.sub("", EPUB.sub("", tidy(without_emphasis(MAIL_QUOTE.sub("", line)))))
    return _without_what_is_around(BULLET.sub("", text).strip())


def _without_what_is_around(text: str) -> str:
    """Return an entry without the quotation marks or the bracket that hold all of it.

    Those of a title in front, or of a number, end before the year.
    """
    inner = text[1:].rstrip(".,; ")
    end, year = AROUND.get(text[:1], ""), YEAR.search(text)
    if not end or not year or not inner.endswith(end):
        return text
    if re.search(rf"{re.escape(end)}(?!\w)", text[1 : year.start()]):
        return text
    return inner.removesuffix(end).strip()


def with_blanks(line: str) -> str:
    """Return a line with the blanks that belong behind its marks, but not inside addresses."""
    pieces = ADDRESS.split(line)
    pieces[::2] = [WITHOUT_BLANK.sub(" ", piece) for piece in pieces[::2]]
    return " ".join(" ".join(pieces).split())


def _lines(text: str) -> list[str]:
    lines = (MAIL_QUOTE.sub("", line) for line in text.splitlines())
    return [" ".join(line.split()) for line in lines if line.strip()]


def _joined(lines: list[str], read: Read) -> list[str]:
    """Join the lines of each entry, which begins with a sign of its own."""
    groups: list[list[str]] = []
    for line in lines:
        last = groups[-1] if groups else []
        signs = (DATED.search, BULLET.match, HEADING.match, BEGINS.match)
        begins = not last or any(sign(line) for sign in signs)
        # An entry has one address; a second one is a work of its own.
        begins |= bool(LINK_ONLY.fullmatch(line) and last and ENDS_IN_LINK.search(last[-1]))
        begins |= bool(ISBN_ONLY.fullmatch(line) or (len(last) == 1 and _is_identifier(last[0])))
        if begins or HEADING.match(last[0]):
            groups.append([line])
        else:
            last.append(line)
    return [entry for group in groups for entry in _without_notes(group, read)]


def _without_notes(lines: list[str], read: Read) -> list[str]:
    """Join lines as long as they do not change an entry that is whole; others stand alone.

    A dated line after it is an entry of its own, any other a note; its address is the note’s.
    """
    entries: list[str] = []
    entry, is_noted = lines[0], False
    for place, line in enumerate(lines[1:], 1):
        joined = _with_line(entry, line)
        if len(joined) > MAX_ENTRY_CHARS or place > MAX_GROUP_LINES:
            return [*entries, " ".join([entry, *lines[place:]])]
        is_link = bool(LINK_ONLY.fullmatch(line))
        is_dated = bool(DATED.search(line) or BEGINS.match(line))
        is_after_note = is_noted and (is_link or is_dated)
        if is_after_note or (not is_link and _is_note(line, entry, joined, read)):
            entries.append(entry)
            entry, is_noted = line, not is_dated
        else:
            entry = joined
    return [*entries, entry]


def _with_line(entry: str, line: str) -> str:
    """Return an entry with its next line, and without the hyphen of a word that the page broke."""
    if not BROKEN_AT_HYPHEN.search(entry) or ENDS_IN_LINK.search(entry):
        return f"{entry} {line}"
    word = BROKEN_WORD.search(entry)
    if entry.endswith("\xad") or (
        word and line[:1].islower() and word["begins"].lower() not in COMPOUNDS.split()
    ):
        return entry[:-1] + line
    return entry + line


def _is_note(line: str, entry: str, joined: str, read: Read) -> bool:
    """Return whether a line takes away from what the lines before say as a whole entry."""
    is_broken = " " not in line and ENDS_IN_LINK.search(entry)
    if is_broken or line.startswith(tuple("-–—/.,:")):
        return False
    return _is_changed(read(entry), joined, read)


def _is_changed(before: dict, joined: str, read: Read) -> bool:
    """Return whether a record that is whole is another one with more words behind it."""
    is_whole = ENDS_ENTRY & before.keys() or words.PUBLISHER.search(before.get("publisher", ""))
    if not is_whole:
        return False
    after = read(joined)
    added = after.keys() - before.keys()
    is_prose = "publisher" in added and words.has_small_words(after["publisher"])
    return is_prose or any(after.get(name) != value for name, value in before.items())


def _is_identifier(entry: str) -> bool:
    return bool(LINK_ONLY.fullmatch(entry) or ISBN_ONLY.fullmatch(entry))
