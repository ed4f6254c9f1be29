"""SELECTs of the insights room, each answering one question. Sums come from tallies: raw rows are read only where a
docstring says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import InstrumentedAttribute

from community.extensions import db
from community.insights import made_up
from community.insights.spans import Part, month_after
from community.places.models import Area, Place, Poster, Ward, place_area
from community.surveys.models import Answer, ImportedFile, Response, Survey, Tally, Tombstone, Wave
from community.surveys.tallies import ANSWERED

MOST_PLACES = 5_000
"""Places that one statement names; with more, a selection of all places names none."""

Per = Literal["place", "group", "day"]
Sums = Counter[tuple[str, str, int]]
"""(key, option or mark, flagged 0 or 1) -> responses; key: a place's id, a group, or a day, as text."""
_COLUMN: dict[str, InstrumentedAttribute[Any]] = {"place": Tally.place_id, "group": Tally.grp, "day": Tally.day}

_IS_MARK = (Tally.option.startswith("\\_", escape="\\"), Tally.option != ANSWERED)


def places() -> Sequence[Row[int, str, str, str, str | None]]:
    """(id, slug, name, kind, ward code) of every place, by name."""
    return db.session.execute(
        select(Place.id, Place.slug, Place.name, Place.kind, Place.ward_code).order_by(Place.name, Place.slug)
    ).all()


def areas() -> Sequence[Row[str, str, int | None]]:
    """(slug, name, place id) for every place of every area, by the area's name; None for an area without places."""
    return db.session.execute(
        select(Area.slug, Area.name, place_area.c.place_id)
        .outerjoin(place_area, place_area.c.area_id == Area.id)
        .order_by(Area.name, Area.slug, place_area.c.place_id)
    ).all()


def wards() -> Sequence[Row[str, str]]:
    """(code, name) of every ward, by name."""
    return db.session.execute(select(Ward.code, Ward.name).order_by(Ward.name, Ward.code)).all()


def place_points() -> dict[int, tuple[float, float]]:
    """id -> (latitude, longitude) of every place, in degrees."""
    return {id: (lat, lon) for id, lat, lon in db.session.execute(select(Place.id, Place.lat, Place.lon))}


def ward_edges() -> list[str]:
    """The boundary of each ward that has one, as GeoJSON."""
    return list(db.session.scalars(select(Ward.boundary).where(Ward.boundary.is_not(None)).order_by(Ward.code)))


def posters(ids: Collection[int]) -> Sequence[Row[int, str, str, str | None]]:
    """(id, code, kind, kind of its place) of these posters, by code."""
    return db.session.execute(
        select(Poster.id, Poster.code, Poster.kind, Place.kind)
        .outerjoin(Place, Place.id == Poster.place_id)
        .where(Poster.id.in_(ids))
        .order_by(Poster.code)
    ).all()


def where_posters_hang(codes: Collection[str]) -> Sequence[Row[str, str | None]]:
    """(code, name of its place, or on a bus its route) of these posters, by code."""
    return db.session.execute(
        select(Poster.code, func.coalesce(Place.name, Poster.route))
        .outerjoin(Place, Place.id == Poster.place_id)
        .where(Poster.code.in_(codes))
        .order_by(Poster.code)
    ).all()


def posters_at(place_id: int) -> Sequence[Row[str, str, str]]:
    """(code, spot, status) of every poster of a place, by code."""
    return db.session.execute(
        select(Poster.code, Poster.spot, Poster.status).where(Poster.place_id == place_id).order_by(Poster.code)
    ).all()


def taken_back_or_brought_in() -> tuple[int, int]:
    """How many responses were deleted in the last 48 hours, and how many files of older answers there are: what may
    change the counts of days long past."""
    deleted = select(func.count()).select_from(Tombstone).scalar_subquery()
    files = select(func.count()).select_from(ImportedFile).scalar_subquery()
    row = db.session.execute(select(deleted, files)).one()
    return int(row[0]), int(row[1])


def sums(
    wave_id: int, attribute: str, question: str, parts: Iterable[Part], place_ids: Sequence[int], *, per: Per
) -> Sums:
    """Responses by place, group or first day, in one attribute's tallies. What adds up to nothing is absent."""
    column = _COLUMN[per]
    found: Sums = Counter()
    for part in parts:
        query = (
            select(column, Tally.option, Tally.flagged, func.sum(Tally.n))
            .where(*_rows(wave_id, attribute, (question,), part, place_ids))
            .group_by(column, Tally.option, Tally.flagged)
        )
        for key, option, flagged, n in db.session.execute(query):
            found[str(key), option, flagged] += int(n)
    return +found


