"""Taking answers back, and forgetting on time: rows, words and tallies go together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from community.extensions import db
from community.insights.service.rollup import roll_up
from community.surveys.models import Response, Tombstone
from community.surveys.service import retention
from community.surveys.service.answering import AnswersDeleted
from tests.service.surveys.world import OPENS, TODAY, World, answers_of, recounted, rows, tallied, words_of


def agree(world: World) -> None:
    assert tallied() == recounted(world.safety, world.robbery)


def full(world: World, on: date = TODAY) -> bytes:
    """A response with words, several choices and attributes."""
    id = world.grown_up(on=on)
    world.send(id, "help", help=["cctv", "lighting"], help_comment="Lamps", on=on)
    world.send(id, "about_you", gender="female", connection=["live", "work"], on=on)
    return id


def test_withdrawing_takes_rows_words_and_tallies_and_leaves_the_bare_id(world: World) -> None:
    id = full(world)
    assert world.withdraw(id)
    assert rows() == {"response": 0, "answer": 0, "comment": 0, "tombstone": 1, "tally": 0}
    stone = db.session.get_one(Tombstone, id)
    assert {column.name for column in Tombstone.__table__.columns} == {"id", "deleted_on"}
    assert stone.deleted_on == TODAY


def test_no_row_of_a_tally_stays_behind_not_even_an_empty_one(world: World) -> None:
    world.withdraw(full(world))
    assert db.session.scalar(text("select count(*) from tally")) == 0


def test_others_are_left_alone(world: World) -> None:
    mine, other = full(world), full(world)
    world.withdraw(mine)
    assert words_of(other) == ["Lamps"]
    agree(world)


def test_withdrawing_twice_is_the_same_as_once_and_of_nothing_is_nothing(world: World) -> None:
    id = full(world)
    assert world.withdraw(id)
    assert world.withdraw(id)
    assert not world.withdraw(b"0123456789abcdef")
    assert rows()["tombstone"] == 1


@pytest.mark.parametrize("screen", ["here", "age", "help", "about_you"])
def test_no_late_page_brings_it_back(world: World, screen: str) -> None:
    id = full(world)
    world.withdraw(id)
    with pytest.raises(AnswersDeleted):
        world.send(id, screen, safe_here="very_safe", age="18-21")


def test_a_flagged_response_is_withdrawn_from_the_flagged(world: World) -> None:
    id = world.tap(elapsed_ms=0)
    assert {key[7] for key in tallied()} == {1}
    world.withdraw(id)
    assert tallied() == {}


def test_an_answer_of_a_month_that_was_rolled_up_leaves_the_month_too(world: World) -> None:
    mine, other = full(world, on=date(2026, 8, 3)), full(world, on=date(2026, 8, 4))
    roll_up(TODAY)
    world.withdraw(mine)
    assert answers_of(other)
    months = {key[:4] + key[5:]: n for key, n in tallied("M").items()}
    assert months == {key[:4] + key[5:]: n for key, n in tallied().items()}
    agree(world)


def test_a_bare_id_is_forgotten_after_two_days_and_not_before(world: World) -> None:
    world.withdraw(full(world))
    for days, left in ((0, 1), (2, 1), (3, 0)):
        retention.forget(TODAY + timedelta(days=days))
        assert rows()["tombstone"] == left


def test_words_go_after_a_year_and_the_answers_stay(world: World) -> None:
    id = full(world, on=date(2026, 5, 31))
    retention.forget(date(2027, 5, 31))
    assert words_of(id) == ["Lamps"]
    retention.forget(date(2027, 6, 1))
    assert words_of(id) == []
    assert answers_of(id)["help_comment"] == ("_written",)
    agree(world)


def test_answers_go_after_two_years_a_whole_month_at_once_with_their_tallies(world: World) -> None:
    first, last, next_month = (full(world, on=day) for day in (date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1)))
    roll_up(TODAY)
    retention.forget(date(2028, 5, 31))
    assert all(answers_of(id) for id in (first, last, next_month))
    gone = retention.forget(date(2028, 6, 1))
    assert (gone["response"], gone["answer"] > 10) == (2, True)
    assert (answers_of(first), answers_of(last)) == ({}, {})
    assert {key[4] for key in tallied()} == {date(2026, 6, 1)}
    assert {key[4] for key in tallied("M")} == {date(2026, 6, 1)}
    agree(world)


def test_forgetting_never_leaves_words_or_answers_without_a_response(world: World) -> None:
    for days in range(0, 900, 45):
        full(world, on=OPENS + timedelta(days=days))
    for day in (date(2027, 3, 9), date(2028, 2, 29), date(2029, 1, 1)):
        retention.forget(day)
        agree(world)  # which fails on answers without a response
        assert rows()["comment"] <= rows()["response"]


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 11, 20), 12, date(2025, 11, 1)), (date(2026, 1, 31), 24, date(2024, 1, 1)),
        (date(2026, 12, 1), 12, date(2025, 12, 1)), (date(2024, 2, 29), 12, date(2023, 2, 1)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
    ],
)  # fmt: skip
def test_months_are_counted_back_to_their_first_day(day: date, months: int, first: date) -> None:
    assert retention.months_before(day, months) == first


def test_a_response_keeps_no_column_that_tells_a_moment(world: World) -> None:
    full(world)
    names = {column.name for column in Response.__table__.columns}
    assert not any(name.endswith("_at") or "time" in name or "ip" in name.split("_") for name in names)
