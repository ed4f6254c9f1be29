"""QR codes: drawn from rows of squares, and read back by a decoder that shares no code with us."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from community.places import qr

URL = "https://voice.example.org/q/7K3M9QXD"
SVG = "{http://www.w3.org/2000/svg}"
plain_addresses = st.text("abcdefghijklmnopqrstuvwxyz0123456789-./QXZ", min_size=1, max_size=qr.LONGEST_URL - 8).map(
    lambda rest: f"https://{rest}"
)


def picture(squares: qr.Matrix, scale: int = 6) -> Image.Image:
    """The squares as a photograph of a clean print would show them, quiet zone included."""
    side = (len(squares) + 2 * qr.QUIET_ZONE) * scale
    image = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(image)
    for y, row in enumerate(squares):
        for x, dark in enumerate(row):
            if dark:
                left, top = (x + qr.QUIET_ZONE) * scale, (y + qr.QUIET_ZONE) * scale
                pen.rectangle((left, top, left + scale - 1, top + scale - 1), fill=0)
    return image


def read(image: Image.Image) -> zxingcpp.Barcode:
    (found,) = zxingcpp.read_barcodes(image)
    return found


@settings(max_examples=40, deadline=None)
@given(plain_addresses)
def test_a_decoder_reads_back_the_very_address(url: str) -> None:
    assert read(picture(qr.matrix(url))).text == url


def test_the_code_carries_the_strongest_error_correction() -> None:
    assert read(picture(qr.matrix(URL))).ec_level == "H"


def test_the_code_reads_with_a_sticker_over_a_tenth_of_it() -> None:
    image = picture(qr.matrix(URL))
    middle, reach = image.width / 2, image.width * 0.32 / 2
    ImageDraw.Draw(image).ellipse((middle - reach, middle - reach, middle + reach, middle + reach), fill=255)
    assert read(image).text == URL


def test_the_matrix_is_square_and_holds_no_quiet_zone() -> None:
    squares = qr.matrix(URL)
    assert {len(row) for row in squares} == {len(squares)}
    top, bottom = squares[0], squares[-1]
    assert all((*top[:7], *top[-7:], *bottom[:7]))  # the edges of the three corner marks


def test_the_same_address_gives_the_same_squares() -> None:
    assert qr.matrix(URL) == qr.matrix(URL)


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), max_size=12)))
def test_strips_cover_every_dark_square_once_and_no_light_one(rows: list[list[bool]]) -> None:
    squares = tuple(tuple(row) for row in rows)
    covered = [(x + step, y) for x, y, length in qr.strips(squares) for step in range(length)]
    assert sorted(covered) == sorted((x, y) for y, row in enumerate(squares) for x, dark in enumerate(row) if dark)


def test_an_address_that_would_make_a_code_too_fine_is_refused_with_advice() -> None:
    longest = "https://" + "a" * (qr.LONGEST_URL - 8)
    assert len(qr.matrix(longest)) == 57
    with pytest.raises(qr.AddressTooLong, match="PUBLIC_BASE_URL"):
        qr.matrix(longest + "a")


def test_bytes_not_letters_are_counted() -> None:
    with pytest.raises(qr.AddressTooLong):
        qr.matrix("https://" + "ă" * 60)


def test_an_empty_address_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an address"):
        qr.matrix("")


def test_the_svg_is_one_path_that_draws_the_same_squares() -> None:
    squares = qr.matrix(URL)
    root = ElementTree.fromstring(qr.svg(squares, "Scan me"))
    side = len(squares) + 2 * qr.QUIET_ZONE
    assert root.get("viewBox") == f"0 0 {side} {side}"
    (path,) = root.iter(f"{SVG}path")
    drawn = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path.get("d", ""))
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w, _ in drawn) == path.get("d")
    image = Image.new("L", (side, side), 255)
    for x, y, width, back in drawn:
        assert width == back
        image.paste(0, (int(x), int(y), int(x) + int(width), int(y) + 1))
    assert read(image.resize((side * 5, side * 5), Image.Resampling.NEAREST)).text == URL


def test_the_svg_has_a_white_ground_and_needs_no_style_script_or_id() -> None:
    root = ElementTree.fromstring(qr.svg(qr.matrix(URL), "Scan me"))
    (ground,) = root.iter(f"{SVG}rect")
    assert ground.get("fill") == "#fff"
    assert {element.tag for element in root.iter()} == {f"{SVG}{tag}" for tag in ("svg", "title", "rect", "path")}
    assert not {"style", "id", "class", "onload"} & {name for element in root.iter() for name in element.attrib}


def test_the_svg_title_is_first_and_escaped() -> None:
    hostile = '</title><script>alert("x")</script> & Sons'
    root = ElementTree.fromstring(qr.svg(qr.matrix(URL), hostile))
    assert (root[0].tag, root[0].text) == (f"{SVG}title", hostile)
    assert root.get("role") == "img"
