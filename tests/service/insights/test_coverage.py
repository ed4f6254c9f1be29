"""Coverage from stored answers: which are counted, which haven closes a gap, whom to ask; on both engines."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from community.extensions import db
from community.insights.service.coverage import Coverage, beside, coverage_on
from community.safe_havens.models import SafeHaven
from community.shared.clock import LONDON, london_today
from tests.factories.safe_havens import ListedFactory, ProspectFactory
from tests.rig.client import Runner
from tests.service.insights.world import RATHER_NOT, SAFE, UNSAFE, World, make_world

NOW = datetime(2026, 11, 20, 12, tzinfo=LONDON)
LONG_AGO = NOW.date() - timedelta(days=365)


@pytest.fixture
def world(db_session: object) -> World:
    """Twenty at the station in the evening, of whom twelve feel unsafe, and what must not be counted."""
    made = make_world()
    made.respond({"safe_here": UNSAFE}, place=made.station, daypart="19-21", times=12)
    made.respond({"safe_here": SAFE}, place=made.station, daypart="19-21", times=8)
    made.respond({"safe_here": UNSAFE}, place=made.station, daypart="19-21", flags=1, times=3)
    made.respond({"safe_here": RATHER_NOT}, place=made.station, daypart="19-21", times=2)
    made.respond({"safe_here": UNSAFE}, place=made.station, daypart="", times=6)
    made.respond({"safe_here": UNSAFE}, place=made.station, daypart="19-21", on=LONG_AGO, times=9)
    made.respond({"safe_here": UNSAFE}, daypart="19-21", times=7)
    made.respond({"safe_here": UNSAFE}, place=made.park, daypart="19-21", times=4)
    return made


def haven_at(world: World, opening: str) -> SafeHaven:
    haven: SafeHaven = ListedFactory(lat=world.station.lat, lon=world.station.lon, opening=opening)
    db.session.commit()
    return haven


def told(found: Coverage) -> list[tuple[str, str, int, int, int]]:
    return [(r.gap.spot.slug, r.gap.daypart.value, r.gap.unsafe, r.gap.base, r.gap.flagged) for r in found.rows]


def test_answers_of_the_last_year_by_place_and_part_of_the_day_flagged_ones_apart(world: World) -> None:
    found = coverage_on(NOW)
    assert told(found) == [(world.station.slug, "19-21", 12, 20, 3)]
    assert (found.found.hidden, found.flagged, found.havens) == (1, 3, 0)  # the park's four are too few to show
    assert found.first == date(2025, 11, 21)


def test_a_haven_open_in_the_evening_closes_the_gap_and_one_that_shuts_does_not(world: World) -> None:
    haven_at(world, "Mo-Su 09:00-17:00")
    assert len(coverage_on(NOW).rows) == 1
    late = haven_at(world, "Mo-Su 09:00-22:00")
    assert coverage_on(NOW).rows == ()
    late.status, late.suspended_because = "suspended", "asked"
    db.session.commit()
    assert len(coverage_on(NOW).rows) == 1


def test_businesses_near_a_gap_that_may_still_be_asked_are_named_the_nearest_first(world: World) -> None:
    lat, lon = world.station.lat, world.station.lon
    ProspectFactory(name="Further", lat=lat + 0.003, lon=lon)
    ProspectFactory(name="Near", lat=lat + 0.001, lon=lon)
    ProspectFactory(name="Said no", lat=lat, lon=lon, answer="no")
    ProspectFactory(name="Far away", lat=lat + 0.01, lon=lon)
    db.session.commit()
    (row,) = coverage_on(NOW).rows
    assert [near.name for near in row.prospects] == ["Near", "Further"]
    assert row.prospects[0].distance_m == pytest.approx(111, abs=2)


def test_beside_a_business_stands_what_its_place_may_show(world: World) -> None:
    said = beside(NOW)
    assert said[world.station.id].words == "60% felt unsafe (12 of 20)"
    assert said[world.station.id].gap == "7pm to 9pm: none open within 400 m all week"
    assert said[world.park.id].words == "too few answers to show"
    assert world.library.id not in said


def test_the_command_prints_one_document(db_session: object, runner: Runner) -> None:
    world = make_world()
    for option, n in ((UNSAFE, 12), (SAFE, 8)):
        world.respond({"safe_here": option}, place=world.station, daypart="19-21", on=london_today(), times=n)
    found = runner.json("havens", "coverage")
    assert (found["survey"], found["near_m"], found["far_m"]) == ("safety", 400, 800)
    (row,) = found["rows"]
    assert (row["place"], row["daypart"], row["unsafe"], row["base"]) == (world.station.slug, "19-21", 12, 20)
    assert row["none_within_400_m"] == {"weekdays": True, "weekend": True}
    assert "7pm to 9pm" in runner("havens", "coverage").stdout


def test_where_nobody_ever_answered_there_is_nothing_to_say(db_session: object, runner: Runner) -> None:
    found = coverage_on(NOW)
    assert (found.rows, found.wave) == ((), None)
    assert runner.json("havens", "coverage")["rows"] == []
