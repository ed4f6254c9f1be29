"""/s/safety: the same survey by anyone, who says the place."""

from __future__ import annotations

from datetime import date

import pytest

from community.places.service.facts import load_facts
from community.surveys.queries import snapshot
from community.surveys.service import waves
from tests.factories.places import PlaceFactory
from tests.http.surveys.walking import Clock, Respondent, buttons, ids
from tests.service.surveys.world import TODAY, World, recounted, rows, tallied

HOSTILE = [
    "", " ", "%", "_", "%%%", "'", "'; drop table place; --", "\0", "\\", "🙂", "<script>alert(1)</script>", "(((",
    "x" * 5_000,    "۱۲۳", "\u202e", "a" * 99 + "é", "* . [", "barking\0station", "ﷺ" * 50, "\r\n\r\n",
]  # fmt: skip


@pytest.fixture
def visitor(someone: Respondent) -> Respondent:
    """Someone without a poster, on the page that asks for the place."""
    return someone.scan("/s/safety")


def test_it_asks_for_the_place_first(visitor: Respondent) -> None:
    assert visitor.status == 200
    assert visitor.page.h1 == "Which place do you want to tell us about?"
    assert rows()["response"] == 0


def test_a_place_is_found_by_its_name_and_kept_with_the_answer(visitor: Respondent, world: World) -> None:
    visitor.press("Find the place", {"_find": "barking"})
    assert visitor.page.by_id("_find").get("value") == "barking"
    visitor.press("Barking Station")
    assert visitor.page.h1 == "Do you feel safe here, at Barking Station?"
    visitor.press("Very safe")
    (id,) = ids()
    stored = snapshot(id)
    assert stored is not None
    assert (stored.place_id, stored.poster_id) == (world.place.id, None)
    assert tallied() == recounted(world.safety, world.robbery)


def test_a_place_can_be_chosen_from_the_list(visitor: Respondent) -> None:
    load_facts()
    visitor.scan("/s/safety")
    assert len(buttons(visitor.page)) > 50
    assert visitor.press("Barking Park").page.h1 == "Do you feel safe here, at Barking Park?"


def test_the_borough_as_a_whole_is_no_place(visitor: Respondent) -> None:
    visitor.press("Somewhere else, or rather not say")
    assert visitor.page.h1 == "Do you feel safe where you are now?"
    visitor.press("Very safe").press("18 to 21").press("Finish now")
    stored = snapshot(ids()[0])
    assert stored is not None and stored.place_id is None
    assert "Barking" not in " ".join(buttons(visitor.page))


def test_a_name_that_nothing_has_says_so_and_keeps_what_was_typed(visitor: Respondent) -> None:
    visitor.press("Find the place", {"_find": "Zanzibar"})
    assert visitor.status == 200
    assert "We know no place with that name" in visitor.page.text
    assert visitor.page.by_id("_find").get("value") == "Zanzibar"


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_breaks_the_search(visitor: Respondent, typed: str) -> None:
    visitor.send({"_find": typed}, "/s/safety")
    assert visitor.status == 200
    assert visitor.page.h1 == "Which place do you want to tell us about?"
    assert "<script>" not in visitor.last.html


@pytest.mark.parametrize("place", [typed for typed in HOSTILE if typed] + ["no-such-place", "Barking Station"])
def test_a_place_that_is_none_is_asked_for_again(visitor: Respondent, place: str) -> None:
    visitor.send({"_place": place}, "/s/safety")
    assert visitor.status == 422
    assert visitor.page.title.startswith("Error: Which place")
    assert visitor.page.link("We do not know that place") == "#_find"


@pytest.mark.parametrize("survey", ["nonsense", "%00", "SAFETY", "safety%20", "x" * 500, "..", "%F0%9F%99%82", "'--"])
def test_a_survey_that_is_none_is_not_found(someone: Respondent, survey: str) -> None:
    assert someone.scan(f"/s/{survey}").status == 404
    assert "999" in someone.page.text
    assert someone.send({"_place": ""}, f"/s/{survey}").status in (404, 405)


def test_a_survey_between_waves_says_that_nothing_is_asked(visitor: Respondent, clock: Clock) -> None:
    visitor.press("Somewhere else, or rather not say")
    waves.close_wave("safety", 1, on=TODAY)
    clock.go_on(hours=9)
    question = visitor.last
    assert visitor.scan("/s/safety").status == 404
    assert visitor.page.h1 == "Nothing is being asked here just now"
    visitor.last = question
    assert visitor.press("Very safe").status == 410
    assert rows()["response"] == 0


def test_a_wave_that_opens_tomorrow_asks_nothing_today(someone: Respondent) -> None:
    waves.close_wave("safety", 1, on=date(2026, 11, 1))
    waves.open_wave("safety", title="Next", opens_on=date(2026, 11, 21))
    assert someone.scan("/s/safety").status == 404
    someone.clock.go_on(hours=9)
    assert someone.scan("/s/safety").status == 200


def test_the_language_goes_along(someone: Respondent) -> None:
    someone.scan("/s/safety?lang=ro")
    assert someone.page.lang == "ro"
    someone.go_on({"_find": "barking"})
    assert someone.page.lang == "ro"
    someone.press("Barking Station")
    assert someone.page.lang == "ro"
    someone.press("Foarte nesigur")
    assert someone.page.lang == "ro"


def test_robbery_is_offered_at_the_same_place_afterwards(visitor: Respondent, world: World) -> None:
    visitor.press("Find the place", {"_find": "barking"}).press("Barking Station")
    visitor.press("Very safe").press("18 to 21").press("Finish now").press("Answer about robbery")
    assert visitor.page.h1 == "Do you know anyone who was robbed around here?"
    visitor.press("No").press("Finish now")
    found = [snapshot(id) for id in ids()]
    assert sorted(s.wave_id for s in found if s) == sorted([world.safety.wave_id, world.robbery.wave_id])
    assert {s.place_id for s in found if s} == {world.place.id}


def test_a_place_s_odd_name_stays_words(someone: Respondent) -> None:
    PlaceFactory(slug="odd", name='O\'Brien & <Sons> "Hall" {{ 7*7 }}')
    someone.send({"_place": "odd"}, "/s/safety")
    assert someone.page.h1 == 'Do you feel safe here, at O\'Brien & <Sons> "Hall" {{ 7*7 }}?'
    assert someone.press("Very safe").status == 200
