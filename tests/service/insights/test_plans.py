"""Results are sought, not scanned: what they read does not grow with what they leave out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event, text

from community.extensions import db
from community.insights.service.results import results
from community.insights.service.rollup import roll_up
from tests.service.insights.world import SAFE, TODAY, UNSAFE, World


@contextmanager
def statements() -> Iterator[list[tuple[str, object]]]:
    """The statements about tallies that are sent while inside, with their values."""
    sent: list[tuple[str, object]] = []

    def note(conn: object, cursor: object, statement: str, values: object, context: object, many: bool) -> None:
        if "FROM tally" in statement:
            sent.append((statement, values))

    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)


def fill(world: World, days: int) -> None:
    for n in range(days):
        day = date(2026, 11, 18) - timedelta(days=n)
        for place in (world.station, world.park, world.library):
            world.respond({"safe_here": (SAFE, UNSAFE)[n % 2], "age": "18-21"}, place=place, on=day)


def plan(statement: str, values: object, engine: str) -> str:
    ask = "explain query plan " if engine == "sqlite" else "explain "
    rows = db.session.connection().exec_driver_sql(ask + statement, values)  # type: ignore[arg-type]
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("by", [None, "age", "place", "date", "poster"])
def test_a_place_and_dates_are_sought_in_the_primary_key(world: World, engine_name: str, by: str | None) -> None:
    fill(world, 40)
    roll_up(TODAY)
    if engine_name == "postgres":  # so small a table would be read whole
        db.session.execute(text("set local enable_seqscan = off"))
        db.session.execute(text("set local enable_bitmapscan = off"))
    with statements() as sent:
        results("safety", by=by, place="barking-station", first="2026-09-20", last="2026-11-10")
    assert len(sent) >= 3  # days of September, the month of October, days of November
    for statement, values in sent:
        found = plan(statement, values, engine_name)
        if engine_name == "sqlite":
            assert (
                "SEARCH tally USING PRIMARY KEY (wave_id=? AND attribute=? AND question=? AND span=? AND place_id=? AND"
                in found
            )
            assert "SCAN tally" not in found
        else:
            assert "pk_tally" in found
            condition = found[found.index("Index Cond") :].split("\n")[0]
            assert all(name in condition for name in ("wave_id", "attribute", "question", "span", "place_id", "day"))


def touched(sent: list[tuple[str, object]]) -> int:
    """How many rows of the tally table the conditions of these statements reach."""
    total = 0
    for statement, values in sent:
        selected, _, rest = statement.partition("FROM tally")
        assert "%(" not in selected
        assert "?" not in selected
        conditions = rest.split("GROUP BY")[0]
        found = db.session.connection().exec_driver_sql(f"select count(*) from tally {conditions}", values)  # type: ignore[arg-type]
        total += int(found.scalar_one())
    return total


def test_a_longer_history_reads_no_more_rows(world: World) -> None:
    def of_one_week() -> int:
        with statements() as sent:
            results("safety", by="age", place="barking-station", first="2026-11-09", last="2026-11-15")
        return touched(sent)

    fill(world, 40)
    roll_up(TODAY)
    few = of_one_week()
    for n in range(40, 140):
        day = date(2026, 11, 18) - timedelta(days=n)
        world.respond({"safe_here": SAFE, "age": "18-21"}, place=world.station, on=day)
    roll_up(TODAY)
    assert 0 < of_one_week() == few


def test_a_whole_year_reads_months_not_days(world: World) -> None:
    fill(world, 120)

    def of_all_time() -> int:
        with statements() as sent:
            results("safety", by="age", first="2026-01-01", last="2026-12-31")
        return touched(sent)

    by_day = of_all_time()
    roll_up(TODAY)
    assert of_all_time() < by_day / 3
