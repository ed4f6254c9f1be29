"""Flag, do not block: everybody is let through; only haste, and what lies beyond a poster's limit, is flagged."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from community.extensions import db
from community.surveys.flags import Flag, hourly_limit
from community.surveys.models import Response
from community.surveys.service import waves
from tests.factories.places import PlaceFactory
from tests.http.surveys.walking import Clock, Respondent
from tests.rig.client import Client
from tests.service.surveys.world import TODAY, World, recounted, tallied

AT_ONCE = 30


def flags() -> Counter[int]:
    return Counter(db.session.scalars(select(Response.flags)))


def crowd(someone: Respondent, people: int, *, every: float = 20) -> None:
    """People who scan and tap one after the other, each after so many seconds."""
    for _ in range(people):
        someone.scan().press("Very unsafe", seconds=every)
        assert someone.status == 200


@pytest.fixture
def others_elsewhere(world: World) -> None:
    """Noise: a flagged response of another day."""
    world.tap(elapsed_ms=0, on=TODAY - timedelta(days=2))


def test_thirty_pupils_behind_one_address_in_ten_minutes_are_all_counted_unflagged(someone: Respondent) -> None:
    crowd(someone, AT_ONCE)
    assert flags() == {Flag.NONE: AT_ONCE}


def test_only_those_beyond_the_limit_are_flagged_and_nobody_is_refused(someone: Respondent, world: World) -> None:
    crowd(someone, AT_ONCE + 5)
    assert flags() == {Flag.NONE: AT_ONCE, Flag.BURST: 5}
    assert tallied() == recounted(world.safety, world.robbery)


def test_the_next_hour_begins_anew(someone: Respondent, clock: Clock) -> None:
    crowd(someone, AT_ONCE + 1)
    clock.go_on(hours=1)
    crowd(someone, 3)
    assert flags() == {Flag.NONE: AT_ONCE + 3, Flag.BURST: 1}


def test_a_poster_that_is_always_busy_may_bring_more(someone: Respondent, world: World) -> None:
    for days in range(1, 29):
        world.tap("very_safe", on=TODAY - timedelta(days=days))
    busy = "update tally set n = 960 where attribute = 'poster' and \"option\" = 'very_safe'"
    db.session.execute(text(busy))  # as though each had been 40 people an hour, day and night
    crowd(someone, hourly_limit(40) + 2, every=5)
    assert flags()[Flag.BURST] == 2


def test_reloads_and_changes_of_mind_are_not_more_people(someone: Respondent) -> None:
    crowd(someone, AT_ONCE - 1)
    for _ in range(10):
        someone.send_again()
    someone.scan().press("Very safe")
    someone.send_again()
    assert flags() == {Flag.NONE: AT_ONCE}
    crowd(someone, 1)
    assert flags()[Flag.BURST] == 1


def test_refused_taps_are_not_people(someone: Respondent) -> None:
    someone.scan()
    for _ in range(AT_ONCE + 10):
        someone.send({"_ticket": someone.ticket, "safe_here": "nonsense"})
        assert someone.status == 422
    crowd(someone, 1)
    assert flags() == {Flag.NONE: 1}


def test_taps_that_could_not_be_stored_are_not_people(
    someone: Respondent, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: object) -> None:
        raise OperationalError("insert", None, Exception("the disk is full"))

    someone.scan()
    form = {"_ticket": someone.ticket, "safe_here": "very_safe"}
    with monkeypatch.context() as patched:
        patched.setattr("community.surveys.service.answering.save", down)
        for _ in range(AT_ONCE + 10):
            response = Client(app).post(someone.address, data=form)
            assert response.status_code == 503
            assert "999" in response.page.text
    crowd(someone, AT_ONCE)
    assert flags() == {Flag.NONE: AT_ONCE}


def test_later_screens_are_not_taps(someone: Respondent) -> None:
    for _ in range(12):
        someone.tap(age="18 to 21").press("No").press("Skip")
    assert flags() == {Flag.NONE: 12}


def test_an_answer_before_the_page_can_have_been_read_is_flagged(someone: Respondent) -> None:
    someone.scan().press("Very safe", seconds=0.5)
    assert flags() == {Flag.TOO_FAST: 1}


def test_a_quick_thumb_is_not_too_fast(someone: Respondent) -> None:
    someone.scan().press("Very safe", seconds=0.9).press("18 to 21", seconds=0.6).press("Yes", seconds=0.6)
    assert flags() == {Flag.NONE: 1}


def test_haste_on_a_later_screen_raises_the_flag_which_never_falls(someone: Respondent, world: World) -> None:
    someone.scan().press("Very safe", seconds=0.8).press("18 to 21", seconds=0.1)
    assert flags() == {Flag.TOO_FAST: 1}
    someone.press("Yes", seconds=3_600)
    assert flags() == {Flag.TOO_FAST: 1}
    assert {key[7] for key in tallied()} == {1}
    assert tallied() == recounted(world.safety, world.robbery)


def test_only_the_flag_is_kept_not_the_time_it_took(someone: Respondent, others_elsewhere: None) -> None:
    someone.scan().press("Very safe", seconds=0.5)
    assert {column.name for column in Response.__table__.columns if "flag" in column.name} == {"flags"}
    assert flags() == {Flag.TOO_FAST: 2}


@pytest.mark.parametrize("place", ["barking-station", ""])
def test_without_a_poster_the_same_rule_holds_for_each_place(someone: Respondent, world: World, place: str) -> None:
    PlaceFactory(slug="parsloes-park", name="Parsloes Park")
    for _ in range(AT_ONCE + 5):
        someone.send({"_place": place}, "/s/safety").press("Very unsafe")
    assert flags() == {Flag.NONE: AT_ONCE, Flag.BURST: 5}
    someone.send({"_place": "parsloes-park"}, "/s/safety").press("Very unsafe")
    someone.scan().press("Very unsafe")
    assert flags() == {Flag.NONE: AT_ONCE + 2, Flag.BURST: 5}
    assert tallied() == recounted(world.safety, world.robbery)


def test_a_place_that_is_always_busy_without_a_poster_may_bring_more(someone: Respondent, world: World) -> None:
    for days in range(1, 29):
        world.tap("very_safe", on=TODAY - timedelta(days=days), poster_id=None)
    db.session.execute(text("update tally set n = 960 where attribute = 'poster' and \"option\" = 'very_safe'"))
    for _ in range(hourly_limit(40) + 2):
        someone.send({"_place": "barking-station"}, "/s/safety").press("Very unsafe", seconds=1)
    assert flags()[Flag.BURST] == 2


def test_who_answers_both_surveys_is_one_person_in_each(someone: Respondent, world: World) -> None:
    for _ in range(AT_ONCE):
        someone.tap("Very unsafe", age="18 to 21").press("Finish now").press("Answer about robbery").press("Yes")
        assert someone.status == 200
    assert flags() == {Flag.NONE: 2 * AT_ONCE}
    assert tallied() == recounted(world.safety, world.robbery)


def test_a_wave_that_begins_does_not_forget_how_busy_a_poster_is(someone: Respondent, world: World) -> None:
    for days in range(1, 29):
        world.tap("very_safe", on=TODAY - timedelta(days=days))
    db.session.execute(text("update tally set n = 960 where attribute = 'poster' and \"option\" = 'very_safe'"))
    waves.close_wave("safety", world.safety.number, on=TODAY - timedelta(days=1))
    waves.open_wave("safety", title="Second", opens_on=TODAY)
    crowd(someone, hourly_limit(40) + 2, every=5)
    assert flags()[Flag.BURST] == 2
