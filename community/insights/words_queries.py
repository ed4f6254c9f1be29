"""SELECTs of free words. Only the masked copy is there; no id, day, age or anything else of its writer comes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, cast, exists, extract, func, select

from community.extensions import db
from community.surveys.models import Answer, Comment, Response
from community.surveys.questionnaire import AGE

_PLACE = func.coalesce(Response.place_id, 0)
_YEAR, _MONTH = (cast(extract(part, Response.answered_on), Integer) for part in ("year", "month"))
_GROUP = cast(_PLACE, BigInteger) * 1_000_000 + _YEAR * 100 + _MONTH
"""Place and month in one number, so that a list of them is one condition on either engine."""


@dataclass(frozen=True)
class Which:
    """Whose words: of one question in these waves, by people who gave one of these ages. place_ids: None, anywhere or
    nowhere. first, last: days, both included; None, no bound."""

    wave_ids: Sequence[int]
    question: str
    ages: Sequence[str]
    place_ids: Sequence[int] | None
    first: date | None
    last: date | None


def counts(which: Which) -> list[tuple[int, int, int, int, int, int]]:
    """(place id or 0, year, month, comments, those flagged, those made up) of every place and month. Reads every
    comment of the survey."""
    flagged = func.sum(cast(Response.flags > 0, Integer))
    made_up = func.sum(cast(Response.channel == "demo", Integer))
    query = select(_PLACE, _YEAR, _MONTH, func.count(), flagged, made_up)
    found = db.session.execute(_of(which, query).group_by(_PLACE, _YEAR, _MONTH))
    return [(place_id, year, month, n, suspect, invented) for place_id, year, month, n, suspect, invented in found]


def texts(which: Which, *, place_id: int, month: date, skip: int, take: int) -> list[str]:
    """The texts of one place and month, by letter, which tells nothing of who or when."""
    return _texts(which, _GROUP.in_([_key(place_id, month)]), skip, take)


def other_texts(which: Which, named: Collection[tuple[int, date]], *, skip: int, take: int) -> list[str]:
    """The texts of all other places and months, put together, by letter."""
    return _texts(which, _GROUP.not_in([_key(*one) for one in named]), skip, take)


def _texts(which: Which, where: ColumnElement[bool], skip: int, take: int) -> list[str]:
    query: Select[str] = _of(which, select(Comment.masked_text)).where(where)
    in_order = query.order_by(func.lower(Comment.masked_text), Comment.masked_text)
    return list(db.session.scalars(in_order.offset(skip).limit(take)))


def _key(place_id: int, month: date) -> int:
    return place_id * 1_000_000 + month.year * 100 + month.month


def _of(which: Which, query: Any) -> Any:
    """Words whose writer gave an age that may be asked: one who said later that they are younger is left out, should
    their words still stand."""
    old_enough = exists().where(
        Answer.response_id == Response.id, Answer.question == AGE, Answer.option.in_(which.ages)
    )
    query = (
        query.select_from(Comment)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.question == which.question, Response.wave_id.in_(which.wave_ids), old_enough)
    )
    if which.place_ids is not None:
        query = query.where(_PLACE.in_(which.place_ids))
    if which.first is not None:
        query = query.where(Response.answered_on >= which.first)
    if which.last is not None:
        query = query.where(Response.answered_on <= which.last)
    return query
