"""A poster's life, the waves it serves day by day, and its scans; on both engines."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from community.extensions import db
from community.places.codes import display, new_code, normalise
from community.places.models import Poster, ScanCount
from community.places.service import posters
from community.places.service.posters import (
    AssignmentOverlap,
    BadPoster,
    NoSuchPoster,
    NoSuchWave,
    PosterIsDown,
    WrongDay,
    assign,
    create_posters,
    poster_visit,
    put_up,
    repoint,
    report_fake,
    retire,
    take_down,
)
from community.places.service.scans import add_scans
from community.surveys.models import Survey, Version, Wave
from tests.factories.places import PlaceFactory, PosterFactory, WardFactory

DAY = date(2026, 3, 1)


@pytest.fixture
def waves(db_session: Session) -> tuple[int, int]:
    """The ids of two waves of one survey."""
    survey = Survey(slug="small")
    version = Version(survey=survey, number=1, digest="0" * 64, definition="{}", imported_on=DAY)
    both = [Wave(survey=survey, version=version, number=n, title=f"Wave {n}", opens_on=DAY) for n in (1, 2)]
    db_session.add_all([survey, version, *both])
    db_session.flush()
    return both[0].id, both[1].id


def days(n: int) -> date:
    return DAY + timedelta(days=n)


def test_each_poster_has_a_code_of_its_own(db_session: Session) -> None:
    made = create_posters(PlaceFactory(), on=DAY, spot="  by the   gates", n=3)
    assert len({poster.code for poster in made}) == 3
    assert all(normalise(poster.code) == poster.code for poster in made)
    assert [(p.status, p.kind, p.spot, p.created_on, p.up_on) for p in made] == [
        ("planned", "fixed_place", "by the gates", DAY, None)
    ] * 3


def test_a_code_that_is_taken_is_drawn_again(db_session: Session) -> None:
    taken = PosterFactory(code=new_code(random.Random(5)))
    (made,) = create_posters(PlaceFactory(), on=DAY, rng=random.Random(5))
    assert made.code != taken.code


def test_a_bus_route_needs_no_place_and_nothing_else_goes_without(db_session: Session, waves: tuple[int, int]) -> None:
    (bus,) = create_posters(None, on=DAY, kind="bus_route", route="bus 5", wave_id=waves[0])
    visit = poster_visit(bus.code, DAY)
    assert visit is not None
    assert (visit.place_id, visit.place_name, visit.route, visit.wave_id) == (None, None, "bus 5", waves[0])
    assert bus.place_name == "bus 5"
    for kind, route in (("bus_route", None), ("bus_route", "  "), ("fixed_place", "bus 5")):
        with pytest.raises(BadPoster, match="needs a place"):
            create_posters(None, on=DAY, kind=kind, route=route)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "flag"}, "not a kind of poster"),
        ({"n": 0}, "Make 1 to 500"),
        ({"n": 501}, "Make 1 to 500"),
        ({"spot": "x" * 121}, "spot is 121 characters"),
        ({"spot": "a\nb"}, "line break"),
    ],
)
def test_a_poster_that_makes_no_sense_is_refused(db_session: Session, wrong: dict[str, object], words: str) -> None:
    with pytest.raises(BadPoster, match=words):
        create_posters(PlaceFactory(), on=DAY, **wrong)  # type: ignore[arg-type]
    assert db_session.scalars(select(Poster)).all() == []


def test_a_poster_goes_up_comes_down_and_goes_up_again(db_session: Session) -> None:
    poster = PosterFactory()
    assert (put_up(poster, days(1)).status, poster.up_on) == ("up", days(1))
    put_up(poster, days(2))
    assert poster.up_on == days(1)  # it was up already
    with pytest.raises(WrongDay, match="cannot have come down before"):
        take_down(poster, days(0))
    assert (take_down(poster, days(3)).status, poster.down_on) == ("taken-down", days(3))
    put_up(poster, days(4))
    assert (poster.status, poster.up_on, poster.down_on) == ("up", days(4), None)


def test_a_reported_poster_that_is_found_to_be_ours_keeps_its_day(db_session: Session) -> None:
    poster = put_up(PosterFactory(), days(1))
    assert report_fake(poster, days(2)).status == "reported"
    put_up(poster, days(5))
    assert (poster.status, poster.up_on) == ("up", days(1))


def test_a_retired_poster_is_never_hung_or_assigned_again(db_session: Session, waves: tuple[int, int]) -> None:
    poster = retire(put_up(PosterFactory(), days(1)), days(3))
    assert (poster.status, poster.down_on, poster.retired_on) == ("taken-down", days(3), days(3))
    with pytest.raises(PosterIsDown, match="retired"):
        put_up(poster, days(4))
    with pytest.raises(PosterIsDown, match="retired"):
        assign(poster, waves[0], days(4))
    with pytest.raises(PosterIsDown, match="taken down"):
        report_fake(poster, days(4))


def test_the_table_itself_refuses_a_status_without_its_day(db_session: Session) -> None:
    for wrong in ({"status": "up"}, {"status": "taken-down"}, {"status": "lost"}, {"code": "SHORT"}, {"place": None}):
        with pytest.raises(IntegrityError), db_session.begin_nested():
            PosterFactory(**wrong)


@pytest.mark.parametrize(
    ("verb", "answers"),
    [(assign, True), (put_up, True), (report_fake, True), (take_down, False), (retire, False)],
)
def test_only_a_taken_down_poster_asks_nothing(
    db_session: Session, waves: tuple[int, int], verb: Callable[..., object], answers: bool
) -> None:
    poster = PosterFactory()
    assign(poster, waves[0], DAY)
    if verb is not assign:
        verb(poster, DAY)
    visit = poster_visit(poster.code, DAY)
    assert visit is not None
    assert (visit.wave_id == waves[0]) is answers
    assert poster.opens_survey is answers


def test_a_visit_tells_all_that_its_page_needs_in_one_query(db_session: Session, waves: tuple[int, int]) -> None:
    WardFactory(code="E05999001")
    place = PlaceFactory(slug="mill-pond", name="Mill Pond", ward_code="E05999001", kind="school_area")
    (poster, _noise) = create_posters(place, on=DAY, spot="by the gate", n=2, wave_id=waves[0], starts_on=days(1))
    repoint(poster, waves[1], days(5), days(9))
    PosterFactory()
    db_session.commit()
    typed = display(poster.code).lower().replace("0", "o")
    asked: list[str] = []

    def count(*args: object) -> None:
        asked.append(str(args[2]))

    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", count)
    seen = {n: poster_visit(typed, days(n)) for n in (0, 1, 4, 5, 9, 10)}
    event.remove(connection, "before_cursor_execute", count)
    assert len(asked) == 6
    assert {n: visit.wave_id for n, visit in seen.items() if visit} == {
        0: None, 1: waves[0], 4: waves[0], 5: waves[1], 9: waves[1], 10: None,
    }  # fmt: skip
    visit = seen[1]
    assert visit is not None
    assert (visit.poster_id, visit.code, visit.place_id, visit.place_name) == (
        poster.id, poster.code, place.id, "Mill Pond",
    )  # fmt: skip
    assert (visit.place_slug, visit.ward_code, visit.place_kind, visit.kind) == (
        "mill-pond", "E05999001", "school_area", "fixed_place",
    )  # fmt: skip
    assert (visit.status, visit.spot, visit.route, visit.up_on) == ("planned", "by the gate", None, None)


@pytest.mark.parametrize("code", ["", "nonsense", "00000000", "' OR 1=1 --", "x" * 10_000])
def test_a_code_that_is_not_ours_has_no_visit(db_session: Session, code: str) -> None:
    PosterFactory()
    assert poster_visit(code, DAY) is None
    assert posters.find(code) is None
    with pytest.raises(NoSuchPoster, match="No poster of ours"):
        posters.get(code)


@pytest.mark.parametrize(
    ("starts", "ends", "clash"),
    [
        (0, 9, True), (10, 20, True), (15, 15, True), (20, None, True), (0, None, True), (0, 10, True), (20, 30, True),
        (0, 9 - 1, False), (21, 30, False), (21, None, False),
    ],
)  # fmt: skip
def test_a_poster_serves_one_wave_on_any_day(
    db_session: Session, waves: tuple[int, int], starts: int, ends: int | None, clash: bool
) -> None:
    poster, other = PosterFactory(), PosterFactory()
    assign(other, waves[0], days(0))  # noise: another poster's days are free
    assign(poster, waves[0], days(9), days(20))
    last = None if ends is None else days(ends)
    if clash:
        with pytest.raises(AssignmentOverlap, match="serves wave"):
            assign(poster, waves[1], days(starts), last)
    else:
        assign(poster, waves[1], days(starts), last)
    assert len(posters.assignments(poster)) == (1 if clash else 2)


def test_an_assignment_needs_a_real_wave_and_days_in_order(db_session: Session, waves: tuple[int, int]) -> None:
    poster = PosterFactory()
    with pytest.raises(WrongDay, match="comes before the first"):
        assign(poster, waves[0], days(2), days(1))
    with pytest.raises(NoSuchWave, match="no wave 999999"):
        assign(poster, 999_999, days(2))
    assign(poster, waves[0], days(2), days(2))  # the session is still good
    assert [a.wave_id for a in posters.assignments(poster)] == [waves[0]]


def test_pointing_a_poster_anew_ends_the_old_wave_the_day_before(db_session: Session, waves: tuple[int, int]) -> None:
    poster = PosterFactory()
    assign(poster, waves[0], days(0))
    repoint(poster, waves[1], days(10))
    spans = [(a.wave_id, a.starts_on, a.ends_on) for a in posters.assignments(poster)]
    assert spans == [(waves[0], days(0), days(9)), (waves[1], days(10), None)]
    repoint(poster, waves[0], days(10), days(11))  # a slip put right on the same day
    spans = [(a.wave_id, a.starts_on, a.ends_on) for a in posters.assignments(poster)]
    assert spans == [(waves[0], days(0), days(9)), (waves[0], days(10), days(11))]
    assign(poster, waves[1], days(30))
    with pytest.raises(AssignmentOverlap):
        repoint(poster, waves[1], days(20))


def test_scans_add_up_by_poster_and_day(db_session: Session) -> None:
    one, other = PosterFactory(), PosterFactory()
    assert add_scans({(one.id, DAY): 2, (other.id, DAY): 5}) == 7
    assert add_scans({(one.id, DAY): 3, (one.id, days(1)): 1, (other.id, DAY): 0, (other.id + 99, DAY): 4}) == 4
    assert add_scans({}) == 0
    rows = db_session.execute(select(ScanCount.poster_id, ScanCount.scanned_on, ScanCount.n)).all()
    assert sorted(map(tuple, rows)) == [(one.id, DAY, 5), (one.id, days(1), 1), (other.id, DAY, 5)]


def test_posters_are_listed_by_place_and_those_of_routes_last(db_session: Session) -> None:
    bus = PosterFactory(place=None, kind="bus_route", route="bus 5")
    b = PosterFactory(place=PlaceFactory(slug="b"))
    a, a2 = (PosterFactory(place=place) for place in [PlaceFactory(slug="a")] * 2)
    assert posters.list_posters() == [a, a2, b, bus]
    assert posters.list_posters("a") == [a, a2]
