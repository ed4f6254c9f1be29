"""Surveys by text as people have them, in plain files (tests/bot/transcripts/surveys), replayed one test a file.

Written as the other transcripts are; {code}, {robbery} and {retired} are posters' codes. segments: at most so many, 2
unless said. stored: responses afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml
from flask import Flask

from community.extensions import db
from community.messaging.segments import segments
from community.places.service import posters
from community.places.service.places import get_by_slug, load_facts
from community.surveys.service import waves
from community.surveys.shipped import publish_shipped
from tests.service.bot.phone import Phone
from tests.service.surveys.world import rows

FOLDER = Path(__file__).parents[2] / "bot" / "transcripts" / "surveys"
TRANSCRIPTS = sorted(FOLDER.glob("*.yaml"))
KEYS = {"says", "hears", "not", "silence", "segments"}
OPENS = date(2026, 1, 1)


@dataclass(frozen=True)
class Codes:
    code: str
    robbery: str
    retired: str


@pytest.fixture
def codes(app: Flask, db_session: object) -> Codes:
    """The borough's places, both surveys open, and posters at stations."""
    load_facts()
    publish_shipped(on=OPENS)
    waves.open_wave("safety", title="First", opens_on=OPENS)
    robbery = waves.open_wave("robbery", title="First", opens_on=OPENS)
    (here,) = posters.create_posters(get_by_slug("barking-station"), on=OPENS)
    (asking_of_robbery,) = posters.create_posters(get_by_slug("upney-station"), on=OPENS, wave_id=robbery.id)
    (down,) = posters.create_posters(get_by_slug("upney-station"), on=OPENS)
    posters.take_down(down, OPENS)
    db.session.commit()
    return Codes(here.code, asking_of_robbery.code, down.code)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_survey_goes_as_it_is_written_down(path: Path, codes: Codes) -> None:
    transcript, phone = yaml.safe_load(path.read_text("utf-8")), Phone()
    for number, turn in enumerate(transcript["turns"], start=1):
        assert turn.keys() <= KEYS and {"hears", "silence"} & turn.keys(), f"turn {number} is not understood"
        text = turn["says"].format(**vars(codes))
        reply = phone.says(text)
        where = f"turn {number}, {text!r} -> {reply!r}"
        assert bool(reply) is not bool(turn.get("silence")), where
        assert [words for words in turn.get("hears", ()) if words not in reply] == [], where
        assert [words for words in turn.get("not", ()) if words.lower() in reply.lower()] == [], where
        assert segments(reply) <= turn.get("segments", 2), where
        assert "999" in reply or not reply, where
    assert rows()["response"] == transcript.get("stored", 1)
