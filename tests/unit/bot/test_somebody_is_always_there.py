"""Every first text holds somebody who listens day and night, for whatever age it may be: need by need, facet by facet,
age by age, at three hours."""

from __future__ import annotations

import pytest

from community.bot import replies
from community.bot.meaning import FACETS, NEEDS
from community.bot.replies import MOST_FIRST, MOST_LATER
from community.bot.telling import person_of
from community.bot.wording import gives_away
from community.messaging.segments import length, segments
from community.support.catalogue import by_id, load
from tests.unit.bot.desk import BOXING_DAY_3AM, TUESDAY_NOON, desk

AGES = (None, 12, 15, 16, 17, 18, 30, 70)
HOURS = (TUESDAY_NOON.replace(hour=14), BOXING_DAY_3AM, TUESDAY_NOON.replace(hour=20))
SERVICES = by_id(load())
WHO = [(age, frozenset({facet} - {""})) for age in AGES for facet in ("", *FACETS)]
CHILD, GROWN_UP = 12, 40


def _listening(named: tuple[str, ...]) -> list[str]:
    return [id for id in named if SERVICES[id].is_helpline]


@pytest.mark.parametrize("need", [*NEEDS, "at_home", "maybe_child", "anything"])
def test_a_first_text_holds_a_line_open_day_and_night(need: str) -> None:
    for age, facets in WHO:
        for now in HOURS:
            person = person_of(facets, age)
            told = replies.first((need,), person, now, desk())
            there = _listening(told.named)
            assert there, told.reply.text
            assert segments(told.reply.text) == 1 and length(told.reply.text) <= MOST_FIRST
            assert not gives_away(told.reply.text)
            if person.served_as is None and not person.is_about_child and "deaf" not in facets:
                assert any(SERVICES[id].takes(CHILD) for id in there), told.reply.text
                assert any(SERVICES[id].takes(GROWN_UP) for id in there), told.reply.text


@pytest.mark.parametrize("need", NEEDS)
def test_whoever_is_named_as_somebody_to_talk_to_listens_and_suits_the_age(need: str) -> None:
    only_take_word = [one.phone for one in load() if not one.listens and one.phone]
    for age, facets in WHO:
        person = person_of(facets, age)
        for text in (
            replies.closing((need,), person, TUESDAY_NOON, desk()).text,
            replies.explain((need,), person, TUESDAY_NOON, desk(), asked=True).text,
        ):
            assert not [number for number in only_take_word if f" {number}" in text.replace("Call 999", "")], text
            assert length(text) <= MOST_LATER
            if person.served_as is None and "0800 1111" in text:
                assert "0800 1111 (under 19)" in text, text
            if person.served_as is None and "0808 500 2222" in text:
                assert "(16 or over)" in text, text


@pytest.mark.parametrize("need", NEEDS)
def test_who_only_takes_word_of_something_is_never_called_trained_people(need: str) -> None:
    for age, facets in WHO:
        for now in HOURS:
            told = replies.first((need,), person_of(facets, age), now, desk())
            listed, _, word = told.reply.text.partition(" No name needed: ")
            for id in told.named:
                reach = SERVICES[id].phone or "no number"
                assert (reach in word) if not SERVICES[id].listens else (reach not in word), told.reply.text
            assert "0800 555111" not in listed


@pytest.mark.parametrize("need", NEEDS)
def test_somebody_who_cannot_hear_a_call_is_named_no_number_to_call_and_no_page_that_tells(need: str) -> None:
    for age in AGES:
        told = replies.first((need,), person_of({"deaf"}, age), TUESDAY_NOON, desk())
        assert "text SHOUT to 85258" in told.reply.text
        assert not [id for id in told.named if (SERVICES[id].phone or "none") in told.reply.text], told.reply.text
