"""Plain questions about texting us, and about those we name: each has a fixed answer that is true."""

from __future__ import annotations

import pytest

from community.bot.questions import answered, interpreted
from community.bot.replies import MOST_FIRST
from community.bot.talk import Talk
from community.bot.understanding import understand
from community.bot.understanding.questions import COMPUTER, COST, FOOD, LANGUAGES, LOW, PASSED_ON, question_in
from community.bot.wording import STANDING, gives_away
from community.messaging.segments import is_gsm7, length
from community.support.catalogue import by_id, load
from community.support.matching import Person
from tests.unit.bot.desk import BOXING_DAY_3AM, TUESDAY_NOON, desk, emergency, harmless, urgent
from tests.unit.bot.test_conversation import Phone

ASKED = {
    COST: ["is it free to text", "how much does it cost", "is it free?", "do i have to pay", "will i be charged",
           "Hi, is it free to text this number please", "are the calls free", "i have no credit"],
    LANGUAGES: ["do you speak polish", "urdu please", "interpreter please", "bengali", "Bengali please",
                "can i have an interpreter", "i dont speak english", "sorry my english is bad",
                "is there someone who speaks polish", "in romanian please"],
    PASSED_ON: ["will they tell police", "will they tell my mum", "do they tell social services",
                "are they confidential",
                "do i have to give my name", "would they tell anyone", "will they call the police on me"],
    COMPUTER: ["are you a real person", "is this a bot", "who am i talking to", "can i talk to a real person"],
    LOW: ["im so lonely", "crying all the time", "i cry every night", "i cant stop crying",
          "my mum died", "i feel so low"],
    FOOD: ["hi id like a large pepperoni pizza delivered please", "can i order a pizza", "Can you order me a pizza?",
           "i want to order a pizza"],
}  # fmt: skip
SAID = [(question, text) for question, texts in ASKED.items() for text in texts]


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.mark.parametrize(("question", "text"), SAID)
def test_a_plain_question_is_told_by_rules(question: str, text: str) -> None:
    assert question_in(text) == question


@pytest.mark.parametrize(
    "text",
    ["he called me bengali scum", "my polish neighbour hits me", "is parking free", "how much does a taxi cost",
     "is he free",
     "will he tell the police", "will they kill me", "the pizza was great", "what time does the pizza place shut",
     "can you tell the police", "is it free to text he hits me every day", "im down", "menu", ""],
)  # fmt: skip
def test_what_tells_of_more_or_of_something_else_is_no_such_question(text: str) -> None:
    assert question_in(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("is it free to text", "costs what your network charges"),
        ("bengali", "They have interpreters"),
        ("do you speak polish", "We text in English."),
        ("will they tell police", "Ask them first: they will tell you what they must pass on."),
        ("are you a real person", "A computer answers here."),
        ("im so lonely", "Thank you for telling us. Kind people are there to talk"),
        ("crying all the time", "116 123"),
    ],
)
def test_it_is_answered_before_and_after_help_and_with_999(phone: Phone, text: str, words: str) -> None:
    for before in ([], [urgent("domestic_abuse", age=30)]):
        phone.talk = None
        for heard in before:
            phone.says(heard)
        said = phone.says(type(harmless())(text, understand(text)))
        assert words in said and STANDING in said and length(said) <= MOST_FIRST and not gives_away(said), said


@pytest.mark.parametrize("text", ASKED[FOOD])
def test_an_order_of_food_is_told_of_999_and_55_and_never_refused(phone: Phone, text: str) -> None:
    for before in ([], [urgent("domestic_abuse")], [harmless("ABCD")]):
        phone.talk = None
        for heard in before:
            phone.says(heard)
        said = phone.says(harmless(text))
        assert said.startswith("Call 999 if in danger now.") and "press 55" in said and "Sorry" not in said


def test_danger_beside_an_order_of_food_still_comes_first(phone: Phone) -> None:
    said = phone.says(emergency("menu", text="id like a pizza please", facets=frozenset({"cannot_speak"})))
    assert said.startswith("Call 999 now. No need to speak")


def test_who_is_low_is_asked_nothing_and_offered_no_survey(phone: Phone) -> None:
    phone.says(harmless("im so lonely", "menu", sure=False))
    assert "SURVEY" not in phone.says(harmless("menu", "menu"))


@pytest.mark.parametrize("now", [TUESDAY_NOON, BOXING_DAY_3AM])
def test_only_lines_that_have_interpreters_and_listen_day_and_night_are_named_for_a_language(now) -> None:  # type: ignore[no-untyped-def]
    named = interpreted(Person(), now, desk())
    assert named
    for match in named:
        service = by_id(load())[match.service.id]
        assert "interpreter" in (service.languages or "") and service.always_open and service.free


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "web"])
@pytest.mark.parametrize("facets", [frozenset[str](), frozenset({"deaf"}), frozenset({"child"}), frozenset({"man"})])
@pytest.mark.parametrize("question", [COST, LANGUAGES, PASSED_ON, COMPUTER, LOW])
def test_every_answer_is_one_neutral_text(question: str, facets: frozenset[str], channel: str) -> None:
    said = answered(question, Talk(at=0, facets=facets), TUESDAY_NOON, desk(channel)).text
    assert length(said) <= MOST_FIRST and is_gsm7(said) and not gives_away(said) and STANDING in said
    assert "deaf" not in facets or "116 123" not in said
    assert question != COST or ("network" in said) == (channel == "sms")


@pytest.mark.parametrize("letter", ["a", "B", "x.", "q?"])
def test_one_letter_is_the_menu(phone: Phone, letter: str) -> None:
    assert phone.says(type(harmless())(letter, understand(letter))).startswith("Send SURVEY")


def test_one_letter_in_a_survey_asks_the_question_again(phone: Phone) -> None:
    phone.says(harmless("ABCD"))
    assert phone.says(harmless("a", "menu")).startswith("Question 1")
