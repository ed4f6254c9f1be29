"""The English of public pages is short and plain: about what a nine-year-old reads.

Graded by the Flesch-Kincaid formula (Kincaid et al., 1975): 0.39 x words per sentence + 11.8 x syllables per word
- 15.59. It knows length, not sense: a page that passes may still be hard, a page that fails is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import pytest
import yaml

from community.config import ROOT
from community.support.wording import safety
from tests.house.test_catalogues import messages_by_page

HARDEST_GRADE = 5.0
HARDEST_IN_DANGER = 4.0
MOST_WORDS = 25

_END = re.compile(r"(?<=[.?!])\s+")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’-]*")
_SAID_AS_ONE = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^aeiouy]e|[^aeiouydt]ed|[^aeiouycgszx]es)\Z")
_SAID_END = re.compile(r"[^aeiouy]le\Z")
_TWO_VOWELS = re.compile(r"i[ao]|[^g]ua|(?<![bq])uo|eo(?!p)|(?<=[aeo])yi|ui(?=n)|ei(?=ng)|yi|ee(?=i)")
_ONE_AFTER_ALL = re.compile(r"[tsc]i[ao]")


def sentences(text: str) -> list[str]:
    return [part for part in _END.split(text.strip()) if _WORD.search(part)]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """As it is spoken, near enough (it says "someone" in three); a number counts as one."""
    word = re.sub("[^a-z]", "", word.lower())
    count = len(_SAID_AS_ONE.findall(word))
    count += len(_TWO_VOWELS.findall(word)) - len(_ONE_AFTER_ALL.findall(word))
    if _SILENT_END.search(word) and not _SAID_END.search(word):
        count -= 1
    return max(1, count)


def grade(said: Sequence[str]) -> float:
    """The school grade of some sentences; a nine-year-old is in grade 4."""
    spoken = [word for sentence in said for word in words(sentence)]
    return 0.39 * len(spoken) / len(said) + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


@cache
def pages() -> dict[str, tuple[str, ...]]:
    """Each page and questionnaire -> its whole sentences. Headings, labels and buttons have no full stop and would make
    a page look easier than it is."""
    found = {page: _whole(_spoken(message) for message in said) for page, said in messages_by_page().items()}
    for path in sorted((ROOT / "community" / "surveys" / "questionnaires").glob("*.yaml")):
        found[path.name] = _whole(_english(yaml.safe_load(path.read_text("utf-8"))))
    return {page: said for page, said in found.items() if said}


def _whole(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sentence for text in texts for sentence in sentences(text) if sentence[-1] in ".?!")


def _spoken(message: str) -> str:
    return re.sub(r"%\(\w+\)[sd]|\{\w+\}", "9", message)


def _english(node: object) -> Iterable[str]:
    """What a respondent reads in English, wherever in a questionnaire it stands."""
    if isinstance(node, dict):
        if isinstance(node.get("en"), str):
            yield _spoken(node["en"])
        for value in node.values():
            yield from _english(value)
    elif isinstance(node, list):
        for value in node:
            yield from _english(value)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("tap", 1), ("tapped", 1), ("counted", 2), ("places", 2), ("scripts", 1), ("code", 1), ("table", 2),
        ("council", 2), ("police", 2), ("totals", 2), ("deleted", 3), ("borough", 2), ("reading", 2),
        ("radio", 3), ("nation", 2), ("special", 2), ("safe", 1), ("the", 1), ("24", 1), ("you", 1),
        ("answers", 2), ("emergencies", 4), ("being", 2), ("saying", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word: str, said: int) -> None:
    assert syllables(word) == said


def test_hard_words_have_a_high_grade_and_easy_ones_a_low_one() -> None:
    hard = ["Participation constitutes authorisation for anonymised statistical dissemination by the municipality."]
    assert grade(hard) > 12
    assert grade(["We count your tap.", "We do not know who you are."]) < 2


def test_words_are_found_on_pages_and_in_questionnaires() -> None:
    assert {"templates/operations/privacy.html", "community/shared/error_pages.py", "safety.yaml"} <= pages().keys()
    assert "Do you feel safe here, at 9?" in pages()["safety.yaml"]


@pytest.mark.parametrize("page", sorted(pages()))
def test_a_page_is_easy_to_read(page: str) -> None:
    said = pages()[page]
    hardest = sorted(said, key=lambda sentence: grade([sentence]), reverse=True)[:3]
    assert grade(said) <= HARDEST_GRADE, f"grade {grade(said):.1f}; hardest first: {hardest}"


@pytest.mark.parametrize("page", sorted(pages()))
def test_no_sentence_is_too_long(page: str) -> None:
    assert [sentence for sentence in pages()[page] if len(words(sentence)) > MOST_WORDS] == []


def test_what_is_said_in_danger_is_easiest() -> None:
    said = safety.in_language("en")
    told = [said.danger, said.silent_999, said.does_not_reach_police, said.not_watched]
    assert grade(_whole(told)) <= HARDEST_IN_DANGER
    assert grade(_whole([*told, said.history, said.history_how])) <= HARDEST_GRADE
