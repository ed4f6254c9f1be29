"""SELECTs of the surveys room; each answers one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Row, and_, bindparam, false, func, or_, select

from community.extensions import db
from community.shared.database import connection, run
from community.surveys.models import Answer, Response, Rollup, Survey, Tally, Version, Wave
from community.surveys.tallies import NO_PLACE, NO_POSTER, Snapshot

_WAVE = (
    select(
        Wave.id,
        Survey.slug,
        Wave.number,
        Wave.title,
        Version.number,
        Wave.opens_on,
        Wave.closes_on,
        Wave.is_stopped,
        Version.definition,
    )
    .join(Survey, Survey.id == Wave.survey_id)
    .join(Version, Version.id == Wave.version_id)
)
WaveRow = Row[int, str, int, str, int, date, date | None, bool, str]
_RESPONSE = select(
    Response.wave_id,
    Response.poster_id,
    Response.place_id,
    Response.answered_on,
    Response.daypart,
    Response.channel,
    Response.flags,
).where(Response.id == bindparam("id"))
_RESPONSE_LOCKED = _RESPONSE.with_for_update()
_ANSWERS = select(Answer.question, Answer.option).where(Answer.response_id == bindparam("id"))
_TOMBSTONE = "select 1 from tombstone where id = ?"


def wave(wave_id: int) -> WaveRow | None:
    """(id, survey slug, number, title, version, opens, closes, whether stopped, definition) of a wave."""
    return db.session.execute(_WAVE.where(Wave.id == wave_id)).one_or_none()


def wave_numbered(survey: str, number: int) -> WaveRow | None:
    """The same columns, by survey slug and the wave's number."""
    return db.session.execute(_WAVE.where(Survey.slug == survey, Wave.number == number)).one_or_none()


def waves_of(survey: str) -> Sequence[WaveRow]:
    """The same columns for every wave of a survey, latest opening first."""
    return db.session.execute(
        _WAVE.where(Survey.slug == survey).order_by(Wave.opens_on.desc(), Wave.number.desc())
    ).all()


def open_wave(survey: str, on: date) -> WaveRow | None:
    """The same columns for the wave of a survey that takes answers on a day; the latest, when several do."""
    still: ColumnElement[bool] = Wave.closes_on.is_(None) | (Wave.closes_on >= on)
    return db.session.execute(
        _WAVE.where(Survey.slug == survey, Wave.opens_on <= on, still, Wave.is_stopped.is_(False))
        .order_by(Wave.opens_on.desc(), Wave.number.desc())
        .limit(1)
    ).one_or_none()


def surveys() -> Sequence[Row[str, int, int]]:
    """(slug, versions, waves), by slug."""
    versions = select(func.count()).where(Version.survey_id == Survey.id).scalar_subquery()
    waves = select(func.count()).where(Wave.survey_id == Survey.id).scalar_subquery()
    return db.session.execute(select(Survey.slug, versions, waves).order_by(Survey.slug)).all()


def latest_version(survey: str) -> Version | None:
    """The newest wording of a survey."""
    return db.session.scalars(
        select(Version).join(Survey).where(Survey.slug == survey).order_by(Version.number.desc()).limit(1)
    ).one_or_none()


def version_with(survey: str, digest: str) -> int | None:
    """The number of a survey's version with this digest."""
    return db.session.scalar(select(Version.number).join(Survey).where(Survey.slug == survey, Version.digest == digest))


def versions_of(survey: str) -> Sequence[Version]:
    """All versions of a survey, the newest first."""
    return db.session.scalars(
        select(Version).join(Survey).where(Survey.slug == survey).order_by(Version.number.desc())
    ).all()


def snapshot(response_id: bytes, *, lock: bool = False) -> Snapshot | None:
    """A stored response as it is counted, with its answers; None when there is none. `lock` holds its row."""
    here = connection()
    row = here.execute(_RESPONSE_LOCKED if lock else _RESPONSE, {"id": response_id}).one_or_none()
    if row is None:
        return None
    answers: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for question, option in here.execute(_ANSWERS, {"id": response_id}):
        answers[question] += (option,)
    return Snapshot(*row, answers=dict(answers))


def is_deleted(response_id: bytes) -> bool:
    """Whether a response of this id was deleted in the last 48 hours."""
    return run(connection(), _TOMBSTONE, (response_id,)).fetchone() is not None


def responses_from(openings: Mapping[int, str], poster_id: int | None, place_id: int | None, since: date) -> int:
    """Responses since a day that came by a poster or, without one, were about a place (or none), by the tallies of
    questions that everyone answers. openings: wave -> such a question."""
    here = (
        Tally.grp == str(poster_id)
        if poster_id is not None
        else and_(Tally.grp == NO_POSTER, Tally.place_id == (place_id or NO_PLACE))
    )
    asked = or_(false(), *(and_(Tally.wave_id == id, Tally.question == question) for id, question in openings.items()))
    total = db.session.scalar(
        select(func.sum(Tally.n)).where(asked, Tally.attribute == "poster", Tally.span == "D", Tally.day >= since, here)
    )
    return int(total or 0)


def counts_by_poster(
    wave_id: int, questions: Collection[str], place_ids: Collection[int], poster_ids: Collection[int], since: date
) -> Sequence[Row[str, date, str, str, int]]:
    """(poster id as text, day, question, option, responses) since a day, by the tallies of posters at these places."""
    return db.session.execute(
        select(Tally.grp, Tally.day, Tally.question, Tally.option, func.sum(Tally.n))
        .where(
            Tally.wave_id == wave_id,
            Tally.attribute == "poster",
            Tally.question.in_(questions),
            Tally.span == "D",
            Tally.place_id.in_(place_ids),
            Tally.day >= since,
            Tally.grp.in_([str(id) for id in poster_ids]),
        )
        .group_by(Tally.grp, Tally.day, Tally.question, Tally.option)
    ).all()


def waves_open_since(day: date) -> Sequence[WaveRow]:
    """The columns of `wave` for every wave that was open on this day or later, or will be; by survey, latest first."""
    open_then: ColumnElement[bool] = Wave.closes_on.is_(None) | (Wave.closes_on >= day)
    return db.session.execute(_WAVE.where(open_then).order_by(Survey.slug, Wave.number.desc())).all()


def closed_before(*, lock: bool = False) -> date | None:
    """The first day that is not rolled into months; None when nothing is."""
    query = select(Rollup.closed_before)
    return db.session.scalar(query.with_for_update(read=True) if lock else query)
