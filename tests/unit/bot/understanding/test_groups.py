"""Short messages in groups that share what must, and must never, be made of them: tests/bot/plain/groups.

A group says what is expected: urgency (one or several), not_urgency, sure, topic (must be told), named (told or
likely), never (neither told nor likely), facet, no_facet; and what is said."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from community.bot.meaning import Meaning
from community.bot.understanding import understand

FOLDER: Final = Path(__file__).parents[3] / "bot" / "plain" / "groups"
EXPECTED: Final = frozenset(("urgency", "not_urgency", "sure", "topic", "named", "never", "facet", "no_facet", "say"))
LEAST: Final = 8
"""Messages of a group: what was once misread, and others like it."""


def groups() -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, group)
        for path in sorted(FOLDER.glob("*.yaml"))
        for name, group in yaml.safe_load(path.read_text("utf-8")).items()
    ]


def wrongs(meaning: Meaning, group: dict[str, Any]) -> list[str]:
    """What of the expected is not so."""
    likely = {*meaning.topics, *meaning.maybe}
    urgencies = group.get("urgency", meaning.urgency.value)
    checks = {
        "urgency": meaning.urgency.value in ([urgencies] if isinstance(urgencies, str) else urgencies),
        "not_urgency": meaning.urgency.value != group.get("not_urgency"),
        "sure": meaning.sure == group.get("sure", meaning.sure),
        "topic": "topic" not in group or group["topic"] in meaning.topics,
        "named": "named" not in group or group["named"] in likely,
        "never": not likely & set(group.get("never", ())),
        "facet": "facet" not in group or group["facet"] in meaning.facets,
        "no_facet": not meaning.facets & set(group.get("no_facet", ())),
    }
    return [what for what, is_so in checks.items() if not is_so]


@pytest.mark.parametrize(("name", "group"), groups(), ids=[name for name, _ in groups()])
def test_every_message_of_a_group_is_told_as_expected(name: str, group: dict[str, Any]) -> None:
    assert set(group) <= EXPECTED
    assert len(group["say"]) >= LEAST
    missed = [
        (typed, wrong, meaning)
        for said in group["say"]
        for typed in dict.fromkeys((str(said), re.sub(r"[.,!?']", "", str(said)).lower()))
        if (wrong := wrongs(meaning := understand(typed), group))
    ]
    assert missed == []
