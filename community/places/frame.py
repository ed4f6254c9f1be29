"""What part of the ground fills a picture of a map: Web Mercator, as maps on the web are. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from community.places.geometry import EARTH_RADIUS_M


class Frame:
    """A picture that holds all the points, of which there is at least one, in its middle.

    points: (latitude, longitude), degrees, WGS84. width, margin, foot (kept free below), least_height, most_height:
    units of the picture. least_span_m: so much ground is shown at least, so that one point does not stand on an empty
    sheet."""

    def __init__(
        self, points: Sequence[tuple[float, float]], *, width: int, margin: int, least_span_m: float,
        foot: int = 0, least_height: int = 0, most_height: float = math.inf,
    ) -> None:  # fmt: skip
        xs, ys = [_x(lon) for _, lon in points], [_y(lat) for lat, _ in points]
        middle = math.radians((max(lat for lat, _ in points) + min(lat for lat, _ in points)) / 2)
        least = least_span_m / (EARTH_RADIUS_M * math.cos(middle))
        wide, high = max(max(xs) - min(xs), least), max(max(ys) - min(ys), least * least_height / width)
        scale = min((width - 2 * margin) / wide, (most_height - 2 * margin - foot) / high if high else math.inf)
        self.width = width
        self.height = round(max(least_height, high * scale + 2 * margin + foot))
        self.units_per_m = scale / (EARTH_RADIUS_M * math.cos(middle))
        self._scale, self._foot = scale, foot
        self._middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point is: units from the left, from the top, to a tenth."""
        across, up = (_x(lon) - self._middle[0]) * self._scale, (_y(lat) - self._middle[1]) * self._scale
        return round(self.width / 2 + across, 1), round((self.height - self._foot) / 2 - up, 1)

    def ring(self, points: Iterable[tuple[float, float]]) -> str:
        """A closed line through points, as path data."""
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in (self.place(lat, lon) for lat, lon in points)) + "Z"


def _x(lon: float) -> float:
    return math.radians(lon)


def _y(lat: float) -> float:
    return math.asinh(math.tan(math.radians(lat)))
