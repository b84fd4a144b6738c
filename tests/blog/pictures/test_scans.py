"""JPEG files of many scans, or of many bytes between their segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blog.pictures import MAX_SCANS, PictureRefused, clean_picture
from blog.pictures.scans import scan_count
from tests.blog.pictures.files import cost, file_of, in_separate_scans, with_scans


@pytest.mark.parametrize("count", [MAX_SCANS, 1_000, 200_000])
def test_a_file_of_very_many_scans_is_refused_at_once(count):
    data = with_scans(count, size=(6000, 4000))

    with cost() as spent, pytest.raises(PictureRefused, match="takes too long to read"):
        clean_picture(data)

    assert spent.seconds < 1


def test_the_scans_of_a_picture_and_its_pixels_are_counted_together():
    with pytest.raises(PictureRefused, match="more than 8 million pixels"):
        clean_picture(with_scans(50, size=(4000, 3000)))

    assert clean_picture(with_scans(50)).size == (600, 400)


@pytest.mark.parametrize("components", [3, 4])
def test_a_sequential_file_of_several_scans_has_the_limit_of_a_progressive_one(components):
    with pytest.raises(PictureRefused, match="more than 24 million pixels"):
        clean_picture(in_separate_scans(components, 7740))

    assert clean_picture(in_separate_scans(components, 160)).size == (160, 160)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 1}])
def test_scans_are_counted_past_thumbnails_profiles_and_restarts(options):
    inner = file_of(Image.effect_noise((90, 90), 50), "JPEG", progressive=True)
    exif = b"Exif\0\0" + inner
    picture = Image.merge("RGB", [Image.effect_noise((300, 200), 50)] * 3)
    data = file_of(picture, "JPEG", exif=exif, icc_profile=b"\xff\xda" * 900, **options)

    expected = 10 if "progressive" in options else 1
    assert scan_count(data, at_most=101) == expected


def test_the_second_picture_of_a_file_is_not_counted():
    one = file_of(Image.new("RGB", (90, 90)), "JPEG")

    assert scan_count(one + one, at_most=101) == 1
    assert scan_count(b"\x89PNG" + one, at_most=101) == 0


@given(st.binary(max_size=300), st.integers(0, 700))
def test_scans_of_broken_files_are_counted_without_an_error(junk, place):
    whole = file_of(Image.linear_gradient("L").resize((20, 20)), "JPEG")

    assert 0 <= scan_count(whole[:place] + junk + whole[place:], at_most=5) <= 5


@pytest.mark.parametrize("count", [40_000, 11_000_000])
@pytest.mark.parametrize(
    ("start", "fill", "end"),
    [
        (b"", b"\xff", b"\x00"),
        (b"", b"\xff", b""),
        (b"\xff\xd9", b"\xff", b""),
        (b"\xff\xf0", b"\xff", b""),
        (b"", b"\0", b""),
        (b"", b"\xff\x00", b""),
        (b"", b"\xff\xd0", b""),
        (b"", b"\xff\xff\xd0", b""),
        (b"", b"\xff\xf0\xff\xff" + b"\xff" * 20_000, b""),
    ],
    ids=[
        *("fill and zero", "fill", "fill behind the end", "fill behind no length", "zeros"),
        *("escaped", "restarts", "filled restarts", "fill in no segments"),
    ],
)
def test_a_jpeg_of_very_many_bytes_between_its_segments_is_refused_at_once(start, fill, end, count):
    whole = file_of(Image.new("L", (9, 9)), "JPEG")
    junk = start + fill * (count // len(fill)) + end

    with cost() as spent:
        for data in (whole[:2] + junk, whole[:2] + junk + whole[2:]):
            with pytest.raises(PictureRefused, match="takes too long to read"):
                clean_picture(data)

    assert spent.seconds < 1


def test_a_jpeg_may_have_some_fill_before_each_segment():
    data = file_of(Image.new("L", (9, 9)), "JPEG").replace(b"\xff\xdb", b"\xff" * 900 + b"\xdb")

    assert clean_picture(data).size == (9, 9)


def test_fill_behind_the_first_scan_costs_next_to_nothing():
    whole = file_of(Image.new("L", (9, 9)), "JPEG")

    with cost() as spent:
        assert clean_picture(whole[:-2] + b"\xff" * 11_000_000 + b"\xd9").size == (9, 9)

    assert spent.seconds < 2
