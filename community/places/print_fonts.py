"""The typefaces that posters are printed with: Noto, fetched by `make assets`, embedded in the PDF.

Each fontsource file holds one script, so a line of mixed writing is drawn from several of them. Letters that
no file has (emoji, scripts we do not ship) cannot be drawn; `undrawable` names them before anyone prints.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from community.config import ROOT
from community.shared.errors import UserError

REGULAR: Final = ""
BOLD: Final = "B"


class FontsMissing(UserError):
    """A typeface that posters cannot do without is not there or cannot be read; the message says what to run."""


@dataclass(frozen=True)
class Family:
    """One script in two weights. files: style ("" or "B") -> font file; letters: code points drawn in both;
    leading: line height that keeps two lines apart, in multiples of the type size."""

    name: str
    files: dict[str, Path]
    letters: frozenset[int]
    leading: float


# name, npm package, subset, weights (regular, bold), leading, needed by every poster.  Earlier wins a letter.
# Urdu readers expect Nastaliq, whose words slope down and need twice the height.
_FAMILIES: Final = (
    ("latin", "noto-sans", "latin", (400, 800), 1.08, True),
    ("latin-ext", "noto-sans", "latin-ext", (400, 800), 1.15, True),
    ("cyrillic", "noto-sans", "cyrillic", (400, 800), 1.15, False),
    ("greek", "noto-sans", "greek", (400, 800), 1.15, False),
    ("vietnamese", "noto-sans", "vietnamese", (400, 800), 1.25, False),
    ("devanagari", "noto-sans", "devanagari", (400, 800), 1.4, False),
    ("nastaliq", "noto-nastaliq-urdu", "arabic", (400, 700), 2.2, False),
    ("bengali", "noto-sans-bengali", "bengali", (400, 800), 1.35, False),
)


@dataclass(frozen=True)
class Fonts:
    """The families found, in the order in which they are asked for a letter; the first is the poster's own."""

    families: tuple[Family, ...]

    @classmethod
    def from_folder(cls, node_modules: Path) -> Fonts:
        """Fonts out of a node_modules folder. Noto Sans must be there; the other scripts are taken if they are.

        Raises FontsMissing, which names the file and `make assets`."""
        found = []
        for name, package, subset, weights, leading, needed in _FAMILIES:
            folder = node_modules / "@fontsource" / package / "files"
            files = {
                style: folder / f"{package}-{subset}-{weight}-normal.woff2"
                for style, weight in zip((REGULAR, BOLD), weights, strict=True)
            }
            if needed or all(file.is_file() for file in files.values()):
                files = {style: _unpacked(file) for style, file in files.items()}
                letters = frozenset.intersection(*(_letters(file) for file in files.values()))
                found.append(Family(name, files, letters, leading))
        return cls(tuple(found))

    def undrawable(self, text: str) -> str:
        """The letters of `text` that no family has, each once, in order; "" when all of it can be printed."""
        return "".join(dict.fromkeys(letter for letter in text if not self._drawable(letter)))

    def drawable(self, text: str) -> str:
        """`text` without the letters that would come out as empty boxes."""
        return " ".join("".join(letter for letter in text if self._drawable(letter)).split())

    def for_text(self, text: str) -> tuple[Family, ...]:
        """The families that drawing `text` takes, the poster's own always first."""
        own = self.families[0]
        used = {self._family(letter) for letter in set(text)}
        return (own, *(family for family in self.families[1:] if family.name in used))

    def leading(self, text: str) -> float:
        """Line height for `text`, in multiples of the type size: that of its tallest script."""
        return max(family.leading for family in self.for_text(text))

    def _family(self, letter: str) -> str | None:
        return next((family.name for family in self.families if ord(letter) in family.letters), None)

    def _drawable(self, letter: str) -> bool:
        # Joiners shape the letters round them and are never drawn, so they need no glyph of their own.
        return self._family(letter) is not None or letter in "\u200c\u200d"


def clean(text: str, longest: int = 200) -> str:
    """Text fit for one line of print: no control, direction or private characters, single spaces, NFC, cut with "…".

    At most three marks on one letter: more would climb off the line. HTML is left as it stands, to be printed
    or escaped by whoever shows it."""
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text[: longest * 4]):
        category = unicodedata.category(letter)
        marks = marks + 1 if category.startswith("M") else 0
        if letter.isspace():
            kept.append(" ")
        elif marks <= 3 and (not category.startswith("C") or letter in "\u200c\u200d"):
            kept.append(letter)
    line = " ".join("".join(kept).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def clusters(word: str) -> Iterable[str]:
    """The parts a long word may be broken between: a letter stays with its marks and joiners."""
    part = ""
    for letter in word:
        joined = unicodedata.category(letter).startswith("M") or letter in "\u200c\u200d" or part.endswith("\u200d")
        if part and not joined:
            yield part
            part = ""
        part += letter
    if part:
        yield part


def unpack(node_modules: Path) -> None:
    """Write each font that posters use once more, unpacked, beside itself: unpacking takes longer than printing."""
    for _, package, subset, weights, _, _ in _FAMILIES:
        for weight in weights:
            packed = node_modules / "@fontsource" / package / "files" / f"{package}-{subset}-{weight}-normal.woff2"
            if packed.is_file():
                with TTFont(packed, recalcTimestamp=False) as font:
                    font.flavor = None
                    font.save(packed.with_suffix(".ttf"))


def _unpacked(file: Path) -> Path:
    """The unpacked font beside a packed one, where `unpack` has written it since."""
    other = file.with_suffix(".ttf")
    return other if other.is_file() and other.stat().st_mtime >= file.stat().st_mtime else file


def _letters(file: Path) -> frozenset[int]:
    """The code points a font file draws, those for control characters left out. Raises FontsMissing."""
    try:
        with file.open("rb") as stream, TTFont(stream, lazy=True) as font:
            return frozenset(point for point in font.getBestCmap() if point >= 0x20)
    except Exception as exc:  # a damaged file fails in as many ways as a font has tables
        raise FontsMissing(f"The poster font {file} is missing or damaged. Run `make assets`, then try again.") from exc


if __name__ == "__main__":
    unpack(ROOT / "node_modules")
