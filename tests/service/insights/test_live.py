"""What stands beside the results on a live page: how many answered, how far they got, and whether anything changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from community.insights.filters import Filters
from community.insights.service.live import Live, live, surveys
from community.insights.service.missing import missing
from community.insights.service.place_page import UnknownPlace, place_page
from community.insights.service.pulse import pulse
from community.places.models import Place
from community.surveys.service import waves
from tests.factories.places import PlaceFactory
from tests.service.insights.world import RATHER_NOT, SAFE, TODAY, UNSAFE, World

FAR = {"safe_here": UNSAFE, "age": "18-21", "safe_in_borough": "no", "safe_day": SAFE, "safe_dark": "_skipped"}


def seen(**filters: object) -> Live:
    return live("safety", Filters(**filters), TODAY)  # type: ignore[arg-type]


def test_answers_of_today_and_in_all_are_people_whatever_they_said(world: World) -> None:
    world.respond({"safe_here": SAFE}, on=TODAY, times=2)
    world.respond({"safe_here": RATHER_NOT}, on=TODAY, place=world.station)
    world.respond({"safe_here": "_skipped"}, on=TODAY - timedelta(days=40))
    world.respond({"safe_here": UNSAFE}, on=TODAY, flags=1)
    glance = seen().glance
    assert (glance.today, glance.in_all, glance.flagged) == (4, 5, 1)
    without = seen(flagged=False).glance
    assert (without.today, without.in_all) == (3, 4)
    there = seen(place="barking-station").glance
    assert (there.today, there.in_all) == (1, 1)


def test_how_far_people_get_is_what_the_command_counts_as_not_left(world: World) -> None:
    world.respond({"safe_here": UNSAFE}, on=TODAY, times=3)
    world.respond({"safe_here": RATHER_NOT, "age": "_skipped"}, on=TODAY, times=2)
    world.respond(FAR, on=TODAY, times=2)
    world.respond({**FAR, "why": ["dark", "people"], "help": ["_skipped"]}, on=TODAY)
    world.respond({**FAR, "why": "_not_asked", "help": ["dont_know"]}, on=TODAY, flags=1)
    world.respond(FAR, on=TODAY - timedelta(days=7))  # the day before the seven
    found = seen().glance
    table = missing("safety", first=found.steps_from, last=found.steps_to)
    left = {row.question: row.left for row in table.rows}
    first_of = [screen.questions[0] for screen in world.fielding.questionnaire.screens]
    assert (table.responses, found.steps_to) == (9, TODAY)
    assert [step.reached for step in found.steps] == [table.responses - left[key] for key in first_of]
    assert [step.reached for step in found.steps][:6] == [9, 6, 4, 4, 2, 2]


def test_how_far_is_asked_of_the_last_days_chosen(world: World) -> None:
    world.respond(FAR, on=date(2026, 11, 5))
    world.respond({"safe_here": SAFE}, on=date(2026, 11, 12))
    found = seen(first=date(2026, 11, 4), last=date(2026, 11, 8)).glance
    assert (found.steps_from, found.steps_to) == (date(2026, 11, 4), date(2026, 11, 8))
    assert [step.reached for step in found.steps][:3] == [1, 1, 1]


def school(world: World) -> Place:
    place: Place = PlaceFactory(slug="a-school", name="A School", kind="school_area")
    return place


@pytest.mark.parametrize(("n", "hidden"), [(29, True), (30, False)])
def test_at_a_school_small_steps_are_hidden(world: World, n: int, hidden: bool) -> None:
    at = school(world)
    world.respond({"safe_here": SAFE}, place=at, on=TODAY, times=n - 3)
    world.respond(FAR, place=at, on=TODAY, times=3)
    steps = seen(place="a-school").glance.steps
    assert [step.reached for step in steps[:2]] == ([None, None] if hidden else [n, None])
    assert seen(place="a-school").glance.in_all == n


def test_the_pulse_beats_with_every_change_of_the_counts_and_only_then(world: World) -> None:
    beats = [pulse("safety", TODAY)]

    def beat() -> None:
        beats.append(pulse("safety", TODAY))

    id = world.respond({"safe_here": SAFE}, on=TODAY, place=world.station)
    beat()
    world.change(id, {"safe_here": UNSAFE})
    beat()
    world.change(id, {"age": "_skipped"})
    beat()
    old = world.respond({"safe_here": SAFE}, on=TODAY - timedelta(days=1))
    beat()
    world.withdraw(old)
    beat()
    assert len(set(beats)) == len(beats)
    assert pulse("safety", TODAY) == beats[-1]
    assert pulse("safety", TODAY + timedelta(days=1)) != beats[-1]  # "answers today" begins anew


def test_taking_back_an_answer_of_long_ago_is_felt(world: World) -> None:
    old = world.respond({"safe_here": SAFE}, on=TODAY - timedelta(days=60))
    before = pulse("safety", TODAY)
    world.withdraw(old)
    assert pulse("safety", TODAY) != before


def test_another_survey_does_not_disturb(world: World) -> None:
    wave = waves.open_wave("robbery", title="Robbery", opens_on=date(2026, 1, 1))
    before = pulse("safety", TODAY)
    robbery = waves.fielding(wave.id)
    world.respond({robbery.questionnaire.opening.key: "me"}, on=TODAY, fielding=robbery)
    assert pulse("safety", TODAY) == before


def test_the_headline_is_how_unsafe_people_feel_whatever_question_is_looked_at(world: World) -> None:
    world.respond({"safe_here": UNSAFE, "why": ["dark"]}, times=3)
    page = seen(question="why")
    assert (page.headline.question.key, page.headline.measure.key) == ("safe_here", "unsafe")
    assert (page.overall.question.key, page.overall.measure.key) == ("why", "dark")


def test_surveys_are_listed_with_their_waves_and_answers_of_today(world: World) -> None:
    world.respond({"safe_here": SAFE}, on=TODAY, place=world.station, times=2)
    waves.close_wave("safety", 1, on=TODAY)
    later = waves.open_wave("safety", title="Second month", opens_on=TODAY + timedelta(days=1))
    (listed,) = surveys(TODAY)
    assert [(wave.number, wave.today) for wave in listed.waves] == [(later.number, None), (1, 2)]


def test_a_place_page_has_its_reasons_remedies_robbery_weeks_and_posters(world: World) -> None:
    world.respond({**FAR, "why": ["dark"], "help": ["cctv"], "robbed": "me"}, place=world.station, poster=world.poster)
    world.respond({**FAR, "why": ["people"]}, place=world.park)
    page = place_page("safety", "barking-station", Filters(place="abbey-green", question="age"))
    assert [table.question.key for table in page.ranked] == ["why", "help"]
    assert page.others[0].question.key == "robbed"
    assert {table.base for table in (*page.ranked, *page.others)} == {1, 0}
    assert page.headline.base == 1
    assert list(page.weeks.rows_by_group) == ["2026-11-02"]
    assert [poster.code for poster in page.posters] == list(page.by_poster.rows_by_group)
    with pytest.raises(UnknownPlace, match="no place called 'nowhere'"):
        place_page("safety", "nowhere", Filters())
