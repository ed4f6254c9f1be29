"""Free words bring up the right help, ordinary words bring up none, and help is always fixed words and facts."""

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from community.support.catalogue import by_id, load
from community.support.harm import HARM_TOPICS, HelpBox, help_for, least_age, topics_in
from community.support.routes import ALSO_CALLED
from community.support.service import help_box

CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("harm_cases.yaml").read_text("utf-8"))
SIGNALS, NOTHING = CASES["signals"], CASES["nothing"]
BANDS = [None, "under_13", "13-15", "16-17", "13-17", "18-21", "25-34", "65+", "prefer_not_to_say", "_skipped"]


@pytest.mark.parametrize(("topic", "text"), SIGNALS, ids=[f"{topic}: {text[:40]}" for topic, text in SIGNALS])
def test_words_of_harm_bring_up_their_topic(topic: str, text: str) -> None:
    assert topic in topics_in(text)


@pytest.mark.parametrize("text", NOTHING)
def test_ordinary_words_bring_up_nothing(text: str) -> None:
    assert topics_in(text) == frozenset()


def test_the_lists_are_long_enough_and_reach_every_topic() -> None:
    assert len(SIGNALS) >= 200
    assert len(NOTHING) >= 100
    assert {topic for topic, _ in SIGNALS} == HARM_TOPICS
    assert len({(topic, text) for topic, text in SIGNALS}) == len(SIGNALS)


@pytest.mark.parametrize(("topic", "text"), SIGNALS[::4], ids=[text[:40] for _, text in SIGNALS[::4]])
def test_harm_is_found_in_the_middle_of_other_words_and_in_capitals(topic: str, text: str) -> None:
    assert topic in topics_in(f"More lights please, and a cafe.\n{text.upper()}\nThanks for asking 👍")


def test_two_harms_in_one_text_are_both_found() -> None:
    assert {"sexual_violence", "self_harm"} <= topics_in("my husband rapes me and i want to die")


def test_an_idiom_does_not_hide_the_harm_beside_it() -> None:
    assert "self_harm" in topics_in("killing time. I want to die")
    assert "domestic_abuse" in topics_in("my feet are killing me and my husband hits me")


@settings(max_examples=200)
@given(st.text(max_size=400))
def test_any_text_can_be_read_and_gives_known_topics(text: str) -> None:
    assert topics_in(text) <= HARM_TOPICS


@given(st.sampled_from([text for _, text in SIGNALS]), st.sampled_from(["", " ", "\n", "!!!", "...", " 🙏", "\u200b"]))
def test_what_stands_round_a_text_does_not_hide_it(text: str, around: str) -> None:
    assert topics_in(text) <= topics_in(around + text + around)


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "my husband ",
        "he ",
        "they took ",
        "r*",
        "0",
        ". ",
        "! ",
        "a b ",
        "my dad i am ",
        "naked ",
        "ব",
        "مار ",
        "\u0301",
        "im ",
    ],
    ids=repr,
)
def test_a_long_hostile_text_takes_no_longer_than_a_moment(piece: str) -> None:
    text = (piece * 12_000)[:12_000]
    topics_in("first use puts the lists together")
    started = time.process_time()
    topics_in(text)
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize(
    ("band", "age"),
    [("under_13", 0), ("13-15", 13), ("16-17", 16), ("13-17", 13), ("65+", 65), (None, None),
     ("prefer_not_to_say", None), ("_skipped", None), ("", None)],
)  # fmt: skip
def test_an_age_band_tells_the_youngest_age_in_it(band: str | None, age: int | None) -> None:
    assert least_age(band) == age


def numbers(box: HelpBox) -> set[str]:
    return {number.replace(" ", "") for line in box.lines for number in re.findall(r"\d[\d ]{2,}\d", _words(line))}


def _words(line: object) -> str:
    return " | ".join(str(value) for value in vars(line).values())


@pytest.mark.parametrize("topic", sorted(HARM_TOPICS | ALSO_CALLED.keys() | {"nonsense"}))
@pytest.mark.parametrize("band", BANDS)
def test_every_box_names_a_line_open_day_and_night_and_no_number_of_its_own(topic: str, band: str | None) -> None:
    box = help_for({topic}, band)
    services = {service.name: service for service in load()}
    assert 1 <= len(box.lines) <= 7
    assert any(services[line.name].is_helpline for line in box.lines)
    for line in box.lines:
        assert line.phone == services[line.name].phone
        assert line.sms in (None, services[line.name].sms)
        assert line.phone or "Text " in line.note or "Online: " in line.note


def test_no_box_says_a_number_the_catalogue_does_not_hold() -> None:
    known = set()
    for service in load():
        words = " | ".join(str(value) for value in vars(service).values())
        known |= {number.replace(" ", "") for number in re.findall(r"\d[\d ]{2,}\d", words)}
    for topic in HARM_TOPICS:
        for band in BANDS:
            assert numbers(help_for({topic}, band)) <= known


@pytest.mark.parametrize("band", BANDS)
def test_danger_puts_999_first_with_what_to_do_when_you_cannot_speak(band: str | None) -> None:
    first, *others = help_for({"danger_now"}, band).lines
    assert first.phone == "999"
    assert "press 55" in first.note
    assert others
    assert "999" not in [line.phone for line in others]


def test_without_danger_999_is_not_in_the_box_since_it_heads_every_page() -> None:
    assert "999" not in [line.phone for line in help_for({"robbery"}, None).lines]


def test_a_child_is_not_sent_to_the_rape_crisis_line() -> None:
    for band in ("under_13", "13-15", "13-17"):
        box = help_for({"sexual_violence"}, band)
        assert "0808 500 2222" not in [line.phone for line in box.lines]
        assert "0800 1111" in [line.phone for line in box.lines]


def test_the_heading_gives_nobody_away() -> None:
    for topic in HARM_TOPICS:
        assert help_for({topic}, None).heading == "If you want to talk to someone"


def test_many_needs_at_once_keep_the_box_short_and_name_the_first_of_each() -> None:
    box = help_for({"self_harm", "sexual_violence", "domestic_abuse"}, "25-34")
    assert [line.phone for line in box.lines][:3] == ["116 123", "0808 500 2222", "0808 2000 247"]
    assert len(box.lines) == 6


def test_a_service_nobody_checked_for_long_is_left_out_of_a_box_that_knows_the_day() -> None:
    later = date(2027, 12, 1)
    core = {service.name for service in load() if service.core}
    assert {line.name for line in help_box(HARM_TOPICS, "25-34", today=later).lines} <= core
    assert "Karma Nirvana" in [
        line.name for line in help_box({"forced_marriage"}, "25-34", today=date(2026, 12, 1)).lines
    ]


def test_text_and_online_services_say_how_to_reach_them() -> None:
    shout = next(line for line in help_for({"self_harm"}, "13-15").lines if line.name == "Shout")
    assert shout.note.startswith("Text SHOUT to 85258.")
    fearless = next(line for line in help_for({"robbery"}, "13-15").lines if line.name.startswith("Fearless"))
    assert "Online: crimestoppers-uk.org/fearless." in fearless.note


def test_a_crisis_line_of_the_nhs_says_which_option() -> None:
    line = next(line for line in help_for({"self_harm"}, "18-21").lines if line.phone == "111")
    assert by_id(load())["nhs_111_2"].name == line.name
    assert "choose option 2" in line.note
