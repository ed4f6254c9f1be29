"""Needs are counted by day and channel, in both databases, and keep nobody waiting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from community.bot.counting import add_counts, forget_counts, note_needs, put_back, take_counts
from community.bot.meaning import NEEDS
from community.bot.models import NeedCount
from community.extensions import db
from community.operations import jobs
from community.shared.runtime import runtime
from tests.service.bot.phone import Phone

DAY = date(2026, 11, 24)


def _stored() -> dict[tuple[date, str, str], int]:
    rows = db.session.execute(select(NeedCount.counted_on, NeedCount.channel, NeedCount.need, NeedCount.n))
    return {(day, channel, need): n for day, channel, need, n in rows}


def test_needs_are_carried_from_talks_to_the_database_by_day_and_channel(db_session: Any, app: Flask) -> None:
    Phone().says("my husband hits me")
    Phone().says("my boyfriend slapped me last week")
    Phone(channel="whatsapp").says("my husband hits me")
    Phone().says("hello")
    runtime().counters.flush()
    assert jobs.flush_needs(app) == 2
    assert _stored() == {(DAY, "sms", "domestic_abuse"): 2, (DAY, "whatsapp", "domestic_abuse"): 1}
    assert jobs.flush_needs(app) == 0


def test_counts_add_up(db_session: Any) -> None:
    add_counts({(DAY, "sms", "robbery"): 2})
    add_counts({(DAY, "sms", "robbery"): 3, (DAY, "web", "robbery"): 1, (DAY, "web", "suicide"): 0})
    assert _stored() == {(DAY, "sms", "robbery"): 5, (DAY, "web", "robbery"): 1}


def test_a_need_is_counted_under_its_own_name(db_session: Any) -> None:
    counters = runtime().counters
    note_needs(counters, "web", DAY, NEEDS)
    counters.flush()
    assert take_counts(counters) == {(DAY, "web", need): 1 for need in NEEDS}


def test_counts_wait_while_the_database_cannot_be_used(
    db_session: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    counters = runtime().counters
    note_needs(counters, "sms", DAY, ["robbery"])
    counters.flush()

    def gone(_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(jobs.counting, "add_counts", gone)
        with pytest.raises(ConnectionError):
            jobs.flush_needs(app)
    assert jobs.flush_needs(app) == 1
    assert _stored() == {(DAY, "sms", "robbery"): 1}


def test_counts_put_back_are_not_counted_twice(db_session: Any) -> None:
    counters = runtime().counters
    note_needs(counters, "sms", DAY, ["robbery", "robbery"])
    counters.flush()
    put_back(counters, take_counts(counters))
    assert take_counts(counters) == {(DAY, "sms", "robbery"): 2}
    assert take_counts(counters) == {}


def test_words_typed_by_staff_to_try_the_bot_are_not_counted(db_session: Any, runner: Any) -> None:
    runner("bot", "say", "my husband hits me")
    counters = runtime().counters
    counters.flush()
    assert take_counts(counters) == {}


def test_counts_are_kept_for_24_months(db_session: Any) -> None:
    add_counts({(date(2024, 10, 31), "sms", "robbery"): 1, (date(2024, 11, 1), "sms", "robbery"): 1})
    assert forget_counts(DAY) == 1
    assert set(_stored()) == {(date(2024, 11, 1), "sms", "robbery")}


def test_a_count_holds_no_place_no_age_and_no_hour() -> None:
    assert [column.name for column in NeedCount.__table__.columns] == ["counted_on", "channel", "need", "n"]
