"""The recount agrees after everything that can happen to a response, and notices when a tally is off by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from community.extensions import db
from community.insights.service.rollup import roll_up
from community.insights.service.verify import verify
from tests.service.insights.world import SAFE, TODAY, UNSAFE, World

FULL = {
    "safe_here": UNSAFE, "age": "16-17", "safe_in_borough": "no", "why": ["dark", "people"], "help": ["lighting"],
    "help_comment": "_written", "robbed": "_skipped", "gender": "female", "connection": ["live", "study"],
}  # fmt: skip


def fill(world: World) -> bytes:
    world.respond({"safe_here": SAFE}, place=world.park, times=3)
    world.respond({"safe_here": "_skipped", "age": "18-21", "why": ["prefer_not_to_say"]}, flags=1)
    world.respond(FULL, place=world.station, poster=world.poster, on=date(2026, 8, 3))
    world.respond(
        {"safe_in_borough": "no", "age": "13-17", "safe_here": "_not_asked"}, channel="import", on=date(2026, 3, 31)
    )
    return world.respond({**FULL, "why": ["dont_know"]}, place=world.station, poster=world.poster)


def old(world: World) -> bytes:
    """A response of a month that a roll-up closes."""
    return next(id for id, snapshot in world.answered if snapshot.answered_on == date(2026, 8, 3))


def test_the_recount_agrees_and_says_how_much_it_compared(world: World) -> None:
    fill(world)
    found = verify()
    keys = 'wave_id, attribute, question, span, place_id, day, "option", grp, flagged'  # all but the slot
    tallied = db.session.scalar(text(f"select count(*) from (select 1 from tally group by {keys}) spread"))
    assert found.document() == {"compared": tallied, "differing": 0, "agree": True, "differences": []}
    assert found.keys > 100


@pytest.mark.parametrize(
    "happening",
    [
        lambda world, id: world.change(id, {"safe_here": SAFE, "gender": "male"}),
        lambda world, id: world.change(id, {"age": "25-34"}, flags=2),
        lambda world, id: world.withdraw(id),
        lambda world, id: roll_up(TODAY),
        lambda world, id: [roll_up(TODAY), world.withdraw(old(world)), world.respond(FULL, on=date(2026, 7, 31))],
        lambda world, id: [roll_up(date(2026, 6, 1)), world.withdraw(old(world)), roll_up(TODAY)],
    ],
    ids=["mind changed", "late age and flag", "withdrawn", "rolled up", "old days after the roll-up", "two roll-ups"],
)  # fmt: skip
def test_the_recount_agrees_after(world: World, happening: Callable[[World, bytes], object]) -> None:
    happening(world, fill(world))
    found = verify()
    assert found.first == ()
    assert found.differing == 0


@pytest.mark.parametrize("attribute", ["daypart", "channel", "poster", "age", "connection"])
def test_one_too_many_is_found_and_named(world: World, attribute: str) -> None:
    fill(world)
    at = "attribute = :attribute and question = 'why' and \"option\" = 'dark'"
    db.session.execute(
        text(f"update tally set n = n + 1 where {at} and grp in (select min(grp) from tally where {at})"),
        {"attribute": attribute},
    )
    found = verify()
    assert (found.differing, len(found.first)) == (1, 1)
    assert (found.first[0].attribute, found.first[0].question, found.first[0].option) == (attribute, "why", "dark")
    assert (found.first[0].recounted, found.first[0].tallied) == (1, 2)


@pytest.mark.parametrize(
    "damage",
    [
        "delete from tally where \"option\" = '_answered' and attribute = 'gender'",
        "update tally set attribute = 'shoe' where attribute = 'gender' and question = 'why'",
        "update tally set flagged = 1 - flagged where attribute = 'channel' and question = 'safe_here'",
        "delete from answer where question = 'gender'",
        "update tally set n = n - 1 where span = 'M' and attribute = 'age' and question = 'age'",
        "delete from tally where span = 'M' and attribute = 'channel'",
        "update tally set n = n + 1 where span = 'D' and attribute = 'channel' and day < '2026-09-01'",
    ],
)  # fmt: skip
def test_other_damage_is_found_too(world: World, damage: str) -> None:
    fill(world)
    roll_up(TODAY)
    assert verify().differing == 0
    db.session.execute(text(damage))
    found = verify()
    assert found.differing > 0
    assert not found.document()["agree"]
    assert len(found.first) <= 20


def test_an_empty_database_agrees(db_session: object) -> None:
    assert verify().document() == {"compared": 0, "differing": 0, "agree": True, "differences": []}
