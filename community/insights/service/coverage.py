"""Where people said they feel unsafe and no Safe Haven is open near, by place and part of the day; with whom to ask
there.

The latest wave of the safety survey with answers in the last year; the question is how safe people feel here. Flagged
answers are left out and counted apart. Small counts are hidden as `coverage` says, more strictly than on live pages,
since coordinators see no other answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from community.insights import coverage, queries
from community.insights.coverage import FAR_M, NEAR_M, Door, Found, Gap, Said, Spot
from community.insights.measures import UNSAFE
from community.insights.service import selection
from community.insights.service.live import headline_of
from community.insights.spans import split
from community.places.geometry import distance_m
from community.places.kinds import CHILDREN_GATHER
from community.safe_havens.service import listing, prospects
from community.shared.clock import Daypart
from community.shared.errors import UserError
from community.surveys import queries as surveys_queries
from community.surveys.questionnaire import Question
from community.surveys.tallies import is_mark

SURVEY: Final = "safety"
DAYS: Final = 365
MOST_PROSPECTS: Final = 5


@dataclass(frozen=True)
class Near:
    """A business to approach, near a gap."""

    id: int
    name: str
    distance_m: float


@dataclass(frozen=True)
class Row:
    """A gap, with the businesses within 800 m that may still be asked, the nearest first."""

    gap: Gap
    prospects: tuple[Near, ...]


@dataclass(frozen=True)
class Coverage:
    """rows: those to see to first on top. first, last: the days counted. wave: None when nobody has answered. wording:
    of the question. havens: how many are listed today. flagged: answers left out. made_up: whether demonstration
    answers are counted."""

    rows: tuple[Row, ...]
    found: Found
    first: date
    last: date
    wave: int | None
    wording: str
    havens: int
    flagged: int
    made_up: bool

    def document(self) -> dict[str, Any]:
        """As `havens coverage --json` prints it."""
        return {
            "survey": SURVEY, "wave": self.wave, "wording": self.wording, "from": self.first.isoformat(),
            "to": self.last.isoformat(), "near_m": NEAR_M, "far_m": FAR_M, "havens": self.havens,
            "flagged": self.flagged, "hidden": self.found.hidden, "covered": self.found.covered,
            "rows": [_row_document(row) for row in self.rows],
        }  # fmt: skip


@dataclass(frozen=True)
class PlaceSaid:
    """What is said of a place beside a business there: its worst part of the day, in words. gap: whether no haven is
    open near then."""

    words: str
    gap: str


def coverage_on(now: datetime) -> Coverage:
    """As it stands at a moment (aware, in London)."""
    last = now.date()
    first = last - timedelta(days=DAYS - 1)
    doors = [Door(v.name, v.lat, v.lon, v.hours) for v in listing.directory(now).venues]
    wave, wording, said, made_up = _said(first, last)
    found = coverage.gaps(said, doors)
    asked = prospects.to_approach()
    rows = tuple(Row(gap, _near(gap.spot, asked)) for gap in found.gaps)
    flagged = sum(one.flagged for one in said.values())
    return Coverage(rows, found, first, last, wave, wording, len(doors), flagged, made_up)


def beside(now: datetime) -> dict[int, PlaceSaid]:
    """place id -> what people said there, for the list of businesses to approach. Absent where nobody may be told."""
    last = now.date()
    _, _, said, _ = _said(last - timedelta(days=DAYS - 1), last)
    doors = [Door(v.name, v.lat, v.lon, v.hours) for v in listing.directory(now).venues]
    ids = {place.slug: place.id for place in selection.every_place().values()}
    gaps: dict[str, Gap] = {}
    for gap in coverage.gaps(said, doors).gaps:
        gaps.setdefault(gap.spot.slug, gap)
    totals: dict[Spot, Counter[str]] = {}
    for (spot, _), counts in said.items():
        totals.setdefault(spot, Counter()).update(unsafe=counts.unsafe, base=counts.base)
    found: dict[int, PlaceSaid] = {}
    for spot, total in totals.items():
        if not total["base"]:
            continue
        whole = Said(total["unsafe"], total["base"], 0)
        words = (
            "too few answers to show"
            if whole.is_hidden(children=spot.children)
            else f"{total['unsafe'] / total['base']:.0%} felt unsafe ({total['unsafe']} of {total['base']})"
        )
        worst = gaps.get(spot.slug)
        found[ids[spot.slug]] = PlaceSaid(words, gap_in_words(worst) if worst else "")
    return found


def gap_in_words(gap: Gap) -> str:
    """ "15 to 19: none open within 400 m on weekdays and at weekends"."""
    return f"{part_in_words(gap.daypart)}: {none_in_words(gap, NEAR_M)}"


def part_in_words(part: Daypart) -> str:
    """ "3pm to 7pm"."""
    return f"{_hour(int(part[:2]))} to {_hour(int(part[3:]))}"


def none_in_words(gap: Gap, radius_m: int) -> str:
    """When no haven is open within a radius: "none open within 400 m at weekends"; "" when one always is."""
    when = {(True, True): "all week", (True, False): "on weekdays", (False, True): "at weekends"}
    said = when.get(gap.none_within(radius_m))
    return f"none open within {radius_m} m {said}" if said else ""


def _said(first: date, last: date) -> tuple[int | None, str, dict[tuple[Spot, Daypart], Said], bool]:
    """(wave, wording, place and part of the day -> what was said, whether some is made up) of the latest wave with
    answers in these days."""
    places = selection.every_place()
    points = queries.place_points()
    parts = split(first, last, surveys_queries.closed_before())
    try:
        fieldings = selection.fieldings(SURVEY, None)
    except UserError:  # no such survey, or never opened: nothing was said
        return None, "", {}, False
    for fielding in fieldings:
        question = fielding.questionnaire.question(headline_of(fielding.questionnaire))
        sums = queries.sums_by_place_and_group(fielding.wave_id, "daypart", question.key, parts, tuple(places))
        counted = _counted(sums, question)
        if counted:
            spots = {
                id: Spot(place.slug, place.name, *points[id], place.kind in CHILDREN_GATHER)
                for id, place in places.items()
            }
            said = {(spots[id], Daypart(part)): counts for (id, part), counts in counted.items()}
            made_up = queries.has_made_up(fielding.wave_id, question.key, parts, tuple(places))
            return fielding.number, question.wording["en"].replace("{place}", "the place"), said, made_up
    return None, "", {}, False


def _counted(sums: Mapping[tuple[int, str, str, int], int], question: Question) -> dict[tuple[int, str], Said]:
    """Answers of no known part of the day, and what is no answer, are left out."""
    none = {option.key for option in question.options if option.missing}
    known = {part.value for part in Daypart}
    counts: dict[tuple[int, str], Counter[str]] = {}
    for (place_id, part, option, flagged), n in sums.items():
        if is_mark(option) or option in none or part not in known:
            continue
        own = counts.setdefault((place_id, part), Counter())
        own["flagged" if flagged else "base"] += n
        if option in UNSAFE.options and not flagged:
            own["unsafe"] += n
    return {key: Said(own["unsafe"], own["base"], own["flagged"]) for key, own in counts.items()}


def _near(spot: Spot, found: Sequence[Any]) -> tuple[Near, ...]:
    near = [Near(one.id, one.name, distance_m(spot.lat, spot.lon, one.lat, one.lon)) for one in found]
    close = sorted((one for one in near if one.distance_m <= FAR_M), key=lambda one: one.distance_m)
    return tuple(close[:MOST_PROSPECTS])


def _hour(hour: int) -> str:
    if hour in (0, 24):
        return "midnight"
    return "midday" if hour == 12 else f"{(hour - 1) % 12 + 1}{'am' if hour < 12 else 'pm'}"


def _row_document(row: Row) -> dict[str, Any]:
    gap = row.gap
    near, far = gap.none_within(NEAR_M), gap.none_within(FAR_M)
    return {
        "place": gap.spot.slug, "name": gap.spot.name, "daypart": gap.daypart.value, "unsafe": gap.unsafe,
        "base": gap.base, "flagged": gap.flagged, "share": round(gap.share, 4), "low": round(gap.low, 4),
        "high": round(gap.high, 4), "none_within_400_m": {"weekdays": near[0], "weekend": near[1]},
        "none_within_800_m": {"weekdays": far[0], "weekend": far[1]},
        "nearest_m": {
            "weekdays": None if gap.weekday_m is None else round(gap.weekday_m),
            "weekend": None if gap.weekend_m is None else round(gap.weekend_m),
        },
        "prospects": [{"id": p.id, "name": p.name, "distance_m": round(p.distance_m)} for p in row.prospects],
    }  # fmt: skip
