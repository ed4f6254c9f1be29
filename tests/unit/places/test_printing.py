"""Printed posters: rendered by PDFium, read by a decoder, and measured, as a print shop and a phone would."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from community.places import qr
from community.places.print_fonts import clean
from community.places.print_page import Box, Look, Sheet
from community.places.printing import (
    Fonts,
    FontsMissing,
    Language,
    NothingToPrint,
    PosterSheet,
    posters_pdf,
    sheet_lines,
)

ROOT = Path(__file__).resolve().parents[3]
MADE = datetime(2026, 11, 20, 9, tzinfo=UTC)
MM = 72 / 25.4
SHEET = PosterSheet(
    code_display="7K3M-9QXD",
    url="https://voice.example.org/q/7K3M9QXD",
    short_address="voice.example.org/q/7K3M9QXD",
    check_address="voice.example.org/poster/7K3M9QXD",
    place_name="Barking Station",
    spot="By the ticket gates",
    organisation_name="Example Community Safety Partnership",
    contact="safety@example.org",
)
TEXTED = replace(SHEET, text_to="+447700900123")
TRANSLATED = replace(
    TEXTED,
    languages=(
        Language("en", "English"),
        Language("ro", "Română", "Te simți în siguranță aici?"),
        Language("ur", "اردو", "کیا آپ یہاں خود کو محفوظ محسوس کرتے ہیں؟"),
    ),
)
HOSTILE = {
    "very long": "North Circular Road " * 60,
    "one long word": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 12,
    "Urdu": "بارکنگ اسٹیشن کے باہر ٹکٹ کے دروازوں کے پاس",
    "Bengali": "বার্কিং স্টেশনের টিকিট গেটের পাশে",
    "Urdu, Bengali and English at once": "بارکنگ اسٹیشن Station বার্কিং 24",
    "emoji": "🚉 Barking 👮🏽‍♀️ Station 🎉",
    "only emoji": "🚉🎉",
    "HTML": '<script>alert("x")</script><b>Barking</b> &amp; Co',
    "PDF": ") Tj ET endstream \\( << /JS (x) >> %",
    "control characters": "Bark\x00ing\x07\r\nStation\t\u2028\u202eback\u2066wards\ufeff\ud800",
    "marks piled high": "Z" + "\u0308\u0304" * 90 + "algo",
    "markdown": "**Barking** __Station__ --now--",
    "empty": "",
    "spaces": " \u00a0\n ",
    "joiners": "\u200c\u200d\u200d",
    "short words": "a " * 150,
}


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts.from_folder(ROOT / "node_modules")


@contextmanager
def opened(file: bytes) -> Iterator[pdfium.PdfDocument]:
    document = pdfium.PdfDocument(file)
    try:
        yield document
    finally:
        document.close()


def rendered(page: pdfium.PdfPage, dots_per_inch: int = 100) -> Image.Image:
    return page.render(scale=dots_per_inch / 72).to_pil().convert("L")


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def words_on(page: pdfium.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


def text_boxes(page: pdfium.PdfPage) -> list[tuple[float, float, float, float]]:
    """(left, bottom, right, top) in mm of every drawn piece of text that leaves ink."""
    texts = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT])
    boxes = [tuple(edge / MM for edge in text.get_bounds()) for text in texts]
    return [box for box in boxes if box[2] - box[0] > 0.01 and box[3] - box[1] > 0.01]


def stays_in_reach(page: pdfium.PdfPage, kind: str = "") -> None:
    """Office printers leave up to 6 mm bare at each edge."""
    boxes = text_boxes(page)
    assert boxes
    for left, bottom, right, top in boxes:
        assert 8 <= left <= right <= 202, kind
        assert 6 <= bottom <= top <= 291, kind


def spoken(page: pdfium.PdfPage) -> list[str]:
    """What a screen reader says, element by element: the replacement text if there is one, else the letters drawn."""
    said: dict[int, str] = {}
    textpage = page.get_textpage()
    for text in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], textpage=textpage):
        (mark,) = [pdfium_c.FPDFPageObj_GetMark(text, n) for n in range(pdfium_c.FPDFPageObj_CountMarks(text))]
        number = ctypes.c_int(-1)
        assert pdfium_c.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", number)
        length = ctypes.c_ulong(0)
        buffer = (ctypes.c_ubyte * 2000)()
        if pdfium_c.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, 2000, length):
            said[number.value] = bytes(buffer)[: length.value].decode("utf-16")
        else:
            said[number.value] = said.get(number.value, "") + text.extract()
    return [" ".join(words.split()) for _, words in sorted(said.items())]


def test_three_printed_codes_read_back_as_their_very_addresses(fonts: Fonts) -> None:
    urls = [f"https://voice.example.org/q/{code}" for code in ("7K3M9QXD", "00000000", "ZZZZZZZZ")]
    with opened(posters_pdf([replace(SHEET, url=url) for url in urls], fonts, created=MADE)) as document:
        for page, url in zip(document, urls, strict=True):
            sharp = rendered(page)
            third = sharp.resize((sharp.width * 3 // 10, sharp.height * 3 // 10), Image.Resampling.BOX)
            assert read(sharp) == [url]
            assert read(third) == [url], "a phone further off"
            assert read(sharp.filter(ImageFilter.GaussianBlur(2))) == [url], "a phone not quite in focus"
            assert read(sharp.rotate(12, fillcolor=255, expand=True)) == [url], "a phone held askew"


@pytest.mark.parametrize("url", ["https://a.uk/q/7K3M9QXD", "https://" + "long." * 20 + "uk/q/7K3M"])
def test_short_and_long_addresses_print_at_least_60_mm_wide_with_a_clear_edge(fonts: Fonts, url: str) -> None:
    with opened(posters_pdf([replace(TRANSLATED, url=url)], fonts, created=MADE)) as document:
        page = document[0]
        shapes = [
            [edge / MM for edge in shape.get_bounds()]
            for shape in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH])
        ]
        ((left, bottom, right, top),) = [box for box in shapes if box[2] < 110 and box[3] - box[1] > 55]
        side = right - left
        assert side == pytest.approx(top - bottom, abs=0.1)
        assert side >= 60
        image = rendered(page, 254)  # ten dots a millimetre
        assert read(image) == [url]
        code = (left, 297 - top, right, 297 - bottom)
        quiet = side / len(qr.matrix(url)) * qr.QUIET_ZONE - 0.2
        image.paste(255, tuple(round(10 * edge + grow) for edge, grow in zip(code, (-1, -1, 1, 1), strict=True)))
        zone = [10 * (edge + grow) for edge, grow in zip(code, (-quiet, -quiet, quiet, quiet), strict=True)]
        assert image.crop([round(edge) for edge in zone]).getextrema() == (255, 255), "ink in the quiet zone"
        assert read(rendered(document[0], 40)) == [url]


def test_the_page_says_where_how_and_who(fonts: Fonts) -> None:
    with opened(posters_pdf([TEXTED], fonts, created=MADE)) as document:
        words = words_on(document[0])
    for phrase in (
        "Do you feel safe here?",
        "Barking Station",
        "By the ticket gates",
        "Scan. One tap.",
        "No name, no app, no cookies.",
        "The council and the police see totals, never you.",
        "voice.example.org/q/7K3M9QXD",
        "Text 7K3M-9QXD to 07700 900123",
        "A text costs your normal rate.",
        "In danger now? Call 999",
        "press 55",
        "Texting us does not reach the police.",
        "Is this poster ours? voice.example.org/poster/7K3M9QXD",
        "Example Community Safety Partnership · safety@example.org",
        "Română",
    ):
        assert phrase in words


def test_without_a_number_the_poster_prints_its_code_and_says_nothing_of_texting(fonts: Fonts) -> None:
    with opened(posters_pdf([SHEET], fonts, created=MADE)) as document:
        words = words_on(document[0])
    assert "7K3M-9QXD" in words
    assert "text" not in words.lower()


@pytest.mark.parametrize("sheet", [SHEET, TEXTED, TRANSLATED], ids=["plain", "texted", "translated"])
def test_the_paper_says_what_sheet_lines_says_in_the_same_order(fonts: Fonts, sheet: PosterSheet) -> None:
    with opened(posters_pdf([sheet], fonts, created=MADE)) as document:
        assert spoken(document[0]) == [line.text for line in sheet_lines(sheet)]


def test_reading_order_is_question_code_ways_in_danger_then_small_print() -> None:
    roles = list(dict.fromkeys(line.role for line in sheet_lines(TRANSLATED)))
    assert roles == [
        "heading", "question", "translation", "place", "spot", "action", "detail", "promise", "language", "type",
        "address", "text", "cost", "danger", "silent", "check", "small_print",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "printed"),
    [("+447700900123", "07700 900123"), ("60777", "60777"), ("+12015550123", "+1 201-555-0123"), ("HAVEN", "HAVEN")],
)
def test_the_number_is_printed_as_people_dial_it(number: str, printed: str) -> None:
    assert f"Text 7K3M-9QXD to {printed}" in [line.text for line in sheet_lines(replace(SHEET, text_to=number))]


@given(st.text(max_size=400))
def test_words_come_out_printable_on_one_line_and_short(text: str) -> None:
    line = clean(text)
    assert len(line) <= 200
    assert line == " ".join(line.split())
    assert not [letter for letter in line if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")]
    assert not set(line) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean(line) == line


@pytest.mark.parametrize("sheet", [TEXTED, TRANSLATED], ids=["texted", "translated"])
def test_hostile_words_stay_on_the_page_and_off_the_code(fonts: Fonts, sheet: PosterSheet) -> None:
    sheets = [
        replace(sheet, place_name=text, spot=text, organisation_name=text, contact=text, heading=text)
        for text in HOSTILE.values()
    ]
    with opened(posters_pdf(sheets, fonts, created=MADE)) as document:
        assert len(document) == len(HOSTILE)
        for page, kind in zip(document, HOSTILE, strict=True):
            stays_in_reach(page, kind)
            assert read(rendered(page, 60)) == [sheet.url], kind


def test_hostile_words_are_printed_as_words(fonts: Fonts) -> None:
    sheets = [replace(SHEET, place_name=HOSTILE[kind]) for kind in ("HTML", "PDF", "markdown")]
    with opened(posters_pdf(sheets, fonts, created=MADE)) as document:
        for page, sheet in zip(document, sheets, strict=True):
            assert sheet.place_name in spoken(page)


def test_every_kind_of_words_may_be_hostile(fonts: Fonts) -> None:
    nasty = HOSTILE["one long word"]
    urdu = HOSTILE["Urdu"] * 9
    sheet = PosterSheet(
        *(nasty, SHEET.url, nasty, nasty, nasty, nasty, nasty, nasty, nasty, nasty, nasty),
        promise=(nasty,) * 4,
        languages=(Language("en", nasty, nasty), Language("ur", urdu, urdu)),
    )
    with opened(posters_pdf([sheet], fonts, created=MADE)) as document:
        stays_in_reach(document[0])
        assert read(rendered(document[0], 60)) == [SHEET.url]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(max_size=300), min_size=8, max_size=16))
def test_no_name_whatever_stops_a_batch(fonts: Fonts, names: list[str]) -> None:
    sheets = [replace(SHEET, place_name=name, spot=name[::-1]) for name in names]
    with opened(posters_pdf(sheets, fonts, created=MADE)) as document:
        assert len(document) == len(names)
        for page in document:
            stays_in_reach(page)


@pytest.fixture(scope="module")
def sheet_of_paper(fonts: Fonts) -> Iterator[Sheet]:
    every_script = "".join(HOSTILE.values()) + "…"
    sheet = Sheet(fonts, fonts.drawable(every_script), title="Trial", author="Trial", created=MADE)
    yield sheet
    sheet.shut_fonts()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.sampled_from([clean(text) for text in HOSTILE.values()]),
        st.text("abi ,-Zăبن ", max_size=200),
        st.lists(st.text("mW/", min_size=1, max_size=90), max_size=4).map(" ".join),
    ),
    w=st.floats(15, 190),
    h=st.floats(4, 60),
)
def test_words_fill_their_box_and_never_more(
    fonts: Fonts, sheet_of_paper: Sheet, text: str, w: float, h: float
) -> None:
    text = fonts.drawable(clean(text))
    look = Look(largest=60, smallest=9)
    fitted = sheet_of_paper.fit(text, Box(0, 0, w, h), look)
    assert fitted.size <= 60
    assert len(fitted.lines) * fitted.line_height <= h * MM + 0.01
    for line in fitted.lines:
        assert sheet_of_paper.width_em(line, True) * fitted.size <= w * MM + 0.01
    said, meant = "".join("".join(fitted.lines).split()), "".join(text.split())
    if said != meant:  # cut short: at the smallest size only, and saying so
        assert fitted.size <= 9
        assert said.endswith("…")
        assert meant.startswith(said[:-1])


def test_words_are_as_large_as_their_box_allows(sheet_of_paper: Sheet) -> None:
    box, look = Box(0, 0, 170, 62), Look(largest=84, smallest=18)
    few, many = (sheet_of_paper.fit("Do you feel safe here? " * n, box, look) for n in (1, 3))
    assert 75 < few.size <= 84
    assert 30 < many.size < 60
    assert len(few.lines) == 2


def test_lines_are_even_and_do_not_end_in_a_tiny_word(sheet_of_paper: Sheet) -> None:
    assert sheet_of_paper.fit("Scan. One tap.", Box(0, 0, 80, 36), Look(46, 18)).lines == ("Scan.", "One tap.")
    lines = sheet_of_paper.fit("No name, no app, no cookies.", Box(0, 0, 80, 20), Look(23, 10, bold=False)).lines
    assert lines == ("No name, no app,", "no cookies.")


def test_letters_no_typeface_has_are_named_before_printing(fonts: Fonts) -> None:
    assert fonts.undrawable("Barking 🚉 স্টেশন 🚉🎉") == "🚉🎉"
    assert fonts.undrawable("Română, اردو, বাংলা, Български") == ""


def test_the_heading_can_be_read_across_a_street(fonts: Fonts) -> None:
    """Letters of 10 mm for every 2.5 m; the question's capitals stand 20 mm high at least."""
    with opened(posters_pdf([SHEET], fonts, created=MADE)) as document:
        tallest = max(top - bottom for _, bottom, _, top in text_boxes(document[0]))
    assert tallest >= 20


