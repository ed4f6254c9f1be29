"""`flask surveys import` and `export`, typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from community.surveys.loading import dump
from community.surveys.service import waves
from community.surveys.shipped import publish_shipped
from tests.service.surveys.world import OPENS, World, make_world, shipped
from tests.unit.surveys.sheets import row, sheets, with_column, xlsx


@pytest.fixture
def world(db_session: object) -> World:
    """The safety survey, open."""
    return make_world()


def test_the_command_takes_a_spreadsheet_and_says_what_it_left_out(runner: Any, world: World, tmp_path: Path) -> None:
    file = tmp_path / "small.xlsx"
    file.write_bytes(xlsx(with_column(sheets(), "survey", "required", "yes")))
    said = runner.json("surveys", "import", str(file))
    assert (said["survey"], said["version"]) == ("small", 1)
    assert said["remarks"][0].startswith("small.xlsx, sheet survey, row 2, column required: ")
    file.write_bytes(xlsx(sheets(row("geopoint", "x", "Where?"))))
    refused = runner("surveys", "import", str(file), status=1)
    assert "small.xlsx, sheet survey, row 4, column type: 'geopoint' cannot be asked here" in refused.stderr


def test_export_as_yaml_is_what_a_version_holds(runner: Any, world: World) -> None:
    assert runner("surveys", "export", "safety").stdout == dump(shipped("safety"))


def test_a_survey_that_no_wave_asks_yet_is_listed_with_what_to_do(runner: Any, db_session: object) -> None:
    publish_shipped(on=OPENS)
    listed = runner("surveys", "list").stdout
    for survey in ("robbery", "safety"):
        (line,) = [line for line in listed.splitlines() if line.startswith(survey)]
        assert "no wave: surveys open-wave" in line
    runner("surveys", "open-wave", "safety")
    by_slug = {found["survey"]: found for found in runner.json("surveys", "list")}
    assert [by_slug[slug]["never_fielded"] for slug in ("safety", "robbery")] == [[], [1]]
    (line,) = [line for line in runner("surveys", "list").stdout.splitlines() if line.startswith("safety")]
    assert line.endswith("open-ended")


def test_a_version_newer_than_its_waves_is_listed_above_them(runner: Any, world: World) -> None:
    shorter = shipped("safety")
    waves.publish(replace(shorter, title={**shorter.title, "en": "Anew"}), on=OPENS)
    lines = [line for line in runner("surveys", "list").stdout.splitlines() if line.startswith("safety")]
    assert ["no wave" in line for line in lines] == [True, False]
