"""
Decode a file so that encoding it again gives the same bytes.

Bytes that an encoding has no character for become lone surrogates (PEP 383); `shown` replaces them
where a person reads.
"""

import codecs
import re
from dataclasses import dataclass

from blog.spreadsheets.table import Remark, TableRefused

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a person may choose where the guess is wrong: single bytes cannot be told apart.
ENCODINGS = (
    *("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "mac-roman", "cp1251", "cp1253"),
    *("cp1254", "cp1255", "cp1256", "cp1257", "iso8859-2", "gb18030", "big5", "cp932", "cp949"),
)
SAMPLE_BYTES = 65_536
STRAY = re.compile("[\ud800-\udfff]+")
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
NON_ASCII_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` without its byte order mark, ``bom`` and ``tail`` (half a character) as bytes."""

    text: str
    encoding: str
    bom: bytes = b""
    tail: bytes = b""
    remarks: tuple[Remark, ...] = ()

    def encode(self, text: str) -> bytes:
        """Return the bytes of a text of this file; raise UnicodeEncodeError."""
        return text.encode(self.encoding, errors=_errors(self.encoding))


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return a file's text: by its mark, as UTF-16 by its NULs, as UTF-8 if it is, else cp1252.

    ``encoding`` is a person's choice, one of ENCODINGS. Raise TableRefused.
    """
    for bom, of_bom in BOMS:
        if data.startswith(bom) and encoding in (None, of_bom):
            return _decoded(data[len(bom) :], of_bom, bom=bom)
    if encoding:
        if encoding not in ENCODINGS:
            raise TableRefused("undecodable")
        return _decoded(data, encoding)
    of_nuls = _utf16_by_nuls(data)
    if of_nuls:
        return _decoded(data, of_nuls)
    try:
        data.decode()
    except UnicodeDecodeError:
        if _is_mixed(data):
            return _decoded(data, "utf-8", remarks=(Remark("mixed_encodings"),))
        return _decoded(data, "cp1252", remarks=(Remark("encoding_guessed"),))
    return _decoded(data, "utf-8")


def shown(text: str) -> str:
    """Return a decoded text as people read it.

    Without NULs, and a byte that was no UTF-8 as the character of Western Europe that it mostly is.
    """
    return STRAY.sub(_guessed, text.replace("\0", ""))


def _guessed(match: re.Match) -> str:
    try:
        return match[0].encode("ascii", "surrogateescape").decode("cp1252", "replace")
    except UnicodeEncodeError:  # half of a pair, in UTF-16
        return "\ufffd" * len(match[0])


def _decoded(data: bytes, encoding: str, *, bom: bytes = b"", remarks: tuple = ()) -> Decoded:
    cut = len(data) - len(data) % 2 if encoding.startswith("utf-16") else len(data)
    try:
        text = data[:cut].decode(encoding, errors=_errors(encoding))
    except (UnicodeDecodeError, UnicodeError) as error:
        raise TableRefused("undecodable") from error
    if len(CONTROLS.findall(text[:SAMPLE_BYTES])) > 2 + len(text[:SAMPLE_BYTES]) // 100:
        raise TableRefused("binary")
    return Decoded(text, encoding, bom, data[cut:], remarks)


def _errors(encoding: str) -> str:
    return "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"


def _utf16_by_nuls(data: bytes) -> str:
    """Return UTF-16 in the byte order that most NULs tell, or "" where they are few."""
    sample = data[:SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < max(4, len(sample) // 20):
        return ""
    if odd >= 9 * even:
        return "utf-16-le"
    return "utf-16-be" if even >= 9 * odd else ""


def _is_mixed(data: bytes) -> bool:
    """Return whether lines of UTF-8 stand among others: two files were put together.

    By chance a line of another encoding is UTF-8 in one of fifty cases.
    """
    valid = total = 0
    for match in NON_ASCII_LINE.finditer(data):
        total += 1
        try:
            match[0].decode()
        except UnicodeDecodeError:
            continue
        valid += 1
    return valid * 3 >= total > valid
