"""Count the blocks of a PNG or GIF file without decoding it.

Pillow reads the chunks of a PNG, and the comments of a GIF, one by one: a small picture with
hundreds of thousands of them takes as long as a large photograph. Segments of a JPEG are counted
with its scans; those of a WebP cost next to nothing.
"""

PNG_START, GIF_STARTS = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a")
PNG_END = b"IEND"
EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, 0x3B
# A picture of 12 MB has a few thousand chunks, an animation some hundred frames of three blocks.
MAX_BLOCKS = 10_000
# Of the data of all its pictures, in a GIF: a piece has 255 bytes wherever there are so many more.
MAX_PIECES = 500_000


def has_too_many_blocks(data: bytes) -> bool:
    """Return whether a file is a PNG or GIF of absurdly many blocks."""
    if data.startswith(PNG_START):
        return _has_too_many_chunks(data)
    return data.startswith(GIF_STARTS) and _has_too_many_parts(data)


def _has_too_many_chunks(data: bytes) -> bool:
    place = len(PNG_START)
    for _number in range(MAX_BLOCKS):
        if place >= len(data) or data[place + 4 : place + 8] == PNG_END:
            return False
        # Its length, its name and its checksum are beside what it holds.
        place += 12 + int.from_bytes(data[place : place + 4], "big")
    return True


def _has_too_many_parts(data: bytes) -> bool:
    """Count the blocks of a GIF, and the pieces of those that hold no picture."""
    count, pieces_of_pictures, place = 0, 0, 13 + _table_length(data, 10)
    while count <= MAX_BLOCKS and pieces_of_pictures <= MAX_PIECES:
        kind = data[place] if place < len(data) else TRAILER
        if kind == TRAILER:
            return False
        count += 1
        if kind == EXTENSION:
            place, pieces = _past_pieces(data, place + 2, at_most=MAX_BLOCKS)
            count += pieces
        elif kind == IMAGE:
            place += 11 + _table_length(data, place + 9)
            place, pieces = _past_pieces(data, place, at_most=MAX_PIECES)
            pieces_of_pictures += pieces
        else:  # Pillow looks for the next block behind it
            place += 1
    return True


def _table_length(data: bytes, place: int) -> int:
    """Return the bytes of the colour table that the flags at a place announce."""
    flags = data[place] if place < len(data) else 0
    return 3 * (2 << (flags & 7)) if flags & 0x80 else 0


def _past_pieces(data: bytes, place: int, *, at_most: int) -> tuple[int, int]:
    """Return the place behind a chain of pieces, and their number; each begins with its length."""
    count = 0
    while place < len(data) and data[place] and count <= at_most:
        place += data[place] + 1
        count += 1
    return place + 1, count
