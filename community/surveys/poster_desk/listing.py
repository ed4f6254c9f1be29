"""The list of posters: what is looked for, what is found, a page of it at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from community.places import queries
from community.places.codes import normalise
from community.places.kinds import POSTER_KINDS, POSTER_STATUSES
from community.places.models import Poster
from community.places.poster_health import Alert
from community.places.service import health, places, posters, reports
from community.places.slugs import plain
from community.surveys.funnel import Day, total
from community.surveys.poster_desk.sparkline import Sparkline, sparkline
from community.surveys.service import funnels

PER_PAGE: Final = 50
ATTENTION: Final = "attention"
STATUSES: Final = {ATTENTION: "out of the ordinary or reported", **POSTER_STATUSES}


@dataclass(frozen=True)
class Sought:
    """What an officer looks for. Empty: anything. Words that are none of ours count as empty."""

    text: str = ""
    status: str = ""
    kind: str = ""
    area: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Sought:
        """From an address."""
        page = args.get("page", "")
        return cls(
            text=args.get("q", "")[:100].strip(),
            status=args.get("status", "") if args.get("status") in STATUSES else "",
            kind=args.get("kind", "") if args.get("kind") in POSTER_KINDS else "",
            area=args.get("area", "")[:80],
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
        )

    def address(self, page: int) -> str:
        """What follows the question mark for another page of the same."""
        given = {"q": self.text, "status": self.status, "kind": self.kind, "area": self.area}
        return "?" + urlencode({**{name: value for name, value in given.items() if value}, "page": page})


@dataclass(frozen=True)
class Row:
    """A poster with what came of it in the last fortnight."""

    poster: Poster
    days: Sequence[Day]
    alerts: Sequence[Alert]
    doubts: int  # reports nobody has looked at

    @property
    def line(self) -> Sparkline:
        return sparkline(self.days)

    @property
    def total(self) -> tuple[int, int, int]:
        return total(self.days)


@dataclass(frozen=True)
class Found:
    """groups: (place or route, its posters) of this page, in order. everything: how many there are on all pages."""

    groups: Sequence[tuple[str, Sequence[Row]]]
    everything: int
    page: int
    pages: int


def find(sought: Sought, today: date) -> Found:
    """A page of the posters that are looked for, with their days."""
    alerts, doubts = health.alerts_on(today), doubts_by_poster()
    attention = alerts.keys() | doubts.keys()
    in_area = {place.id for place in places.places_in_area(sought.area)} if sought.area else None
    found = [p for p in posters.list_posters() if _fits(p, sought, attention, in_area)]
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(sought.page, pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    days = funnels.last_days(shown, today)
    rows = [Row(p, days[p.id], alerts.get(p.id, ()), doubts.get(p.id, 0)) for p in shown]
    groups = [(name, list(group)) for name, group in groupby(rows, key=lambda row: row.poster.place_name or "")]
    return Found(groups, len(found), page, pages)


def row_of(poster: Poster, today: date) -> Row:
    """One poster, as in the list."""
    told = reports.waiting_for(poster.code)
    days = funnels.last_days([poster], today)[poster.id]
    return Row(poster, days, health.alerts_on(today).get(poster.id, ()), told.n if told else 0)


def areas() -> list[tuple[str, str]]:
    """(slug, name) of the areas to choose from."""
    return [(slug, name) for slug, name in queries.area_choices()]


def doubts_by_poster() -> dict[int, int]:
    """poster id -> reports that nobody has looked at."""
    return {told.poster.id: told.n for told in reports.waiting() if told.poster is not None}


def _fits(poster: Poster, sought: Sought, attention: Iterable[int], in_area: set[int] | None) -> bool:
    if sought.status == ATTENTION:
        if poster.id not in attention:
            return False
    elif sought.status and poster.status != sought.status:
        return False
    if sought.kind and poster.kind != sought.kind:
        return False
    if in_area is not None and poster.place_id not in in_area:
        return False
    return not sought.text or _says(poster, sought.text)


def _says(poster: Poster, text: str) -> bool:
    if normalise(text) == poster.code or plain(text) in poster.code.lower():
        return True
    names = f"{poster.place.search_text if poster.place else ''} {plain(poster.spot)} {plain(poster.route or '')}"
    return bool(plain(text)) and all(word in names for word in plain(text).split())
