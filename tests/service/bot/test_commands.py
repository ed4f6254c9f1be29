"""`flask bot say` and `evaluate`: the bot, tried from a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from community.bot.service import hear
from tests.service.bot.phone import NOON


def test_say_prints_the_reply_and_what_it_costs(db_session: Any, runner: Any) -> None:
    said = runner.json("bot", "say", "my husband hits me")
    assert said["reply"].startswith("Trained people") and "0808 2000 247" in said["reply"]
    assert said["characters"] == len(said["reply"]) and said["segments"] == 1


def test_say_goes_on_with_the_talk_of_a_number(db_session: Any, runner: Any) -> None:
    runner("bot", "say", "my husband hits me", "--from", "+447700900111")
    assert runner("bot", "say", "1", "--from", "+447700900111").stdout.startswith("Also:")
    assert runner("bot", "say", "1", "--from", "+447700900112").stdout.startswith("Send SURVEY")


def test_silence_is_told_in_words(db_session: Any, runner: Any) -> None:
    assert runner("bot", "say", "STOP").stdout.strip() == "(no reply, as was asked for)"
    assert runner.json("bot", "say", "STOP") == {"reply": "", "characters": 0, "segments": 0}


SETS = Path(__file__).parents[2] / "bot_sets"
ASKED = [
    {"id": "1", "text": "my husband hits me", "topics": ["domestic_abuse"], "urgency": "urgent",
     "must": ["domestic_abuse_helpline", "refuge_bddsvs"], "must_not": []},
    {"id": "2", "text": "he has a knife at my throat", "topics": ["weapons"], "urgency": "emergency",
     "must": ["emergency_999"], "must_not": []},
    {"id": "3", "text": "hello", "topics": ["start"], "urgency": "none", "must": ["menu"],
     "must_not": ["emergency_999"], "control": True},
    {"id": "4", "text": "STOP", "topics": ["stop"], "urgency": "none", "must": ["opt_out_or_silence"],
     "must_not": ["emergency_999"]},
]  # fmt: skip


def test_evaluate_prints_what_the_script_from_outside_prints(db_session: Any, runner: Any, tmp_path: Path) -> None:
    """The second service of the first message is named once its writer goes on, as the script lets it."""
    file = tmp_path / "asked.jsonl"
    file.write_text("\n".join(json.dumps({"lang": "en", "style": "ordinary", **row}) for row in ASKED))
    services = str(SETS / "services.json")
    when = ("--at", "2026-11-24T12:00")
    said = runner.json("bot", "evaluate", str(file), "--services", services, *when)
    assert said["messages"] == 4 and said["emergency_recall"] == [1, 1] and said["false_alarm_rate"] == [0, 2]
    assert said["signposting_recall_all_musts"] == [4, 4] and said["signposting_recall_first_reply"] == [3, 4]

    replies = tmp_path / "replies.jsonl"
    with replies.open("w") as out:
        for row in ASKED:
            first = hear(None, row["text"], NOON, "trying")
            then = hear(first.talk, "1", NOON, "trying") if row["id"] == "1" else None
            kept = {"id": row["id"], "reply": first.reply.text if first.reply else ""}
            out.write(json.dumps(kept | ({"then": then.reply.text} if then and then.reply else {})) + "\n")
    script = [sys.executable, SETS / "score.py", "--data", file, "--services", services, "--predictions", replies]
    theirs = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    ours = runner("bot", "evaluate", str(file), "--services", services, *when).stdout
    assert [line.split() for line in ours.splitlines() if line] == [
        line.split() for line in theirs.splitlines() if line
    ]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_was_reached_on_messages_that_played_no_part_is_held(db_session: Any, runner: Any) -> None:
    files = (str(SETS / "unseen.jsonl"), "--services", str(SETS / "services.json"))
    said = runner.json("bot", "evaluate", *files, "--at", "2026-11-24T12:00")
    (told, emergencies), (alarmed, harmless) = said["emergency_recall"], said["false_alarm_rate"]
    assert told / emergencies >= 0.99 and alarmed / harmless <= 0.008
    broken, forbidden = said["must_not_violations"]
    assert broken / forbidden <= 0.008
    named, needed = said["signposting_recall_all_musts"]
    assert named / needed >= 0.965
    assert said["opt_out_wrongly"][0] == 0 and said["empty_replies"] == 0


@pytest.mark.parametrize(
    ("lines", "why"),
    [("", "No such file"), ("\nnot json", ":2: not a JSON object"), ("7", ":1: not a JSON object"),
     ('{"id": "1"}', ":1: no text, topics")],
)  # fmt: skip
def test_a_set_that_cannot_be_read_is_refused_in_words(
    db_session: Any, runner: Any, tmp_path: Path, lines: str, why: str
) -> None:
    file = tmp_path / "asked.jsonl"
    if lines:
        file.write_text(lines)
    done = runner("bot", "evaluate", str(file), "--services", str(SETS / "services.json"), status=1)
    assert "These files cannot be used" in done.stderr and why in done.stderr
