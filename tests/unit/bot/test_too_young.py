"""Somebody under 13 in a survey, who says so elsewhere than where it is asked (trust C1)."""

from __future__ import annotations

import pytest

from community.bot.conversation import step
from community.bot.meaning import Meaning
from community.bot.not_yet import NO_SURVEY
from community.bot.talk import Talk
from community.bot.too_young import is_only_an_age, tells_too_young
from tests.unit.bot.desk import TUESDAY_NOON, desk, emergency, harmless, urgent
from tests.unit.bot.test_conversation import Phone


@pytest.fixture
def phone() -> Phone:
    phone = Phone()
    phone.says(harmless("ABCD"))
    return phone


@pytest.mark.parametrize("text", ["im 12", "im 12 actually sorry", "I am only 11 years old btw"])
def test_an_age_under_13_ends_a_survey_and_deletes_it(phone: Phone, text: str) -> None:
    for meaning in (harmless(text, age=12), emergency("menu", text=text, age=12, sure=False)):
        said = phone.says(meaning)
        assert "we kept nothing" in said and "Childline" in said
        assert phone.talk is not None and phone.talk.survey is None
        phone.says(harmless("ABCD"))


@pytest.mark.parametrize("heard", [urgent("child_safety", text="im 11 and my dad hits me", age=11),
                                   emergency("child_safety", text="im 11 he is hitting me", age=11)])  # fmt: skip
def test_help_comes_first_and_the_answers_still_go(phone: Phone, heard) -> None:  # type: ignore[no-untyped-def]
    said = phone.says(heard)
    assert "we kept nothing" not in said and "0800 1111" in said
    assert phone.talk is not None and phone.talk.survey is None


def test_a_survey_that_waits_after_help_is_deleted_too(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    assert "0800 1111" in phone.says(harmless("im 12", age=12, facets=frozenset({"child"})))
    assert phone.talk is not None and phone.talk.survey is None


def test_a_bare_number_is_the_number_of_an_answer_and_no_age(phone: Phone) -> None:
    phone.says(harmless("7", sure=False, age=7))
    assert phone.talk is not None and phone.talk.survey is not None
    assert not tells_too_young(Meaning(("menu",), age=12), " 12. ")
    assert not tells_too_young(Meaning(("menu",), age=13), "im 13")


def test_while_nothing_can_be_deleted_it_is_asked_to_send_it_again() -> None:
    talk = Talk(at=int(TUESDAY_NOON.timestamp()), survey={"asked": 1})
    turn = step(talk, harmless("im 12", age=12), TUESDAY_NOON, desk(survey=NO_SURVEY))
    assert turn.reply is not None and turn.reply.id == "survey_trouble"
    assert turn.talk is not None and turn.talk.survey == {"asked": 1}


@pytest.mark.parametrize(("text", "is_only"), [("im 12", True), ("sorry im only ten lol", True),
                                               ("im 12 and scared", False),
                                               ("im 12 help", False)])  # fmt: skip
def test_an_age_and_no_more(text: str, is_only: bool) -> None:
    assert is_only_an_age(text) is is_only
