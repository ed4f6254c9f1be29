"""What one message leads to, step by step (trust B2, B3, B7, B10, B11)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from community.bot.conversation import step
from community.bot.meaning import NEEDS, Meaning, Urgency
from community.bot.talk import LIFE, Heard, Talk, Turn
from community.bot.wording import STANDING, say
from community.shared.clock import LONDON
from tests.unit.bot.desk import TUESDAY_NOON, TwoQuestions, desk, emergency, harmless, urgent

QUESTION = "Safe to text? 1 yes, 2 no."
OPENING = say("opening").text


class Phone:
    """Plays a talk: each message a minute after the last."""

    def __init__(self, channel: str = "sms", now: datetime = TUESDAY_NOON) -> None:
        self.talk: Talk | None = None
        self.desk = desk(channel, TwoQuestions())
        self.now = now

    def hears(self, heard: Heard) -> Turn:
        turn = step(self.talk, heard, self.now, self.desk)
        self.talk, self.now = turn.talk, self.now + timedelta(minutes=1)
        return turn

    def says(self, heard: Heard) -> str:
        reply = self.hears(heard).reply
        return reply.text if reply else ""


@pytest.fixture
def phone() -> Phone:
    return Phone()


def test_harm_is_answered_with_a_number_999_and_whether_it_is_safe(phone: Phone) -> None:
    said = phone.says(urgent("domestic_abuse"))
    assert said == f"Trained people, free, 24 hours: 0808 2000 247. {STANDING} {QUESTION}"


@pytest.mark.parametrize("yes", ["1", "1.", " yes ", "Y", "ok", "its safe", "1 yes"])
def test_yes_brings_who_else_there_is_and_no_more_questions(phone: Phone, yes: str) -> None:
    phone.says(urgent("domestic_abuse"))
    said = phone.says(harmless(yes, "menu"))
    assert said.startswith("Also: ") and "0300 456 0174 (in this borough, set hours)" in said
    assert "?" not in said.replace(STANDING, "")


@pytest.mark.parametrize("no", ["2", "2!", "no", "not now", "2 no", "its not safe to text"])
def test_no_is_answered_with_silence_and_nothing_is_remembered(phone: Phone, no: str) -> None:
    phone.says(urgent("domestic_abuse"))
    assert phone.hears(harmless(no)) == Turn(None, None)


def test_two_means_not_safe_only_right_after_the_question(phone: Phone) -> None:
    assert phone.says(harmless("2", "menu")) == OPENING
    phone.says(urgent("domestic_abuse"))
    phone.says(harmless("1", "menu"))
    assert "0808 2000 247" in phone.says(harmless("2", "menu"))
    assert phone.talk is not None


def test_stop_is_obeyed_in_silence_at_any_step(phone: Phone) -> None:
    assert phone.hears(harmless("STOP", "stop")) == Turn(None, None)
    phone.says(urgent("stalking"))
    assert phone.hears(harmless("STOP", "stop")) == Turn(None, None)
    phone.says(harmless("ABCD"))
    assert phone.hears(harmless("STOP", "stop")) == Turn(None, None)


@pytest.mark.parametrize("topic", [*NEEDS, "menu"])
def test_danger_jumps_to_999_from_any_step(topic: str) -> None:
    for before in ([], [urgent("stalking")], [urgent("stalking"), harmless("1", "menu")], [harmless("ABCD")],
                   [harmless("hello", "start")], [emergency("weapons")]):  # fmt: skip
        phone = Phone()
        for heard in before:
            phone.says(heard)
        said = phone.says(emergency(topic))
        assert said.startswith("Call 999 now") and "press 55" in said and "?" not in said


def test_danger_is_never_taken_for_a_survey_answer_or_a_no(phone: Phone) -> None:
    phone.says(harmless("ABCD"))
    assert phone.says(emergency("weapons", text="1 of them has a gun")).startswith("Call 999 now")
    phone.says(urgent("domestic_abuse"))
    assert phone.says(emergency("domestic_abuse", text="no hes here")).startswith("Call 999 now")


def test_short_words_of_ours_are_no_guess_at_harm(phone: Phone) -> None:
    for word in ("1", "2", "no", "yes"):
        assert phone.says(urgent("sexual_violence", text=word, sure=False)) == OPENING
    assert phone.talk is not None and not phone.talk.helped


@pytest.mark.parametrize("told", ["not safe", "its not safe", "unsafe"])
def test_words_that_are_an_answer_only_after_the_question_are_told_before_it(phone: Phone, told: str) -> None:
    assert phone.says(emergency("menu", text=told)).startswith("Call 999 now")


def test_menu_start_and_hello_are_one_and_the_same(phone: Phone) -> None:
    assert {phone.says(harmless(text, topic)) for text, topic in
            [("menu", "menu"), ("hello", "start"), ("START", "start"), ("", "menu")]} == {OPENING}  # fmt: skip


def test_a_cry_for_help_that_does_not_say_for_what_gets_lines_for_anybody(phone: Phone) -> None:
    said = phone.says(urgent("menu"))
    assert "116 123" in said
    assert said.endswith(QUESTION)


def test_talk_is_a_word_for_somebody_to_talk_to(phone: Phone) -> None:
    said = phone.says(harmless("TALK", "menu"))
    assert "116 123" in said and said.endswith(QUESTION)


@pytest.mark.parametrize(
    ("says", "number"),
    [
        (harmless("im a man", facets=frozenset({"man"})), "0808 801 0327"),
        (harmless("what about men"), "0808 801 0327"),
        (harmless("im 15", age=15, facets=frozenset({"child"})), "0800 1111"),
        (urgent("sexual_violence", text="im a man", facets=frozenset({"man"}), sure=False), "0808 801 0327"),
        (harmless("im gay", facets=frozenset({"lgbt"})), "0800 999 5428"),
    ],
)
def test_more_about_the_person_changes_who_is_named(phone: Phone, says: Heard, number: str) -> None:
    first = phone.says(urgent("domestic_abuse"))
    assert number not in first
    said = phone.says(says)
    assert number in said and QUESTION not in said


def test_a_line_for_women_is_named_when_it_is_for_a_woman_after_all(phone: Phone) -> None:
    assert "0808 2000 247" not in phone.says(urgent("domestic_abuse", facets=frozenset({"man"})))
    assert "0808 2000 247" in phone.says(harmless("what about women"))


@pytest.mark.parametrize("more", ["more", "other", "anyone else?", "another number"])
def test_more_brings_those_not_named_yet(phone: Phone, more: str) -> None:
    first, also = phone.says(urgent("hate_crime", "domestic_abuse")), phone.says(harmless("1", "menu"))
    again = phone.says(harmless(more))
    assert again.startswith("Also:") and again not in (first, also)
    numbers = re.findall(r"\d[\d ]{8,}\d", again)
    assert numbers and not [number for number in numbers if number in first + also]


def test_the_same_again_brings_others_and_never_the_question_twice(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    again = phone.says(urgent("domestic_abuse"))
    assert again.startswith("Also:") and QUESTION not in again


def test_a_second_need_is_answered_with_its_own_line(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    said = phone.says(urgent("suicide"))
    assert "116 123" in said and QUESTION not in said


def test_thanks_after_help_keep_the_number_at_hand(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    assert phone.says(harmless("thanks", "smalltalk")) == say("closing", number="0808 2000 247").text


@pytest.mark.parametrize("more", [{"sure": False}, {"sure": False, "maybe": ("suicide",)}])
@pytest.mark.parametrize("topic", ["smalltalk", "out_of_scope", "menu"])
def test_what_may_not_be_harmless_is_never_thanked_for(phone: Phone, topic: str, more: dict[str, Any]) -> None:
    phone.says(urgent("domestic_abuse"))
    said = phone.says(harmless("some words", topic, **more))
    assert not said.startswith("Thanks") and re.search(r"\d{3}", said.replace("999", "")), said


def test_other_talk_after_help_is_answered_with_the_line_and_not_with_thanks(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    said = phone.says(harmless("when is the next bus"))
    assert "0808 2000 247" in said and "MORE" in said and not said.startswith("Thanks")


def test_no_survey_is_offered_to_anybody_who_asked_for_help(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    for heard in (harmless("1", "menu"), harmless("thanks", "smalltalk"), harmless("more"), harmless("im 40", age=40),
                  urgent("suicide"), harmless("k")):  # fmt: skip
        assert "SURVEY" not in phone.says(heard)


def test_two_likely_needs_are_hedged_when_it_is_not_sure(phone: Phone) -> None:
    said = phone.says(harmless("its happening again", sure=False, maybe=("domestic_abuse", "suicide")))
    assert "0808 2000 247" in said and "116 123" in said and said.endswith(QUESTION)


def test_what_is_not_understood_gets_a_number_a_menu_and_999(phone: Phone) -> None:
    said = phone.says(harmless("qwzx", sure=False))
    assert "116 123" in said and "MENU" in said and STANDING in said


@pytest.mark.parametrize("topic", ["smalltalk", "out_of_scope"])
def test_other_talk_gets_a_number_too_since_it_may_have_been_misread(phone: Phone, topic: str) -> None:
    said = phone.says(harmless("what time is the bus", topic))
    assert "116 123" in said and "0800 1111 if under 19" in said and "MENU" in said and STANDING in said
    assert len(said) <= 160


def test_a_picture_gets_words(phone: Phone) -> None:
    said = phone.says(Heard("", Meaning(("menu",), sure=False), media=1))
    assert said.startswith("Sorry, we can only read words.") and "116 123" in said


def test_haven_alone_offers_both_what_it_may_mean(phone: Phone) -> None:
    said = phone.says(harmless("Haven", "safe_haven"))
    assert "Safe Havens are shops" in said and "Clinics, not free: 020 3299 6900" in said
    assert "free: 116 123" in said and "0800 1111" in said and len(said) <= 160


def test_a_haven_by_place_is_asked_of_the_finder_and_none_is_said_kindly(phone: Phone) -> None:
    said = phone.says(harmless("haven Barking station", "safe_haven"))
    assert said.startswith(f"{STANDING} Sorry, no Safe Haven is on our list yet.")


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("survey", "send the code"),
        ("report_place", "101"),
        ("report_place", "police.uk/streetsafe"),
        ("privacy", "We do not keep your words or number"),
        ("phone_watched", "use a different phone"),
    ],
)
def test_errands_have_their_own_answer(phone: Phone, topic: str, words: str) -> None:
    said = phone.says(harmless("some words", topic))
    assert words in said and STANDING in said


def test_a_survey_is_opened_by_its_code_and_answered_by_number(phone: Phone) -> None:
    assert phone.says(harmless("abcd")).startswith("Question 1")
    assert phone.says(harmless("2", "menu")).startswith("Question 2")
    assert phone.says(harmless("1", "menu")).startswith("Thank you")


def test_a_disclosure_in_the_middle_of_a_survey_gets_support_and_the_survey_waits(phone: Phone) -> None:
    phone.says(harmless("ABCD"))
    assert "0808 802 0300" in phone.says(urgent("stalking", text="my ex is following me"))
    assert phone.says(harmless("1", "menu")).startswith("Also:"), "a one is now the answer to Safe to text"
    assert phone.says(harmless("survey", "survey")).startswith("Question 1")


def test_a_code_that_the_model_takes_for_something_still_opens_the_survey(phone: Phone) -> None:
    assert phone.says(urgent("robbery", text="ABCD", sure=False)).startswith("Question 1")


def test_the_words_of_an_option_are_an_answer_whatever_a_model_takes_them_for(phone: Phone) -> None:
    phone.says(harmless("ABCD"))
    assert phone.says(emergency("weapons", text="skip")).startswith("Question 1")
    assert phone.says(emergency("weapons", text="he has a knife")).startswith("Call 999 now")


@pytest.mark.parametrize("plea", ["stop please", "stop now", "please stop", "Stop now!!"])
def test_a_stop_beside_a_please_is_told_of_999_and_of_how_texts_are_stopped(phone: Phone, plea: str) -> None:
    for before in ([], [urgent("domestic_abuse")], [harmless("ABCD")]):
        phone.talk = None
        if not before and "now" in plea.lower():
            continue
        for heard in before:
            phone.says(heard)
        for meaning in (harmless(plea, "stop"), emergency("menu", text=plea)):
            said = phone.says(meaning)
            assert said.startswith("For no more texts from us, send STOP.") and STANDING in said


def test_stop_now_out_of_the_blue_is_no_plea(phone: Phone) -> None:
    assert phone.says(harmless("Stop now", "stop")) == ""
    assert phone.talk is None


@pytest.mark.parametrize("sure", [True, False])
@pytest.mark.parametrize("plea", ["i want it to stop", "stop hurting me", "get off me", "please stop", "stop it",
                                  "shut up", "leave me alone", "go away", "no more", "mum stop"])  # fmt: skip
def test_a_stop_that_a_model_hears_is_not_met_with_silence(phone: Phone, plea: str, sure: bool) -> None:
    assert "116 123" in phone.says(harmless(plea, "stop", sure=sure))
    phone.says(urgent("domestic_abuse"))
    assert "999" in phone.says(harmless(plea, "stop", sure=sure))


@pytest.mark.parametrize(
    "ends", ["STOP", "unsubscribe", "stop texting me", "no more texts thanks", "take me off your list"]
)
def test_only_words_about_texts_are_met_with_silence_and_on_the_web_with_a_quiet_end(ends: str) -> None:
    assert Phone().hears(harmless(ends)) == Turn(None, None)
    turn = Phone("web").hears(harmless(ends))
    assert turn.talk is None and turn.reply is not None and turn.reply.id == "ended_web"
    assert "116 123" in turn.reply.text and STANDING in turn.reply.text


def test_free_words_in_a_survey_never_hit_an_invalid_option(phone: Phone) -> None:
    phone.says(harmless("ABCD"))
    said = phone.says(harmless("what time is the bus"))
    assert said.startswith("Question 1") and "999" in said
    assert phone.says(harmless("2", "menu")).startswith("Question 2"), "the survey went on waiting"


def test_a_survey_goes_on_once_somebody_who_was_helped_asks_for_it(phone: Phone) -> None:
    phone.says(harmless("ABCD"))
    phone.says(urgent("stalking"))
    assert not phone.says(harmless("1", "menu")).startswith("Question"), "the survey waits"
    phone.says(harmless("survey", "survey"))
    assert phone.says(harmless("2", "menu", sure=False)).startswith("Question 2")


def test_an_answer_that_the_model_takes_for_stop_is_an_answer(phone: Phone) -> None:
    phone.says(harmless("ABCD"))
    assert phone.says(harmless("2", "stop", sure=False)).startswith("Question 2")
    assert phone.says(harmless("stop", "stop")) == ""


def test_a_talk_is_over_thirty_minutes_after_its_last_message(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    phone.now += LIFE
    assert phone.says(harmless("2", "menu")) == OPENING
    assert phone.talk is not None and phone.talk.needs == () and not phone.talk.helped


def test_a_talk_goes_on_while_messages_come(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    for _ in range(3):
        phone.now += timedelta(minutes=28)
        assert "0808 2000 247" in phone.says(harmless("thanks", "smalltalk"))


def test_a_need_is_counted_once_in_a_talk(phone: Phone) -> None:
    assert phone.hears(urgent("domestic_abuse")).needs == ("domestic_abuse",)
    assert phone.hears(urgent("domestic_abuse", "suicide")).needs == ("suicide",)
    assert phone.hears(emergency("domestic_abuse")).needs == ()


def test_what_is_remembered_is_never_words() -> None:
    phone = Phone()
    phone.says(urgent("domestic_abuse", text="he hits me at 12 Oak Road", facets=frozenset({"man"}), age=40))
    assert phone.talk is not None
    assert phone.talk.to_json() == {
        "at": int(TUESDAY_NOON.timestamp()), "asked": True, "helped": True, "needs": ["domestic_abuse"],
        "facets": ["man"], "age": 40, "named": list(phone.talk.named),
    }  # fmt: skip
    assert Talk.from_json(phone.talk.to_json()) == phone.talk


@pytest.mark.parametrize(
    "plain",
    [{}, {"at": "x"}, {"at": 1, "words": "he"}, {"at": 1, "needs": ["he hits me"]}, {"at": 1, "facets": ["x"]},
     {"at": 1, "age": "forty"}, {"at": True}, {"at": 1, "needs": 5},
     {"at": 1, "survey": "x"}],
)  # fmt: skip
def test_values_that_are_no_talk_are_refused(plain: dict[str, object]) -> None:
    assert Talk.from_json(plain) is None


def test_on_the_web_all_is_said_at_once_and_nothing_is_asked() -> None:
    said = Phone("web").says(urgent("domestic_abuse"))
    assert "0808 2000 247" in said and "0300 456 0174" in said and QUESTION not in said


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 3, 29, 0, 59, tzinfo=LONDON),
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1),
    ],
)
def test_a_talk_lives_thirty_minutes_on_the_nights_when_the_clocks_change(now: datetime) -> None:
    talk = Talk(at=int(now.timestamp()))
    for minutes, over in ((29, False), (31, True)):
        later = datetime.fromtimestamp(now.timestamp() + minutes * 60, LONDON)
        assert talk.is_over(later) is over


def test_urgency_without_a_topic_we_know_still_gets_help(phone: Phone) -> None:
    assert "116 123" in phone.says(Heard("x", Meaning(("start",), Urgency.urgent)))
