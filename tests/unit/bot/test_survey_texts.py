"""Every text of a survey: short enough in English, honest in length in other languages, with a way to a person."""

from __future__ import annotations

import re
from datetime import date

import pytest

from community.bot import survey_replies as replies
from community.bot.asking import Asked, ask, heard, order_of
from community.bot.plain_letters import plain_letters
from community.bot.wording import STANDING, say, sentences
from community.messaging.segments import is_gsm7, segments
from community.places.csv_import import parse_places
from community.places.service.facts import FACTS
from community.surveys.by_text import asked_by_text
from community.surveys.loading import load
from community.surveys.questionnaire import AGE, AGE_FROM, Question
from community.surveys.shipped import FOLDER

SURVEYS = {path.stem: load(path.read_text("utf-8"), name=path.name) for path in sorted(FOLDER.glob("*.yaml"))}
ASKED = [(slug, q.key) for slug, survey in SURVEYS.items() for q in survey.questions if q.key in asked_by_text(survey)]
PLACES = [row.name for row in parse_places((FACTS / "places.csv").read_bytes()).rows]
LONGEST = max(PLACES, key=len)
GROWN = {AGE: ("25-34",)}
HELP = say("survey_help_lines", number="0808 168 9111", child="0800 1111").text


def asked(slug: str, key: str, language: str = "en", place: str = LONGEST) -> Asked:
    survey = SURVEYS[slug]
    question: Question = survey.question(key)
    return ask(survey, question, order_of(question, GROWN, "seed"), language, place)


@pytest.mark.parametrize(("slug", "key"), ASKED)
def test_each_question_takes_two_segments_at_most_in_english(slug: str, key: str) -> None:
    text = asked(slug, key).text
    for reply in (replies.question(text, "en"), replies.once_more(text, "en")):
        assert segments(reply.text) <= 2 and is_gsm7(reply.text), reply.text
        assert reply.text.count(STANDING) == 1


@pytest.mark.parametrize(("slug", "key"), ASKED)
@pytest.mark.parametrize(("language", "most"), [("ro", 2), ("ur", 5)])
def test_other_languages_cost_what_their_letters_cost(slug: str, key: str, language: str, most: int) -> None:
    text = asked(slug, key, language, "Barking Station").text
    reply = replies.question(text, language)
    assert segments(reply.text) <= most, reply.text
    assert is_gsm7(text) is (language == "ro")


def test_the_opening_at_a_station_takes_one_segment_and_names_it() -> None:
    reply = replies.question(asked("safety", "safe_here", place="Barking Station").text, "en")
    assert segments(reply.text) == 1
    assert "Barking Station" in reply.text and "1 Very safe" in reply.text


@pytest.mark.parametrize(("slug", "key"), ASKED)
def test_help_and_a_question_go_together_only_where_both_fit(slug: str, key: str) -> None:
    both = replies.with_help(asked(slug, key).text, HELP, "en")
    assert both is None or (segments(both.text) <= 2 and both.text.startswith(HELP))


@pytest.mark.parametrize(("slug", "key"), ASKED)
@pytest.mark.parametrize("language", ["en", "ro", "ur"])
def test_each_option_is_chosen_by_what_the_text_says_of_it(slug: str, key: str, language: str) -> None:
    question = asked(slug, key, language)
    for option in question.shown:
        for text in (*option.labels, option.marker):
            if text and not (key == AGE and option.key in AGE_FROM):
                found = heard(question, text)
                assert found is not None and found.chosen == (option.key,), (text, found)


def test_each_age_band_is_chosen_by_its_label() -> None:
    question = asked("safety", AGE)
    for option in question.shown:
        found = heard(question, option.labels[-1])
        assert found is not None and found.chosen == (option.key,)


def test_no_number_is_printed_for_an_age() -> None:
    assert asked("safety", AGE).text.split("\n")[1:] == ["0 Rather not say"]
    assert all(heard(asked("safety", AGE), str(number)) is None for number in range(1, 10))


def test_shuffled_options_are_the_same_for_one_respondent() -> None:
    question = SURVEYS["safety"].question("help")
    assert order_of(question, GROWN, "a") == order_of(question, GROWN, "a")
    assert len({order_of(question, GROWN, seed) for seed in "abcdefgh"}) > 4
    assert order_of(question, GROWN, "a")[-1] == "prefer_not_to_say"


@pytest.mark.parametrize("help", ["", HELP])
def test_the_thanks_with_its_code_take_two_segments(help: str) -> None:
    reply = replies.thanks("12345678901234567890", "communityvoice.lbbd.gov.uk/withdraw", help, "en")
    assert segments(reply.text) <= 2
    assert "1234 5678 9012 3456 7890" in reply.text and "/withdraw" in reply.text


def test_choices_of_places_take_two_segments() -> None:
    longest = sorted(PLACES, key=len)[-5:]
    assert segments(replies.which(longest, "en").text) <= 2


@pytest.mark.parametrize(
    ("harm", "age", "numbers"),
    [
        ("robbery", "13-15", ["0808 168 9111"]),
        ("robbery", "25-34", ["0808 168 9111"]),
        ("robbery", None, ["0808 168 9111", "0800 1111"]),
        ("robbery", "prefer_not_to_say", ["0808 168 9111", "0800 1111"]),
        ("harassment", "13-15", ["0800 1111"]),
        ("harassment", "65+", ["0808 168 9111"]),
    ],
)
def test_help_fits_the_age_and_is_neutral(harm: str, age: str | None, numbers: list[str]) -> None:
    line = replies.help_for([harm], age, date(2026, 11, 24))
    assert re.findall(r"0[38]0[08][ \d]+\d", line) == numbers
    assert harm not in line and "24 hours" in line


def test_no_harm_needs_no_help() -> None:
    assert replies.help_for([], "25-34", date(2026, 11, 24)) == ""


def test_all_sentences_of_surveys_have_two_segments_at_most() -> None:
    facts = {"code": "1234 5678 9012 3456 7890", "address": "communityvoice.lbbd.gov.uk/withdraw", "child": "0800 1111",
             "help": HELP, "number": "0808 168 9111", "place": LONGEST,
             "page": "lbbd.gov.uk/safe-havens/safe-haven-scheme"}  # fmt: skip
    for id, sentence in sentences().items():
        if id.startswith(("survey_", "haven_none_near", "haven_outside")) and sentence.gaps <= facts.keys():
            text = say(id, **{gap: facts[gap] for gap in sentence.gaps}).text
            assert segments(plain_letters(text)) <= 2, text
