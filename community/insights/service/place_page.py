"""All that a place's own page says: how safe people feel there, week by week, why, what would help, and its posters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from community.insights import queries
from community.insights.filters import Filters
from community.insights.measures import ROBBED
from community.insights.service import live, selection
from community.insights.service.live import Table, asked, table, title_of
from community.insights.service.selection import PlaceRow, UnknownName
from community.surveys import queries as surveys_queries
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import Kind
from community.surveys.service import waves


class UnknownPlace(UnknownName):
    """There is no such place."""


@dataclass(frozen=True)
class PosterLine:
    """A poster of the place."""

    code: str
    spot: str
    status: str


@dataclass(frozen=True)
class PlacePage:
    """ranked: questions of which several answers may be chosen, to be shown most chosen first. others: the rest that
    ask nothing about the person, robbery first. elsewhere: other surveys that may have been answered here, (slug,
    title)."""

    title: str
    fielding: Fielding
    place: PlaceRow
    headline: Table
    weeks: Table
    ranked: tuple[Table, ...]
    others: tuple[Table, ...]
    posters: tuple[PosterLine, ...]
    by_poster: Table
    elsewhere: tuple[tuple[str, str], ...]


def place_page(survey: str, slug: str, filters: Filters) -> PlacePage:
    """The page of a place in one survey. filters: the place and question in it are not heeded. Raises UnknownPlace,
    and UserError for the rest."""
    place = _place(slug)
    here = replace(filters, place=slug, question=None, answer=None)
    first = live.headline_of(selection.fieldings(survey, filters.wave)[0].questionnaire)
    answers = asked(survey, here, first)
    fielding, headline = answers.fielding, table(answers, None, here)
    same_wave = replace(here, wave=fielding.number)
    tables = [
        table(asked(survey, same_wave, question.key), None, here)
        for question in fielding.questionnaire.questions
        if question.kind is not Kind.text and question.attribute is None and question.key != first
    ]
    single = [one for one in tables if one.question.kind is not Kind.multiple]
    return PlacePage(
        title=title_of(fielding.questionnaire),
        fielding=fielding,
        place=place,
        headline=headline,
        weeks=table(answers, "week", here, measure=headline.measure),
        ranked=tuple(one for one in tables if one.question.kind is Kind.multiple),
        others=tuple(sorted(single, key=lambda one: one.measure != ROBBED)),
        posters=tuple(PosterLine(*row) for row in queries.posters_at(place.id)),
        by_poster=table(answers, "poster", here, measure=headline.measure),
        elsewhere=_elsewhere(survey),
    )


def _place(slug: str) -> PlaceRow:
    for place in selection.every_place().values():
        if place.slug == slug:
            return place
    raise UnknownPlace(f"There is no place called {slug[:40]!r}.")


def _elsewhere(survey: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for slug, _, number_of_waves in surveys_queries.surveys():
        if slug != survey and number_of_waves:
            fieldings: Sequence[Fielding] = waves.waves_of(slug)
            found.append((slug, title_of(fieldings[0].questionnaire)))
    return tuple(found)
