"""What the commands print: one JSON document, a table for people, errors on standard error."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from community.extensions import db
from tests.factories.places import PlaceFactory
from tests.rig.client import Runner
from tests.service.insights.world import SAFE, UNSAFE, World

FIRST_MONTH = Path(__file__).parents[2] / "fixtures" / "first_month.csv"
NOVEMBER = ("--from", "2023-11-01", "--to", "2023-11-30")


def test_results_are_one_json_document(world: World, runner: Runner) -> None:
    world.respond({"safe_here": SAFE, "age": "18-21"}, place=world.station, times=6)
    found = runner.json("insights", "results", "safety", "--by", "age", "--place", "barking-station", "--wave", "1")
    assert (found["survey"], found["by"], found["places"]) == ("safety", "age", ["barking-station"])
    (row,) = [row for row in found["rows"] if (row["group"], row["option"]) == ("18-21", SAFE)]
    assert (row["count"], row["base"], row["share"]) == (6, 6, 1.0)


def test_results_for_people_are_a_table_with_its_wording(world: World, runner: Runner) -> None:
    world.respond({"safe_here": SAFE, "age": "18-21"}, place=world.station, times=3)
    printed = runner("insights", "results", "safety", "--by", "age", "--place", "barking-station").stdout
    assert "Do you feel safe here, at Barking Station?" in printed
    assert "hidden" in printed
    assert "not a sample" in printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("results", "safty"), "Surveys here: robbery, safety."),
        (("results", "safety", "--by", "shoe"), "Split them by one of: place"),
        (("results", "safety", "--place", "nowhere"), "There is no place, area or ward called 'nowhere'."),
        (("missing", "safety", "--from", "soon"), "write a day as 2026-11-20"),
        (("needs-assessment", "--from", "2020-01-01", "--to", "2020-02-01", "--out", "x"), "Nobody answered 'safety'"),
    ],
)
def test_a_slip_ends_with_a_sentence_and_status_1(
    world: World, runner: Runner, words: tuple[str, ...], said: str
) -> None:
    result = runner("insights", *words, "--json", status=1)
    assert said in result.stderr
    assert result.stdout == ""


def test_missing_says_why(world: World, runner: Runner) -> None:
    world.respond({"safe_here": "_skipped"}, times=2)
    found = runner.json("insights", "missing", "safety")
    assert (found["responses"], found["rows"][0]["skipped"], found["rows"][1]["left"]) == (2, 2, 2)
    assert "prefer not to say" in runner("insights", "missing", "safety").stdout


def test_verify_ends_with_status_1_when_a_tally_is_wrong(world: World, runner: Runner) -> None:
    world.respond({"safe_here": SAFE})
    assert runner.json("insights", "verify")["agree"] is True
    assert "all agree" in runner("insights", "verify").stdout
    db.session.execute(text("update tally set n = 2 where attribute = 'channel'"))
    found = json.loads(runner("insights", "verify", "--json", status=1).stdout)
    assert (found["agree"], found["differing"], found["differences"][0]["attribute"]) == (False, 1, "channel")
    assert "1 of" in runner("insights", "verify", status=1).stdout


def test_a_roll_up_by_hand_says_how_far_it_went(world: World, runner: Runner) -> None:
    world.respond({"safe_here": SAFE}, on=date(2026, 1, 5))
    assert date.fromisoformat(runner.json("insights", "roll-up")["closed_before"]).day == 1
    assert runner.json("insights", "verify")["agree"] is True


def test_the_first_month_goes_in_as_a_file_and_comes_out_as_its_paragraph(
    world: World, runner: Runner, tmp_path: Path
) -> None:
    for name in (
        "Dagenham Heathway Station", "Becontree Station", "Upney Station", "Dagenham East Station",
        "Chadwell Heath Station", "Barking Riverside Station", "Dagenham Dock Station",
    ):  # fmt: skip
        PlaceFactory(slug=name.lower().replace(" ", "-"), name=name, kind="station", search_text=name.lower())
    world.respond({"safe_here": UNSAFE}, times=40)  # another wave, other days: none of it belongs
    runner("responses", "import", str(FIRST_MONTH))
    borough = runner.json("insights", "results", "safety", "--question", "safe_in_borough", *NOVEMBER)
    (no,) = [row for row in borough["rows"] if row["option"] == "no"]
    assert (no["count"], no["base"], round(no["low"], 3), round(no["high"], 3)) == (178, 223, 0.741, 0.846)
    exact = runner.json("insights", "needs-assessment", *NOVEMBER, "--out", str(tmp_path / "exact"))
    for words in ("223 people", "50% were aged 13 to 17 and 22% were aged 18 to 21", "80% (74 to 85)", "89%"):
        assert words in exact["paragraphs"][0]
    released = runner.json("insights", "needs-assessment", *NOVEMBER, "--out", str(tmp_path / "out"), "--released")
    for words in ("225 people", "49% were aged 13 to 17 and 22% were aged 18 to 21", "80% (74 to 85)", "89%"):
        assert words in released["paragraphs"][0]
    assert [Path(file).name for file in released["files"]] == ["community-voice.html", "community-voice.md"]
    assert runner.json("insights", "results", "safety", "--question", "safe_here", *NOVEMBER)["places"] == []
    assert runner.json("insights", "verify")["agree"] is True
