"""A sheet of A4 to draw on: boxes of words that shrink before they overflow, filled shapes, a QR code, tags.

Millimetres from the top left corner everywhere, type sizes in points. Words are shaped by HarfBuzz, so joined
and right-to-left scripts come out as they are written. Every mark is tagged (PDF 1.7, 14.8): a word as heading
or paragraph in its language, the QR code as a figure with its address, a shape as decoration. fpdf2 tags
pictures only, so the tags for words are written here; the requirements lock holds it to the version tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final, Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from community.places import qr
from community.places.print_fonts import BOLD, REGULAR, Fonts, clusters

PAGE_H: Final = 297.0
_POINTS: Final = 72 / 25.4  # to the millimetre
_MEASURED_AT: Final = 100.0  # points; widths grow in step with the size
_STEP: Final = 0.97  # how much smaller each try is
_CIRCLE: Final = 0.5523  # handle length that makes four Bezier curves a circle

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Box:
    """A place on the page, in mm."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Look:
    """How words are set: the size to try first and the smallest allowed (points), weight, colour, height in the box."""

    largest: float
    smallest: float
    bold: bool = True
    ink: Colour = (0, 0, 0)
    down: Literal["top", "middle"] = "top"
    tag: Literal["H1", "P"] = "P"


@dataclass(frozen=True)
class Fitted:
    """Words as they will stand: size in points, the lines, and the height of one line in points."""

    size: float
    lines: tuple[str, ...]
    line_height: float


def straight(*corners: tuple[float, float]) -> str:
    """The outline of straight lines through `corners`, in PDF's own drawing words, as are the two below."""
    first, *rest = (_point(x, y) for x, y in corners)
    return f"{first} m " + " ".join(f"{point} l" for point in rest) + " h"


def rounded(box: Box, r: float) -> str:
    """The outline of a box with corners of radius `r` mm."""
    x, y, right, foot, near = box.x, box.y, box.x + box.w, box.y + box.h, r * (1 - _CIRCLE)
    p = _point
    return (
        f"{p(x + r, y)} m {p(right - r, y)} l {p(right - near, y)} {p(right, y + near)} {p(right, y + r)} c "
        f"{p(right, foot - r)} l {p(right, foot - near)} {p(right - near, foot)} {p(right - r, foot)} c "
        f"{p(x + r, foot)} l {p(x + near, foot)} {p(x, foot - near)} {p(x, foot - r)} c "
        f"{p(x, y + r)} l {p(x, y + near)} {p(x + near, y)} {p(x + r, y)} c h"
    )


def disc(x: float, y: float, r: float) -> str:
    """The outline of a circle about (x, y)."""
    return rounded(Box(x - r, y - r, 2 * r, 2 * r), r)


def _point(x: float, y: float) -> str:
    """PDF counts in points, upwards from the foot of the page."""
    return f"{x * _POINTS:.3f} {(PAGE_H - y) * _POINTS:.3f}"