def test_every_typeface_is_inside_the_file(fonts: Fonts) -> None:
    with opened(posters_pdf([TRANSLATED], fonts, created=MADE)) as document:
        texts = list(document[0].get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]))
        assert texts
        for text in texts:
            assert pdfium_c.FPDFFont_GetIsEmbedded(pdfium_c.FPDFTextObj_GetFont(text)) == 1


def test_the_file_names_itself_and_its_language(fonts: Fonts) -> None:
    with opened(posters_pdf([SHEET], fonts, created=MADE)) as document:
        about = document.get_metadata_dict()
        buffer = (ctypes.c_ushort * 20)()
        length = pdfium_c.FPDFCatalog_GetLanguage(document, buffer, 40)
    assert about["Title"] == "Poster 7K3M-9QXD: Barking Station"
    assert about["Author"] == "Example Community Safety Partnership"
    assert about["CreationDate"].startswith("D:20261120090000")
    assert bytes(buffer)[:length].decode("utf-16-le") == "en-GB\0"


def _structure(document: pdfium.PdfDocument, number: int) -> list[tuple[str, str]]:
    """(type, alternative text) of each element on a page, in reading order."""

    def string(read_into: object, element: object) -> str:
        length = read_into(element, None, 0)  # type: ignore[operator]
        buffer = ctypes.create_string_buffer(max(length, 2))
        read_into(element, buffer, length)  # type: ignore[operator]
        return buffer.raw.decode("utf-16-le").rstrip("\0")

    tree = pdfium_c.FPDF_StructTree_GetForPage(document[number])
    root = pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, 0)
    elements = [
        pdfium_c.FPDF_StructElement_GetChildAtIndex(root, index)
        for index in range(pdfium_c.FPDF_StructElement_CountChildren(root))
    ]
    return [
        (string(pdfium_c.FPDF_StructElement_GetType, element), string(pdfium_c.FPDF_StructElement_GetAltText, element))
        for element in elements
        if element
    ]


