"""Every word of the interface stands in every language we offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from community.config import ROOT
from community.shared.languages import DEFAULT, LANGUAGES

OTHERS = sorted(set(LANGUAGES) - {DEFAULT})
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_l": None, "lazy_gettext": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


# Said the same in another language: (language, words).
SAME = frozenset({("ro", "Text")})
# Clock times are told in each language's own way: 3pm is 15 in Romanian.
CLOCK = re.compile(r"\d(?:am|pm)\b")
NUMBER = re.compile(r"\d[\d.]*\d|\d")
LATIN_MARK_AFTER_URDU = re.compile(r"[\u0600-\u06ff][\s)”]*[?,;.]")
MISTAKEN_LETTER = re.compile("[ŞşŢţ]")  # with a cedilla; Romanian has a comma below


@cache
def messages_by_page() -> dict[str, tuple[str, ...]]:
    """File, as seen from the root -> the messages in it, in their order; of a plural, the singular."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    # Paths in the mapping are as seen from the root, so that is where the search begins.
    found: dict[str, tuple[str, ...]] = {}
    for page, _, message, _, _ in extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, directory_filter=_is_ours
    ):
        found[page] = (*found.get(page, ()), message if isinstance(message, str) else message[0])
    return found


@cache
def words() -> frozenset[str]:
    """Every message in code and templates, as it stands there."""
    return frozenset(message for said in messages_by_page().values() for message in said)


def _is_ours(folder: str) -> bool:
    return Path(folder).relative_to(ROOT).parts[0] in ("community", "templates")


@cache
def catalogue(tag: str) -> Catalog:
    """The catalogue of a language, as translators left it."""
    path = ROOT / "community" / "translations" / tag / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=tag)


def test_the_search_for_words_finds_them_in_code_and_templates() -> None:
    assert {"We cannot find that page", "Skip to main content"} <= words()


@pytest.mark.parametrize("tag", OTHERS)
def test_every_message_is_translated(tag: str) -> None:
    known = catalogue(tag)
    missing = [word for word in words() if word not in known or not _said(known, word)]
    assert sorted(missing) == []


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_keeps_every_placeholder(tag: str) -> None:
    for message in catalogue(tag):
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[-1]
        said = [message.string] if isinstance(message.string, str) else message.string
        for text in filter(None, said):
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), source


@pytest.mark.parametrize("tag", OTHERS)
def test_no_translation_is_marked_as_a_guess(tag: str) -> None:
    assert [message.id for message in catalogue(tag) if message.fuzzy and message.id] == []


@pytest.mark.parametrize("tag", OTHERS)
def test_nothing_is_translated_that_no_page_says(tag: str) -> None:
    known = catalogue(tag)
    assert sorted(_source(message) for message in known if message.id and _source(message) not in words()) == []
    assert sorted(map(str, known.obsolete)) == []


@pytest.mark.parametrize("tag", OTHERS)
def test_no_translation_is_left_in_english(tag: str) -> None:
    assert [
        _source(message) for message, said in _pairs(tag) if said == _source(message) and (tag, said) not in SAME
    ] == []


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_keeps_every_number(tag: str) -> None:
    for message, said in _pairs(tag):
        source = _source(message)
        if not CLOCK.search(source):
            assert sorted(NUMBER.findall(said)) == sorted(NUMBER.findall(source)), source


@pytest.mark.parametrize("tag", OTHERS)
def test_a_sentence_ends_as_a_sentence(tag: str) -> None:
    ends = {".": ".۔", "?": "?؟", ":": ":"}
    for message, said in _pairs(tag):
        source = _source(message)
        assert said == said.strip() and "  " not in said, source
        assert (said[-1] in ends[source[-1]]) if source[-1] in ends else (said[-1] not in ".۔?؟:"), source


def test_urdu_has_its_own_marks_and_the_numerals_of_its_questionnaires() -> None:
    said = [text for _, text in _pairs("ur")]
    assert [text for text in said if LATIN_MARK_AFTER_URDU.search(text)] == []
    assert [text for text in said if re.search("[٠-٩۰-۹]", text)] == []
    assert [text for text in said if re.search("[\u064a\u0643\u0647]", text)] == []  # Arabic letters for ی, ک, ہ


def test_romanian_has_its_own_letters() -> None:
    assert [text for _, text in _pairs("ro") if MISTAKEN_LETTER.search(text)] == []


@pytest.mark.parametrize("tag", OTHERS)
def test_a_file_says_who_has_checked_it_and_nothing_that_a_tool_made_up(tag: str) -> None:
    text = (ROOT / "community" / "translations" / tag / "LC_MESSAGES" / "messages.po").read_text("utf-8")
    header = text.partition('\nmsgid "')[0]
    assert "Not yet checked by a fluent person." in header
    assert re.findall("FIRST AUTHOR|PROJECT|FULL NAME|EMAIL@|ORGANIZATION|YEAR|fuzzy", text) == []


def _source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _pairs(tag: str) -> Iterator[tuple[Message, str]]:
    """Each message with each thing said for it; those not translated yet are left to the test that looks for them."""
    for message in catalogue(tag):
        if message.id:
            yield from ((message, said) for said in _all_said(message) if said)


def _all_said(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _said(known: Catalog, word: str) -> bool:
    return all(_all_said(known[word]))
