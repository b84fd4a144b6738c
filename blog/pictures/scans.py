"""Count the scans of a JPEG file without decoding it.

A baseline file has one. Each further scan is one more walk over all blocks of the picture, and
makes the decoder hold all of them in memory, whether the file calls itself progressive or not.
"""

import re

START_OF_IMAGE = b"\xff\xd8"
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
# Segments without a length, beside restarts: the start of an image, and TEM.
BARE = {0x01, 0xD8}
# Before the first scan Pillow looks for the next segment right behind these as well.
BARE_BEFORE_SCANS = {*BARE, 0xC8, END_OF_IMAGE, *range(0xF0, 0xFE)}
# In a scan's data a zero behind 0xFF makes it an ordinary byte; restarts may come at every block.
# Any number of bytes 0xFF may fill the place before a segment: the last one begins it.
SEGMENT = re.compile(b"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
# A camera writes some dozens: metadata comes in pieces of 64 kB. Before the first scan Pillow walks
# over what is between two segments byte by byte, so each of these bytes counts as one.
MAX_SEGMENTS = 10_000


def scan_count(data: bytes, *, at_most: int) -> int:
    """Return the number of scans of the first image, counted up to ``at_most``; 0 if no JPEG.

    A file of absurdly many segments counts as one of too many scans, and so does one with absurdly
    many bytes between its segments.
    """
    if not data.startswith(START_OF_IMAGE):
        return 0
    count, segments, place = 0, 0, 2
    while count < at_most:
        found = SEGMENT.search(data, place)
        between = (found.start() if found else len(data)) - place
        segments += 1 + (between if count == 0 else 0)
        if segments > MAX_SEGMENTS:
            return at_most
        if found is None:
            break
        kind, place = found[1][0], found.end()
        if kind in (BARE if count else BARE_BEFORE_SCANS):
            continue
        if kind == END_OF_IMAGE:
            break
        if kind == START_OF_SCAN:
            count += 1
        length = int.from_bytes(data[place : place + 2], "big")
        place += max(length, 2)
    return count
