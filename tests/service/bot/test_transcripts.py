"""Talks as people have them, in plain files (tests/bot/transcripts), replayed one test a file.

A turn: says, or again (the provider sends the last message once more); after_minutes; media. What comes back: hears
(all of these), not (none of these, in any case), most (characters), silence, or opening (what answers "hello")."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from community.bot.service import answer_web
from community.bot.wording import say
from community.shared.clock import LONDON
from tests.service.bot.phone import Phone

FOLDER = Path(__file__).parents[2] / "bot" / "transcripts"
TRANSCRIPTS = sorted(FOLDER.glob("*.yaml"))
KEYS = {"says", "again", "after_minutes", "media", "hears", "not", "most", "silence", "opening"}


class Browser(Phone):
    """The chat page, which carries its talk itself."""

    carried: dict[str, Any] | None = None

    def says(self, text: str, **_: Any) -> str:
        self.carried, reply = answer_web(self.carried, text, now=self.now)
        self.passes(minutes=1)
        return reply


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_talk_goes_as_it_is_written_down(path: Path, phone: Phone) -> None:
    transcript = yaml.safe_load(path.read_text("utf-8"))
    if transcript.get("channel") == "web":
        phone = Browser()
    phone.now = datetime.strptime(f"{transcript['at']}", "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)
    text = ""
    for number, turn in enumerate(transcript["turns"], start=1):
        assert turn.keys() <= KEYS, f"turn {number} says what nobody reads"
        assert {"hears", "silence", "opening"} & turn.keys(), f"turn {number} expects nothing"
        phone.passes(minutes=turn.get("after_minutes", 0))
        text = turn.get("says", text)
        reply = phone.says(text, media=turn.get("media", 0), sid=phone.sid if turn.get("again") else None)
        where = f"turn {number}, {text!r} -> {reply!r}"
        if turn.get("silence"):
            assert reply == "", where
            continue
        assert reply, where
        assert not turn.get("opening") or reply == say("opening").text, where
        assert [words for words in turn.get("hears", ()) if words not in reply] == [], where
        said = reply.replace("In danger?", "")
        assert [words for words in turn.get("not", ()) if words.lower() in said.lower()] == [], where
        assert len(reply) <= turn.get("most", 306), where


def test_there_is_a_transcript_for_each_person_of_the_journey() -> None:
    assert len(TRANSCRIPTS) >= 14
