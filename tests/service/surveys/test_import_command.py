"""`flask surveys import` and `export`, typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from community.surveys.loading import dump
from tests.service.surveys.world import World, make_world, shipped
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
