"""`flask bot say`: the bot, tried from a terminal."""

from typing import Any


def test_say_prints_the_reply_and_what_it_costs(db_session: Any, runner: Any) -> None:
    said = runner.json("bot", "say", "my husband hits me")
    assert said["reply"].startswith("Trained people") and "0808 2000 247" in said["reply"]
    assert said["characters"] == len(said["reply"]) and said["segments"] == 1


def test_say_goes_on_with_the_talk_of_a_number(db_session: Any, runner: Any) -> None:
    runner("bot", "say", "my husband hits me", "--from", "+447700900111")
    assert runner("bot", "say", "1", "--from", "+447700900111").stdout.startswith("Also:")
    assert runner("bot", "say", "1", "--from", "+447700900112").stdout.startswith("Text SURVEY")


def test_silence_is_told_in_words(db_session: Any, runner: Any) -> None:
    assert runner("bot", "say", "STOP").stdout.strip() == "(no reply, as was asked for)"
    assert runner.json("bot", "say", "STOP") == {"reply": "", "characters": 0, "segments": 0}
