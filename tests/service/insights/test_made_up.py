"""Made-up answers are said to be made up wherever they are counted."""

from __future__ import annotations

import pytest

from community.insights.exporting import csv_of
from community.insights.filters import Filters
from community.insights.service import live
from community.insights.service.results import results
from community.insights.service.rollup import roll_up
from tests.rig.client import Runner
from tests.service.insights.world import SAFE, TODAY, UNSAFE, World

ALL = "All 3 answers here are made up, for demonstration."
SOME = "3 of these answers are made up, for demonstration."
NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture
def demo(world: World) -> World:
    world.respond({"safe_here": SAFE, "age": "18-21", "why": ["dark"]}, place=world.station, channel="demo", times=3)
    return world


def test_results_say_how_many_are_made_up(demo: World) -> None:
    found = results("safety")
    assert (found.notes, found.made_up, found.all_made_up) == ((ALL,), 3, True)
    demo.respond({"safe_here": UNSAFE}, place=demo.park)
    roll_up(TODAY)
    found = results("safety")
    assert (found.notes, found.made_up, found.all_made_up) == ((SOME,), 3, False)
    assert results("safety", by="age").notes == results("safety", by="wave").notes == (SOME,)
    assert results("safety", place="abbey-green").notes == ()
    assert results("safety", question="why").made_up == 3  # people, not choices


def test_flagged_ones_are_said_to_be_among_them(world: World) -> None:
    world.respond({"safe_here": SAFE}, channel="demo", flags=1, times=2)
    assert results("safety").notes == ("All 2 answers here, flagged ones included, are made up, for demonstration.",)


def test_the_command_never_says_that_invented_people_chose_to_answer(demo: World, runner: Runner) -> None:
    printed = runner("insights", "results", "safety")
    assert "chose to answer" not in printed.stdout
    assert printed.stdout.rstrip().endswith(ALL)
    assert printed.stderr == ""
    assert ALL in runner("insights", "results", "safety", "--json").stderr
    demo.respond({"safe_here": UNSAFE})
    assert f"not a sample.\n{SOME}" in runner("insights", "results", "safety").stdout


def test_the_csv_says_it_on_every_line(demo: World) -> None:
    def lines() -> list[str]:
        return csv_of(live.table(live.asked("safety", Filters()), None, Filters())).decode().splitlines()[1:]

    assert all(ALL in line and "chose to answer" not in line for line in lines())
    demo.respond({"safe_here": UNSAFE})
    assert all(SOME in line and "chose to answer" in line for line in lines())


def test_missing_says_how_many_of_its_responses_are_made_up(demo: World, runner: Runner) -> None:
    assert "All 3 responses here are made up, for demonstration." in runner("insights", "missing", "safety").stdout
    demo.respond({"safe_here": UNSAFE})
    assert "3 of these responses are made up" in runner("insights", "missing", "safety").stdout
    assert runner.json("insights", "missing", "safety")["made_up"] == 3


def test_the_section_s_marks_stand_before_its_paragraphs(demo: World, runner: Runner, tmp_path: object) -> None:
    said = runner("insights", "needs-assessment", *NOVEMBER, "--out", str(tmp_path)).stdout
    assert said.startswith(
        "This is a demonstration. Every answer here is made up.\n\nExact figures: not for publication."
    )
    demo.respond({"safe_here": UNSAFE}, times=12)
    said = runner("insights", "needs-assessment", *NOVEMBER, "--out", str(tmp_path), "--released").stdout
    assert said.startswith("Released form: rounded figures.")