def test_the_pages_are_tagged_for_screen_readers(fonts: Fonts) -> None:
    with opened(posters_pdf([SHEET, TRANSLATED], fonts, created=MADE)) as document:
        assert pdfium_c.FPDFCatalog_IsTagged(document)
        for number, sheet in enumerate([SHEET, TRANSLATED]):
            elements = _structure(document, number)
            types = [kind for kind, _ in elements]
            assert types.count("H1") == 1
            assert [alt for kind, alt in elements if kind == "Figure"] == [f"QR code: {sheet.url}"]
            assert len(elements) == len(sheet_lines(sheet)) + 1


def test_the_same_posters_give_the_same_bytes_in_another_process(fonts: Fonts) -> None:
    program = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:3]; import test_printing as t; "
        "fonts = t.Fonts.from_folder(t.ROOT / 'node_modules'); "
        "print(hashlib.sha256(t.posters_pdf([t.SHEET, t.TRANSLATED], fonts, created=t.MADE)).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, str(ROOT), str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""


def test_a_pale_brand_colour_gets_black_words(fonts: Fonts) -> None:
    with opened(posters_pdf([SHEET], fonts, created=MADE, brand_colour="#ffd500")) as document:
        bubble = document[0].render(scale=1).to_pil().convert("RGB").crop((50, 60, 540, 300))
    colours = {colour for _, colour in bubble.getcolors(1 << 20)}
    assert colours >= {(255, 213, 0), (0, 0, 0)}
    assert (255, 255, 255) not in colours