class Sheet(FPDF):
    """A4 pages in one set of fonts, loaded once however many pages follow. The same calls give the same bytes."""

    def __init__(self, fonts: Fonts, text: str, *, title: str, author: str, created: datetime) -> None:
        """text: all that will be drawn, so that only the scripts it needs are embedded. created: needs its zone."""
        super().__init__(format="A4", unit="mm")
        self._used = fonts.for_text(text)
        self._fonts = fonts
        self._marks = 0
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.set_title(title)
        self.set_author(author)
        self.set_lang("en-GB")
        self.set_creation_date(created)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        for family in self._used:
            for style, file in family.files.items():
                self.add_font(family.name, style, file)
        self.set_fallback_fonts([family.name for family in self._used[1:]], exact_match=True)
        self.set_text_shaping(True)
        self.width_em = cache(self._width_em)

    def shut_fonts(self) -> None:
        """Let go of the font files, which fpdf2 reads bit by bit and leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def next_page(self) -> None:
        """Begin a page."""
        self.add_page()
        self._marks = 0

    def words(self, text: str, box: Box, look: Look, lang: str = "en") -> None:
        """Set `text` inside `box`, smaller and on more lines as needed, cut with "…" when even that is not enough."""
        text = self._fonts.drawable(text)
        if not text:
            return
        fitted = self.fit(text, box, look)
        height = len(fitted.lines) * fitted.line_height / _POINTS
        spare = (box.h - height) / 2 if look.down == "middle" else 0.0
        self.set_font(self._used[0].name, BOLD if look.bold else REGULAR, fitted.size)
        self.set_text_color(*look.ink)
        with self._tagged(look.tag, lang=lang, spoken=text):
            for number, line in enumerate(fitted.lines):
                self.set_xy(box.x, box.y + spare + number * fitted.line_height / _POINTS)
                end = " " if number < len(fitted.lines) - 1 else ""  # unseen; keeps two lines two words when read aloud
                self.cell(w=box.w, h=fitted.line_height / _POINTS, text=line + end)

    def fit(self, text: str, box: Box, look: Look) -> Fitted:
        """The largest setting of `text` that stays inside `box`."""
        leading = self._fonts.leading(text)
        words, width, height = _phrases(text), box.w * _POINTS, box.h * _POINTS
        size = look.largest
        while size > look.smallest:
            lines = self._wrap(words, width / size, look.bold)
            if lines is not None and len(lines) * leading * size <= height:
                return Fitted(size, tuple(self._even(words, lines, width / size, look.bold)), leading * size)
            size *= _STEP
        size = min(look.smallest, height / leading)
        pieces = [piece for word in text.split() for piece in self._break(word, width / size, look.bold)]
        lines = self._wrap(pieces, width / size, look.bold) or []
        room = max(1, int(height / (leading * size)))
        if len(lines) > room:
            lines = [*lines[: room - 1], self._cut(lines[room - 1], width / size, look.bold)]
        return Fitted(size, tuple(lines), leading * size)

    def width(self, text: str, look: Look) -> float:
        """Width in mm of `text` on one line at its largest."""
        return self.width_em(self._fonts.drawable(text), look.bold) * look.largest / _POINTS

    def fill(self, colour: Colour, *paths: str) -> None:
        """Fill outlines (`rounded`, `straight`, `disc`) as one shape. Decoration: a screen reader passes over it."""
        self._out("/Artifact BMC")
        self._paint(colour, "\n".join(paths))
        self._out("EMC")

    def qr_code(self, squares: qr.Matrix, box: Box, spoken: str) -> None:
        """Fill `box` with the squares, black, as one vector shape without seams. The caller leaves the quiet zone."""
        side = box.w / len(squares)
        path = "\n".join(
            f"{_point(box.x + x * side, box.y + (y + 1) * side)} {length * side * _POINTS:.3f} {side * _POINTS:.3f} re"
            for x, y, length in qr.strips(squares)
        )
        with self._tagged("Figure", alt=spoken):
            self._paint((0, 0, 0), path)

    def _paint(self, colour: Colour, path: str) -> None:
        red, green, blue = (part / 255 for part in colour)
        self._out(f"q {red:.4f} {green:.4f} {blue:.4f} rg\n{path}\nf Q")

    def _width_em(self, text: str, bold: bool) -> float:
        """Width in multiples of the type size."""
        self.set_font(self._used[0].name, BOLD if bold else REGULAR, _MEASURED_AT)
        return self.get_string_width(text) * _POINTS / _MEASURED_AT

    def _wrap(self, words: Sequence[str], room: float, bold: bool) -> list[str] | None:
        """Lines no wider than `room` em, as full as they can be; None when one word alone is wider."""
        lines: list[str] = []
        for word in words:
            if lines and self.width_em(f"{lines[-1]} {word}", bold) <= room:
                lines[-1] += f" {word}"
            elif self.width_em(word, bold) <= room:
                lines.append(word)
            else:
                return None
        return lines

    def _even(self, words: Sequence[str], lines: list[str], room: float, bold: bool) -> list[str]:
        """As many lines, as even as they come ("Scan. One tap." breaks after "Scan.", not before "tap.")."""
        tight = 0.0
        while len(lines) > 1 and room - tight > 0.05:
            middle = (tight + room) / 2
            closer = self._wrap(words, middle, bold)
            if closer is not None and len(closer) == len(lines):
                lines, room = closer, middle
            else:
                tight = middle
        return lines

    def _break(self, word: str, room: float, bold: bool) -> Iterator[str]:
        """Parts of a word, each at most `room` em wide; the word itself when it fits."""
        if self.width_em(word, bold) <= room:
            yield word
            return
        part = ""
        for cluster in clusters(word):
            if part and self.width_em(part + cluster, bold) > room:
                yield part
                part = ""
            part += cluster
        if part:
            yield part

    def _cut(self, line: str, room: float, bold: bool) -> str:
        parts = list(clusters(line))
        while parts and self.width_em("".join(parts).rstrip() + "…", bold) > room:
            parts.pop()
        return "".join(parts).rstrip() + "…"

    @contextmanager
    def _tagged(self, kind: str, *, lang: str = "en", spoken: str = "", alt: str | None = None) -> Iterator[None]:
        """Mark what is drawn inside as one element of the document's structure, in reading order."""
        mark = self._marks
        self._marks += 1
        self._add_marked_content(struct_type=f"/{kind}", mcid=mark, alt_text=alt)
        notes = f"/MCID {mark}"
        if lang != "en":
            notes += f" /Lang <{lang.encode().hex()}>"
        if not spoken.isascii():  # shaped glyphs do not always lead back to their letters: give those in order
            letters = ("\ufeff" + spoken).encode("utf-16-be").hex()
            notes += f" /ActualText <{letters}>"
        self._out(f"/{kind} <<{notes}>> BDC")
        yield
        self._out("EMC")


def _phrases(text: str) -> list[str]:
    """Words, a word of one or two letters kept with the next: a line that ends in "no" reads badly from afar."""
    phrases: list[str] = []
    held = ""
    for word in text.split():
        if not held and len(word) <= 2:
            held = word
        else:
            phrases.append(f"{held} {word}".strip())
            held = ""
    return [*phrases, held] if held else phrases
