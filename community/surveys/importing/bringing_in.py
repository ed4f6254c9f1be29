"""Storing what a file of older answers says: once, whole, with its tallies, in the caller's transaction."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.extensions import db
from community.places.queries import all_places
from community.shared.database import connection, insert_rows
from community.shared.masking import clean
from community.surveys import queries
from community.surveys.channels import BROUGHT_IN
from community.surveys.fielding import Counting, parse
from community.surveys.importing.places import Gazetteer, NamedPlace
from community.surveys.importing.planning import Background, Plan
from community.surveys.importing.rows import Row
from community.surveys.models import Answer, Comment, ImportedFile, Response, Survey, Wave
from community.surveys.service import storing, waves
from community.surveys.tallies import Key, Snapshot

CHANNELS = BROUGHT_IN
_WRITTEN_AT_ONCE = 20_000
_COUNTED_AT_ONCE = 20_000
"""Rows; in the worst case, when no two are alike, their tallies take some 400 MB until they are written."""
_Identified = tuple[bytes, Row]


@dataclass(frozen=True)
class Earlier:
    """When a file was brought in, and to which wave of which survey."""

    on: date
    survey: str
    wave: int


class BroughtInMeanwhile(Exception):
    """Somebody else brought the same file in just now. The caller rolls back."""

    def __init__(self, earlier: Earlier) -> None:
        super().__init__()
        self.earlier = earlier


def look_up(survey: str) -> Background:
    """What has to be known to read a file for a survey. Raises NoSuchSurvey."""
    fieldings = waves.waves_of(survey)
    version = queries.latest_version(survey)
    if version is None:  # waves_of would have refused
        raise waves.NoSuchSurvey(f"There is no survey called {survey!r}.")
    questionnaire, counting = parse(version.definition)
    places = [NamedPlace(p.id, p.slug, p.name, p.external_id, tuple(p.aliases or ())) for p in all_places()]
    return Background(survey, fieldings, version.number, questionnaire, counting, Gazetteer(places))


def earlier(digest: str) -> Earlier | None:
    """When the file with this digest was brought in; None when it was not."""
    row = db.session.execute(
        select(ImportedFile.imported_on, Survey.slug, Wave.number)
        .join(Wave, Wave.id == ImportedFile.wave_id)
        .join(Survey, Survey.id == Wave.survey_id)
        .where(ImportedFile.digest == digest)
    ).one_or_none()
    return Earlier(*row) if row is not None else None


def store(plan: Plan, *, channel: str, secret_key: str, today: date) -> int:
    """Store the responses, their masked words and their tallies; the number of the wave. Flushed, not committed.

    Ids are keyed hashes of the file's digest and the row's number: nobody without the key can tell one from any other
    id, and a race for the same file ends in one copy. Raises BroughtInMeanwhile."""
    try:
        with db.session.begin_nested():
            wave_id, number = _wave(plan)
            db.session.add(
                ImportedFile(digest=plan.sheet.digest, wave_id=wave_id, rows=len(plan.rows), imported_on=today)
            )
    except IntegrityError:
        found = earlier(plan.sheet.digest)
        if found is None:
            raise
        raise BroughtInMeanwhile(found) from None
    rows = _identified(plan, secret_key)
    _insert(Response, (
        (id, wave_id, None, row.place_id, row.answered_on, row.daypart, channel, row.language, 0) for id, row in rows
    ))  # fmt: skip
    _insert(Answer, ((id, *pair) for id, row in rows for pair in _answers(row)))
    _insert(Comment, ((id, *comment) for id, row in rows for comment in sorted(row.comments)))
    by_day = sorted(plan.rows, key=lambda row: row.answered_on)
    for start in range(0, len(by_day), _COUNTED_AT_ONCE):
        counted = sorted(_tallies(plan.counting, by_day[start : start + _COUNTED_AT_ONCE], wave_id, channel).items())
        for at in range(0, len(counted), _WRITTEN_AT_ONCE):
            storing.add_to_tallies(counted[at : at + _WRITTEN_AT_ONCE], today=today)
    return number


def _wave(plan: Plan) -> tuple[int, int]:
    """(id, number) of the wave the rows go to; a new one ends with its last row."""
    if plan.fielding is not None:
        return plan.fielding.wave_id, plan.fielding.number
    title = f"Brought in from {clean(plan.sheet.name, 150)}"
    wave = waves.open_wave(plan.survey, title=title, opens_on=plan.first, closes_on=plan.last)
    return wave.id, wave.number


def _identified(plan: Plan, secret_key: str) -> list[_Identified]:
    """The rows with their ids, in the order of the ids, which says nothing about the order of the file."""
    key = hmac.new(secret_key.encode(), b"responses import\0" + plan.sheet.digest.encode(), hashlib.sha256).digest()
    return sorted(
        ((hmac.digest(key, b"%d" % number, "sha256")[:16], row) for number, row in enumerate(plan.rows, start=1)),
        key=lambda identified: identified[0],
    )


def _answers(row: Row) -> list[tuple[str, str]]:
    return sorted((question, option) for question, options in row.answers for option in options)


def _insert(model: type[Response | Answer | Comment], rows: Iterator[tuple[Any, ...]]) -> None:
    """Rows of a table, values in the order of its columns."""
    names = ", ".join(f'"{column.name}"' for column in model.__table__.columns)
    while batch := list(islice(rows, _WRITTEN_AT_ONCE)):
        insert_rows(connection(), f"{model.__tablename__} ({names})", batch)


def _tallies(counting: Counting, rows: Sequence[Row], wave_id: int, channel: str) -> Counter[Key]:
    """What rows add to the tallies; those that are alike are worked out once."""
    alike = Counter((row.answered_on, row.daypart, row.place_id, row.answers) for row in rows)
    total: Counter[Key] = Counter()
    for (day, daypart, place_id, answers), times in alike.items():
        snapshot = Snapshot(wave_id, None, place_id, day, daypart, channel, 0, dict(answers))
        for key, n in counting.count(snapshot).items():
            total[key] += n * times
    return total
