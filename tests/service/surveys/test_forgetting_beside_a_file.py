"""A wave that older answers were brought in to: what people sent us to it goes in its own time all the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from community.extensions import db
from community.insights.service.rollup import roll_up
from community.insights.service.verify import verify
from community.surveys.models import Comment, ImportedFile
from community.surveys.service import retention
from tests.service.surveys.world import World, answers_of, rows, words_of

SENT, BROUGHT_IN = date(2026, 5, 20), date(2027, 3, 2)
GONE, WORDS_GONE = date(2028, 6, 1), date(2027, 6, 1)
FILE_GONE, FILE_WORDS_GONE = date(2029, 4, 1), date(2028, 4, 1)


def full(world: World, *, on: date = SENT, channel: str = "web") -> bytes:
    """A grown-up with words and a choice of several."""
    id = world.grown_up(on=on, channel=channel)
    world.send(id, "help", help=["cctv", "lighting"], help_comment="Lamps", on=on, channel=channel)
    return id


@pytest.fixture
def file_row(world: World) -> bytes:
    """A row of a file of the same day and wave as what people sent; the file came most of a year later."""
    db.session.add(ImportedFile(digest="d" * 64, wave_id=world.safety.wave_id, rows=1, imported_on=BROUGHT_IN))
    return full(world, channel="import")


def agree() -> None:
    assert verify().document()["agree"]


@pytest.mark.parametrize("channel", ["web", "sms", "demo"])
@pytest.mark.parametrize("rolled_up", [True, False])
def test_a_file_keeps_nobody_elses_answers(world: World, file_row: bytes, channel: str, rolled_up: bool) -> None:
    mine, later = full(world, channel=channel), full(world, on=SENT + timedelta(days=40))
    if rolled_up:
        roll_up(BROUGHT_IN)
    retention.forget(GONE - timedelta(days=1))
    assert all(answers_of(id) for id in (mine, file_row, later))
    gone = retention.forget(GONE)
    assert (gone["response"], gone["tally"] > 0) == (1, True)
    assert (answers_of(mine), bool(answers_of(file_row)), bool(answers_of(later))) == ({}, True, True)
    agree()
    roll_up(GONE)
    agree()
    assert retention.forget(GONE)["tally"] == 0  # the next night has nothing to do
    agree()


def test_a_file_keeps_nobody_elses_words(world: World, file_row: bytes) -> None:
    mine = full(world)
    retention.forget(WORDS_GONE)
    assert (words_of(mine), words_of(file_row)) == ([], ["Lamps"])
    assert answers_of(mine)["help_comment"] == ("_written",)
    retention.forget(FILE_WORDS_GONE)
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 0
    agree()


def test_what_was_brought_in_goes_as_long_after_it_came(world: World, file_row: bytes) -> None:
    full(world)
    retention.forget(FILE_GONE - timedelta(days=1))
    assert answers_of(file_row)
    retention.forget(FILE_GONE)
    assert rows() == {"response": 0, "answer": 0, "comment": 0, "tombstone": 0, "tally": 0}


def test_a_wave_without_a_file_goes_as_ever(world: World, file_row: bytes) -> None:
    robbed = b"r" * 16
    world.send(robbed, "know", fielding=world.robbery, know_robbed="yes", on=SENT)
    retention.forget(GONE)
    assert (answers_of(robbed), bool(answers_of(file_row))) == ({}, True)
    agree()
