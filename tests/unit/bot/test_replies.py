"""Each reply that can come of a need, an age and an hour: its length, its numbers, its silence about what it is for."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from community.bot import replies
from community.bot.meaning import FACETS, NEEDS, Meaning, Urgency
from community.bot.replies import MOST_FIRST, MOST_LATER
from community.bot.telling import person_of
from community.bot.wording import STANDING, gives_away
from community.messaging.segments import is_gsm7, length, segments
from community.shared.clock import LONDON
from community.support.catalogue import by_id, load
from tests.unit.bot.desk import BOXING_DAY_3AM, TUESDAY_NOON, desk

HOURS = (TUESDAY_NOON, BOXING_DAY_3AM, datetime(2026, 11, 25, 18, 30, tzinfo=LONDON))
AGES = (None, 9, 12, 13, 15, 16, 17, 18, 25, 40, 70)
FACET_SETS = [frozenset(), *(frozenset({facet}) for facet in FACETS), frozenset({"man", "deaf"}),
              frozenset({"lgbt", "migrant", "housing"}), frozenset({"about_child", "gang"})]  # fmt: skip
SITUATIONS = [(age, facets) for age in AGES for facets in FACET_SETS]
SERVICES = by_id(load())
NUMBERS = {id: service.phone for id, service in SERVICES.items() if service.phone}
TO_A_HELPLINE = {
    contact for service in load() if service.is_helpline for contact in (service.phone, service.sms) if contact
}
TO_A_HELPLINE |= {(service.web or "none").rpartition("://")[2].removeprefix("www.").rstrip("/")
                  for service in load() if service.is_helpline}  # fmt: skip


def _reaches_a_helpline(text: str) -> bool:
    return any(contact in text for contact in TO_A_HELPLINE)


@pytest.mark.parametrize("now", HOURS, ids=["noon", "3am", "evening"])
@pytest.mark.parametrize("need", [*NEEDS, ""])
def test_a_first_text_is_neutral_with_999_a_line_that_answers_and_one_question(need: str, now: datetime) -> None:
    for age, facets in SITUATIONS:
        told = replies.first((need,) if need else (), person_of(facets, age), now, desk())
        text = told.reply.text
        assert length(text) <= MOST_FIRST and is_gsm7(text) and segments(text) == 1, text
        assert text.endswith(f". {STANDING} Safe to text? 1 yes, 2 no."), text
        assert not gives_away(text), text
        assert any(SERVICES[id].is_open(now) for id in told.named), text


@pytest.mark.parametrize("now", HOURS, ids=["noon", "3am", "evening"])
@pytest.mark.parametrize("need", [*NEEDS, ""])
def test_what_follows_is_two_parts_at_most_with_999_and_a_helpline(need: str, now: datetime) -> None:
    for age, facets in SITUATIONS:
        person, needs = person_of(facets, age), (need,) if need else ()
        first = replies.first(needs, person, now, desk())
        more = replies.more(needs, person, now, desk(), named=first.named).reply.text
        best = replies.best(needs, person, now, desk()).reply.text
        closing = replies.closing(needs, person, now, desk()).text
        web = replies.first(needs, person, now, desk("web")).reply.text
        for text in (more, best, closing, web):
            assert length(text) <= MOST_LATER and is_gsm7(text) and text.endswith(STANDING), text
        assert _reaches_a_helpline(first.reply.text + more), first.reply.text + more
        assert _reaches_a_helpline(closing), closing
        assert length(best) <= MOST_FIRST and not gives_away(best)
        assert "?" not in web.replace(STANDING, "")


def test_two_and_three_likely_needs_still_fit_one_part() -> None:
    for one in NEEDS:
        for two in NEEDS:
            for age in (None, 14, 30):
                told = replies.first((one, two, "suicide"), person_of((), age), TUESDAY_NOON, desk())
                assert segments(told.reply.text) == 1
                assert not gives_away(told.reply.text)


def test_two_likely_needs_are_both_named_at_once() -> None:
    text = replies.first(("domestic_abuse", "suicide"), person_of((), 30), TUESDAY_NOON, desk()).reply.text
    assert "0808 2000 247" in text and "116 123" in text


@pytest.mark.parametrize("age", [None, 9, 15, 16, 30])
@pytest.mark.parametrize("facets", [(), ("cannot_speak",), ("deaf",), ("child",), ("cannot_speak", "child")])
@pytest.mark.parametrize("topic", [*NEEDS, "menu"])
def test_in_an_emergency_one_text_says_999_and_55_and_asks_nothing(
    topic: str, facets: tuple[str, ...], age: int | None
) -> None:
    meaning = Meaning((topic,), Urgency.emergency, frozenset(facets), age)
    text = replies.emergency(meaning, person_of(facets, age), BOXING_DAY_3AM, desk()).text
    assert text.startswith("Call 999 now")
    assert "press 55" in text and "Texting us does not reach the police." in text
    assert "?" not in text and segments(text) == 1 and is_gsm7(text)
    assert STANDING not in text


@pytest.mark.parametrize("age", [None, 9, 15, 16, 30])
@pytest.mark.parametrize("topics", [*[(need,) for need in NEEDS], ("menu",), ("sexual_violence", "child_safety")])
def test_where_danger_is_likely_but_not_sure_999_and_a_number_stand_in_one_text(
    topics: tuple[str, ...], age: int | None
) -> None:
    for maybe in ((), ("stalking", "robbery"), ("sexual_violence", "honour_abuse")):
        meaning = Meaning(topics, Urgency.emergency, age=age, sure=False, maybe=maybe)
        text = replies.emergency(meaning, person_of((), age), BOXING_DAY_3AM, desk()).text
        assert (
            text.startswith("Call 999 if in danger now.") and "press 55" in text and "Police do not see this." in text
        )
        assert segments(text) == 1 and is_gsm7(text) and "?" not in text and STANDING not in text
        named = {id for id, number in NUMBERS.items() if number in text} - {"police_999", "police_999_55"}
        assert any(SERVICES[id].always_open for id in named)
        assert age is None or all(SERVICES[id].takes(age) for id in named)
        if age is None and "rape_crisis_247" in named:
            assert "childline" in named


def test_the_first_text_to_somebody_who_may_be_in_danger_asks_whether_it_is_safe_to_text() -> None:
    meaning = Meaning(("stalking",), Urgency.emergency, sure=False)
    text = replies.emergency(meaning, person_of((), 30), TUESDAY_NOON, desk(), ask=True).text
    assert text.startswith("Call 999 if in danger now.") and text.endswith("Safe to text? 1 yes, 2 no.")
    assert segments(text) == 1
    again = replies.emergency(meaning, person_of((), 30), TUESDAY_NOON, desk()).text
    assert "?" not in again


def test_somebody_who_may_end_their_life_is_also_told_who_to_talk_to() -> None:
    meaning = Meaning(("suicide",), Urgency.emergency)
    assert "116 123" in replies.emergency(meaning, person_of((), None), TUESDAY_NOON, desk()).text
    child = replies.emergency(meaning, person_of((), 12), TUESDAY_NOON, desk()).text
    assert "0800 1111" in child and "116 123" not in child
    seems_one = replies.emergency(meaning, person_of(("child",), None), TUESDAY_NOON, desk()).text
    assert "0800 1111 (under 19) or 116 123" in seems_one


def test_a_child_in_danger_is_also_told_of_childline() -> None:
    meaning = Meaning(("child_safety",), Urgency.emergency, frozenset({"child"}), 12)
    assert "0800 1111" in replies.emergency(meaning, person_of({"child"}, 12), TUESDAY_NOON, desk()).text


@pytest.mark.parametrize("age", [9, 12, 15])
@pytest.mark.parametrize("need", NEEDS)
def test_nobody_under_16_is_ever_sent_to_a_line_for_16_and_over(need: str, age: int) -> None:
    for facets in FACET_SETS:
        if "about_child" in facets:
            continue
        person = person_of(facets, age)
        first = replies.first((need,), person, TUESDAY_NOON, desk())
        more = replies.more((need,), person, TUESDAY_NOON, desk(), named=first.named)
        for id in (*first.named, *more.named):
            assert SERVICES[id].takes(age), f"{id} for somebody of {age}"
        assert NUMBERS["childline"] in first.reply.text + more.reply.text or "childline.org.uk" in (
            first.reply.text + more.reply.text
        )


def test_with_the_age_unknown_both_lines_are_named_with_their_ages() -> None:
    text = replies.first(("sexual_violence",), person_of((), None), TUESDAY_NOON, desk()).reply.text
    assert "0808 500 2222 (16 or over)" in text and "0800 1111 (under 19)" in text


def test_a_robbed_child_hears_of_victim_support_and_fearless_before_the_police() -> None:
    person = person_of({"child"}, 13)
    first = replies.first(("robbery",), person, TUESDAY_NOON, desk())
    more = replies.more(("robbery",), person, TUESDAY_NOON, desk(), named=first.named).reply.text
    assert NUMBERS["victim_support"] in first.reply.text
    assert re.search(r"fearless.*\b101\b", more)


def test_a_man_a_gay_woman_and_a_deaf_person_are_named_their_own_line() -> None:
    def text(*facets: str) -> str:
        return replies.first(("domestic_abuse",), person_of(facets, None), TUESDAY_NOON, desk()).reply.text

    assert NUMBERS["mens_advice_line"] in text("man") and NUMBERS["nat_da_helpline"] not in text("man")
    assert NUMBERS["galop"] in text("lgbt") and "LGBT" not in text("lgbt")
    assert "text SHOUT to 85258" in text("deaf")


def test_somebody_deaf_is_told_of_ways_without_voice() -> None:
    text = replies.first(("suicide",), person_of({"deaf"}, None), TUESDAY_NOON, desk()).reply.text
    assert "text SHOUT to 85258" in text
    said = replies.emergency(
        Meaning(("menu",), Urgency.emergency), person_of({"deaf"}, None), TUESDAY_NOON, desk()
    ).text
    assert "text 999 if you have signed up" in said


def test_somebody_robbed_on_a_train_is_told_of_the_text_line_of_its_police_once_it_is_safe() -> None:
    person = person_of({"transport"}, None)
    first = replies.first(("sexual_violence",), person, TUESDAY_NOON, desk())
    assert "61016" not in first.reply.text and NUMBERS["rape_crisis_247"] in first.reply.text
    more = replies.more(("sexual_violence",), person, TUESDAY_NOON, desk(), named=first.named)
    assert "61016" in more.reply.text or NUMBERS["btp"] in more.reply.text


def test_a_line_that_is_shut_is_said_to_be_shut_with_its_next_opening() -> None:
    first = replies.first(("stalking",), person_of((), 30), BOXING_DAY_3AM, desk())
    assert re.search(r"0808 802 0300 \(shut, opens \w+day 9:30am\)", first.reply.text)
    assert re.match(r"Trained people[^:]*: 0808 168 9111", first.reply.text), "the one that answers now comes first"


def test_named_lines_are_not_named_again_while_there_are_others() -> None:
    person = person_of((), None)
    first = replies.first(("domestic_abuse",), person, TUESDAY_NOON, desk())
    more = replies.more(("domestic_abuse",), person, TUESDAY_NOON, desk(), named=first.named)
    assert not set(first.named) & set(more.named)
