"""Short messages that deserve a plain answer: not safe, the police, deaf, "what do you mean", more and more."""

from __future__ import annotations

import re

import pytest

from community.bot.asked_of_us import asks_about_police, asks_for_police, names_a_parent, says_not_safe
from community.bot.replies import MOST_LATER
from community.bot.wording import STANDING, gives_away, say, sentence_of
from community.messaging.segments import length
from tests.unit.bot.desk import emergency, harmless, urgent
from tests.unit.bot.test_conversation import Phone


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.mark.parametrize("told", ["not safe", "unsafe", "Im not safe", "not safe here", "i dont feel safe"])
def test_not_safe_as_a_first_text_gets_999_and_a_line(phone: Phone, told: str) -> None:
    assert says_not_safe(told)
    said = phone.says(harmless(told, sure=False))
    assert said.startswith("Call 999 if in danger now.") and "116 123" in said


@pytest.mark.parametrize("told", ["not safe", "unsafe", "its not safe", "no not safe", "no im not safe"])
def test_not_safe_right_after_the_question_may_be_danger_and_is_never_met_with_silence(phone: Phone, told: str) -> None:
    phone.says(urgent("domestic_abuse"))
    said = phone.says(harmless(told, sure=False))
    assert said.startswith("Call 999 if in danger now.") and "press 55" in said and "0808 2000 247" in said
    assert "?" not in said and not gives_away(said)


def test_after_not_safe_no_word_tells_who_a_number_is_for(phone: Phone) -> None:
    phone.says(urgent("hate_crime"))
    phone.says(harmless("not safe"))
    for heard in (harmless("more"), harmless("1"), harmless("talk"), harmless("yes"), urgent("hate_crime"),
                  urgent("image_abuse"), harmless("thanks", "smalltalk"), emergency("stalking")):  # fmt: skip
        said = phone.says(heard)
        assert not said.startswith("Also:") and not gives_away(said) and "999" in said, said
    assert phone.says(harmless("STOP", "stop")) == ""


@pytest.mark.parametrize("asked", ["can u send the police", "have you sent the police", "police", "Police please",
                                   "i need the police", "can u send the police to 12 ripple road",
                                   "please tell the police my address is 12 ripple road"])  # fmt: skip
def test_who_asks_us_to_send_the_police_is_told_to_call_999(phone: Phone, asked: str) -> None:
    assert asks_for_police(asked)
    said = phone.says(harmless(asked, "privacy"))
    assert said.startswith("Call 999") and "Police do not see this." in said and "press 55" in said


@pytest.mark.parametrize(
    "asked", ["are you police", "are you the police?", "is this the police", "do the police see this"]
)
def test_who_asks_whether_we_are_the_police_is_told_that_they_see_no_texts(phone: Phone, asked: str) -> None:
    assert asks_about_police(asked)
    said = phone.says(harmless(asked, "privacy"))
    assert said.startswith("Texting us does not reach the police.") and "116 123" in said and STANDING in said


@pytest.mark.parametrize("told", ["i told the police", "he will kill me if i call the police", "police came to my door",
                                  "my dad is police", "the police did nothing when he hit me"])  # fmt: skip
def test_to_speak_of_the_police_is_not_to_ask_for_them(told: str) -> None:
    assert not asks_for_police(told) and not asks_about_police(told)


@pytest.mark.parametrize(("text", "is_parent"), [("my step dad hits me", True), ("mums boyfriend", True),
                                                 ("he hits me", False), ("the mummy film", False)])  # fmt: skip
def test_a_parent_is_told_by_the_words_a_child_uses(text: str, is_parent: bool) -> None:
    assert names_a_parent(text) == is_parent


@pytest.mark.parametrize("deaf", ["deaf", "im deaf", "I am deaf.", "BSL"])
def test_after_deaf_every_reply_is_of_ways_without_voice(phone: Phone, deaf: str) -> None:
    said = phone.says(harmless(deaf, sure=False))
    assert "text SHOUT to 85258" in said and "116 123" not in said
    for heard in (harmless("1"), urgent("suicide"), harmless("thanks", "smalltalk"), harmless("qwzx", sure=False)):
        said = phone.says(heard)
        assert "116 123" not in said and re.search(r"SHOUT to 85258|\.(?:org|com)", said), said
    said = phone.says(emergency("suicide"))
    assert "text 999 if you have signed up" in said


