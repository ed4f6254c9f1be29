"""The card and the poster on paper: ten cards to a sheet of A4, and a poster of one.

Black on white only, so that any printer will do. `handout` is the one source of the words, for paper and page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from community.places import qr
from community.places.print_fonts import Fonts, clean
from community.places.print_page import Box, Colour, Look, Sheet, rounded, straight
from community.places.printing import as_dialled
from community.support import handout
from community.support.handout import HandoutLine, as_words

WHITE: Final = (255, 255, 255)
BLACK: Final = (0, 0, 0)
GREY: Final = (150, 150, 150)

CARD_W: Final = 85.6  # ISO/IEC 7810, ID-1: the size of a bank card
CARD_H: Final = 54.0
ACROSS: Final = 2
DOWN: Final = 5
LEFT: Final = (210 - ACROSS * CARD_W) / 2
TOP: Final = (297 - DOWN * CARD_H) / 2
_HAIR: Final = 0.15


def cards_pdf(lines: Sequence[HandoutLine], base_url: str, fonts: Fonts, *, author: str, created: datetime) -> bytes:
    """One sheet of ten cards with lines to cut along. created: with its time zone. Raises AddressTooLong."""
    words = [line.label + as_words(line) for line in lines]
    page = _sheet(fonts, [handout.HEADING, handout.typed_address(base_url), *words], handout.HEADING, author, created)
    try:
        page.next_page()
        cutting_lines(page)
        for row in range(DOWN):
            for column in range(ACROSS):
                _card(page, lines, base_url, LEFT + column * CARD_W, TOP + row * CARD_H)
        return bytes(page.output())
    finally:
        page.shut_fonts()


def poster_pdf(
    lines: Sequence[HandoutLine],
    base_url: str,
    fonts: Fonts,
    *,
    author: str,
    created: datetime,
    contact: str = "",
    text_to: str | None = None,
) -> bytes:
    """One A4 poster. text_to: our number to text; None prints no such line. Raises AddressTooLong."""
    by_text = handout.by_text(as_dialled(text_to) if text_to else None)
    small_print = clean(" · ".join(part for part in (author, contact) if part))
    said = [handout.POSTER_HEADING, *handout.POSTER_PROMISE, *by_text, handout.SILENT, small_print]
    said += [handout.typed_address(base_url), *(line.label + as_words(line) for line in lines)]
    page = _sheet(fonts, said, handout.POSTER_HEADING, author, created)
    try:
        page.next_page()
        _poster(page, lines, base_url, by_text, small_print)
        return bytes(page.output())
    finally:
        page.shut_fonts()


def _sheet(fonts: Fonts, said: Sequence[str], title: str, author: str, created: datetime) -> Sheet:
    if created.tzinfo is None:
        raise ValueError("The day the sheets are made needs its time zone.")
    always = "Scan. No camera? Type this: In danger now? Call 999 …·"
    return Sheet(fonts, fonts.drawable("".join(said)) + always, title=title, author=clean(author), created=created)


def _card(page: Sheet, lines: Sequence[HandoutLine], base_url: str, x: float, y: float) -> None:
    page.words(handout.HEADING, Box(x + 5, y + 4, 76, 5), Look(10, 7, tag="H1"))
    room = 34.0 / max(1, len(lines))
    for number, line in enumerate(lines):
        top = y + 10 + number * room
        page.words(line.label, Box(x + 5, top, 29, room), Look(6.5, 5, bold=False, down="middle"))
        page.words(as_words(line), Box(x + 34.5, top, 22, room), Look(8.5, 6, down="middle"))
    page.words(handout.SILENT, Box(x + 5, y + 45.5, 52, 4), Look(6.5, 5, bold=False))
    url = f"{base_url}/help"
    page.qr_code(qr.matrix(url), Box(x + 60, y + 12, 20, 20), f"QR code: {url}")
    page.words(handout.typed_address(base_url), Box(x + 58, y + 36, 24, 13), Look(6.5, 4))


def cutting_lines(page: Sheet) -> None:
    """Hairlines along the edges of the cards, out to where a printer can still draw."""
    right, foot = LEFT + ACROSS * CARD_W, TOP + DOWN * CARD_H
    upright = [_bar(LEFT + n * CARD_W, TOP - 5, _HAIR, foot - TOP + 10) for n in range(ACROSS + 1)]
    level = [_bar(LEFT - 8, TOP + n * CARD_H, right - LEFT + 16, _HAIR) for n in range(DOWN + 1)]
    page.fill(GREY, *upright, *level)


def _bar(x: float, y: float, w: float, h: float) -> str:
    return straight((x, y), (x + w, y), (x + w, y + h), (x, y + h))


def _poster(page: Sheet, lines: Sequence[HandoutLine], base_url: str, by_text: Sequence[str], small_print: str) -> None:
    """The order of drawing is the order of reading."""
    url = f"{base_url}/help"
    page.words(handout.POSTER_HEADING, Box(15, 14, 180, 54), Look(72, 24, down="middle", tag="H1"))
    squares = qr.matrix(url)
    page.qr_code(squares, Box(20, 80, 78, 78), f"QR code: {url}")
    page.words("Scan.", Box(116, 78, 80, 20), Look(46, 18))
    for number, promise in enumerate(handout.POSTER_PROMISE):
        page.words(promise, Box(116, 102 + number * 24, 80, 22), Look(24, 12, bold=False))
    page.words("No camera? Type this:", Box(20, 170, 80, 7), Look(15, 9, bold=False))
    page.words(handout.typed_address(base_url), Box(20, 177, 170, 13), Look(32, 10))
    shown = [line for line in lines if line.number != "999"]  # which has a line of its own, below
    half = -(-len(shown) // 2)
    for number, line in enumerate(shown):
        x, y = 20 + 88 * (number // half), 193 + 15 * (number % half)
        page.words(line.label, Box(x, y, 82, 6), Look(12, 8, bold=False))
        page.words(as_words(line), Box(x, y + 5.5, 82, 9), Look(22, 12))
    for number, words in enumerate(by_text):
        page.words(words, Box(20 + number * 112, 242, 110 - number * 40, 8), Look(18 - 6 * number, 8, bold=not number))
    ink: Colour = WHITE
    page.fill(BLACK, rounded(Box(10, 255, 190, 19), 4))
    page.words("In danger now? Call 999", Box(20, 256, 96, 17), Look(26, 14, ink=ink, down="middle"))
    silent = f"{handout.SILENT} Texting us does not reach the police." if by_text else handout.SILENT
    page.words(silent, Box(120, 256, 74, 17), Look(12, 8, bold=False, ink=ink, down="middle"))
    page.words(small_print, Box(20, 283, 176, 5), Look(9, 6, bold=False))