def without_answer(wave_id: int, question: str, parts: Iterable[Part], place_ids: Sequence[int]) -> Counter[int]:
    """Flagged 0 or 1 -> responses that left only a mark for a question (skipped, not asked)."""
    found: Counter[int] = Counter()
    for part in parts:
        query = (
            select(Tally.flagged, func.sum(Tally.n))
            .where(*_rows(wave_id, "daypart", (question,), part, place_ids), *_IS_MARK)
            .group_by(Tally.flagged)
        )
        for flagged, n in db.session.execute(query):
            found[flagged] += int(n)
    return found


def sums_of_questions(
    wave_id: int, attribute: str, questions: Sequence[str], parts: Iterable[Part], place_ids: Sequence[int]
) -> Sums:
    """The same with the question's key for a key, over several questions."""
    found: Sums = Counter()
    for part in parts:
        query = (
            select(Tally.question, Tally.option, Tally.flagged, func.sum(Tally.n))
            .where(*_rows(wave_id, attribute, questions, part, place_ids))
            .group_by(Tally.question, Tally.option, Tally.flagged)
        )
        for question, option, flagged, n in db.session.execute(query):
            found[question, option, flagged] += int(n)
    return +found


def marks_of_questions(wave_id: int, questions: Sequence[str], parts: Iterable[Part], place_ids: Sequence[int]) -> Sums:
    """(question, mark, flagged) -> responses that left only a mark; with the options of attribute `channel`, all that
    attribute `daypart` has, in fewer rows."""
    found: Sums = Counter()
    for part in parts:
        query = (
            select(Tally.question, Tally.option, Tally.flagged, func.sum(Tally.n))
            .where(*_rows(wave_id, "daypart", questions, part, place_ids), *_IS_MARK)
            .group_by(Tally.question, Tally.option, Tally.flagged)
        )
        for question, option, flagged, n in db.session.execute(query):
            found[question, option, flagged] += int(n)
    return +found


def sums_by_place(
    wave_id: int, questions: Sequence[str], parts: Iterable[Part], place_ids: Sequence[int], *, demo: bool
) -> Counter[tuple[str, int, str, int]]:
    """(question, place id, option, flagged) -> responses of channel demo, or of all other channels; no marks."""
    found: Counter[tuple[str, int, str, int]] = Counter()
    for part in parts:
        query = (
            select(Tally.question, Tally.place_id, Tally.option, Tally.flagged, func.sum(Tally.n))
            .where(*_rows(wave_id, "channel", questions, part, place_ids), (Tally.grp == "demo") == demo)
            .group_by(Tally.question, Tally.place_id, Tally.option, Tally.flagged)
        )
        for question, place_id, option, flagged, n in db.session.execute(query):
            found[question, place_id, option, flagged] += int(n)
    return +found


def sums_by_place_and_group(
    wave_id: int, attribute: str, question: str, parts: Iterable[Part], place_ids: Sequence[int]
) -> Counter[tuple[int, str, str, int]]:
    """(place id, group, option or mark, flagged) -> responses, in one attribute's tallies."""
    found: Counter[tuple[int, str, str, int]] = Counter()
    for part in parts:
        query = (
            select(Tally.place_id, Tally.grp, Tally.option, Tally.flagged, func.sum(Tally.n))
            .where(*_rows(wave_id, attribute, (question,), part, place_ids))
            .group_by(Tally.place_id, Tally.grp, Tally.option, Tally.flagged)
        )
        for place_id, group, option, flagged, n in db.session.execute(query):
            found[place_id, group, option, flagged] += int(n)
    return +found


def has_made_up(wave_id: int, question: str, parts: Iterable[Part], place_ids: Sequence[int]) -> bool:
    """Whether anybody of channel demo chose something for a question."""
    return any(
        db.session.scalar(
            select(Tally.n)
            .where(*_rows(wave_id, "channel", (question,), part, place_ids), Tally.grp == made_up.CHANNEL, Tally.n > 0)
            .limit(1)
        )
        for part in parts
    )


