"""Posters and counts as an officer and an analyst meet them: by typing commands.

`flask` is who types them: `site.flask`, as at a terminal, or the `desk` fixture, which is quicker."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL.Image import Image

PLACE, WARD, AREA = "barking-station", "E05014066", "barking-town-centre"
SPOT = "by the ticket gates"
SCALE = 150 / 72
"""150 dots to the inch: what a camera makes of a poster an arm's length away."""

Typed = Callable[..., str]
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Poster:
    """A poster's code and the address its QR code should hold."""

    code: str
    url: str

    @property
    def path(self) -> str:
        """Its address at the server that is running."""
        return f"/q/{self.code}"


def make_poster(flask: Typed, place: str = PLACE, spot: str = SPOT) -> Poster:
    """A new poster at a place, not yet hung."""
    made = json.loads(flask("posters", "create", "--place", place, "--spot", spot, "--json"))
    return Poster(made[0]["code"], made[0]["url"])


def mark(flask: Typed, poster: Poster, status: str) -> None:
    """Say what became of a poster: up, taken-down, reported or retired."""
    flask("posters", "mark", poster.code, status)


def printed(flask: Typed, out: Path, *words: str) -> list[Image]:
    """The pages of `posters pdf WORDS`, as a printer would draw them."""
    flask("posters", "pdf", *words, "--out", str(out))
    document = pypdfium2.PdfDocument(out)
    try:
        return [page.render(scale=SCALE).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def scanned(picture: Image) -> list[str]:
    """What a camera reads off a poster: the text of each QR code on it."""
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def counts(flask: Typed, by: str) -> Counts:
    """(group, option) -> responses to the opening question of `safety`, as `insights results` prints them."""
    rows = json.loads(flask("insights", "results", "safety", "--by", by, "--json"))["rows"]
    return {(row["group"], row["option"]): row["count"] for row in rows}


def more(before: Counts, after: Counts) -> Counts:
    """What was added between two counts; only pairs that differ."""
    return {pair: n - before.get(pair, 0) for pair, n in after.items() if n != before.get(pair, 0)}
