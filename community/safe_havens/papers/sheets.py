"""The sticker, the staff card and the ICE cards on sheets of A4. The words come from `said`.

The name of the scheme on the sticker is set so large that its capitals are over 20 mm high: it can be read from well
beyond 3 m (a letter is legible from about 200 times its height). The QR code is for somebody at the door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from community.places import qr
from community.places.print_fonts import Fonts, clean
from community.places.print_page import Box, Colour, Look, Sheet, rounded, straight
from community.places.printing import colour_of, ink_on
from community.safe_havens.papers import said
from community.safe_havens.papers.said import StaffCard, Sticker
from community.support.handout_sheets import ACROSS, CARD_H, CARD_W, DOWN, LEFT, TOP, cutting_lines

WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)
QR_SIDE_MM: Final = 74.0


def sticker_pdf(sticker: Sticker, fonts: Fonts, *, brand_colour: str, created: datetime) -> bytes:
    """One A4 page for the inside of a window or door. brand_colour: # and six hexadecimal digits. Raises
    AddressTooLong."""
    every = [said.SCHEME, said.WELCOME, said.DANGER, sticker.name, sticker.serial, sticker.typed, sticker.organisation]
    always = "Is this sticker real? Scan, or type: Number Given to · "
    title = f"Safe Haven sticker {sticker.serial}"
    page = new_sheet(fonts, [*every, sticker.contact, always], title, sticker.organisation, created)
    try:
        page.next_page()
        _sticker(page, sticker, colour_of(brand_colour))
        return bytes(page.output())
    finally:
        page.shut_fonts()


def staff_card_pdf(card: StaffCard, fonts: Fonts, *, organisation: str, created: datetime) -> bytes:
    """One A4 page to hang behind the counter, where no customer reads the code."""
    every = [card.name, card.code, card.page, card.keep_out, card.contact, said.SILENT]
    every += [f"{step.heading}{step.words}" for step in card.steps]
    always = "Safe Haven: five steps 12345. Our code Team page Not for customers to see. Questions?"
    page = new_sheet(fonts, [*every, always], f"Staff card: {card.name}", organisation, created)
    try:
        page.next_page()
        _staff_card(page, card)
        return bytes(page.output())
    finally:
        page.shut_fonts()


def ice_cards_pdf(fonts: Fonts, *, organisation: str, created: datetime) -> bytes:
    """One sheet of ten blank cards to cut out and fill in by hand. Nothing is stored of who does."""
    words = [said.ICE_HEADING, *said.ICE_LINES, said.ICE_BACK, said.DANGER]
    page = new_sheet(fonts, words, "ICE cards to cut out", organisation, created)
    try:
        page.next_page()
        cutting_lines(page)
        for row in range(DOWN):
            for column in range(ACROSS):
                _ice_card(page, LEFT + column * CARD_W, TOP + row * CARD_H)
        return bytes(page.output())
    finally:
        page.shut_fonts()


def new_sheet(fonts: Fonts, words: Sequence[str], title: str, author: str, created: datetime) -> Sheet:
    """A4 pages that hold these words and no others. created: with its time zone."""
    if created.tzinfo is None:
        raise ValueError("The day the sheets are made needs its time zone.")
    text = fonts.drawable("".join(words)) + "…"
    return Sheet(fonts, text, title=clean(title), author=clean(author), created=created)


def rule(x: float, y: float, w: float, thick: float = 0.2) -> str:
    """A line to write on."""
    return straight((x, y), (x + w, y), (x + w, y + thick), (x, y + thick))


def _sticker(page: Sheet, sticker: Sticker, brand: Colour) -> None:
    """The order of drawing is the order of reading."""
    page.fill(brand, rounded(Box(8, 8, 194, 136), 8))
    page.words(said.SCHEME, Box(16, 14, 178, 76), Look(150, 90, ink=ink_on(brand), down="middle", tag="H1"))
    page.words(said.WELCOME, Box(16, 92, 178, 46), Look(44, 20, ink=ink_on(brand), down="middle"))
    url = sticker.address
    page.qr_code(qr.matrix(url), Box(18, 158, QR_SIDE_MM, QR_SIDE_MM), f"QR code: {url}")
    page.words("Is this sticker real?", Box(106, 156, 92, 14), Look(26, 14))
    page.words("Scan, or type:", Box(106, 170, 92, 9), Look(18, 10, bold=False))
    page.words(sticker.typed, Box(106, 180, 92, 22), Look(20, 8))
    page.words(f"Number {sticker.serial}", Box(106, 204, 92, 11), Look(24, 12))
    page.words(f"Given to {clean(sticker.name, 120)}", Box(106, 217, 92, 18), Look(18, 9, bold=False))
    page.fill(BLACK, rounded(Box(8, 246, 194, 26), 5))
    page.words(said.DANGER, Box(18, 247, 174, 24), Look(46, 20, ink=WHITE, down="middle"))
    small = clean(" · ".join(part for part in (sticker.organisation, sticker.contact) if part))
    page.words(small, Box(16, 278, 178, 7), Look(12, 7, bold=False))


def _staff_card(page: Sheet, card: StaffCard) -> None:
    page.words("Safe Haven: five steps", Box(15, 14, 180, 16), Look(36, 20, tag="H1"))
    page.words(clean(card.name, 120), Box(15, 30, 180, 10), Look(18, 10, bold=False))
    for number, step in enumerate(card.steps, start=1):
        y = 46 + (number - 1) * 33
        page.fill(BLACK, rounded(Box(15, y, 14, 14), 3))
        page.words(f" {number}", Box(18.2, y + 0.6, 10, 13), Look(26, 20, ink=WHITE, down="middle"))
        page.words(step.heading, Box(35, y - 1, 160, 12), Look(24, 14, down="middle"))
        page.words(step.words, Box(35, y + 11, 160, 18), Look(16, 10, bold=False))
    page.words(card.keep_out, Box(15, 213, 180, 14), Look(14, 9))
    page.fill(BLACK, rounded(Box(15, 231, 180, 40), 4))
    page.words("Our code", Box(22, 234, 60, 8), Look(15, 10, bold=False, ink=WHITE))
    page.words(card.code, Box(22, 241, 166, 16), Look(40, 20, ink=WHITE))
    page.words(f"Team page: {card.page}", Box(22, 258, 166, 10), Look(15, 8, bold=False, ink=WHITE, down="middle"))
    last = clean(f"Not for customers to see. Questions? {card.contact}")
    page.words(last, Box(15, 277, 180, 7), Look(11, 7, bold=False))


def _ice_card(page: Sheet, x: float, y: float) -> None:
    page.words(said.ICE_HEADING, Box(x + 5, y + 3.5, 76, 6), Look(12, 8, tag="H1"))
    for number, line in enumerate(said.ICE_LINES):
        top = y + 10.5 + number * 5.6
        page.words(line, Box(x + 5, top, 24 if number < 5 else 40, 5), Look(7, 5, bold=False, down="middle"))
        start = 22 if number < 5 else 42
        page.fill(BLACK, rule(x + start, top + 4.6, CARD_W - start - 5))
    page.words(said.ICE_BACK, Box(x + 5, y + 44.5, 46, 7), Look(6.5, 5, bold=False, down="middle"))
    page.words(said.DANGER, Box(x + 53, y + 44.5, 28, 7), Look(6.5, 5, down="middle"))
