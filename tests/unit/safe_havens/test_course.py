"""The course and the agreement: every question has one right answer, all is plain, the council's rule is in it."""

from __future__ import annotations

import pytest

from community.safe_havens.agreement import agreement
from community.safe_havens.course import Screen, course
from community.safe_havens.papers.said import pack
from community.safe_havens.service.letters import letters
from tests.house.test_plain_words import MOST_WORDS, grade, sentences, words

SCREENS = {screen.key: screen for screen in course(keeps_out=True).screens}
HARDEST = 5.5


def test_there_are_eight_short_screens() -> None:
    assert len(SCREENS) == 8
    assert all(len(" ".join(screen.says).split()) <= 80 for screen in SCREENS.values())


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_a_question_has_one_right_answer_and_each_answer_is_explained(screen: Screen) -> None:
    assert [option.is_right for option in screen.options].count(True) == 1
    assert len(screen.options) == 3 and all(option.says for option in screen.options)


def test_the_right_answer_does_not_always_stand_in_the_same_place() -> None:
    places = [[option.is_right for option in screen.options].index(True) for screen in SCREENS.values()]
    assert all(places.count(place) <= 4 for place in range(3)) and len(set(places)) == 3


def test_the_course_is_easy_to_read() -> None:
    said = [
        sentence
        for screen in SCREENS.values()
        for text in [*screen.says, *(option.says for option in screen.options)]
        for sentence in sentences(text)
    ]
    assert grade(said) <= HARDEST
    assert [sentence for sentence in said if len(words(sentence)) > MOST_WORDS] == []


def test_letters_are_easy_to_read() -> None:
    said = [
        sentence
        for letter in letters().values()
        for sentence in sentences(letter.body.format_map(_Nine()))
        if sentence.strip()[-1] in ".?!"
    ]
    assert grade(said) <= HARDEST


class _Nine(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return "9"


def test_the_councils_rule_stands_in_course_and_agreement_and_makes_another_version() -> None:
    kept, left = agreement(keeps_out=True), agreement(keeps_out=False)
    assert kept.version != left.version
    rule = "If somebody threatens the person, we may ask them to leave or keep them out, when that is safe for us."
    assert any(rule in lines for _, lines in kept.parts) and not any(rule in lines for _, lines in left.parts)
    assert rule in course(keeps_out=True).screens[4].says and rule not in course(keeps_out=False).screens[4].says


@pytest.mark.parametrize("keeps_out", [True, False])
def test_no_line_forbids_what_the_councils_rule_allows(keeps_out: bool) -> None:
    said = [line for _, lines in agreement(keeps_out=keeps_out).parts for line in lines]
    said += [line for screen in course(keeps_out=keeps_out).screens for line in screen.says]
    said += [line for _, lines in pack([], keeps_out=keeps_out, organisation="", contact="").parts for line in lines]
    about = [line for line in said if "other person" in line]
    assert len(about) == 3
    for line in about:
        assert ("only to ask them to leave" in line) is keeps_out
    (danger,) = [screen for screen in course(keeps_out=keeps_out).screens if screen.key == "danger"]
    out = next(option for option in danger.options if option.words == "Go out and tell them to leave")
    assert not out.is_right and ("only when it is safe for you" in out.says) is keeps_out


def test_words_for_those_who_keep_out_are_as_easy_to_read() -> None:
    said = [line for _, lines in agreement(keeps_out=True).parts for line in lines]
    said += [line for screen in course(keeps_out=True).screens for line in screen.says]
    assert grade([one for line in said for one in sentences(line)]) <= HARDEST
