"""Every hazard is tied to a test that is there (trust B12)."""

from __future__ import annotations

import re

import pytest

from community.config import ROOT

LOG = (ROOT / "docs" / "hazard-log.md").read_text("utf-8")
HAZARDS = [line.split("|")[1:-1] for line in LOG.splitlines() if re.match(r"\| H\d+\.", line)]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_hazards_are_numbered_without_a_gap() -> None:
    numbers = [int(re.findall(r"\d+", cells[0])[0]) for cells in HAZARDS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 20


@pytest.mark.parametrize("cells", HAZARDS, ids=lambda cells: cells[0].split(".")[0].strip())
def test_a_hazard_says_harm_and_answer_and_names_a_test_that_is_there(cells: list[str]) -> None:
    assert len(cells) == 4 and all(cell.strip() for cell in cells)
    named = _TEST.findall(cells[3])
    assert named
    for path, name in named:
        file = ROOT / path
        assert file.is_file(), f"{path} is not there"
        assert re.search(rf"^(?:async )?def {name}\(", file.read_text("utf-8"), re.M), f"{path} has no {name}"
