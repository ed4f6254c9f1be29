"""The last words: in the repository for the provider to serve, and the same that the catalogue says today."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from flask import Flask

from community.bot import out_of_order
from community.config import ROOT
from community.messaging.fallback import as_file, twiml
from community.messaging.segments import segments
from community.support.catalogue import load
from tests.rig.client import Runner

FILE = ROOT / "docs" / "twilio-fallback.xml"


def test_the_file_that_ships_is_what_the_catalogue_says_today() -> None:
    assert FILE.read_text("utf-8") == as_file(out_of_order.words()), (
        "run: flask bot fallback --out docs/twilio-fallback.xml"
    )


def test_the_file_is_twiml_that_names_999_and_lines_that_are_always_open_in_one_segment() -> None:
    root = ET.fromstring(FILE.read_text("utf-8").encode())
    assert root.tag == "Response"
    words = root.findtext("Message") or ""
    assert "999" in words and segments(words) == 1
    named = [service for service in load() if service.phone and service.phone in words and service.id[:6] != "police"]
    assert len(named) >= 2 and all(service.always_open for service in named)
    assert any((service.age_max or 99) < 20 for service in named), "somebody for the young"


def test_silence_is_a_document_too() -> None:
    assert ET.fromstring(twiml("").encode()).tag == "Response"
    assert list(ET.fromstring(twiml("").encode())) == []


def test_the_command_writes_the_same_file(shared_app: Flask, tmp_path: Path) -> None:
    run = Runner(shared_app)
    run("bot", "fallback", "--out", str(tmp_path / "fallback.xml"))
    assert (tmp_path / "fallback.xml").read_bytes() == FILE.read_bytes()
    assert run("bot", "fallback").stdout == FILE.read_text("utf-8")
    assert "cannot be written" in run("bot", "fallback", "--out", str(tmp_path / "no" / "x"), status=1).stderr
