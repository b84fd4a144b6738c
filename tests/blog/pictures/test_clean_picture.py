"""Uploaded pictures: what is taken, what comes out of it, and what never does."""

import io
import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageStat

from blog.pictures import MAX_FILE_BYTES, PictureRefused, _turn, clean_picture
from blog.pictures.encode import ORIENTATION
from tests.blog.pictures.files import file_of

FOLDER = Path(os.environ.get("PLN_TEST_DATA", "/nowhere")) / "images"
FILES = sorted(path for path in FOLDER.glob("*/*") if path.is_file())
NO_PICTURES = {"decompression_bomb.gif", "xss.svgz"}


def read(data):
    image = Image.open(io.BytesIO(data), formats=["WEBP"])
    image.load()
    return image


def distance(image, other):
    """Return how far two pictures are apart: the mean difference of a channel, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(image, other)).mean)


# Real and hostile files


@pytest.mark.skipif(not FILES, reason="PLN_TEST_DATA is unset: no real pictures to test on")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_real_file_is_refused_or_made_harmless(path):
    data = path.read_bytes()
    start = time.process_time()

    try:
        made = clean_picture(data)
    except PictureRefused:
        assert path.suffix == ".svg" or path.name in NO_PICTURES
    else:
        assert path.suffix != ".svg"
        assert path.name not in NO_PICTURES
        for file, size in ((made.large, made.size), (made.small, made.small_size)):
            image = read(file)
            assert image.size == size
            assert set(image.info) <= {"loop", "background", "timestamp", "duration"}
            assert not any(word in file for word in (b"EXIF", b"XMP ", b"ICCP", b"script"))
    assert time.process_time() - start < 1


@pytest.mark.parametrize("kind", ["jpg", "webp"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_pictures_come_out_upright_however_the_camera_was_held(real_data, orientation, kind):
    folder = real_data / "images" / "pillow"
    hopper = Image.open(folder / "hopper.png").convert("RGB")
    data = (folder / f"hopper_orientation_{orientation}.{kind}").read_bytes()

    image = read(clean_picture(data).large)

    assert image.size == hopper.size
    assert distance(image, hopper) < 9
    assert distance(image.rotate(90), hopper) > 30


def test_place_and_camera_are_gone():
    exif = Image.Exif()
    exif[0x010F] = "Kodak of Ada"
    exif.get_ifd(0x8825)[2] = (48.0, 25.0, 12.0)
    data = file_of(Image.new("RGB", (40, 30), "teal"), "JPEG", exif=exif, comment=b"Ada's garden")
    assert b"Kodak of Ada" in data

    made = clean_picture(data)

    for file in (made.large, made.small):
        assert b"Ada" not in file
        assert dict(read(file).getexif()) == {}


def test_script_behind_the_picture_is_gone():
    data = file_of(Image.new("RGB", (9, 9), "teal"), "GIF") + b"<script>alert(1)</script>"

    assert b"script" not in clean_picture(data).large


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a picture"),
        (b"GIF89a", "not a picture"),
        (b"%PDF-1.7", "This is a PDF. Take a screenshot"),
        (b"<!doctype html><p>", "not a picture"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg onload=alert(1)>", "SVG"),
        (b"<svg/onload=alert(1)>", "SVG"),
        (file_of(Image.new("RGB", (9, 9)), "BMP"), "this format: BMP\\. .* export it as JPEG"),
        (file_of(Image.new("RGB", (9, 9)), "TIFF"), "this format: TIFF\\. .* export it as JPEG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "HEIC format, .* “Most Compatible”"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0heic", "HEIC format"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "this format: AVIF"),
        (b"\0\0\0\x18ftypqt  \0\0\0\0", "This is a video"),
        (file_of(Image.effect_noise((90, 90), 50), "JPEG")[:-900], "damaged or incomplete"),
        (file_of(Image.effect_noise((90, 90), 50))[:-900], "damaged or incomplete"),
        (b"\0" * (MAX_FILE_BYTES + 1), "larger than 12 MB"),
    ],
    ids=[
        *("empty", "start", "pdf", "html", "xml", "svg", "bmp", "tiff", "heic", "mif1", "avif"),
        *("video", "jpeg", "png", "huge"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(data, said):
    with pytest.raises(PictureRefused, match=said):
        clean_picture(data)


@pytest.mark.parametrize(
    ("size", "kind", "options", "most"),
    [
        ((20_000, 4_000), "PNG", {}, 20),
        ((4_000, 4_000), "WEBP", {"method": 0, "quality": 1}, 15),
        ((6_000, 6_000), "JPEG", {"progressive": True}, 24),
        ((8_000, 8_000), "JPEG", {}, 60),
    ],
)
def test_bomb_is_refused_before_it_is_decoded(size, kind, options, most):
    bomb = file_of(Image.new("L", size), kind, **options)

    with pytest.raises(PictureRefused, match=f"more than {most} million pixels"):
        clean_picture(bomb)


# What a file costs


@pytest.mark.parametrize("reason", ["time", "memory", "crash"])
def test_an_encoder_that_dies_refuses_the_picture_and_nothing_else(monkeypatch, tmp_path, reason):
    program = {
        "time": "import resource as r\nr.setrlimit(r.RLIMIT_CPU, (1, 1))\nwhile True: pass",
        "memory": "raise MemoryError",
        "crash": "import os\nos.abort()",
    }[reason]
    (tmp_path / "encode.py").write_text(program)
    monkeypatch.setattr("blog.pictures.ENCODER", tmp_path / "encode.py")

    with pytest.raises(PictureRefused, match="takes too long to read"):
        clean_picture(file_of(Image.new("L", (9, 9))))


def test_the_encoder_is_told_nothing_of_the_environment(monkeypatch):
    started = []

    def run(command, **options):
        started.append(options["env"])
        return SimpleNamespace(returncode=0, stdout=b"damaged\n")

    monkeypatch.setattr("blog.pictures.subprocess.run", run)

    with pytest.raises(PictureRefused, match="damaged"):
        clean_picture(file_of(Image.new("L", (9, 9))))
    assert [set(environment) for environment in started] == [{"PYTHONPATH", "PYTHONSAFEPATH"}]


def test_one_picture_at_a_time_is_encoded(monkeypatch):
    monkeypatch.setattr("blog.pictures.MAX_SECONDS_IN_LINE", 0)

    with _turn, pytest.raises(PictureRefused, match="busy with other pictures"):
        clean_picture(file_of(Image.new("L", (9, 9))))


def test_photograph_of_a_large_camera_is_taken():
    data = file_of(Image.new("L", (8_000, 6_000), 90), "JPEG")

    assert clean_picture(data).size == (1600, 1200)


def test_what_pillow_warns_of_is_refused_too():
    with pytest.raises(PictureRefused, match="more than 20 million pixels"):
        clean_picture(file_of(Image.new("1", (20_000, 5_000))))


@given(
    st.binary(max_size=200), st.integers(0, 600), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"])
)
def test_broken_files_are_read_or_refused_and_nothing_else(junk, place, kind):
    whole = file_of(Image.linear_gradient("L").resize((20, 20)), kind)

    try:
        made = clean_picture(whole[:place] + junk + whole[place + len(junk) :])
    except PictureRefused:
        return
    assert read(made.large).size == made.size


# What comes out


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((40, 30), (40, 30), (40, 30)),
        ((1000, 500), (1000, 500), (800, 400)),
        ((4000, 1000), (1600, 400), (800, 200)),
        ((500, 6400), (250, 3200), (125, 1600)),
    ],
)
def test_pictures_fit_the_text_and_are_never_made_larger(size, large, small):
    made = clean_picture(file_of(Image.new("RGB", size, "teal"), "JPEG"))

    assert (made.size, made.small_size) == (large, small)
    assert made.bytes == len(made.large) + len(made.small)


def test_turned_picture_fits_as_it_is_seen():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    data = file_of(Image.new("RGB", (3000, 2000), "teal"), "JPEG", exif=exif)

    assert clean_picture(data).size == (1600, 2400)


def test_clear_places_stay_clear():
    image = read(clean_picture(file_of(Image.new("LA", (9, 9), (90, 0)))).large)

    assert (image.mode, image.getpixel((4, 4))[3]) == ("RGBA", 0)


def test_sixteen_bits_of_grey_are_not_cut_off():
    image = read(clean_picture(file_of(Image.new("I;16", (9, 9), 40_000))).large)

    assert image.getpixel((4, 4)) == (156, 156, 156)


def test_only_the_first_frame_is_kept_and_that_is_known():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "red")]
    data = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])

    made = clean_picture(data)

    assert made.was_animated
    assert read(made.large).getpixel((9, 9))[0] > 200
    assert not clean_picture(file_of(frames[0], "GIF")).was_animated


def test_profile_is_read_and_left_out_and_a_broken_one_is_no_matter():

    image = Image.new("RGB", (9, 9), (200, 90, 40))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    plain = read(clean_picture(file_of(image)).large).getpixel((4, 4))
    profiled = read(clean_picture(file_of(image, icc_profile=srgb)).large).getpixel((4, 4))
    broken = read(clean_picture(file_of(image, icc_profile=b"junk")).large).getpixel((4, 4))

    assert plain == profiled == broken
