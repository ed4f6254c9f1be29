"""Every word of the interface stands in every language we offer."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from community.config import ROOT
from community.shared.languages import DEFAULT, LANGUAGES

OTHERS = sorted(set(LANGUAGES) - {DEFAULT})
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_l": None, "lazy_gettext": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


@cache
def words() -> frozenset[str]:
    """Every message in code and templates, as it stands there."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    # Paths in the mapping are as seen from the root, so that is where the search begins.
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, directory_filter=_is_ours)
    return frozenset(message if isinstance(message, str) else message[0] for _, _, message, _, _ in found)


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


def _said(known: Catalog, word: str) -> bool:
    message = known[word]
    said = [message.string] if isinstance(message.string, str) else list(message.string)
    return all(said)
