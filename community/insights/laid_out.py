"""How a table stands on a live page: a line for each group, a chart, and the sentences that go with every figure. Pure.

No number leaves without its question's words and version, its base, dates, places and flagged count (design 2.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from community.insights import charts
from community.insights.charts import Bar
from community.insights.filters import Filters
from community.insights.measures import TOGETHER, figures_of
from community.insights.sentences import long_date
from community.insights.service.live import Table
from community.insights.shown import SMALL_BASE, Shown, number, shown
from community.surveys.questionnaire import Kind

STEPS: Final = {"date": timedelta(days=1), "week": timedelta(days=7)}
"""Splits that are drawn as a line -> how far apart its points lie."""
CHOSE_TO_ANSWER: Final = "From people who chose to answer: not a sample of everyone here."
Link = Callable[[str], str | None]


@dataclass(frozen=True)
class Line:
    """One group. people: its base, 0 when that is hidden. cells: of the options, in their order. drawn: the share that
    the chart shows."""

    group: str
    label: str
    href: str | None
    base: str
    people: int
    cells: tuple[Shown, ...]
    drawn: Shown


@dataclass(frozen=True)
class Figure:
    """A table ready to be drawn. caption: what the chart shows; said: the same in a sentence, for a line. headings:
    options in words. trend: instead of bars. together: a sentence about answers that are read together. told: what
    goes with every number. asked_by: what its CSV is asked by."""

    caption: str
    table_caption: str
    first_heading: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    trend: charts.Line | None
    together: str
    said: str
    ends: tuple[str, str]
    told: tuple[str, ...]
    has_hidden: bool
    is_small: bool
    is_empty: bool
    asked_by: dict[str, str]


def by_group(table: Table, filters: Filters, *, link: Link | None = None) -> Figure:
    """A table split by one thing: a bar for each group, or a line through days or weeks. link: group -> where more is
    said about it."""
    lines = tuple(_line(table, group, filters.flagged, link) for group in table.rows_by_group)
    by = table.results.by or ""
    caption = f"Share of people who {table.measure.words}, by {SAID_BY[by]}"
    if by not in STEPS:
        bars = tuple(Bar(line.label, line.drawn, line.href) for line in lines)
        return _figure(table, caption, lines, filters, bars=bars)
    points = {date.fromisoformat(line.group): line.drawn for line in lines}
    drawn = charts.line(charts.every(min(points), max(points), STEPS[by], points)) if points else None
    return _figure(table, caption, lines, filters, trend=drawn)


def by_option(table: Table, filters: Filters, *, ranked: bool = False) -> Figure:
    """A table of everyone: a bar for each answer. ranked: the most chosen first, hidden ones last."""
    lines = tuple(_line(table, group, filters.flagged, None) for group in table.rows_by_group)
    cells = lines[0].cells if lines else ()
    bars = [Bar(label, cell) for label, cell in zip(table.options.values(), cells, strict=False)]
    if ranked:
        bars.sort(key=lambda bar: -1.0 if bar.value.x is None else bar.value.x, reverse=True)
    caption = "Most chosen first" if ranked else "Share of people who gave each answer"
    return _figure(table, caption, lines, filters, bars=tuple(bars))


SAID_BY: Final = {
    "": "all", "place": "place", "area": "area", "ward": "ward", "poster": "poster", "age": "age",
    "daypart": "time of day", "date": "day", "week": "week", "wave": "wave", "channel": "way of answering",
    "gender": "gender", "ethnicity": "ethnic group", "disability": "disability",
    "connection": "what brings them to the borough",
}  # fmt: skip


def wording_of(table: Table) -> str:
    """The question's words, "the place" where they leave one open."""
    return table.results.wording.replace("{place}", "the place")


