"""Encode a picture again, in a process of its own: ``encode.py SCANS SIDE < file``.

Started by ``blog.pictures``, without Django. Reads a file and writes an answer: a line with a word
and numbers, and behind ``made`` the large file and the small one. Unless SIDE is 0, the picture is
cut to a square of at most so many pixels before. A file that uses up the time or the memory ends
this process and nothing else.
"""

import contextlib
import io
import sys
import warnings

from PIL import Image, ImageCms

try:
    import resource
except ImportError:  # on Windows there are no such limits
    resource = None  # type: ignore[assignment]

MAX_CPU_SECONDS = 10
MAX_MEMORY_BYTES = 700_000_000  # of addresses: with its libraries, ten times what it starts with

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Decoding takes less than 300 MB of memory (measured). JPEG is decoded at the scale that is needed,
# so a photograph of a phone costs little, unless it has several scans: then all of it is in memory
# at once, as with the other formats, and with WebP in several copies.
MAX_PIXELS = {"JPEG": 60_000_000, "MPO": 60_000_000, "WEBP": 15_000_000}
MAX_PIXELS_OF_SCANS = 24_000_000
MAX_PIXELS_OTHERWISE = 20_000_000
# The pixels of all scans together: each scan is a walk over the whole picture.
MAX_SCANNED_PIXELS = 480_000_000
MAX_PROFILE_BYTES = 3_000_000

# In pixels, width and height. A picture is as wide as the text; a tall one, such as a screenshot
# of a list, stays legible.
LARGE_BOX, SMALL_BOX = (1600, 3200), (800, 1600)
WEBP_QUALITY = 84

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Pillow warns of what it would still decode; we would not.
warnings.simplefilter("error", Image.DecompressionBombWarning)


class TooManyPixels(Exception):
    """A picture has more pixels than its format may have, ``most``."""

    def __init__(self, most: int):
        super().__init__(most)
        self.most = most


def main() -> None:
    limit()
    scans, side = map(int, sys.argv[1:])
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), scans=scans, side=side))


def limit() -> None:
    """Limit the time and memory of this process."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
        with contextlib.suppress(ValueError, OSError):  # where the system has no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


def answer(data: bytes, *, scans: int, side: int = 0) -> bytes:
    """Return the answer for a file whose JPEG scans were counted before (0: it is no JPEG).

    ``side`` is that of a square to cut, in pixels; 0 leaves the picture whole.
    """
    try:
        return encode(data, scans, side)
    except TooManyPixels as refusal:
        return b"pixels %d\n" % refusal.most
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return b"pixels %d\n" % MAX_PIXELS_OTHERWISE
    except Image.UnidentifiedImageError:
        return b"unknown\n"
    except MemoryError:
        return b"costly\n"
    except Exception:
        # Broken files raise anything: ValueError, SyntaxError, struct.error, EOFError. To the
        # author they are all one thing.
        return b"damaged\n"


def encode(data: bytes, scans: int, side: int = 0) -> bytes:
    with Image.open(io.BytesIO(data), formats=FORMATS) as probe:
        most = _most_pixels(probe.format or "", scans)
        if probe.width * probe.height > most:
            raise TooManyPixels(most)
        probe.verify()
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        turn = _turn_of(image)
        box = LARGE_BOX if turn is None or not _swaps_sides(turn) else LARGE_BOX[::-1]
        image.draft("RGB", box)
        # An MPO holds a photograph and its depth or preview: nothing in it moves.
        was_animated = image.format != "MPO" and bool(getattr(image, "is_animated", False))
        upright = _plain(image, box)
    if turn is not None:
        upright = upright.transpose(turn)
    if side:
        upright = _square(upright, side)
    small = upright.copy()
    small.thumbnail(SMALL_BOX, Image.Resampling.LANCZOS)
    large, little = _webp(upright), _webp(small)
    numbers = (*upright.size, *small.size, was_animated, len(large))
    return b"made %d %d %d %d %d %d\n" % numbers + large + little


def _most_pixels(kind: str, scans: int) -> int:
    if scans > 1:
        return min(MAX_PIXELS_OF_SCANS, MAX_SCANNED_PIXELS // scans)
    return MAX_PIXELS.get(kind, MAX_PIXELS_OTHERWISE)


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    """Return the rotation of the picture; unreadable metadata is ignored."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 0))
    except Exception:  # broken metadata is no reason to refuse a whole picture
        return None


def _swaps_sides(turn: Image.Transpose) -> bool:
    """Return whether turning swaps width and height."""
    transpose = Image.Transpose
    return turn in (
        transpose.TRANSPOSE,
        transpose.ROTATE_270,
        transpose.TRANSVERSE,
        transpose.ROTATE_90,
    )


def _plain(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    """Return the first frame within `box`, in sRGB, with nothing but its pixels."""
    image.load()
    profile = image.info.get("icc_profile")
    is_clear = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "RGBa", "La")
    if image.mode.startswith("I;16"):  # grey in sixteen bits, which convert() would cut off
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        image = image.convert("RGBA" if is_clear else "RGB")
    elif is_clear and image.mode != "RGBA":
        image = image.convert("RGBA")
    image.thumbnail(box, Image.Resampling.LANCZOS)
    image = _in_srgb(image, profile)
    return Image.frombytes(image.mode, image.size, image.tobytes())


def _square(image: Image.Image, side: int) -> Image.Image:
    """Cut the middle out of a picture; of a tall one somewhat above it, where faces are."""
    edge = min(image.size)
    left, top = (image.width - edge) // 2, (image.height - edge) // 3
    square = image.crop((left, top, left + edge, top + edge))
    square.thumbnail((side, side), Image.Resampling.LANCZOS)
    return square


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert the colours to sRGB; a broken colour profile is ignored."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and len(profile) <= MAX_PROFILE_BYTES:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, given, srgb, outputMode=mode)
            return converted or image.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert(mode)


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=WEBP_QUALITY, method=4)
    return out.getvalue()


if __name__ == "__main__":
    main()
