"""/withdraw: the code from the end page deletes the answers, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.http.surveys.walking import Respondent, ids
from tests.service.surveys.world import World, recounted, rows, tallied, words_of


@pytest.fixture
def finished(someone: Respondent) -> Respondent:
    """On the end page, having written something too."""
    someone.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    return someone.press("Finish now", {"help": ["cctv"], "help_comment": "More lamps"})


def take_back(someone: Respondent, code: str) -> Respondent:
    return someone.scan("/withdraw").press("Delete my answers", {"code": code})


def test_the_code_takes_everything_away(finished: Respondent) -> None:
    code = finished.code
    assert rows()["comment"] == 1
    finished.last = finished.client.get(finished.page.link("Take my answers away"))
    finished.press("Delete my answers", {"code": code})
    assert (finished.status, finished.page.h1) == (200, "Your answers are deleted")
    assert rows() == {"response": 0, "answer": 0, "comment": 0, "tombstone": 1, "tally": 0}


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code, lambda code: code.replace(" ", ""), lambda code: f"  {code}\t",
        lambda code: code.replace(" ", "-"), lambda code: f"code: {code}.", " ".join,
        lambda code: code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        lambda code: code.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ],
    ids=["as printed", "run together", "with space around", "with hyphens", "with words", "spread out", "Urdu", "wide"],
)  # fmt: skip
def test_the_code_can_be_typed_as_people_type(finished: Respondent, typed: Callable[[str], str]) -> None:
    assert take_back(finished, typed(finished.code)).page.h1 == "Your answers are deleted"
    assert ids() == []


@pytest.mark.parametrize("typed", ["", "   ", "1234", "0" * 19, "0" * 21, "x" * 90, "۱۲۳", "\0", "²" * 20, "½" * 20])
def test_what_is_no_code_is_said_beside_the_field(finished: Respondent, typed: str) -> None:
    finished.scan("/withdraw").send({"code": typed}, "/withdraw")
    assert finished.status == 422
    assert finished.page.title.startswith("Error: Take my answers away")
    assert finished.page.link("Enter the 20 numbers") == "#code"
    assert len(ids()) == 1


def test_a_wrong_code_deletes_nothing_and_keeps_what_was_typed(finished: Respondent) -> None:
    code = finished.code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    take_back(finished, wrong)
    assert finished.status == 422
    assert "No answers have this code" in finished.page.text
    assert finished.page.by_id("code").get("value") == wrong
    assert len(ids()) == 1


def test_a_code_sent_twice_is_answered_twice(finished: Respondent) -> None:
    code = finished.code
    take_back(finished, code)
    assert finished.send_again().page.h1 == "Your answers are deleted"
    assert take_back(finished, code).page.h1 == "Your answers are deleted"


def test_only_the_one_response_goes(finished: Respondent, world: World) -> None:
    other = Respondent(finished.client, world, finished.clock)
    other.tap("Very unsafe", age="25 to 34").press("Finish now")
    take_back(finished, finished.code)
    assert len(ids()) == 1
    assert words_of(ids()[0]) == []
    assert tallied() == recounted(world.safety, world.robbery)


def test_pages_left_open_cannot_bring_it_back(someone: Respondent) -> None:
    first = someone.scan().last
    age = someone.press("Very safe").last
    end = someone.press("18 to 21").press("Finish now")
    take_back(end, end.code)
    for page, words in ((first, "Very unsafe"), (age, "18 to 21"), (age, "Skip"), (age, "Finish now")):
        someone.last = page
        someone.press(words)
        assert (someone.status, someone.page.h1) == (410, "These answers were taken away")
        assert "999" in someone.page.text and "116 123" in someone.page.text
    assert rows() == {"response": 0, "answer": 0, "comment": 0, "tombstone": 1, "tally": 0}


def test_a_response_in_the_middle_can_be_taken_back_with_the_code_of_its_end(someone: Respondent) -> None:
    first = someone.scan().last
    someone.press("Very safe").press("18 to 21").press("Finish now")
    code = someone.code
    someone.last = first
    someone.press("Very unsafe").press("Finish now")
    assert someone.code == code  # the same form, the same code


def test_the_page_speaks_the_language_it_was_opened_in(finished: Respondent) -> None:
    code = finished.code
    finished.scan("/withdraw?lang=ur")
    assert finished.page.lang == "ur"
    finished.go_on({"code": "12"})
    assert (finished.status, finished.page.lang) == (422, "ur")
    finished.go_on({"code": code})
    assert (finished.status, finished.page.lang) == (200, "ur")


def test_asking_for_the_page_deletes_nothing(finished: Respondent) -> None:
    code = finished.code.replace(" ", "")
    finished.scan(f"/withdraw?code={code}")
    assert len(ids()) == 1
    assert code not in finished.last.html
