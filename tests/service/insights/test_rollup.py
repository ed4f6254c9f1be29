"""Month rows: which, when, and that no count is lost to writers who come at the same moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from community.extensions import db
from community.insights.service.rollup import roll_up
from community.insights.service.verify import verify
from tests.rig.databases import Databases, dispose
from tests.service.insights.world import SAFE, TODAY, UNSAFE, World, make_world


def tallied(span: str, **where: str) -> dict[tuple[str, str], int]:
    """(first day, option) -> sum of the opening question's tallies by channel."""
    rows = db.session.execute(
        text(
            "select day, \"option\", sum(n) from tally where attribute = 'channel' and question = 'safe_here' "
            'and span = :span group by day, "option" having sum(n) <> 0'
        ),
        {"span": span},
    )
    return {(str(day), option): n for day, option, n in rows}


def test_closed_months_are_summed_and_their_days_stay(world: World) -> None:
    world.respond({"safe_here": SAFE}, on=date(2026, 9, 1), times=2)
    world.respond({"safe_here": SAFE}, on=date(2026, 9, 30))
    world.respond({"safe_here": UNSAFE}, on=date(2026, 10, 31))
    world.respond({"safe_here": SAFE}, on=date(2026, 11, 1))
    days = tallied("D")
    assert roll_up(TODAY) == date(2026, 11, 1)
    assert tallied("M") == {("2026-09-01", SAFE): 3, ("2026-10-01", UNSAFE): 1}
    assert tallied("D") == days
    assert db.session.scalar(text("select count(*) from rollup")) == 1


def test_a_month_stays_open_for_three_days(world: World) -> None:
    world.respond({"safe_here": SAFE}, on=date(2026, 10, 31))
    assert roll_up(date(2026, 11, 3)) == date(2026, 10, 1)
    assert tallied("M") == {}
    assert roll_up(date(2026, 11, 4)) == date(2026, 11, 1)
    assert tallied("M") == {("2026-10-01", SAFE): 1}


def test_rolling_up_again_counts_nothing_twice(world: World) -> None:
    world.respond({"safe_here": SAFE}, on=date(2026, 8, 5))
    roll_up(date(2026, 9, 10))
    world.respond({"safe_here": SAFE}, on=date(2026, 8, 6))  # late: into the month as well
    world.respond({"safe_here": SAFE}, on=date(2026, 9, 6))
    roll_up(TODAY)
    roll_up(TODAY)
    assert tallied("M") == {("2026-08-01", SAFE): 2, ("2026-09-01", SAFE): 1}
    assert roll_up(date(2026, 9, 10)) == date(2026, 11, 1)  # a clock set back opens nothing


def test_what_adds_up_to_nothing_goes(world: World) -> None:
    id = world.respond({"safe_here": UNSAFE}, on=date(2026, 9, 5))
    world.withdraw(id)
    world.respond({"safe_here": SAFE}, on=date(2026, 9, 5), times=12)
    roll_up(TODAY)
    assert tallied("M") == {("2026-09-01", SAFE): 12}
    per_key = "select max(rows) from (select count(*) as rows from tally where day < '2026-11-01' group by {}) spread"
    keys = 'wave_id, attribute, question, span, place_id, day, "option", grp, flagged'
    assert db.session.scalar(text(per_key.format(keys))) == 1
    assert db.session.scalar(text("select count(*) from tally where \"option\" = 'very_unsafe'")) == 0


@pytest.mark.parametrize("first_time", [True, False], ids=["the first roll-up", "a later one"])
def test_a_writer_of_an_old_day_loses_nothing_to_a_roll_up(fresh_app: Flask, first_time: bool) -> None:
    """The writer has counted and not committed when the roll-up begins; another comes while it runs."""
    with fresh_app.app_context():
        world = make_world()
        world.respond({"safe_here": SAFE}, on=date(2026, 7, 5))
        if not first_time:
            roll_up(date(2026, 9, 10))
        db.session.commit()
        wave = world.fielding

    def writes(counted: threading.Event, go_on: threading.Event) -> Callable[[], None]:
        def write() -> None:
            with fresh_app.app_context():
                world.respond({"safe_here": UNSAFE}, on=date(2026, 9, 9), fielding=wave)
                counted.set()
                assert go_on.wait(10)
                db.session.commit()
                db.session.remove()

        return write

    def rolls(summed: threading.Event, go_on: threading.Event) -> Callable[[], None]:
        def roll() -> None:
            with fresh_app.app_context():
                roll_up(TODAY)
                summed.set()
                assert go_on.wait(10)
                db.session.commit()
                db.session.remove()

        return roll

    early, commit_early, summed, commit_roll, late = (threading.Event() for _ in range(5))
    commit_late = threading.Event()
    commit_late.set()
    threads = [threading.Thread(target=writes(early, commit_early))]
    threads[0].start()
    assert early.wait(10)
    threads.append(threading.Thread(target=rolls(summed, commit_roll)))
    threads[1].start()
    time.sleep(0.3)
    assert not summed.is_set()  # it waits for the writer
    commit_early.set()
    assert summed.wait(10)
    threads.append(threading.Thread(target=writes(late, commit_late)))
    threads[2].start()
    time.sleep(0.3)
    assert not late.is_set()  # and the next writer waits for it
    commit_roll.set()
    for thread in threads:
        thread.join(15)
        assert not thread.is_alive()
    with fresh_app.app_context():
        assert tallied("M")["2026-09-01", UNSAFE] == 2
        assert verify().first == ()


def test_todays_answers_do_not_wait_for_a_roll_up(databases: Databases) -> None:
    """On PostgreSQL; SQLite has one writer at a time."""
    address = databases.migrated("postgres")
    app = databases.app(address)
    with app.app_context():
        world = make_world()
        world.respond({"safe_here": SAFE}, on=date(2026, 7, 5))
        db.session.commit()
        wave = world.fielding
        roll_up(TODAY)
        done = threading.Event()

        def tap() -> None:
            with app.app_context():
                world.respond({"safe_here": UNSAFE}, on=TODAY, fielding=wave)
                db.session.commit()
                db.session.remove()
                done.set()

        thread = threading.Thread(target=tap)
        thread.start()
        assert done.wait(5)
        thread.join(5)
        db.session.commit()
        assert verify().differing == 0
    dispose(app)
    databases.drop(address)
