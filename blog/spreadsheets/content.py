"""Types of files by their first bytes: names lie, and “.xls” may be text, a page or a workbook."""

import re

from blog.spreadsheets.table import TableRefused

WORKBOOK, HTML, TEXT = "workbook", "html", "text"

REFUSED = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"{\\rtf", "rich_text"),
    (b"\xd0\xcf\x11\xe0", "old_workbook"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"SQLite format 3", "binary"),
    (b"\x7fELF", "binary"),
    (b"MZ\x90", "binary"),
)
ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
# Pictures whose first bytes are only the container's.
LATER = re.compile(rb"\A(?:RIFF....WEBP|....ftyp(?:hei[cf]|avif|mif1))", re.DOTALL)
PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->|\s)*+<([!a-z][\w:-]*)", re.I | re.S
)
HTML_TAGS = {"!doctype", "html", "head", "body", "table", "meta", "style", "div", "font", "center"}


def binary_kind(data: bytes) -> str:
    """Return WORKBOOK for a zipped file, TEXT for what may be text; raise TableRefused."""
    start = data[:64]
    for signature, reason in REFUSED:
        if start.startswith(signature):
            raise TableRefused(reason)
    if LATER.match(start):
        raise TableRefused("picture")
    return WORKBOOK if start.startswith(ZIPS) else TEXT


def text_kind(text: str) -> str:
    """Return HTML for a page, TEXT else; raise TableRefused for a spreadsheet in XML."""
    match = PAGE_START.match(text[:10_000])
    if not match:
        return TEXT
    if match[1].lower() in HTML_TAGS:
        return HTML
    if text.lstrip()[:5].lower() == "<?xml":
        raise TableRefused("xml")
    return TEXT