def _figure(
    table: Table, caption: str, lines: tuple[Line, ...], filters: Filters, *, bars: tuple[Bar, ...] = (),
    trend: charts.Line | None = None,
) -> Figure:  # fmt: skip
    found = table.results
    bases = [_base(table, group, filters.flagged) for group in table.rows_by_group]
    by = f", by {SAID_BY[found.by]}" if found.by else ""
    return Figure(
        caption=caption,
        table_caption=f"Answers to “{wording_of(table)}”{by}",
        first_heading=SAID_BY[found.by].capitalize() if found.by else "Of",
        headings=tuple(table.options.values()),
        lines=lines,
        bars=bars,
        trend=trend,
        together="" if found.by or table.measure not in TOGETHER else _together(table, filters),
        said=_said(lines) if trend else "",
        ends=(long_date(trend.first), long_date(trend.last)) if trend else ("", ""),
        told=told(table, flagged=filters.flagged),
        has_hidden=any(cell.is_hidden for line in lines for cell in line.cells),
        is_small=any(base is not None and 0 < base < SMALL_BASE for base in bases),
        is_empty=not any(base is None or base for base in bases),
        asked_by=filters.query(
            question=found.question,
            by=found.by,
            wave=filters.wave if found.by == "wave" else found.wave,
            answer=None,
        ),
    )


def _together(table: Table, filters: Filters) -> str:
    """Of all who answered, how many gave one of the answers that are read together."""
    rows = next(iter(table.rows_by_group.values()), [])
    cell = shown(figures_of(rows, table.measure), flagged=filters.flagged)
    return f"{cell.words} {table.measure.words}, likely {cell.range}." if cell.x is not None else ""


def _said(lines: tuple[Line, ...]) -> str:
    """The latest share in words, and the lowest and highest of those that stand on enough people to be compared: the
    extremes of small bases are chance."""
    known = [line for line in lines if line.drawn.x is not None]
    latest = known[-1]
    words = [f"Latest, {_in_sentence(latest.label)}: {latest.drawn.words}, likely {latest.drawn.range}."]
    firm = [line for line in known if line.people >= SMALL_BASE]
    if len(firm) > 1:
        low = min(firm, key=lambda line: line.drawn.x or 0)
        high = max(firm, key=lambda line: line.drawn.x or 0)
        for which, line in (("Lowest", low), ("Highest", high)):
            words.append(f"{which}, {_in_sentence(line.label)}: {line.drawn.words}, likely {line.drawn.range}.")
        if len(firm) < len(known):
            words.append(f"Where fewer than {SMALL_BASE} answered is left out of lowest and highest.")
    return " ".join(words)


def _in_sentence(label: str) -> str:
    return label.replace("Week", "week", 1)


def told(table: Table, *, flagged: bool) -> tuple[str, ...]:
    """The sentences that go with every figure of a table."""
    found = table.results
    known = [_base(table, group, flagged) for group in table.rows_by_group]
    several = table.question.kind is Kind.multiple
    words = [f"“{wording_of(table)}” (question {found.question}, wave {found.wave}, version {found.version})."]
    if found.by is None:
        base = known[0] if known else 0
        gave = "1 person gave an answer" if base == 1 else f"{number(base)} people gave an answer"
        words.append(f"{gave}, {_when(found.first, found.last)}, {_where(table.places)}.")
    else:
        words.append(f"Answers {_when(found.first, found.last)}, {_where(table.places)}.")
    if several:
        words.append("People could choose several answers, so shares add up to more than 100%.")
    words.append(_flagged(found.flagged, flagged))
    words.append("Ranges are 95% (Wilson).")
    if not found.all_made_up:
        words.append(CHOSE_TO_ANSWER)
    return (*words, *found.notes)


def _line(table: Table, group: str, flagged: bool, link: Link | None) -> Line:
    rows = table.rows_by_group[group]
    base = _base(table, group, flagged)
    return Line(
        group=group,
        label=table.names[group],
        href=link(group) if link else None,
        base=number(base),
        people=base or 0,
        cells=tuple(shown(row.figures, flagged=flagged) for row in rows),
        drawn=shown(figures_of(rows, table.measure), flagged=flagged),
    )


def _base(table: Table, group: str, flagged: bool) -> int | None:
    figures = table.rows_by_group[group][0].figures
    return figures.base if flagged else figures.base_unflagged


def _when(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "on no day yet"
    return f"on {long_date(first)}" if first == last else f"from {long_date(first)} to {long_date(last)}"


def _where(places: tuple[str, ...]) -> str:
    if not places:
        return "at no place on the list"
    return f"at {', '.join(places)}" if len(places) <= 3 else f"at {len(places)} places"


def _flagged(flagged: int, counted: bool) -> str:
    if not flagged:
        return "None of the responses is flagged."
    are = "1 response is" if flagged == 1 else f"{number(flagged)} responses are"
    return f"{are} flagged as too fast or part of a rush; {'they count' if counted else 'they are left out'} here."
