"""Versions and waves: bringing a questionnaire in, opening it to answers, finding what is asked today."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from community.extensions import db
from community.shared.errors import UserError
from community.staff import audit
from community.surveys import queries
from community.surveys.fielding import Fielding, parse
from community.surveys.loading import digest, dump, from_definition, to_definition
from community.surveys.models import Survey, Version, Wave
from community.surveys.questionnaire import Questionnaire, changed_frozen


class NoSuchSurvey(UserError):
    """No survey of this name."""


class NoSuchWave(UserError):
    """No such wave, or none that is open."""


class FrozenWording(UserError):
    """A question whose wording must not change was changed."""


def publish(questionnaire: Questionnaire, *, on: date) -> Version:
    """Store a questionnaire as the survey's next version, or find the version that is the same. Flushed.
    Raises FrozenWording when a frozen question was worded anew."""
    survey = db.session.scalar(select(Survey).where(Survey.slug == questionnaire.slug))
    if survey is None:
        survey = Survey(slug=questionnaire.slug)
        db.session.add(survey)
        db.session.flush()
    fingerprint = digest(questionnaire)
    same = db.session.scalar(select(Version).where(Version.survey_id == survey.id, Version.digest == fingerprint))
    if same is not None:
        return same
    newest = queries.latest_version(survey.slug)
    if newest is not None:
        _refuse_changed_wording(from_definition(json.loads(newest.definition)), questionnaire)
    version = Version(
        survey_id=survey.id,
        number=newest.number + 1 if newest else 1,
        digest=fingerprint,
        definition=json.dumps(to_definition(questionnaire), ensure_ascii=False),
        imported_on=on,
    )
    db.session.add(version)
    audit.record("questionnaire.publish", f"{survey.slug}/{version.number}", {"digest": fingerprint[:12]})
    db.session.flush()
    return version


def _refuse_changed_wording(old: Questionnaire, new: Questionnaire) -> None:
    changed = changed_frozen(old, new)
    if changed:
        raise FrozenWording(
            f"These questions are frozen, so that years can be compared, and were changed: {', '.join(changed)}. "
            "Put their English words and options back, or give the new question a key of its own."
        )


def open_wave(survey: str, *, title: str, opens_on: date, closes_on: date | None = None) -> Wave:
    """Field the survey's latest version from a day on. Flushed. Raises NoSuchSurvey."""
    version = queries.latest_version(survey)
    if version is None:
        raise NoSuchSurvey(f"There is no survey called {survey!r}: bring one in with `surveys import FILE`.")
    if closes_on is not None and closes_on < opens_on:
        raise NoSuchWave(f"The wave would close on {closes_on}, before it opens on {opens_on}.")
    numbers = db.session.scalars(select(Wave.number).where(Wave.survey_id == version.survey_id)).all()
    wave = Wave(
        survey_id=version.survey_id,
        version_id=version.id,
        number=max(numbers, default=0) + 1,
        title=title,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    db.session.add(wave)
    until = {"last day": closes_on.isoformat()} if closes_on else {}
    said = {"first day": opens_on.isoformat(), "version": str(version.number), **until}
    audit.record("wave.open", f"{survey}/{wave.number}", said)
    db.session.flush()
    return wave


def close_wave(survey: str, number: int, *, on: date) -> None:
    """Take no new responses after a day. Flushed. Raises NoSuchWave."""
    found = find(survey, number)
    if on < found.opens_on:
        raise NoSuchWave(f"Wave {number} opens on {found.opens_on}: it cannot close on {on}.")
    db.session.get_one(Wave, found.wave_id).closes_on = on
    audit.record("wave.close", f"{survey}/{number}", {"last day": on.isoformat()})
    db.session.flush()


def stop_wave(survey: str, number: int, *, today: date) -> None:
    """Ask nobody else from now on: who has begun may finish. Flushed. Raises NoSuchWave."""
    found = find(survey, number)
    if not found.takes_answers(today):
        raise NoSuchWave(f"Wave {number} takes no answers now.")
    wave = db.session.get_one(Wave, found.wave_id)
    wave.closes_on, wave.is_stopped = today, True
    audit.record("wave.stop", f"{survey}/{number}", {"last day": today.isoformat()})
    db.session.flush()


def fielding(wave_id: int) -> Fielding:
    """A wave and its questionnaire. Raises NoSuchWave."""
    row = queries.wave(wave_id)
    if row is None:
        raise NoSuchWave(f"There is no wave {wave_id}.")
    return _fielding(row)


def find(survey: str, number: int) -> Fielding:
    """The same, by survey and number. Raises NoSuchWave."""
    row = queries.wave_numbered(survey, number)
    if row is None:
        raise NoSuchWave(f"There is no wave {number} of {survey!r}.")
    return _fielding(row)


def waves_of(survey: str) -> list[Fielding]:
    """All waves of a survey, latest opening first. Raises NoSuchSurvey when there is no such survey."""
    waves = [_fielding(row) for row in queries.waves_of(survey)]
    if not waves and queries.latest_version(survey) is None:
        known = ", ".join(slug for slug, _, _ in queries.surveys()) or "none yet"
        raise NoSuchSurvey(f"There is no survey called {survey!r}. Surveys here: {known}.")
    return waves


def open_since(day: date) -> list[Fielding]:
    """Waves of all surveys that were open on this day or later, or will be; by survey, the latest first."""
    return [_fielding(row) for row in queries.waves_open_since(day)]


def open_fielding(survey: str, on: date) -> Fielding | None:
    """What a survey asks on a day, or None while no wave is open."""
    row = queries.open_wave(survey, on)
    return _fielding(row) if row is not None else None


def export(survey: str) -> str:
    """The latest version as YAML. Raises NoSuchSurvey."""
    version = queries.latest_version(survey)
    if version is None:
        raise NoSuchSurvey(f"There is no survey called {survey!r}.")
    return dump(from_definition(json.loads(version.definition)))


def _fielding(row: Any) -> Fielding:
    wave_id, survey, number, title, version, opens_on, closes_on, is_stopped, definition = row
    questionnaire, counting = parse(definition)
    return Fielding(wave_id, survey, number, title, version, opens_on, closes_on, questionnaire, counting, is_stopped)
