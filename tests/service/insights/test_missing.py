"""Four kinds of missing, kept apart."""

from __future__ import annotations

from datetime import date

import pytest

from community.insights.service.missing import missing
from community.insights.service.rollup import roll_up
from tests.service.insights.world import SAFE, TODAY, World


@pytest.mark.parametrize("rolled", [False, True])
def test_each_kind_of_missing_is_counted_apart(world: World, rolled: bool) -> None:
    day = date(2026, 9, 3)
    world.respond({"safe_here": SAFE}, on=day, times=5)  # left after the first tap
    world.respond({"safe_here": SAFE, "age": "_skipped", "safe_in_borough": "yes"}, on=day, times=4)
    world.respond({"safe_here": "_skipped", "age": "prefer_not_to_say", "why": "_not_asked"}, on=day, times=3)
    world.respond(
        {"safe_here": SAFE, "age": "18-21", "why": ["dark", "people"], "safe_dark": "dont_know"}, on=day, times=2
    )
    world.respond({"safe_here": SAFE, "why": ["dont_know"], "help_comment": "_written"}, on=day)
    if rolled:
        roll_up(TODAY)
    found = missing("safety")
    assert found.responses == 15
    rows = {row["question"]: row for row in found.document()["rows"]}
    assert list(rows)[:3] == ["safe_here", "age", "safe_in_borough"]

    def counts(question: str) -> tuple[int, ...]:
        row = rows[question]
        names = ("answered", "not_asked", "left", "skipped", "prefer_not_to_say", "dont_know")
        return tuple(row[name] for name in names)

    assert counts("safe_here") == (12, 0, 0, 3, 0, 0)
    assert counts("age") == (2, 0, 6, 4, 3, 0)
    assert counts("why") == (2, 3, 9, 0, 0, 1)
    assert counts("safe_dark") == (0, 0, 13, 0, 0, 2)
    assert counts("help_comment") == (1, 0, 14, 0, 0, 0)
    assert all(sum(counts(question)) == 15 for question in rows)


def test_places_and_days_choose_whose_answers_are_missing(world: World) -> None:
    world.respond({"safe_here": SAFE}, place=world.station, on=date(2026, 11, 2), times=3)
    world.respond({"safe_here": "_skipped"}, place=world.park, on=date(2026, 11, 3), times=2)
    world.respond({"safe_here": "_skipped"}, on=date(2026, 11, 4))
    assert missing("safety").responses == 6
    assert missing("safety", place="barking-town-centre").rows[0].skipped == 2
    assert missing("safety", place="barking-station").rows[0].answered == 3
    later = missing("safety", first="2026-11-03", last="2026-11-04")
    assert (later.responses, later.rows[0].skipped) == (3, 3)


def test_a_wave_without_responses_has_nothing_missing(world: World) -> None:
    found = missing("safety")
    assert (found.wave, found.responses, {row.left for row in found.rows}) == (1, 0, {0})
