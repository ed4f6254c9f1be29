"""A banner stands above every page on which made-up answers are counted, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from community.insights.made_up import ALL_BANNER, SOME_BANNER
from community.shared.clock import london_today
from tests.rig.client import Client
from tests.service.insights.world import SAFE, UNSAFE, World

PAGES = ("/staff/insights", "/staff/insights/safety", "/staff/insights/safety/places/barking-station")


def banner(answer: Any) -> str:
    """What the banner says; "" without one."""
    return next((box.text for box in answer.page.all("div") if box.get("class") == "app-demo"), "")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_made_up_answers_says_so_above_them(world: World, analyst: Client, page: str) -> None:
    assert banner(analyst.get(page)) == ""
    world.respond({"safe_here": UNSAFE}, place=world.station)
    assert banner(analyst.get(page)) == ""
    world.respond({"safe_here": SAFE}, place=world.station, channel="demo", times=2)
    assert banner(analyst.get(page)) == SOME_BANNER


@pytest.mark.parametrize("page", PAGES[1:])
def test_where_all_are_made_up_nobody_is_said_to_have_answered(world: World, analyst: Client, page: str) -> None:
    world.respond({"safe_here": SAFE}, place=world.station, channel="demo", times=2)
    answer = analyst.get(page)
    assert banner(answer) == ALL_BANNER
    assert "All 2 answers here are made up, for demonstration." in answer.page.by_id("glance").text
    assert "chose to answer" not in answer.page.by_id("glance").text


def test_a_place_without_any_has_no_banner(world: World, analyst: Client) -> None:
    world.respond({"safe_here": SAFE}, place=world.station, channel="demo")
    assert banner(analyst.get("/staff/insights/safety/places/abbey-green")) == ""


def test_the_first_page_and_coverage_say_it_too(world: World, analyst: Client) -> None:
    world.respond({"safe_here": UNSAFE}, place=world.station, on=london_today(), channel="demo")
    assert "1 answer today. Made-up ones are counted." in analyst.get("/staff").page.text
    assert banner(analyst.get("/staff/coverage")) == SOME_BANNER


def test_the_halves_of_an_unsplit_age_have_no_bar_and_no_share(world: World, analyst: Client) -> None:
    world.respond({"age": "13-17"}, times=20, channel="import")
    world.respond({"age": "13-15"}, times=10)
    page = analyst.get("/staff/insights/safety", query_string={"question": "age"}).page
    drawn = page.by_id("question-part").text
    assert "13 to 15 10 of 30, no share" in drawn
    assert "33.3%" not in drawn
    assert "Some gave 13 to 17 only" in drawn
    without = analyst.get("/staff/insights/safety", query_string={"question": "age", "flagged": "out"}).page
    assert "33.3%" not in without.by_id("question-part").text
    for by in ("week", "place"):
        assert (
            analyst.get(
                "/staff/insights/safety", query_string={"question": "age", "answer": "13-15", "by": by}
            ).status_code
            == 200
        )