def test_deaf_is_remembered_of_somebody_who_has_asked_for_nothing_yet(phone: Phone) -> None:
    phone.says(harmless("when is the bus", facets=frozenset({"deaf"})))
    said = phone.says(harmless("qwzx", sure=False))
    assert "text SHOUT to 85258" in said and "childline.org.uk if under 19" in said and length(said) <= 160


@pytest.mark.parametrize("asked", ["what do you mean", "what do u mean?", "what?", "i dont understand", "explain"])
def test_what_was_meant_is_said_plainly_and_no_survey_is_offered(phone: Phone, asked: str) -> None:
    phone.says(urgent("suicide"))
    said = phone.says(harmless(asked, "menu"))
    assert "116 123" in said and "Send 1 to go on, 2 to end." in said and "SURVEY" not in said
    assert phone.hears(harmless("2")).reply is None, "the question still stands"
    phone.says(emergency("suicide"))
    said = phone.says(harmless(asked, "menu"))
    assert "116 123" in said and "These people listen" in said and "SURVEY" not in said


@pytest.mark.parametrize("heard", [harmless("menu", "menu"), harmless("hello", "start"), harmless("qwzx", sure=False),
                                   harmless("a broken light", "report_place"), harmless("haven"),
                                   harmless("haven upney", "safe_haven"), harmless("who sees this"),
                                   harmless("are you police"), harmless("what do you mean", "menu")])  # fmt: skip
def test_nobody_who_asked_for_help_is_offered_a_survey(phone: Phone, heard) -> None:  # type: ignore[no-untyped-def]
    for first in (urgent("suicide"), emergency("suicide")):
        phone.talk = None
        phone.says(first)
        said = phone.says(heard)
        assert "SURVEY" not in said and STANDING in said


@pytest.mark.parametrize("need", ["domestic_abuse", "suicide", "robbery", "own_behaviour"])
def test_more_brings_what_is_new_and_then_says_that_it_is_all(phone: Phone, need: str) -> None:
    told: list[str] = re.findall(r"\d[\d ]{5,}\d", phone.says(urgent(need, age=30)))
    for _ in range(9):
        said = phone.says(harmless("MORE"))
        assert length(said) <= MOST_LATER
        if said.startswith("That is all"):
            break
        numbers = re.findall(r"\d[\d ]{5,}\d", said)
        assert not set(numbers) & set(told), said
        told += numbers
    assert said.startswith("That is all") and re.search("116 123|0808", said) and "24 hours" in said
    assert phone.says(harmless("MORE")) == said


def test_more_after_999_names_no_number_again(phone: Phone) -> None:
    assert "0808 2000 247" in phone.says(emergency("domestic_abuse", sure=False, age=30))
    also = phone.says(harmless("1"))
    assert also.startswith("Also:") and "0808 2000 247" not in also


def test_a_short_word_in_a_survey_that_answers_nothing_asks_again_and_loses_nothing(phone: Phone) -> None:
    phone.says(harmless("ABCD"))
    for word in ("yes", "no", "more", "what do you mean"):
        assert phone.says(harmless(word, "menu")).startswith("Question 1")
    assert phone.says(harmless("2")).startswith("Question 2")


def test_a_place_alone_is_taken_after_haven_and_only_then() -> None:
    asked: list[tuple[str, bool]] = []
    phone = Phone()

    def finder(text: str, now: object, *, bare: bool = False):  # type: ignore[no-untyped-def]
        asked.append((text, bare))
        return say("haven_where") if text == "upney" else None

    phone.desk = type(phone.desk)(phone.desk.match, phone.desk.survey, finder, "x", "sms")
    phone.says(harmless("upney", sure=False))
    assert asked == []
    phone.says(harmless("haven"))
    assert phone.talk is not None and phone.talk.where
    assert phone.says(harmless("upney", sure=False)) == sentence_of("haven_where").text
    assert "we do not know that place" in phone.says(harmless("my house", sure=False))
    assert phone.says(emergency("stalking", text="upney")).startswith("Call 999 now")
    assert asked == [("upney", True), ("my house", True)]
    assert phone.talk is not None and not phone.talk.where
