"""The advice pack on A4, words flowing from page to page."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from community.places.print_fonts import Fonts, clean
from community.places.print_page import Box, Look, Sheet
from community.safe_havens.papers import said
from community.safe_havens.papers.said import Call, Pack
from community.safe_havens.papers.sheets import new_sheet, rule

TITLE: Final = "Safe Haven: advice for your team"
_LEFT: Final = 20.0
_WIDTH: Final = 170.0
_TOP: Final = 20.0
_FOOT: Final = 272.0
_POINTS: Final = 72 / 25.4  # to the millimetre

H1: Final = Look(30, 30, tag="H1")
H2: Final = Look(17, 17)
BODY: Final = Look(12, 12, bold=False)
STRONG: Final = Look(12, 12)
SMALL: Final = Look(9, 9, bold=False)


def advice_pdf(pack: Pack, fonts: Fonts, *, created: datetime) -> bytes:
    """A few pages: the five steps, what to do and not, whom to call with the day each was checked, and the
    agreement."""
    flow = _Flow(new_sheet(fonts, [*_words(pack), "•·0123456789"], TITLE, pack.organisation, created), pack)
    try:
        flow.write(TITLE, H1, after=4)
        flow.write("Five steps", H2, after=2)
        for number, step in enumerate(pack.steps, start=1):
            flow.write(f"{number}. {step.heading}", STRONG, after=0.5)
            flow.write(step.words, BODY, indent=6, after=2.5)
        for heading, lines in pack.parts:
            flow.section(heading, lines)
        flow.section("Somebody who threatens the person", [pack.keep_out])
        flow.write("Whom to call", H2, before=5, after=2, keep=30)
        for call in pack.calls:
            flow.call(call)
        flow.write(f"What you agreed to (version {pack.version})", H2, before=6, after=2, keep=30)
        for heading, lines in pack.agreement:
            flow.section(heading, lines, look=STRONG)
        flow.page_foot()
        return bytes(flow.sheet.output())
    finally:
        flow.sheet.shut_fonts()


class _Flow:
    """Words one below the other, on as many pages as they take."""

    def __init__(self, sheet: Sheet, pack: Pack) -> None:
        self.sheet = sheet
        self._small = clean(" · ".join(part for part in (pack.organisation, pack.contact) if part))
        self._pages = 0
        self._y = _FOOT
        self._new_page()

    def section(self, heading: str, lines: list[str] | tuple[str, ...], *, look: Look = H2) -> None:
        """A heading and its lines, the first of them on the same page."""
        self.write(heading, look, before=4 if look is H2 else 2, after=1.5, keep=24)
        for line in lines:
            self.write(f"• {line}", BODY, indent=3, after=1.2)

    def call(self, call: Call) -> None:
        """Whom to call for what: kept together, with a line below."""
        about = f"{call.name}{f' · {call.hours}' if call.hours else ''} · checked {_day(call)}"
        number = clean(call.number)
        room = 11.0 + self._height(about, SMALL, _WIDTH)
        if self._y + room > _FOOT:
            self._new_page()
        self.sheet.words(call.why, Box(_LEFT, self._y, 112, 6), Look(12, 8, bold=False, down="middle"))
        self.sheet.words(number, Box(_LEFT + 114, self._y, 56, 6), Look(14, 7, down="middle"))
        self._y += 6.5
        self.write(about, SMALL, after=1.5)
        self.sheet.fill((200, 200, 200), rule(_LEFT, self._y, _WIDTH))
        self._y += 2

    def write(
        self, words: str, look: Look, *, indent: float = 0.0, before: float = 0.0, after: float = 0.0, keep: float = 0.0
    ) -> None:
        """A paragraph; on the next page when it, or so much more (mm), finds no room on this one."""
        width = _WIDTH - indent
        height = self._height(words, look, width)
        if self._y + before + max(height, keep) > _FOOT:
            self._new_page()
        elif self._y > _TOP:
            self._y += before
        self.sheet.words(words, Box(_LEFT + indent, self._y, width, height + 0.1), look)
        self._y += height + after

    def page_foot(self) -> None:
        """Who says so, and the page."""
        self.sheet.words(f"{self._small} · {self._pages}", Box(_LEFT, 282, _WIDTH, 5), SMALL)

    def _height(self, words: str, look: Look, width: float) -> float:
        fitted = self.sheet.fit(words, Box(0, 0, width, 250), look)
        return len(fitted.lines) * fitted.line_height / _POINTS

    def _new_page(self) -> None:
        if self._pages:
            self.page_foot()
        self.sheet.next_page()
        self._pages += 1
        self._y = _TOP


def _words(pack: Pack) -> list[str]:
    said_here = [
        TITLE,
        "Five steps Whom to call What you agreed to (version ) Somebody who threatens the person checked",
    ]
    said_here += [pack.keep_out, pack.version, pack.organisation, pack.contact, said.SILENT]
    said_here += [f"{step.heading}{step.words}" for step in pack.steps]
    said_here += [f"{heading}{''.join(lines)}" for heading, lines in (*pack.parts, *pack.agreement)]
    return said_here + [f"{call.why}{call.name}{call.number}{call.hours}{_day(call)}" for call in pack.calls]


def _day(call: Call) -> str:
    return f"{call.checked_on.day} {call.checked_on:%B %Y}"
