"""Clean uploaded pictures: check the content, turn it upright, and encode it again.

The name and type that a file claims are ignored. Only what Pillow reads as one of four formats is
accepted, its size is checked before a pixel is decoded, and what is stored is a new WebP file of
the pixels alone: no location, camera, comment, colour profile or appended script is left. Pure:
bytes in, bytes out.
"""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, ImageCms

from blog.exceptions import Refused

MAX_FILE_BYTES = 12_000_000
# Decoding takes less than 300 MB of memory (measured). JPEG is decoded at the scale that is needed,
# so a photograph of a phone costs little, unless it is progressive: then all of it is in memory at
# once, as with the other formats, and with WebP in several copies.
MAX_PIXELS = {"JPEG": 60_000_000, "MPO": 60_000_000, "WEBP": 15_000_000}
MAX_PIXELS_PROGRESSIVE = 24_000_000
MAX_PIXELS_OTHERWISE = 20_000_000
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


def clean_picture(data: bytes) -> CleanPicture:
    """Encode an uploaded picture again; raise PictureRefused, and nothing else."""
    if len(data) > MAX_FILE_BYTES:
        raise PictureRefused(
            _("This file is larger than %d MB. Make the picture smaller first.")
            % (MAX_FILE_BYTES // 1_000_000)
        )
    if _is_svg(data):
        raise PictureRefused(
            _("SVG files are not accepted, because they can contain scripts. Export it as PNG.")
        )
    try:
        return _encode_again(data)
    except PictureRefused:
        raise
    except Image.UnidentifiedImageError:
        raise PictureRefused(
            _("This file is not a picture that can be shown. Use JPEG, PNG, WebP or GIF.")
        ) from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many(MAX_PIXELS_OTHERWISE) from None
    except Exception:
        # Broken files raise anything: ValueError, SyntaxError, struct.error, EOFError. To the
        # author they are all one thing.
        raise PictureRefused(
            _("This picture is damaged or incomplete. Save it again, or use another copy.")
        ) from None


def _is_svg(data: bytes) -> bool:
    """Return whether the file is an SVG, also in gzip: only to say so when it is refused."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<svg", b"<?xml", b"\x1f\x8b")) or b"<svg" in start


def _encode_again(data: bytes) -> CleanPicture:
    formats = ("JPEG", "PNG", "WEBP", "GIF")
    with Image.open(io.BytesIO(data), formats=formats) as probe:
        most = _most_pixels(probe)
        if probe.width * probe.height > most:
            raise _too_many(most)
        probe.verify()
    with Image.open(io.BytesIO(data), formats=formats) as image:
        turn = _turn_of(image)
        box = LARGE_BOX if turn is None or not _swaps_sides(turn) else LARGE_BOX[::-1]
        image.draft("RGB", box)
        # An MPO holds a photograph and its depth or preview: nothing in it moves.
        was_animated = image.format != "MPO" and bool(getattr(image, "is_animated", False))
        upright = _plain(image, box)
    if turn is not None:
        upright = upright.transpose(turn)
    small = upright.copy()
    small.thumbnail(SMALL_BOX, Image.Resampling.LANCZOS)
    return CleanPicture(_webp(upright), _webp(small), upright.size, small.size, was_animated)


def _most_pixels(image: Image.Image) -> int:
    if image.info.get("progressive"):
        return MAX_PIXELS_PROGRESSIVE
    return MAX_PIXELS.get(image.format or "", MAX_PIXELS_OTHERWISE)


def _too_many(most: int) -> PictureRefused:
    millions = most // 1_000_000
    return PictureRefused(
        ngettext(
            "This picture has more than %d million pixels. Make it smaller first.",
            "This picture has more than %d million pixels. Make it smaller first.",
            millions,
        )
        % millions
    )


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    """Return how to turn the picture upright; unreadable metadata is ignored."""
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
