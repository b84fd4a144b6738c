"""
Uploaded pictures, made harmless: decided by content, turned upright, and made anew.

What a file calls itself counts for nothing. Only what Pillow reads as one of four formats is
taken, its size is judged before a pixel is decoded, and what is kept is a new WebP file of the
pixels alone: no place, camera, comment, colour profile or appended script survives. Pure: bytes
in, bytes out.
"""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageCms

from blog.exceptions import Refused

LARGEST_FILE = 12_000_000
# What may be decoded stays below 300 MB (measured). JPEG is read at the scale that is needed, so a
# photograph of a telephone costs little, unless it is progressive: then all of it is held at once,
# as of the other formats, and of WebP in several copies.
MOST_PIXELS = {"JPEG": 60_000_000, "MPO": 60_000_000, "WEBP": 15_000_000}
MOST_PIXELS_PROGRESSIVE = 24_000_000
MOST_PIXELS_OTHERWISE = 20_000_000
LARGEST_PROFILE = 3_000_000

# A picture is as wide as the text; one that is tall, such as a list on a telephone, stays legible.
LARGE, SMALL = (1600, 3200), (800, 1600)
QUALITY = 84

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
    """Say no to a file that is no picture, or none that can be shown."""


@dataclass(frozen=True)
class Made:
    """A picture in its two sizes, as WebP; `was_animated` says that only its first frame is."""

    large: bytes
    small: bytes
    size: tuple[int, int]
    small_size: tuple[int, int]
    was_animated: bool

    @property
    def bytes(self) -> int:
        return len(self.large) + len(self.small)


def make_picture(data: bytes) -> Made:
    """Return the picture in `data` made anew; raise PictureRefused, and nothing else."""
    if len(data) > LARGEST_FILE:
        raise PictureRefused(
            _("This file has more than %d megabytes. Make the picture smaller first.")
            % (LARGEST_FILE // 1_000_000)
        )
    if _is_svg(data):
        raise PictureRefused(
            _("SVG drawings are not taken, because they can hold scripts. Export it as PNG.")
        )
    try:
        return _made(data)
    except PictureRefused:
        raise
    except Image.UnidentifiedImageError:
        raise PictureRefused(
            _("This file is not a picture that can be shown. Take JPEG, PNG, WebP or GIF.")
        ) from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many(MOST_PIXELS_OTHERWISE) from None
    except Exception:
        # Readers of broken files raise whatever they stumble over: ValueError, SyntaxError,
        # struct.error, EOFError. To the writer these are all one thing.
        raise PictureRefused(
            _("This picture is damaged or cut off. Save it again, or take another copy.")
        ) from None


def _is_svg(data: bytes) -> bool:
    """Say whether the file is a drawing, only to refuse it in better words; gzip hides one too."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<svg", b"<?xml", b"\x1f\x8b")) or b"<svg" in start


def _made(data: bytes) -> Made:
    formats = ("JPEG", "PNG", "WEBP", "GIF")
    with Image.open(io.BytesIO(data), formats=formats) as probe:
        most = _most_pixels(probe)
        if probe.width * probe.height > most:
            raise _too_many(most)
        probe.verify()
    with Image.open(io.BytesIO(data), formats=formats) as image:
        turn = _turn_of(image)
        box = LARGE if turn is None or not _lies(turn) else LARGE[::-1]
        image.draft("RGB", box)
        # An MPO holds a photograph and its depth or preview: nothing in it moves.
        was_animated = image.format != "MPO" and bool(getattr(image, "is_animated", False))
        upright = _plain(image, box)
    if turn is not None:
        upright = upright.transpose(turn)
    small = upright.copy()
    small.thumbnail(SMALL, Image.Resampling.LANCZOS)
    return Made(_webp(upright), _webp(small), upright.size, small.size, was_animated)


def _most_pixels(image: Image.Image) -> int:
    if image.info.get("progressive"):
        return MOST_PIXELS_PROGRESSIVE
    return MOST_PIXELS.get(image.format or "", MOST_PIXELS_OTHERWISE)


def _too_many(most: int) -> PictureRefused:
    return PictureRefused(
        _("This picture has more than %d million pixels. Make it smaller first.")
        % (most // 1_000_000)
    )


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    """Return how the camera was held; what cannot be read is taken as it lies."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 0))
    except Exception:  # broken metadata is no reason to refuse a whole picture
        return None


def _lies(turn: Image.Transpose) -> bool:
    """Say whether turning makes width of height."""
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
    """Return the colours as screens show them; a profile that does not fit is left unread."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and len(profile) <= LARGEST_PROFILE:
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
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
