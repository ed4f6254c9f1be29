"""What the templates of the live pages are given: every number in words, so that they only place it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from community.insights import made_up
from community.insights.filters import Filters
from community.insights.laid_out import SAID_BY, Figure, Link, by_group, by_option, told, wording_of
from community.insights.measures import figures_of
from community.insights.sentences import long_date
from community.insights.service.glance import Glance, Step
from community.insights.service.labels import SPLITS
from community.insights.service.live import Choices, Live, Table
from community.insights.service.place_page import PlacePage, PosterLine
from community.insights.shown import Shown, number, shown
from community.places.codes import display
from community.places.kinds import PLACE_KINDS, POSTER_STATUSES
from community.shared.clock import days_before

Pair = tuple[str, str]


@dataclass(frozen=True)
class Headline:
    """One number and all that goes with it. without: the same without flagged answers, where those count."""

    words: str
    cell: Shown
    without: Shown | None
    told: tuple[str, ...]


@dataclass(frozen=True)
class StepShown:
    """How many got past a screen. x: 0 to 100, for drawing."""

    heading: str
    words: str
    x: float | None


@dataclass(frozen=True)
class SurveyPage:
    """The page of a survey. demo: the banner where made-up answers are counted, else ""."""

    counted: str
    today: str
    in_all: str
    flagged: str
    headline: Headline
    steps: tuple[StepShown, ...]
    steps_told: str
    wording: str
    overall: Figure
    split: Figure
    by: str
    split_words: str
    measures: tuple[Pair, ...]
    demo: str


@dataclass(frozen=True)
class PosterShown:
    """A poster of a place. href: its own page."""

    code: str
    spot: str
    status: str
    drawn: Shown | None
    href: str


@dataclass(frozen=True)
class PlaceShown:
    """The page of a place. asked: heading, key and figure of each further question. demo: as of a survey."""

    name: str
    kind: str
    headline: Headline
    weeks: Figure
    ranked: tuple[tuple[str, str, Figure], ...]
    others: tuple[tuple[str, str, Figure], ...]
    posters: tuple[PosterShown, ...]
    posters_told: tuple[str, ...]
    elsewhere: tuple[Pair, ...]
    counted: str
    demo: str


def survey_page(found: Live, filters: Filters, link: Link) -> SurveyPage:
    """link: the slug of a place -> the address of its page."""
    at, by = found.glance, found.table.results.by or ""
    return SurveyPage(
        counted=_counted(found, filters),
        today=number(at.today),
        in_all=number(at.in_all),
        flagged=number(at.flagged),
        headline=_headline(found.headline, filters),
        steps=tuple(_step(step, at.steps[0].reached) for step in at.steps),
        steps_told=_steps_told(at),
        wording=wording_of(found.overall),
        overall=by_option(found.overall, filters),
        split=by_group(found.table, filters, link=link if by == "place" else None),
        by=by,
        split_words=SAID_BY[by],
        measures=tuple((m.key, m.words.capitalize()) for m in found.overall.measures),
        demo=_banner(found.headline, found.overall, found.table),
    )


def place_page(found: PlacePage, filters: Filters, link: Link) -> PlaceShown:
    """link: a poster's code -> the address of its page."""
    return PlaceShown(
        name=found.place.name,
        kind=PLACE_KINDS.get(found.place.kind, found.place.kind),
        headline=_headline(found.headline, filters),
        weeks=by_group(found.weeks, filters),
        ranked=tuple(_asked(table, filters, ranked=True) for table in found.ranked),
        others=tuple(_asked(table, filters, ranked=False) for table in found.others),
        posters=tuple(_poster(poster, found.by_poster, filters, link) for poster in found.posters),
        posters_told=told(found.by_poster, flagged=filters.flagged),
        elsewhere=found.elsewhere,
        counted=f"Wave {found.fielding.number}: {found.fielding.title}, version {found.fielding.version}.",
        demo=_banner(found.headline, *found.ranked, *found.others),
    )


def chosen(filters: Filters, choices: Choices) -> tuple[str, ...]:
    """What the figures are narrowed to, in words."""
    places = dict((*choices.wards, *choices.places, *choices.areas))
    words: list[str] = []
    if filters.place:
        words.append(places.get(filters.place) or places.get(filters.place.upper()) or filters.place)
    if filters.wave is not None:
        words.append(dict(choices.waves).get(str(filters.wave), ""))
    if filters.first:
        words.append(f"from {long_date(filters.first)}")
    if filters.last:
        words.append(f"to {long_date(filters.last)}")
    if not filters.flagged:
        words.append("without flagged answers")
    return tuple(words)


def spans(asked: Filters, today: date) -> tuple[tuple[str, Filters], ...]:
    """Days that are often asked for: (words, the filters with them)."""
    days = {"Today": today, "Last 7 days": days_before(today, 6), "All days": None}
    return tuple((words, replace(asked, first=first, last=None)) for words, first in days.items())


def splits() -> Sequence[Pair]:
    """What answers can be split by, with its words, in the order of the page."""
    return tuple(SPLITS.items())


def _banner(*tables: Table) -> str:
    return made_up.banner(table.results for table in tables)


def _headline(table: Table, filters: Filters) -> Headline:
    rows = next(iter(table.rows_by_group.values()), [])
    figures = figures_of(rows, table.measure)
    return Headline(
        words=table.measure.words,
        cell=shown(figures, flagged=filters.flagged),
        without=shown(figures, flagged=False) if filters.flagged and table.results.flagged else None,
        told=told(table, flagged=filters.flagged),
    )


def _asked(table: Table, filters: Filters, *, ranked: bool) -> tuple[str, str, Figure]:
    return wording_of(table), table.results.question, by_option(table, filters, ranked=ranked)


def _counted(found: Live, filters: Filters) -> str:
    wave = f"Wave {found.fielding.number}: {found.fielding.title}, version {found.fielding.version}."
    if not filters.flagged:
        return f"{wave} Flagged answers are left out of the first two numbers."
    return f"{wave} Flagged answers are counted in the first two numbers."


def _step(step: Step, everyone: int | None) -> StepShown:
    if step.reached is None or step.share is None:
        return StepShown(step.heading, "hidden", None)
    words = f"{step.share:.1%} ({number(step.reached)} of {number(everyone)})"
    return StepShown(step.heading, words, round(step.share * 100, 2))


def _steps_told(at: Glance) -> str:
    days = f"from {long_date(at.steps_from)} to {long_date(at.steps_to)}"
    if not at.steps:
        return f"Nobody answered {days}."
    return f"Of those who answered {days}: how many got past each screen, whether they answered on it or not."


def _poster(poster: PosterLine, table: Table, filters: Filters, link: Link) -> PosterShown:
    rows = table.rows_by_group.get(poster.code)
    return PosterShown(
        code=display(poster.code),
        spot=poster.spot,
        status=POSTER_STATUSES.get(poster.status, poster.status),
        drawn=shown(figures_of(rows, table.measure), flagged=filters.flagged) if rows else None,
        href=link(poster.code) or "",
    )
