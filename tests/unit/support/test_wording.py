"""The fixed words of safety: right, short, neutral, and shown only where a person has read them."""

import re

import pytest

from community.support import wording
from community.support.catalogue import by_id, load
from community.support.service import for_everyone, for_under_13s, text_lines
from community.support.wording import Words, error_lines, safety

ENGLISH = safety.in_language("en")
GIVES_AWAY = re.compile(r"abuse|rape|refuge|violen|police report|suicid", re.I)


def test_the_danger_line_says_999_and_55() -> None:
    assert ENGLISH.danger == "In danger now? Call 999. If you cannot speak, on a mobile press 55 when asked."
    assert re.sub("<[^>]+>", "", safety.danger) == ENGLISH.danger
    assert 'href="tel:999"' in safety.danger


def test_the_words_for_a_page_say_that_it_does_not_reach_the_police() -> None:
    assert ENGLISH.does_not_reach_police == "This page and our texts do not reach the police."


def test_leaving_is_honest_about_the_history() -> None:
    assert "does not delete it from your phone's history" in ENGLISH.history


@pytest.mark.parametrize("lang", ["ro", "ur", "xx", ""])
def test_an_unreviewed_language_is_given_english_that_says_it_is_english(lang: str) -> None:
    assert safety.in_language(lang) is ENGLISH
    assert ENGLISH.lang == "en"


def test_a_language_is_shown_once_a_person_has_reviewed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {field: getattr(ENGLISH, field) for field in vars(ENGLISH)}
    draft = Words(**{**words, "lang": "ro", "reviewed": False})
    reviewed = Words(**{**words, "lang": "ur", "reviewed": True})
    monkeypatch.setitem(wording._WORDS, "ro", draft)
    monkeypatch.setitem(wording._WORDS, "ur", reviewed)
    assert safety.in_language("ro") is ENGLISH
    assert safety.in_language("ur") is reviewed


def test_no_word_of_ours_gives_the_reader_away() -> None:
    said = [value for value in vars(ENGLISH).values() if isinstance(value, str)]
    assert [words for words in said if GIVES_AWAY.search(words)] == []


def test_an_error_page_names_999_childline_and_the_domestic_abuse_helpline_as_the_catalogue_has_them() -> None:
    services = by_id(load())
    lines = error_lines()
    assert [line.phone for line in lines] == ["999", "0800 1111", "0808 2000 247"]
    assert [line.phone for line in lines] == [
        services[id].phone for id in ("police_999", "childline", "nat_da_helpline")
    ]
    assert all(line.name and line.note and line.hours for line in lines)


def test_the_notice_above_a_box_with_its_line_stays_within_forty_words() -> None:
    notice = f"{ENGLISH.not_watched} Leave out names and phone numbers. In danger? Call 999."
    for band in (None, "16-17", "18-21", "65+"):
        (line,) = text_lines(band)
        assert len(f"{notice} {line.name}: {line.phone}.".split()) <= 40


def test_the_line_above_a_box_is_for_the_age() -> None:
    assert text_lines("16-17")[0].name == "Childline"
    assert text_lines(None)[0].name == "Childline"
    assert text_lines("25-34")[0].name == "Samaritans"


def test_lines_for_everyone_and_for_children_never_go_away() -> None:
    core = {service.name for service in load() if service.core}
    assert {line.name for line in for_everyone()} <= core
    assert [line.phone for line in for_under_13s()] == ["0800 1111"]