def first_day(
    wave_id: int, question: str, options: Collection[str], parts: Sequence[Part], place_ids: Sequence[int]
) -> date | None:
    """The first day of the parts on which one of these options was chosen; None when none was."""
    return _day(wave_id, question, options, parts, place_ids, latest=False)


def last_day(
    wave_id: int, question: str, options: Collection[str], parts: Sequence[Part], place_ids: Sequence[int]
) -> date | None:
    """The last such day."""
    return _day(wave_id, question, options, parts, place_ids, latest=True)


def responses(
    wave_id: int, first: date | None, last: date | None, place_ids: Sequence[int] | None = None
) -> Counter[tuple[int, bool]]:
    """(flagged 0 or 1, whether of channel demo) -> responses. Reads the response rows."""
    flagged, demo = (Response.flags > 0).label("flagged"), (Response.channel == "demo").label("demo")
    query = select(flagged, demo, func.count()).where(*_responses(wave_id, first, last, place_ids))
    found: Counter[tuple[int, bool]] = Counter()
    for is_flagged, is_demo, n in db.session.execute(query.group_by(flagged, demo)):
        found[int(is_flagged), bool(is_demo)] = n
    return found


def answered_between(survey: str) -> tuple[date, date] | None:
    """The first and the last day on which a survey has responses; None when it has none. Reads the response rows."""
    row = db.session.execute(
        select(func.min(Response.answered_on), func.max(Response.answered_on))
        .join(Wave, Wave.id == Response.wave_id)
        .join(Survey, Survey.id == Wave.survey_id)
        .where(Survey.slug == survey)
    ).one()
    return (row[0], row[1]) if row[0] else None


def demo_marks(wave_id: int, first: date | None, last: date | None) -> Counter[tuple[str, str, int]]:
    """(question, mark, flagged) -> responses of channel demo. Reads the answer rows, since tallies do not split marks
    by channel; nobody needs it where demonstration answers are not loaded."""
    flagged = (Response.flags > 0).label("flagged")
    query = (
        select(Answer.question, Answer.option, flagged, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(
            *_responses(wave_id, first, last, None),
            Response.channel == "demo",
            Answer.option.startswith("\\_", escape="\\"),
        )
        .group_by(Answer.question, Answer.option, flagged)
    )
    return Counter({(q, mark, int(f)): n for q, mark, f, n in db.session.execute(query)})


def _rows(
    wave_id: int, attribute: str, questions: Sequence[str], part: Part, place_ids: Sequence[int]
) -> list[ColumnElement[bool]]:
    """Conditions in the order of the primary key. Naming every place lets the engine seek to the days within each."""
    conditions: list[ColumnElement[bool]] = [
        Tally.wave_id == wave_id,
        Tally.attribute == attribute,
        Tally.question == questions[0] if len(questions) == 1 else Tally.question.in_(questions),
        Tally.span == part.span,
    ]
    if len(place_ids) <= MOST_PLACES:
        conditions.append(Tally.place_id.in_(place_ids))
    if part.first > date.min:
        conditions.append(Tally.day >= part.first)
    if part.last < date.max:
        conditions.append(Tally.day <= part.last)
    return conditions


def _day(
    wave_id: int, question: str, options: Collection[str], parts: Sequence[Part], place_ids: Sequence[int],
    *, latest: bool,
) -> date | None:  # fmt: skip
    """Months are tried as a whole first, so that only the days of one are read."""
    for part in reversed(parts) if latest else parts:
        days = (
            select(Tally.day)
            .where(*_rows(wave_id, "channel", (question,), part, place_ids), Tally.option.in_(options))
            .group_by(Tally.day)
            .having(func.sum(Tally.n) > 0)
            .order_by(Tally.day.desc() if latest else Tally.day)
            .limit(1)
        )
        day = db.session.scalar(days)
        if day is not None and part.span == "M":
            within = Part("D", day, month_after(day) - timedelta(days=1))
            return _day(wave_id, question, options, (within,), place_ids, latest=latest)
        if day is not None:
            return day
    return None


def _responses(
    wave_id: int, first: date | None, last: date | None, place_ids: Sequence[int] | None
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Response.wave_id == wave_id]
    if first is not None:
        conditions.append(Response.answered_on >= first)
    if last is not None:
        conditions.append(Response.answered_on <= last)
    if place_ids is not None:
        conditions.append(func.coalesce(Response.place_id, 0).in_(place_ids))
    return conditions
