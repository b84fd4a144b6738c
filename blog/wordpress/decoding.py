"""Read the bytes of a file as text, in the encoding that it names. Pure."""

import codecs
import re

from blog.wordpress.items import WordPressRefused

MAX_WRONG_BYTES = 1_000_000  # each is looked at by itself
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Encodings that blogs were kept in; whatever else a file names is read as UTF-8.
KNOWN = re.compile(
    r"utf-?8|utf-?16|ascii|iso8859-\d{1,2}|cp125\d|koi8-r|koi8-u|gb18030|gbk|gb2312|big5|shift_jis"
    r"|euc_jp|euc_kr|cp874"
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, int]:
    """Return the text of a file, and the line of its first byte that is none of its encoding.

    The line is 0 if all are. Such a byte is read as Windows does, which is where most come from.
    Raises WordPressRefused for a file that is made of them.
    """
    encoding, data = _encoding_of(data)
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if data.decode(encoding, "replace").count("\ufffd") > MAX_WRONG_BYTES:
            raise WordPressRefused("beyond_repair", line=line) from error
        return data.decode(encoding, "as_windows_does"), line


def _encoding_of(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    declared = DECLARED.match(data[:400].lstrip())
    if declared:
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            return "utf-8", data
        if KNOWN.fullmatch(name) and not name.startswith("utf-16"):
            return name, data
    return "utf-8", data


def _as_windows_does(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("as_windows_does", _as_windows_does)