@pytest.mark.parametrize("colour", ["green", "#12345", "#12345g", "", "1d4f43", "#1d4f43\n"])
def test_a_brand_colour_that_is_none_is_refused(fonts: Fonts, colour: str) -> None:
    with pytest.raises(ValueError, match="brand colour"):
        posters_pdf([SHEET], fonts, created=MADE, brand_colour=colour)


def test_no_posters_is_an_error_not_an_empty_file(fonts: Fonts) -> None:
    with pytest.raises(NothingToPrint, match="posters create"):
        posters_pdf([], fonts, created=MADE)


def test_a_missing_typeface_is_named_with_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match=r"noto-sans-latin-400-normal\.woff2.*make assets"):
        Fonts.from_folder(tmp_path)


def test_a_damaged_typeface_is_named_with_what_to_run(tmp_path: Path) -> None:
    folder = tmp_path / "@fontsource" / "noto-sans" / "files"
    folder.mkdir(parents=True)
    for file in (ROOT / "node_modules/@fontsource/noto-sans/files").glob("noto-sans-latin-*-normal.woff2"):
        (folder / file.name).write_bytes(file.read_bytes()[:2000])
    with pytest.raises(FontsMissing, match="make assets"):
        Fonts.from_folder(tmp_path)


def test_without_the_urdu_typeface_the_rest_still_prints(tmp_path: Path) -> None:
    package = tmp_path / "@fontsource" / "noto-sans"
    package.parent.mkdir()
    package.symlink_to(ROOT / "node_modules/@fontsource/noto-sans")
    latin_only = Fonts.from_folder(tmp_path)
    assert latin_only.undrawable("اردو") == "اردو"
    with opened(posters_pdf([TRANSLATED], latin_only, created=MADE)) as document:
        assert "Română" in words_on(document[0])
        assert read(rendered(document[0], 60)) == [SHEET.url]
