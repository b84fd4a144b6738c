"""Files with many blocks of metadata, or of a picture."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blog.pictures import PictureRefused, clean_picture
from blog.pictures.blocks import MAX_BLOCKS, has_too_many_blocks
from tests.blog.pictures.files import cost, file_of, png_chunk, with_blocks


@pytest.mark.parametrize("count", [MAX_BLOCKS, 400_000])
@pytest.mark.parametrize(
    ("kind", "block"),
    [
        ("PNG", png_chunk(b"tEXt", b"key\0word")),
        ("PNG", png_chunk(b"abCd", b"")),
        ("GIF", b"\x21\xfe\x01a\x00"),
        ("GIF", b"\x21\xfe\x00"),
        ("GIF", b"\xab"),
    ],
    ids=["texts", "unknown chunks", "comments", "empty comments", "junk"],
)
def test_a_file_of_very_many_blocks_is_refused_at_once(kind, block, count):
    data = with_blocks(kind, count, block)

    with cost() as spent, pytest.raises(PictureRefused, match="takes too long to read"):
        clean_picture(data)

    assert spent.seconds < 1


def test_a_comment_of_very_many_pieces_is_refused_too():
    data = with_blocks("GIF", 1, b"\x21\xfe" + b"\x01a" * 1_000_000 + b"\x00")

    with pytest.raises(PictureRefused, match="takes too long to read"):
        clean_picture(data)


def test_a_picture_in_very_many_pieces_is_refused_at_once():
    picture = b"\x2c" + struct.pack("<4HB", 0, 0, 9, 9, 0) + b"\x08"
    data = with_blocks("GIF", 1, picture + b"\x01a" * 5_500_000 + b"\x00")

    with cost() as spent, pytest.raises(PictureRefused, match="takes too long to read"):
        clean_picture(data)

    assert spent.seconds < 1


def test_ordinary_files_have_few_blocks():
    noise = Image.effect_noise((2000, 1500), 90)
    frames = [Image.new("P", (20, 20), number) for number in range(200)]
    animation = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])

    for data in (file_of(noise), file_of(noise.convert("P"), "GIF"), animation):
        assert not has_too_many_blocks(data)
    some = with_blocks("PNG", 500, png_chunk(b"tEXt", b"key\0word"))
    assert clean_picture(some).size == (9, 9)


@given(st.binary(max_size=300), st.integers(0, 700), st.sampled_from(["PNG", "GIF"]))
def test_blocks_of_broken_files_are_counted_without_an_error(junk, place, kind):
    whole = file_of(Image.linear_gradient("L").resize((20, 20)), kind)

    assert not has_too_many_blocks(whole[:place] + junk + whole[place:])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "count", "block"),
    [
        ("JPEG", 1_000_000, b"\xff\xe1\x00\x09Exif\0\0x"),
        ("JPEG", 2_900_000, b"\xff\xfe\x00\x02"),
        pytest.param(
            *("PNG", 5_000, png_chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(1_000_000), 9))),
            marks=pytest.mark.long,
        ),
        ("PNG", 900_000, png_chunk(b"tEXt", b"\0")),
        ("GIF", 3_900_000, b"\x21\xfe\x00"),
    ],
    ids=["exif", "comments", "profiles", "texts", "gif comments"],
)
def test_metadata_without_end_costs_seconds_and_no_more(kind, count, block):
    data = with_blocks(kind, count, block)

    with cost() as spent, suppress(PictureRefused):
        clean_picture(data)

    assert spent.seconds < 14
