"""Clean uploaded pictures: check the content, turn it upright, and encode it again.

The name and type that a file claims are ignored. Only what Pillow reads as one of four formats is
accepted, its size is checked before a pixel is decoded, and what is stored is a new WebP file of
the pixels alone: no location, camera, comment, colour profile or appended script is left. Pure:
bytes in, bytes out.

A file can cost a decoder far more than its bytes and pixels say: a progressive JPEG is walked once
for each of its scans, and Pillow joins thousands of little blocks of metadata one by one. What is
known is looked for before anything is decoded (``scans``, ``blocks``). For what is not, the file is
decoded by a process of its own, with a limit of time and memory (``encode``): no file can stop a
worker.
"""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.exceptions import Refused
from blog.pictures.blocks import has_too_many_blocks
from blog.pictures.scans import scan_count

MAX_FILE_BYTES = 12_000_000
PORTRAIT_SIDE = 256  # pixels; the largest face on a page has 96, on screens with up to three each
# Ordinary encoders write about ten scans; a scan that says nothing is 42 bytes.
MAX_SCANS = 100

# What files of other kinds begin with; of those like MP4, which name a brand there, the brand.
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
OTHER_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"crx ": "CR3"}
OTHER_STARTS = {
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"8BPS": "Photoshop",
    b"\xff\x0a": "JPEG XL",
    b"\x00\x00\x00\x0cJXL ": "JPEG XL",
}

ENCODER = Path(__file__).with_name("encode.py")
# The encoder ends itself before that; a machine may be busy.
MAX_SECONDS = 60
# Each takes up to 300 MB, so the threads of one process take turns.
MAX_SECONDS_IN_LINE = 10
_turn = threading.BoundedSemaphore(1)


class PictureRefused(Refused):
    """A file is not a picture, or not one that can be shown."""


@dataclass(frozen=True)
class CleanPicture:
    """A picture in two sizes, as WebP; `was_animated`: only the first frame was taken."""

    large: bytes
    small: bytes
    size: tuple[int, int]
    small_size: tuple[int, int]
    was_animated: bool

    @property
    def bytes(self) -> int:
        return len(self.large) + len(self.small)


def clean_portrait(data: bytes) -> bytes:
    """Return an uploaded picture of a person as a small square; raise PictureRefused only."""
    return _clean(data, side=PORTRAIT_SIDE).large


def clean_picture(data: bytes) -> CleanPicture:
    """Encode an uploaded picture again; raise PictureRefused, and nothing else."""
    return _clean(data)


def _clean(data: bytes, *, side: int = 0) -> CleanPicture:
    """Check a file and encode it; ``side`` is that of a square to cut, 0 for none."""
    if len(data) > MAX_FILE_BYTES:
        raise PictureRefused(
            _("This file is larger than %d MB. Make the picture smaller first.")
            % (MAX_FILE_BYTES // 1_000_000)
        )
    if _is_svg(data):
        raise PictureRefused(
            _("SVG files are not accepted, because they can contain scripts. Export it as PNG.")
        )
    _refuse_other_kinds(data)
    scans = scan_count(data, at_most=MAX_SCANS + 1)
    if scans > MAX_SCANS or has_too_many_blocks(data):
        raise PictureRefused(_too_costly())
    if not _turn.acquire(timeout=MAX_SECONDS_IN_LINE):
        raise PictureRefused(
            _("The site is busy with other pictures. Wait a minute, then add yours again.")
        )
    try:
        return _read_answer(_encode(data, scans, side))
    finally:
        _turn.release()


def _is_svg(data: bytes) -> bool:
    """Return whether the file is an SVG, also in gzip: only to say so when it is refused."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<svg", b"<?xml", b"\x1f\x8b")) or b"<svg" in start


def _refuse_other_kinds(data: bytes) -> None:
    """Refuse the files that people take for pictures like any other, and say the way out."""
    brand = data[8:12] if data[4:8] == b"ftyp" else b""
    if brand in HEIC_BRANDS:
        raise PictureRefused(
            _(
                "This picture is in HEIC format, which most browsers cannot show. On an iPhone, "
                "choose Settings, Camera, Formats, “Most Compatible”. On a Mac, open it in "
                "Preview and export it as JPEG."
            )
        )
    if data.startswith(b"%PDF"):
        raise PictureRefused(
            _("This is a PDF. Take a screenshot of the part that you want to show.")
        )
    kind = OTHER_BRANDS.get(brand) or next(
        (kind for start, kind in OTHER_STARTS.items() if data.startswith(start)), ""
    )
    if kind:
        raise PictureRefused(
            _(
                "Not every browser can show pictures in this format: %(kind)s. Open it in a "
                "picture program and export it as JPEG or PNG."
            )
            % {"kind": kind}
        )
    if brand:
        raise PictureRefused(_("This is a video. Put it on a video site and link to it."))


def _encode(data: bytes, scans: int, side: int) -> bytes:
    """Return the encoder's answer; nothing if it used up its time or memory, or crashed."""
    try:
        encoder = subprocess.run(
            [sys.executable, str(ENCODER), str(scans), str(side)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Where this process finds Pillow; none of its secrets.
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"},
            timeout=MAX_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return b""
    return encoder.stdout if encoder.returncode == 0 else b""


def _read_answer(answer: bytes) -> CleanPicture:
    """Return the picture of an answer: words and numbers on the first line, then two files."""
    head, _newline, files = answer.partition(b"\n")
    word, *numbers = head.decode("ascii").split() or [""]
    if word == "made":
        width, height, small_width, small_height, was_animated, length = map(int, numbers)
        return CleanPicture(
            files[:length],
            files[length:],
            (width, height),
            (small_width, small_height),
            bool(was_animated),
        )
    raise PictureRefused(_refusal(word, numbers))


def _refusal(word: str, numbers: list[str]) -> str:
    if word == "pixels":
        return _too_many(int(numbers[0]) // 1_000_000)
    return {
        "unknown": _("This file is not a picture that can be shown. Use JPEG, PNG, WebP or GIF."),
        "damaged": _("This picture is damaged or incomplete. Save it again, or use another copy."),
    }.get(word) or _too_costly()


def _too_many(millions: int) -> str:
    return (
        ngettext(
            "This picture has more than %d million pixels. Make it smaller, or cut it into parts.",
            "This picture has more than %d million pixels. Make it smaller, or cut it into parts.",
            millions,
        )
        % millions
    )


def _too_costly() -> str:
    return _(
        "This picture takes too long to read. Open it in another program and save it again as JPEG "
        "or PNG."
    )
