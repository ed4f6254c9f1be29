"""What cannot be taken is said beside its field, with what was sent still there; help is never left out for it."""

from __future__ import annotations

import pytest

from community.places.service import posters
from tests.http.surveys.walking import Respondent, hidden, ids, names_of_controls
from tests.rig.html_tree import Element
from tests.service.surveys.world import TODAY, World, answers_of, words_of


def summary(someone: Respondent) -> list[Element]:
    """The links of the error summary."""
    boxes = [box for box in someone.page.all("div") if (box.get("class") or "").startswith("govuk-error-summary")]
    return list(boxes[0].all("a")) if boxes else []


@pytest.fixture
def at_help(someone: Respondent) -> Respondent:
    """On the screen with many choices and a box to write in."""
    return someone.tap("Very safe", age="18 to 21").press("Yes").press("Skip")


def test_an_answer_that_cannot_be_is_said_beside_its_field(at_help: Respondent) -> None:
    at_help.press("Continue", {"help": ["cctv", "nothing"], "help_comment": "More lamps"})
    assert at_help.status == 422
    assert at_help.page.title.startswith("Error: What would help you feel safer?")
    (link,) = summary(at_help)
    first = at_help.page.by_id((link.get("href") or "")[1:])
    assert (first.name, first.get("name")) == ("input", "help")
    said = at_help.page.by_id("help-error")
    assert link.text in said.text
    group = first.above("fieldset")
    assert group is not None and "help-error" in (group.get("aria-describedby") or "")


def test_what_was_sent_is_still_there(at_help: Respondent) -> None:
    at_help.press("Continue", {"help": ["cctv", "nothing"], "help_comment": 'More "lamps" <b> & </textarea>'})
    ticked = [box.get("value") for box in at_help.page.all("input") if "checked" in box.attributes]
    assert sorted(ticked) == ["cctv", "nothing"]
    assert at_help.page.all("textarea")[0].text == 'More "lamps" <b> & </textarea>'
    assert "help" not in answers_of(ids()[0])
    assert words_of(ids()[0]) == []


def test_put_right_it_is_taken(at_help: Respondent) -> None:
    at_help.press("Continue", {"help": ["cctv", "nothing"], "help_comment": "More lamps"})
    at_help.press("Continue", {"help": ["cctv"]})
    assert at_help.page.h1.startswith("Have you, or someone you know")
    assert (answers_of(ids()[0])["help"], words_of(ids()[0])) == (("cctv",), ["More lamps"])


def test_options_keep_their_order_when_the_page_comes_back(at_help: Respondent) -> None:
    def order() -> list[str | None]:
        return [box.get("value") for box in at_help.page.all("input") if box.get("name") == "help"]

    before = order()
    assert before[-3:] == ["other", "nothing", "prefer_not_to_say"]
    at_help.press("Continue", {"help": ["cctv", "nothing"]})
    assert order() == before
    at_help.press("Română")
    assert order() == before


def test_words_about_harm_are_answered_with_help_even_beside_a_mistake(at_help: Respondent) -> None:
    at_help.press("Continue", {"help": ["cctv", "nothing"], "help_comment": "my husband hits me"})
    assert at_help.status == 422
    assert "0808 2000 247" in at_help.page.text
    assert words_of(ids()[0]) == []


def test_a_mistake_in_another_language_is_said_in_it(someone: Respondent) -> None:
    someone.scan(f"{someone.address}?lang=ur").press("بہت محفوظ")
    someone.send({"_ticket": someone.ticket, "age": ["18-21", "22-24"]})
    assert (someone.status, someone.page.lang) == (422, "ur")
    assert not summary(someone)[0].text.isascii()


@pytest.mark.parametrize(
    "sent", [["very_safe", "very_unsafe"], ["nonsense"], ["_not_asked"], ["\u202e"], ["x" * 5_000]]
)
def test_the_opening_question_takes_one_of_its_answers_only(someone: Respondent, sent: list[str]) -> None:
    someone.scan()
    someone.send({"_ticket": someone.ticket, "safe_here": sent})
    assert someone.status == 422
    assert summary(someone)[0].get("href") == "#safe_here"
    assert ids() == []
    assert someone.press("Very safe").page.h1 == "How old are you?"


def test_a_place_we_do_not_know_is_refused_kindly(someone: Respondent, world: World) -> None:
    posters.assign(world.poster, world.robbery.wave_id, TODAY)
    someone.scan().press("Yes").press("18 to 21").press("Me").press("Continue", {"where": "at_a_station"})
    someone.send({"_ticket": someone.ticket, "which_place": "my-house"})
    assert someone.status == 422
    assert summary(someone)[0].get("href") == "#which_place"
    (select,) = someone.page.all("select")
    assert "which_place-error" in (select.get("aria-describedby") or "")
    assert someone.press("Continue").page.h1 == "How it happened"


def test_another_language_in_the_middle_saves_nothing_and_loses_nothing(at_help: Respondent) -> None:
    before = answers_of(ids()[0])
    controls = names_of_controls(at_help.page)
    ticket = at_help.ticket
    at_help.press("اردو", {"help": ["cctv"], "help_comment": "More lamps"})
    assert (at_help.status, at_help.page.lang) == (200, "ur")
    assert names_of_controls(at_help.page) == controls
    assert [box.get("value") for box in at_help.page.all("input") if "checked" in box.attributes] == ["cctv"]
    assert at_help.page.all("textarea")[0].text == "More lamps"
    assert at_help.ticket != ticket
    assert answers_of(ids()[0]) == before
    at_help.go_on()
    assert at_help.page.lang == "ur"
    assert words_of(ids()[0]) == ["More lamps"]


def test_a_page_filled_in_by_one_person_is_never_shown_to_another(at_help: Respondent) -> None:
    at_help.press("اردو", {"help": ["cctv"], "help_comment": "More lamps"}).press("English")
    other = Respondent(at_help.client, at_help.world, at_help.clock)
    other.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    assert "More lamps" not in other.last.html
    assert "checked" not in other.last.html


def test_a_language_we_do_not_speak_is_english(at_help: Respondent) -> None:
    at_help.send({"_ticket": at_help.ticket, "_language": "xx"})
    assert (at_help.status, at_help.page.lang) == (200, "en")


def test_another_language_on_a_screen_that_closed_meanwhile_goes_on_to_the_next(someone: Respondent) -> None:
    someone.tap("Very unsafe", age="18 to 21").press("No")
    age = someone.last
    someone.press("Skip")
    assert someone.page.h1 == "What makes you feel less safe?"
    why = someone.ticket
    someone.last = age
    someone.send({"_ticket": someone.ticket, "safe_day": "very_safe", "safe_dark": "very_safe"})
    first = hidden(someone.scan().page, "_ticket")
    assert first != why
    someone.send({"_ticket": why, "_language": "ro"})
    assert someone.status == 200
    assert someone.page.lang == "ro"
