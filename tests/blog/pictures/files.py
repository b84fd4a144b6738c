"""Files of pictures to try, and what reading one costs."""

import io
import resource
import struct
import zlib
from contextlib import contextmanager
from types import SimpleNamespace

from PIL import Image


def file_of(image, kind="PNG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def with_scans(count, size=(600, 400)):
    """Return a progressive JPEG whose last scan comes ``count`` times."""
    data = file_of(Image.new("L", size, 128), "JPEG", progressive=True, quality=30)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


def in_separate_scans(components, side):
    """Return a sequential JPEG of which each component has a scan of its own, all of it black."""

    def segment(kind, body):
        return bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body

    each = b"".join(bytes([number + 1, 0x11, 0]) for number in range(components))
    frame = struct.pack(">BHHB", 8, side, side, components) + each
    code = bytes([1] + [0] * 15) + b"\0"
    blocks = b"\0" * (((side + 7) // 8) ** 2 // 4 + 1)
    scans = b"".join(
        segment(0xDA, bytes([1, number + 1, 0, 0, 63, 0])) + blocks for number in range(components)
    )
    tables = segment(0xDB, b"\0" + b"\1" * 64) + segment(0xC4, b"\x00" + code + b"\x10" + code)
    return b"\xff\xd8" + tables + segment(0xC0, frame) + scans + b"\xff\xd9"


def with_blocks(kind, count, block):
    """Return a little picture with the same block of metadata ``count`` times."""
    data = file_of(Image.new("L", (9, 9)), kind)
    place = {"JPEG": 2, "PNG": 33, "GIF": 13 + 3 * (2 << (data[10] & 7))}[kind]
    return data[:place] + block * count + data[place:]


def png_chunk(kind, body):
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


@contextmanager
def cost():
    """Measure seconds of CPU, of this process and those it starts."""
    spent = SimpleNamespace()
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    yield spent
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    spent.seconds = sum(
        now.ru_utime + now.ru_stime - then.ru_utime - then.ru_stime
        for then, now in zip(before, after, strict=True)
    )
