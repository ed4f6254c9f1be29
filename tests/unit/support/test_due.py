"""How staff are told what becomes of a service that nobody checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from community.support.catalogue import by_id, hidden_from, load, shown
from community.support.due import first_hidden, how_many, what_becomes_of

CHECKED = date(2026, 11, 20)
GALOP = replace(by_id(load())["galop"], checked_on=CHECKED)


@pytest.mark.parametrize("days", [0, 90, 179, 180, 181, 400])
def test_a_service_is_seen_until_the_day_it_is_hidden_from(days: int) -> None:
    gone = hidden_from(GALOP)
    assert gone == date(2027, 5, 20)
    today = CHECKED + timedelta(days=days)
    assert shown(GALOP, today) == (today < gone)


@pytest.mark.parametrize(
    ("changed", "days", "words"),
    [
        ({}, 97, "97 days unchecked; hidden from 20 May 2027 on"),
        ({}, 180, "180 days unchecked; hidden from 20 May 2027 on"),
        ({}, 181, "181 days unchecked; hidden since 20 May 2027"),
        (
            {"core": True},
            181,
            "181 days unchecked; of the national core, so never hidden: what is wrong in it stays up",
        ),
        ({"verified": False}, 1, "1 day unchecked; held back until somebody confirms it"),
    ],
)
def test_what_becomes_of_it_is_said_in_words(changed: dict[str, bool], days: int, words: str) -> None:
    assert what_becomes_of(replace(GALOP, **changed), CHECKED + timedelta(days=days)) == words


def test_the_first_day_of_several_is_named() -> None:
    later = replace(GALOP, checked_on=CHECKED + timedelta(days=1))
    assert first_hidden([later, replace(GALOP, core=True), GALOP]) == "20 May 2027"
    assert (how_many([GALOP]), how_many([GALOP, later])) == ("1 service", "2 services")
