"""The live pages as an analyst meets them: the numbers of `insights results`, in every split and every state."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from community.insights.service.rollup import roll_up
from community.insights.service.selection import BY
from community.shared.clock import Daypart, london_today
from tests.factories.places import PlaceFactory
from tests.rig.client import Client, Runner
from tests.rig.html_tree import Element
from tests.rig.staff import client_of
from tests.service.insights.world import SAFE, TODAY, UNSAFE, World

LIVE = "/staff/insights/safety"
OPTIONS = ("very_safe", "fairly_safe", "neither", "fairly_unsafe", "very_unsafe", "prefer_not_to_say", "_skipped")
AGES = ("13-15", "16-17", "18-21", "25-34", "_skipped")
NARROWED: list[dict[str, str]] = [
    {},
    {"place": "barking-station"},
    {"place": "barking-town-centre", "from": "2026-11-01", "to": "2026-11-12"},
    {"place": "e05000002", "question": "why"},
    {"question": "age", "wave": "1"},
]


def crowd(world: World, n: int = 160) -> None:
    """Many answers with one of every kind of group in them, some months of them rolled up."""
    rng = random.Random(7)
    places = [world.station, world.park, world.library, None]
    for _ in range(n):
        place = rng.choice(places)
        world.respond(
            {
                "safe_here": rng.choice(OPTIONS), "age": rng.choice(AGES), "why": rng.sample(("dark", "people"), 1),
                "gender": rng.choice(("female", "male")), "ethnicity": rng.choice(("white", "asian")),
                "disability": "no", "connection": rng.sample(("live", "work"), rng.randint(1, 2)),
            },
            place=place, poster=world.poster if place is world.station else None, flags=int(rng.random() < 0.1),
            on=date(2026, 11, 19) - timedelta(days=rng.randrange(60)), daypart=rng.choice(list(Daypart)),
            channel=rng.choice(("web", "sms")),
        )  # fmt: skip
    roll_up(TODAY)


def cells(page: Any, key: str) -> list[list[str]]:
    """The rows of the table behind a chart, as a person reads them: name, people, then a cell for each answer."""
    box: Element = page.by_id(f"{key}-scroll")
    return [[cell.text for cell in row.all("th", "td")] for row in box.all("tr")][1:]


def printed(document: dict[str, Any], *, flagged: bool = True) -> list[list[str]]:
    """The same from the command's document; without the names of groups."""
    rows: dict[str, list[str]] = {}
    for row in document["rows"]:
        count, base = (row["count"], row["base"]) if flagged else (row["count_unflagged"], row["base_unflagged"])
        cells = rows.setdefault(row["group"], ["hidden" if base is None else f"{base:,}"])
        if count is None:
            cells.append("hidden")
        elif flagged:
            said = f" {row['share']:.1%} {row['low']:.1%} to {row['high']:.1%}" if base else ""
            cells.append(f"{count:,}{said}")
        else:
            cells.append(f"{count:,}{f' {count / base:.1%}' if base else ''}")
    return list(rows.values())


def options(asked: dict[str, str]) -> list[str]:
    return [word for name, value in asked.items() for word in (f"--{name}", value)]


@pytest.mark.parametrize("narrowed", NARROWED, ids=str)
def test_every_split_shows_exactly_what_the_command_prints(
    world: World, analyst: Client, runner: Runner, narrowed: dict[str, str]
) -> None:
    crowd(world)
    hidden = 0
    for by in BY:
        page = analyst.get(LIVE, query_string={**narrowed, "by": by}).page
        expected = printed(runner.json("insights", "results", "safety", "--by", by, *options(narrowed)))
        assert [row[1:] for row in cells(page, "by")] == expected, by
        everyone = printed(runner.json("insights", "results", "safety", *options(narrowed)))
        assert [row[1:] for row in cells(page, "all")] == everyone
        hidden += str(expected).count("hidden")
    assert bool(hidden) == ("place" in narrowed or narrowed.get("question") == "age")


def test_leaving_flagged_answers_out_shows_the_unflagged_numbers(world: World, analyst: Client, runner: Runner) -> None:
    crowd(world)
    page = analyst.get(LIVE, query_string={"by": "age", "flagged": "out"}).page
    expected = printed(runner.json("insights", "results", "safety", "--by", "age"), flagged=False)
    shown = [[" ".join(cell.split()[:2]) for cell in row[1:]] for row in cells(page, "by")]
    assert shown == expected
    assert "they are left out here" in page.text


def test_the_headline_has_its_range_and_stands_with_and_without_flagged_answers(world: World, analyst: Client) -> None:
    world.respond({"safe_here": UNSAFE}, place=world.station, times=178)
    world.respond({"safe_here": SAFE}, place=world.station, times=35)
    world.respond({"safe_here": SAFE}, place=world.station, times=10, flags=1)
    words = analyst.get(LIVE).page.by_id("glance").text
    assert "79.8% felt fairly or very unsafe: 178 of 223 people. Likely between 74.1% and 84.6%." in words
    assert "Without flagged answers 83.6%: 178 of 213" in words
    for part in (
        "“Do you feel safe here, at the place?” (question safe_here, wave 1, version 1).", "223 people gave an answer",
        "on 2 November 2026", "at Barking Station", "10 responses are flagged", "Ranges are 95% (Wilson).",
        "From people who chose to answer: not a sample",
    ):  # fmt: skip
        assert part in words


