"""All that a live page of a survey says, for signed-in analysts: exactly what `insights results` counts, and how many
answered today. Nothing raw is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from community.insights import queries
from community.insights.filters import Fault, Filters
from community.insights.measures import TOGETHER, Measure, label_of, measures_of
from community.insights.service import labels, selection
from community.insights.service.glance import Glance, answered_on, glance
from community.insights.service.results import Answers, Results, ask
from community.insights.spans import split
from community.insights.tabulating import Row
from community.surveys import queries as surveys_queries
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import Kind, Question, Questionnaire, text_in
from community.surveys.service import waves
from community.surveys.tallies import NO_PLACE

DEFAULT_BY: Final = "place"


@dataclass(frozen=True)
class Table:
    """Results with what people call things. names: group -> its name. options: option -> its words, in order.
    places: names of the places with answers. measure: what its chart shows; measures: what it could show."""

    results: Results
    question: Question
    names: dict[str, str]
    options: dict[str, str]
    places: tuple[str, ...]
    measure: Measure
    measures: tuple[Measure, ...]

    @cached_property
    def rows_by_group(self) -> dict[str, list[Row]]:
        """Group -> its rows, both in the order of the results."""
        found: dict[str, list[Row]] = {}
        for row in self.results.rows:
            found.setdefault(row.group, []).append(row)
        return found

    @property
    def base(self) -> int | None:
        """How many answered, in a table of everyone; None when that is hidden."""
        return self.results.rows[0].figures.base if self.results.rows else 0


@dataclass(frozen=True)
class Choices:
    """What the form offers: pairs of a value and its words. title: the survey's, as its latest wave has it.
    has_words: whether a question is answered in words; those are not among the questions."""

    title: str
    questions: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    wards: tuple[tuple[str, str], ...]
    waves: tuple[tuple[str, str], ...]
    has_words: bool


@dataclass(frozen=True)
class Live:
    """A page. headline: the question of how safe people feel, else the opening one; the same object as `overall`
    when that is the question chosen. table: split by one thing."""

    title: str
    fielding: Fielding
    glance: Glance
    headline: Table
    overall: Table
    table: Table


@dataclass(frozen=True)
class Opened:
    """A wave in the list of surveys. today: how many began to answer it today; None when it is not open. made_up:
    whether demonstration answers are among its answers."""

    number: int
    title: str
    version: int
    opens_on: date
    closes_on: date | None
    today: int | None
    made_up: bool


@dataclass(frozen=True)
class Listed:
    """A survey in the list, with its waves, latest opening first."""

    slug: str
    title: str
    waves: tuple[Opened, ...]


def surveys(today: date) -> list[Listed]:
    """Every survey that has a wave, by name."""
    ids, closed_before = (NO_PLACE, *selection.every_place()), surveys_queries.closed_before()
    found = []
    for slug, _, _ in surveys_queries.surveys():
        if fieldings := waves.waves_of(slug):
            opened = tuple(_opened(fielding, today, ids, closed_before) for fielding in fieldings)
            found.append(Listed(slug, title_of(fieldings[0].questionnaire), opened))
    return found


def choices(survey: str) -> Choices:
    """What can be chosen for a survey; questions as its latest wave words them. Raises UserError."""
    found = selection.fieldings(survey, None)
    questions = {q.key: _short(q) for f in found for q in f.questionnaire.questions if q.kind is not Kind.text}
    return Choices(
        title=title_of(found[0].questionnaire),
        questions=tuple(questions.items()),
        places=tuple((place.slug, place.name) for place in selection.every_place().values()),
        areas=tuple(dict.fromkeys((row.slug, row.name) for row in queries.areas())),
        wards=tuple((code, name) for code, name in queries.wards()),
        waves=tuple((str(f.number), f"Wave {f.number}: {f.title}") for f in found),
        has_words=any(q.kind is Kind.text for f in found for q in f.questionnaire.questions),
    )


def faults(filters: Filters, choices: Choices) -> tuple[Fault, ...]:
    """The names in an address that are not there, each with the field it belongs to."""
    codes = [code for code, _ in choices.wards]
    places = [*(slug for slug, _ in (*choices.places, *choices.areas)), *codes, *map(str.casefold, codes)]
    known: list[tuple[str, str | None, Iterable[str], str]] = [
        ("question", filters.question, (key for key, _ in choices.questions), "question of this survey"),
        ("by", filters.by, selection.BY, "way to split the answers"),
        ("place", filters.place, places, "place, area or ward"),
        ("wave", str(filters.wave) if filters.wave is not None else None, (n for n, _ in choices.waves), "wave"),
    ]
    return tuple(
        (field, f"There is no {what} called “{asked[:40]}”. Choose one from the list.")
        for field, asked, there, what in known
        if asked is not None and asked not in set(there)
    )


def live(survey: str, filters: Filters, today: date) -> Live:
    """The page of a survey. Raises UserError for what `faults` would have told."""
    answers = asked(survey, filters)
    overall = table(answers, None, filters)
    fielding, opening = answers.fielding, answers.fielding.questionnaire.opening.key
    same = replace(filters, wave=fielding.number)
    first = headline_of(fielding.questionnaire)
    of = {overall.question.key: answers}
    for key in (first, opening):
        of[key] = of.get(key) or asked(survey, same, key)
    by = filters.by or DEFAULT_BY
    all_waves = asked(survey, filters, all_waves=True) if by == "wave" else answers
    return Live(
        title=title_of(fielding.questionnaire),
        fielding=fielding,
        glance=glance(
            fielding, answers.here, of[opening].met, first=filters.first, last=filters.last, today=today,
            flagged=filters.flagged,
        ),
        headline=overall if first == overall.question.key else table(of[first], None, filters),
        overall=overall,
        table=table(all_waves, by, filters, measure=overall.measure),
    )  # fmt: skip


def asked(survey: str, filters: Filters, question: str | None = None, *, all_waves: bool = False) -> Answers:
    """The answers to a question; by default, the one in the filters. Raises UserError."""
    return ask(
        survey, question=question or filters.question, place=filters.place, wave=filters.wave, first=filters.first,
        last=filters.last, all_waves=all_waves,
    )  # fmt: skip


def table(answers: Answers, by: str | None, filters: Filters, *, measure: Measure | None = None) -> Table:
    """Answers split by one thing, with names and what to draw. measure: what the chart shows; by default, the one the
    filters name, else answers that are read together, else the most chosen. Raises UnknownName."""
    found = answers.by(selection.breakdown(by))
    keys = tuple(dict.fromkeys(row.option for row in found.rows))
    shown = measures_of(answers.question, keys)
    named = {m.key: m for m in shown}
    places = answers.places.values()
    return Table(
        results=found,
        question=answers.question,
        names=labels.labels(by, (row.group for row in found.rows), answers.fielding, places),
        options={key: label_of(answers.question, key) for key in keys},
        places=tuple(place.name for place in places if place.slug in found.places),
        measure=measure or named.get(filters.answer or "") or _usual(shown, found.rows),
        measures=shown,
    )


def headline_of(questionnaire: Questionnaire) -> str:
    """The key of the first question with answers that are read together, else of the opening question."""
    for question in questionnaire.questions:
        keys = {option.key for option in question.options}
        if question.kind is not Kind.multiple and any(set(m.options) <= keys for m in TOGETHER):
            return question.key
    return questionnaire.opening.key


def title_of(questionnaire: Questionnaire) -> str:
    return text_in(questionnaire.title, "en")


def _usual(measures: Sequence[Measure], rows: Sequence[Row]) -> Measure:
    if not measures:
        return Measure("", (), "answered")
    if measures[0] in TOGETHER:
        return measures[0]
    most = {m.key: sum(row.figures.count or 0 for row in rows if row.option in m.options) for m in measures}
    return max(measures, key=lambda m: most[m.key])


def _opened(fielding: Fielding, today: date, place_ids: Sequence[int], closed_before: date | None) -> Opened:
    return Opened(
        number=fielding.number,
        title=fielding.title,
        version=fielding.version,
        opens_on=fielding.opens_on,
        closes_on=fielding.closes_on,
        today=answered_on(fielding, today, place_ids) if fielding.is_open(today) else None,
        made_up=queries.has_made_up(
            fielding.wave_id, fielding.questionnaire.opening.key, split(None, None, closed_before), place_ids
        ),
    )


def _short(question: Question) -> str:
    return text_in(question.wording, "en").replace("{place}", "the place")
