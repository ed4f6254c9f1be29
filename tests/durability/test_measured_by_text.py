"""The running service, texted as the provider texts it, measured by the score that the council measures it with.

The set is small, so that one message is two to seven per cent of its kind: one false alarm is let pass here. The large
sets are held to the whole of the targets (`flask bot evaluate`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from community.config import ROOT
from tests.durability.lines import Lines, lines
from tests.rig.twilio_standin import MESSAGES

__all__ = ["lines"]

SETS = ROOT / "tests" / "bot_sets"


def test_a_small_set_of_ours_is_answered_as_it_should_be(lines: Lines, tmp_path: Path) -> None:
    line = lines("sqlite")
    figures = _score(line.site.url + MESSAGES, line.provider.token, tmp_path / "figures.json")
    assert figures["messages"] >= 50 and figures["failed_requests"] == 0
    assert share(figures["emergency_recall"]) >= 0.98
    assert figures["false_alarm_rate"][0] <= 1  # type: ignore[index]
    assert share(figures["signposting_recall_all_musts"]) >= 0.92
    assert figures["must_not_violations"][0] <= 1  # type: ignore[index]
    assert figures["empty_replies"] == 0


def test_a_wrong_token_scores_nothing(lines: Lines, tmp_path: Path) -> None:
    figures = _score(lines("sqlite").site.url + MESSAGES, "another token", tmp_path / "figures.json")
    assert figures["failed_requests"] == figures["messages"]


def share(counted: list[int]) -> float:
    return counted[0] / counted[1]


def _score(url: str, token: str, out: Path) -> dict[str, list[int] | int]:
    command = [
        sys.executable, SETS / "score.py", "--data", SETS / "by_text.jsonl", "--services", SETS / "services.json",
        "--client", url, "--sign", token, "--json", out, "--show", "20",
    ]  # fmt: skip
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    print(done.stdout)
    figures: dict[str, list[int] | int] = json.loads(out.read_text())
    return figures
