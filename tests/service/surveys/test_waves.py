"""Versions never change, frozen words stay frozen, a wave fields one version from one day to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from community.extensions import db
from community.surveys.loading import load
from community.surveys.models import Version, Wave
from community.surveys.questionnaire import Question, Questionnaire
from community.surveys.service import waves
from community.surveys.service.waves import FrozenWording, NoSuchSurvey, NoSuchWave
from tests.unit.surveys.small import OPENING, age_question, choice, questionnaire

DAY = date(2026, 11, 20)
FROZEN = choice("safe_in_borough", "yes", "no", frozen=True)
FIRST = questionnaire([OPENING], [age_question()], [FROZEN])


def worded(question: Question, words: str) -> Question:
    return replace(question, wording={**question.wording, "en": words})


def with_third(question: Question) -> Questionnaire:
    return questionnaire([OPENING], [age_question()], [question])


def versions() -> list[int]:
    return list(db.session.scalars(db.select(Version.number).order_by(Version.number)))


def test_the_same_questionnaire_again_is_the_same_version(db_session: object) -> None:
    one = waves.publish(FIRST, on=DAY)
    assert waves.publish(FIRST, on=DAY).id == one.id
    assert versions() == [1]


def test_an_edit_makes_the_next_version_and_leaves_the_old_one_alone(db_session: object) -> None:
    one = waves.publish(FIRST, on=DAY)
    definition = one.definition
    edited = questionnaire([worded(OPENING, "Do you feel safe?")], [age_question()], [FROZEN])
    assert waves.publish(edited, on=DAY).number == 2
    db.session.expire_all()
    assert db.session.get_one(Version, one.id).definition == definition


def test_going_back_to_an_earlier_wording_finds_its_version(db_session: object) -> None:
    waves.publish(FIRST, on=DAY)
    waves.publish(questionnaire([worded(OPENING, "Safe?")], [age_question()], [FROZEN]), on=DAY)
    assert waves.publish(FIRST, on=DAY).number == 1
    assert versions() == [1, 2]


@pytest.mark.parametrize(
    "changed",
    [
        worded(FROZEN, "Is the borough safe?"),
        replace(FROZEN, frozen=False),
        choice("safe_in_borough", "yes", "no", "partly", frozen=True),
        choice("safe_in_borough", "no", "yes", frozen=True),
        choice("another_key", "yes", "no", frozen=True),
    ],
    ids=["reworded", "thawed", "one more option", "other order", "dropped"],
)
def test_frozen_words_cannot_be_changed(db_session: object, changed: Question) -> None:
    waves.publish(FIRST, on=DAY)
    with pytest.raises(FrozenWording, match="safe_in_borough"):
        waves.publish(with_third(changed), on=DAY)
    assert versions() == [1]


def test_a_translation_of_frozen_words_can_be_put_right(db_session: object) -> None:
    waves.publish(FIRST, on=DAY)
    translated = replace(FROZEN, wording={**FROZEN.wording, "ro": "Vă simțiți în siguranță?"})
    assert waves.publish(with_third(translated), on=DAY).number == 2


def test_a_wave_fields_the_version_of_the_day_it_was_opened_for_ever(db_session: object) -> None:
    waves.publish(FIRST, on=DAY)
    first = waves.open_wave("small", title="First", opens_on=DAY)
    waves.publish(questionnaire([worded(OPENING, "Safe?")], [age_question()], [FROZEN]), on=DAY)
    second = waves.open_wave("small", title="Second", opens_on=date(2027, 1, 1))
    assert [(f.number, f.version) for f in waves.waves_of("small")] == [(2, 2), (1, 1)]
    assert waves.fielding(first.id).questionnaire.opening.wording["en"] == "wording of here"
    assert waves.fielding(second.id).questionnaire.opening.wording["en"] == "Safe?"


def test_the_latest_wave_that_is_open_asks(db_session: object) -> None:
    waves.publish(FIRST, on=DAY)
    waves.open_wave("small", title="A", opens_on=date(2026, 1, 1), closes_on=date(2026, 6, 30))
    waves.open_wave("small", title="B", opens_on=date(2026, 5, 1), closes_on=date(2026, 9, 30))
    asks = {
        day: (found.number if (found := waves.open_fielding("small", day)) else None)
        for day in (
            date(2025, 12, 31), date(2026, 1, 1), date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 30),
            date(2026, 9, 30), date(2026, 10, 1),
        )
    }  # fmt: skip
    assert list(asks.values()) == [None, 1, 1, 2, 2, 2, None]


def test_the_day_a_wave_closes_on_is_its_last(db_session: object) -> None:
    waves.publish(FIRST, on=DAY)
    waves.open_wave("small", title="A", opens_on=DAY)
    waves.close_wave("small", 1, on=date(2026, 11, 25))
    found = waves.find("small", 1)
    assert [found.is_open(date(2026, 11, day)) for day in (19, 20, 25, 26)] == [False, True, True, False]


def test_waves_close_after_they_open_and_exist(db_session: object) -> None:
    waves.publish(FIRST, on=DAY)
    waves.open_wave("small", title="A", opens_on=DAY)
    with pytest.raises(NoSuchWave, match="before it opens"):
        waves.open_wave("small", title="B", opens_on=DAY, closes_on=date(2026, 11, 19))
    with pytest.raises(NoSuchWave, match="cannot close"):
        waves.close_wave("small", 1, on=date(2026, 11, 19))
    with pytest.raises(NoSuchWave, match="no wave 2"):
        waves.close_wave("small", 2, on=DAY)
    with pytest.raises(NoSuchWave):
        waves.fielding(987_654)
    with pytest.raises(NoSuchSurvey, match="surveys import"):
        waves.open_wave("nonsense", title="A", opens_on=DAY)
    with pytest.raises(NoSuchSurvey, match="small"):
        waves.waves_of("nonsense")
    assert db.session.scalar(db.select(db.func.count()).select_from(Wave)) == 1


def test_what_is_exported_can_be_brought_in_as_the_same_version(db_session: object) -> None:
    one = waves.publish(FIRST, on=DAY)
    assert waves.publish(load(waves.export("small"), name="exported.yaml"), on=DAY).id == one.id