def test_a_wrong_address_is_told_field_by_field(world: World, analyst: Client) -> None:
    asked = {"from": "x", "place": "nowhere", "by": "shoe", "wave": "9", "question": "no", "flagged": "perhaps"}
    answer = analyst.get(LIVE, query_string=asked)
    assert answer.status_code == 422
    assert answer.page.title.startswith("Error: ")
    summary = next(e for e in answer.page.all("div") if "govuk-error-summary" in (e.get("class") or ""))
    assert {link.get("href") for link in summary.all("a")} == {f"#{field}" for field in asked}
    for field in asked:
        assert answer.page.by_id(field).get("aria-invalid") == "true"
    assert "At a glance" not in answer.page.text


def test_a_wave_that_did_not_ask_the_question_says_so(world: World, analyst: Client) -> None:
    answer = analyst.get(LIVE, query_string={"wave": "1", "place": "Barking-Station"})
    assert (answer.status_code, "There is no place, area or ward called" in answer.page.text) == (422, True)


def test_before_anyone_answers_the_page_says_what_will_stand_there(world: World, analyst: Client) -> None:
    page = analyst.get(LIVE).page
    assert "Nobody has answered this question yet." in page.text
    assert page.by_id("in-all").text == "0"
    assert "Answers will stand here as they come in." in page.text
    assert analyst.get(f"{LIVE}/places/barking-station").status_code == 200


def test_one_answer_is_shown_with_a_warning(world: World, analyst: Client) -> None:
    world.respond({"safe_here": UNSAFE}, place=world.station)
    page = analyst.get(LIVE).page
    assert "100.0% felt fairly or very unsafe: 1 of 1 people. Likely between 20.7% and 100.0%." in page.text
    assert "1 person gave an answer" in page.text
    assert "Some shares here stand on fewer than 30 people." in page.text


def test_a_survey_that_was_never_opened_has_nothing_to_count(world: World, analyst: Client) -> None:
    answer = analyst.get("/staff/insights/robbery")
    assert (answer.status_code, answer.page.h1) == (200, "Nothing to count yet")
    assert analyst.get("/staff/insights/nothing").status_code == 404
    assert analyst.get("/staff/insights/nothing/pulse").status_code == 404


def test_a_place_leads_to_its_page_which_keeps_the_days_and_flags_chosen(world: World, analyst: Client) -> None:
    world.respond({"safe_here": UNSAFE, "why": ["dark", "people"], "robbed": "me"}, place=world.station, times=40)
    world.respond({"safe_here": UNSAFE, "why": ["people"]}, place=world.station)
    listed = analyst.get(LIVE, query_string={"from": "2026-11-01", "flagged": "out"})
    page = analyst.follow(listed, "Barking Station").page
    assert page.h1 == "Barking Station: live answers"
    assert [e.text for e in page.by_id("part-why").all("span") if e.get("class") == "app-chart__label"][:2] == [
        "People hanging around", "It is dark",
    ]  # fmt: skip
    assert "100.0% (40 of 40) had been robbed in the borough or knew someone who had" in page.by_id("part-robbed").text
    assert "from 1 November 2026" in page.text
    assert "without flagged answers" in page.text
    assert analyst.get(f"{LIVE}/places/nowhere").status_code == 404


def test_at_a_school_nothing_is_shown_of_a_few(world: World, analyst: Client) -> None:
    school = PlaceFactory(slug="a-school", name="A School", kind="school_area")
    world.respond({"safe_here": UNSAFE, "why": ["dark"]}, place=school, times=12)
    words = analyst.get(f"{LIVE}/places/a-school").page.text
    assert "Hidden" in words
    assert "12 of 12" not in words
    assert "100.0%" not in words.replace("100%", "")


def test_the_list_of_surveys_leads_to_a_wave(world: World, analyst: Client) -> None:
    world.respond({"safe_here": SAFE}, on=london_today(), place=world.station, times=2)
    listed = analyst.get("/staff/insights")
    assert "2 answers today." in listed.page.text
    assert analyst.follow(listed, "Wave 1: First month").request.args["wave"] == "1"


def test_what_a_person_wrote_in_an_address_comes_back_as_words(world: World, analyst: Client) -> None:
    answer = analyst.get(LIVE, query_string={"place": "<script>alert(1)</script>", "from": '"><b>'})
    assert "<script>alert" not in answer.html
    assert "<b>" not in answer.html


def test_the_first_page_says_how_many_answered_today(world: World, analyst: Client) -> None:
    world.respond({"safe_here": SAFE}, on=london_today(), place=world.station)
    assert "How safe do you feel? 1 answer today." in analyst.get("/staff").page.text


@pytest.mark.parametrize("role", ["viewer", "coordinator", "safeguarding", "admin"])
def test_only_those_who_may_see_answers_are_told_of_them(world: World, app: Flask, role: str) -> None:
    other = client_of(app, role)
    assert other.get(LIVE).status_code == 403
    assert "Live answers" not in other.get("/staff").page.text
