"""The card and the poster: neutral words, the catalogue's numbers, a code that a phone can read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp

from community.places.print_fonts import Fonts
from community.support.catalogue import by_id, load
from community.support.handout import HandoutLine, as_words, card_lines, typed_address
from community.support.handout_sheets import cards_pdf, poster_pdf
from community.support.service import directory

ROOT = Path(__file__).resolve().parents[3]
MADE = datetime(2026, 11, 20, 12, tzinfo=UTC)
BASE = "https://voice.example.org"
LINES = card_lines(load())
TELLING = re.compile(r"abus|violen|rape|suicid|assault|victim|crime|refuge|stalk|haven|hurt|safe|survey", re.I)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts.from_folder(ROOT / "node_modules")


@pytest.fixture(scope="module")
def card(fonts: Fonts) -> bytes:
    return cards_pdf(LINES, BASE, fonts, author="Us", created=MADE)


@pytest.fixture(scope="module")
def poster(fonts: Fonts) -> bytes:
    return poster_pdf(LINES, BASE, fonts, author="Us", created=MADE, text_to="+447700900123")


def words_of(file: bytes) -> str:
    document = pdfium.PdfDocument(file)
    try:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


def codes_of(file: bytes, dots_per_inch: int) -> list[str]:
    document = pdfium.PdfDocument(file)
    try:
        picture = document[0].render(scale=dots_per_inch / 72).to_pil().convert("L")
        return [found.text for found in zxingcpp.read_barcodes(picture)]
    finally:
        document.close()


def test_the_lines_hold_999_a_line_for_children_and_one_to_text() -> None:
    numbers = {line.label: as_words(line) for line in LINES}
    assert numbers["In danger now"] == "999"
    assert numbers["Under 19, day and night"] == by_id(load())["childline"].phone
    assert numbers["To text, day and night"] == "SHOUT to 85258"


def test_every_number_is_the_catalogues() -> None:
    known = {number for service in load() for number in (service.phone, service.sms) if number}
    assert {line.number for line in LINES} <= known


def test_a_service_that_is_hidden_leaves_the_card_and_the_national_lines_stay() -> None:
    later = card_lines(directory(today=date(2030, 1, 1)))
    assert "In the borough" not in [line.label for line in later]
    assert len(later) == len(LINES) - 1
    assert card_lines([replace(by_id(load())["childline"], phone=None)]) == ()


@pytest.mark.parametrize("name", ["card", "poster"])
def test_no_word_on_paper_gives_a_reader_away(name: str, request: pytest.FixtureRequest) -> None:
    words = words_of(request.getfixturevalue(name))
    assert not TELLING.search(words), TELLING.search(words)


@pytest.mark.parametrize("name", ["card", "poster"])
def test_paper_says_every_line_the_address_and_what_to_do_when_you_cannot_speak(
    name: str, request: pytest.FixtureRequest
) -> None:
    words = words_of(request.getfixturevalue(name))
    for line in LINES:
        assert as_words(line) in words
    for said in ("voice.example.org/help", "999", "press 55 when asked"):
        assert said in words


def test_a_sheet_holds_ten_cards_each_with_a_code_that_reads(card: bytes) -> None:
    assert words_of(card).count("Good numbers to have") == 10
    assert codes_of(card, 200) == [f"{BASE}/help"] * 10


def test_the_posters_code_reads_sharp_and_from_afar(poster: bytes) -> None:
    assert codes_of(poster, 100) == codes_of(poster, 40) == [f"{BASE}/help"]


def test_the_poster_says_what_a_text_costs_and_that_it_does_not_reach_the_police(fonts: Fonts, poster: bytes) -> None:
    words = words_of(poster)
    assert "Or text hello to 07700 900123" in words
    assert "A text costs your normal rate." in words
    assert "does not reach the police" in words
    without = words_of(poster_pdf(LINES, BASE, fonts, author="Us", created=MADE))
    assert "text hello" not in without
    assert "rate" not in without


def test_the_same_words_give_the_same_bytes(fonts: Fonts, card: bytes) -> None:
    assert cards_pdf(LINES, BASE, fonts, author="Us", created=MADE) == card


def test_long_addresses_and_names_stay_on_the_card(fonts: Fonts) -> None:
    long = cards_pdf(
        LINES, "https://community-voice.barking-and-dagenham.example.gov.uk", fonts, author="U" * 300, created=MADE
    )
    assert len(codes_of(long, 300)) == 10


def test_words_for_a_number_and_the_typed_address() -> None:
    assert as_words(HandoutLine("To text", "85258", "SHOUT")) == "SHOUT to 85258"
    assert typed_address("http://127.0.0.1:8000") == "127.0.0.1:8000/help"
