"""QR codes as plain rows of dark and light squares, and as SVG.

The squares come from the `qrcode` library at error correction H (ISO/IEC 18004): a code still reads with
about a third of it scratched, wet or stuck over. Drawing is ours, so that paper and page show the same code.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from qrcode import constants
from qrcode.main import QRCode

from community.shared.errors import UserError

Matrix = tuple[tuple[bool, ...], ...]

QUIET_ZONE: Final = 4
"""Light squares that must stay empty on every side (ISO/IEC 18004, 6.3.8). The matrix does not hold them."""

LONGEST_URL: Final = 119
"""Bytes that version 10 holds at level H: 57 squares a side. Smaller squares stop reading from a metre away."""


class AddressTooLong(UserError):
    """The address makes a code too fine to read from where a person stands."""


def matrix(url: str) -> Matrix:
    """Rows of squares, True for dark, without quiet zone; square, 21 to 57 a side. The same url gives the same rows.

    Raises ValueError for an empty url, AddressTooLong for more than LONGEST_URL bytes."""
    if not url:
        raise ValueError("A QR code needs an address.")
    size = len(url.encode())
    if size > LONGEST_URL:
        raise AddressTooLong(
            f"The address has {size} bytes, a poster's QR code holds {LONGEST_URL}. Use a shorter PUBLIC_BASE_URL."
        )
    code = QRCode(error_correction=constants.ERROR_CORRECT_H, border=0)
    code.add_data(url)
    code.make(fit=True)
    return tuple(tuple(bool(square) for square in row) for row in code.get_matrix())


def strips(squares: Matrix) -> Iterator[tuple[int, int, int]]:
    """(column, row, length) of each run of dark squares, row by row: what a pen has to fill."""
    for y, row in enumerate(squares):
        start: int | None = None
        for x, dark in enumerate((*row, False)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield start, y, x - start
                start = None


def svg(squares: Matrix, title: str) -> str:
    """An SVG element with its quiet zone, one unit a square: black on white whatever the page's colours.

    It carries no style, script, id or size; `title` is what a screen reader says."""
    side = side_of(squares)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path(squares)}"/></svg>'
    )


def side_of(squares: Matrix) -> int:
    """Units along one side of a drawn code, its quiet zone included."""
    return len(squares) + 2 * QUIET_ZONE


def path(squares: Matrix) -> str:
    """The dark squares as the `d` of an SVG path, one unit a square, set in by the quiet zone."""
    return "".join(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z" for x, y, length in strips(squares))
