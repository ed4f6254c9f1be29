"""The poster: its words in reading order, and the A4 page they are printed on.

`sheet_lines` is the one source of the words, so that a page on screen and the paper cannot come to differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

import phonenumbers

from community.places import qr
from community.places.print_fonts import Fonts, FontsMissing, clean
from community.places.print_page import Box, Colour, Look, Sheet, disc, rounded, straight
from community.shared.errors import UserError

__all__ = ["Fonts", "FontsMissing", "Language", "Line", "NothingToPrint", "PosterSheet", "posters_pdf", "sheet_lines"]

BRAND: Final = "#1d4f43"
BLACK: Final = (0, 0, 0)
WHITE: Final = (255, 255, 255)
QR_SIDE_MM: Final = 85.0
"""Largest side of the code without its quiet zone. A phone reads a code from about ten times its side away."""
_CLEAR_MM: Final = 10.0  # kept white round the code; one of few, large squares is drawn smaller, to fit its quiet zone

Role = Literal[
    "heading", "question", "translation", "place", "spot", "action", "detail", "promise", "language", "type", "address",
    "text", "cost", "code", "danger", "silent", "check", "small_print",
]  # fmt: skip


class NothingToPrint(UserError):
    """No poster was chosen."""


class Language(NamedTuple):
    """A language the survey speaks. tag: BCP 47; name: in that language; question: the poster's question in it,
    "" unless a person has reviewed the translation."""

    tag: str
    name: str
    question: str = ""


LANGUAGES: Final = (Language("en", "English"), Language("ro", "Română"), Language("ur", "اردو"))


@dataclass(frozen=True)
class PosterSheet:
    """What one poster says. Plain text throughout: nothing is read as HTML.

    url: absolute, goes into the QR code as it stands. short_address, check_address: the survey's and the "is this
    poster ours?" page's, as people type them, without https://. code_display: the code as printed.
    text_to: the number to text the code to, as in TWILIO_FROM; None prints no text line."""

    code_display: str
    url: str
    short_address: str
    check_address: str
    place_name: str
    spot: str
    organisation_name: str
    contact: str
    text_to: str | None = None
    heading: str = "Community safety survey"
    question: str = "Do you feel safe here?"
    promise: tuple[str, ...] = ("The council and the police see totals, never you.",)
    languages: tuple[Language, ...] = LANGUAGES


class Line(NamedTuple):
    """Words that stand together on the poster. lang: BCP 47 tag of the words."""

    role: Role
    text: str
    lang: str = "en"


def sheet_lines(sheet: PosterSheet) -> tuple[Line, ...]:
    """The words of a poster in reading order; the QR code comes after "spot". Nothing empty, nothing unprintable."""
    lines: list[Line] = [
        Line("heading", sheet.heading),
        Line("question", sheet.question),
        *(Line("translation", language.question, language.tag) for language in sheet.languages),
        Line("place", sheet.place_name),
        Line("spot", sheet.spot),
        Line("action", "Scan. One tap."),
        Line("detail", "No name, no app, no cookies."),
        *(Line("promise", promise) for promise in sheet.promise),
        *(Line("language", language.name, language.tag) for language in sheet.languages),
        Line("type", "No camera? Type this:"),
        Line("address", sheet.short_address),
    ]
    if sheet.text_to:
        lines += [
            Line("text", f"Text {sheet.code_display} to {as_dialled(sheet.text_to)}"),
            Line("cost", "A text costs your normal rate."),
        ]
    else:
        lines += [Line("code", f"Poster code: {sheet.code_display}")]
    silent = "Cannot speak? On a mobile, press 55 when asked."
    lines += [
        Line("danger", "In danger now? Call 999"),
        Line("silent", f"{silent} Texting us does not reach the police." if sheet.text_to else silent),
        Line("check", f"Is this poster ours? {sheet.check_address}"),
        Line("small_print", " · ".join(part for part in (sheet.organisation_name, sheet.contact) if part)),
    ]
    tidy = (line._replace(text=clean(line.text)) for line in lines)
    return tuple(line for line in tidy if line.text)


def posters_pdf(sheets: Iterable[PosterSheet], fonts: Fonts, *, created: datetime, brand_colour: str = BRAND) -> bytes:
    """A4 pages, one poster each, in the order given; the same arguments give the same bytes.

    created: when the file is said to be made, with its time zone. brand_colour: # and six hexadecimal digits; words
    on it turn black or white, whichever is easier to read. Raises NothingToPrint, AddressTooLong; ValueError for a
    colour or time that cannot be used."""
    every = tuple(sheets)
    if not every:
        raise NothingToPrint("There are no posters to print. `posters create` makes some.")
    if created.tzinfo is None:
        raise ValueError("The day the posters are made needs its time zone.")
    brand = colour_of(brand_colour)
    words = [sheet_lines(sheet) for sheet in every]
    text = fonts.drawable("".join(line.text for lines in words for line in lines)) + "…·"
    first = every[0]
    title = f"Poster {first.code_display}: {first.place_name}" if len(every) == 1 else f"{len(every)} posters"
    page = Sheet(fonts, text, title=clean(title), author=clean(first.organisation_name), created=created)
    try:
        for sheet, lines in zip(every, words, strict=True):
            page.next_page()
            _draw(page, lines, sheet.url, brand)
        return bytes(page.output())
    finally:
        page.shut_fonts()


def _draw(page: Sheet, lines: tuple[Line, ...], url: str, brand: Colour) -> None:
    """One poster. The order of drawing is the order of reading."""
    words = {line.role: [each for each in lines if each.role == line.role] for line in lines}
    on_brand, accent = ink_on(brand), brand if _contrast(brand, WHITE) >= 7 else BLACK

    def put(role: Role, box: Box, look: Look) -> None:
        """The lines of a role share its box, one under the other."""
        mine = words.get(role, [])
        for number, line in enumerate(mine):
            height = box.h / len(mine)
            page.words(line.text, Box(box.x, box.y + number * height, box.w, height), look, line.lang)

    # A speech bubble asks the question and points at the code.
    page.fill(brand, rounded(Box(10, 10, 190, 104), 8))
    page.fill(brand, straight((32, 113), (58, 113), (36, 121)))
    put("heading", Box(20, 17, 170, 8), Look(16, 9, ink=on_brand))
    translations = words.get("translation", [])
    put("question", Box(20, 25, 170, 46 if translations else 62), Look(84, 18, ink=on_brand, down="middle", tag="H1"))
    _side_by_side(page, translations, Box(20, 71, 170, 16), Look(20, 8, ink=on_brand, down="middle"))
    page.fill(on_brand, disc(24.5, 95, 4.5), straight((20.6, 97.2), (28.4, 97.2), (24.5, 104.5)))
    page.fill(brand, disc(24.5, 95, 1.8))
    put("place", Box(33, 88, 157, 14 if "spot" in words else 21), Look(32, 10, ink=on_brand, down="middle"))
    put("spot", Box(33, 102, 157, 8), Look(16, 8, bold=False, ink=on_brand, down="middle"))

    squares = qr.matrix(url)
    side = min(QR_SIDE_MM, len(squares) * _CLEAR_MM / qr.QUIET_ZONE)
    page.qr_code(squares, Box(20, 131, side, side), f"QR code: {url}")
    put("action", Box(118, 122, 80, 36), Look(46, 18))
    put("detail", Box(118, 160, 80, 20), Look(23, 10, bold=False))
    put("promise", Box(118, 182, 80, 26), Look(20, 8, ink=accent))
    _in_a_row(page, words.get("language", []), Box(118, 208, 80, 16), Look(18, 6, down="middle"))

    put("type", Box(20, 224, 60, 7), Look(15, 9, bold=False))
    put("address", Box(20, 230, 170, 12), Look(32, 10, ink=accent))
    put("text", Box(20, 243, 112, 8), Look(18, 9, down="middle"))
    put("cost", Box(136, 243, 60, 8), Look(12, 8, bold=False, down="middle"))
    put("code", Box(20, 243, 170, 8), Look(18, 9, down="middle"))

    page.fill(BLACK, rounded(Box(10, 255, 190, 19), 4))
    put("danger", Box(20, 256, 96, 17), Look(26, 14, ink=WHITE, down="middle"))
    put("silent", Box(120, 256, 74, 17), Look(12, 8, bold=False, ink=WHITE, down="middle"))
    put("check", Box(20, 277, 176, 6), Look(12, 7, bold=False))
    put("small_print", Box(20, 283, 176, 5), Look(9, 6, bold=False))


def _side_by_side(page: Sheet, lines: list[Line], area: Box, look: Look) -> None:
    """Equal columns, one line of words each."""
    gap = 6.0
    width = (area.w + gap) / max(1, len(lines)) - gap
    for number, line in enumerate(lines):
        page.words(line.text, Box(area.x + number * (width + gap), area.y, width, area.h), look, line.lang)


def _in_a_row(page: Sheet, lines: list[Line], area: Box, look: Look) -> None:
    """One after the other with dots between, all in the one size that fits."""
    gap = 7.0
    widths = [page.width(line.text, look) for line in lines]
    scale = min(1.0, (area.w - gap * (len(lines) - 1)) / max(sum(widths), 1))
    x = area.x
    for number, (line, width) in enumerate(zip(lines, widths, strict=True)):
        if number:
            page.fill(BLACK, disc(x - gap / 2, area.y + area.h / 2, 0.6))
        # A hair more room than measured, so that rounding never makes a word shrink twice.
        page.words(line.text, Box(x, area.y, width * scale + 0.2, area.h), look, line.lang)
        x += width * scale + gap


def as_dialled(number: str) -> str:
    """A United Kingdom number as people here dial it, another country's with its +code, a short code as it is."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == 44 else style.INTERNATIONAL)


def colour_of(text: str) -> Colour:
    """A colour from # and six hexadecimal digits. Raises ValueError."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError(f"The brand colour is {text!r}: write # and six hexadecimal digits, such as {BRAND}.")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def ink_on(colour: Colour) -> Colour:
    """Black or white, whichever stands out more."""
    return max((WHITE, BLACK), key=lambda ink: _contrast(ink, colour))


def _contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, definition of relative luminance)."""

    def luminance(colour: Colour) -> float:
        red, green, blue = (
            part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
