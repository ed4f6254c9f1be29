"""What the chat page carries: opened by us for thirty minutes, by nobody else ever."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.bot.chat_state import (
    MOST_CARRIED_CHARACTERS,
    MOST_SAID,
    SHOWN_CHARACTERS,
    Chat,
    Said,
    StartAgain,
    seal,
    unseal,
)
from community.shared.clock import LONDON
from community.shared.daily_keys import DailyKeys

NOW = datetime(2026, 11, 20, 12, tzinfo=LONDON)
CHAT = Chat({"at": 1, "needs": ["stalking"]}, (Said(True, "he follows me 🙏"), Said(False, "Call 999.")))


@pytest.fixture
def keys(tmp_path: Path) -> DailyKeys:
    return DailyKeys(tmp_path / "keys")


def test_what_is_sealed_is_what_comes_out(keys: DailyKeys) -> None:
    assert unseal(seal(CHAT, keys, now=NOW), keys, now=NOW) == CHAT


def test_an_empty_field_is_a_new_chat(keys: DailyKeys) -> None:
    assert unseal("", keys, now=NOW) == Chat()


def test_nothing_can_be_read_in_it(keys: DailyKeys) -> None:
    field = seal(CHAT, keys, now=NOW)
    raw = urlsafe_b64decode(field.partition(".")[2])
    assert b"follows" not in raw and "follows" not in field and "stalking" not in field
    with pytest.raises(zlib.error):
        zlib.decompress(raw[12:])
    assert field != seal(CHAT, keys, now=NOW), "the same chat never looks the same twice"


def test_it_opens_for_thirty_minutes(keys: DailyKeys) -> None:
    field = seal(CHAT, keys, now=NOW)
    assert unseal(field, keys, now=NOW + timedelta(minutes=29, seconds=59)) == CHAT
    for away in (timedelta(minutes=31), timedelta(days=1), -timedelta(minutes=5)):
        with pytest.raises(StartAgain):
            unseal(field, keys, now=NOW + away)


def test_it_opens_over_midnight_and_over_both_changes_of_the_clock(keys: DailyKeys) -> None:
    for evening in ("2026-11-20T23:50", "2026-03-28T23:50", "2026-03-29T00:50", "2026-10-25T00:40"):
        late = datetime.fromisoformat(evening).replace(tzinfo=LONDON)
        field = seal(CHAT, keys, now=late)
        after = (late.timestamp()) + 25 * 60
        assert unseal(field, keys, now=datetime.fromtimestamp(after, LONDON)) == CHAT


def test_once_the_days_key_is_gone_so_is_the_chat(keys: DailyKeys) -> None:
    field = seal(CHAT, keys, now=NOW)
    keys.destroy_old((NOW + timedelta(days=2)).date())
    with pytest.raises(StartAgain):
        unseal(field, keys, now=NOW)


@pytest.mark.parametrize(
    "field",
    ["x", ".", "2026-11-20", "2026-11-20.", "2026-11-20.AAAA", "2020-01-01." + "A" * 80, "2099-01-01." + "A" * 80,
     "not-a-day.AAAA", "2026-11-20.é", "2026-11-20." + "A" * 200_000, "\0"],
)  # fmt: skip
def test_what_was_never_ours_does_not_open(keys: DailyKeys, field: str) -> None:
    with pytest.raises(StartAgain):
        unseal(field, keys, now=NOW)


def test_a_changed_letter_or_another_day_does_not_open(keys: DailyKeys) -> None:
    field = seal(CHAT, keys, now=NOW)
    day, _, body = field.partition(".")
    keys.key((NOW - timedelta(days=1)).date(), today=(NOW - timedelta(days=1)).date())
    changed = [f"{day}.{body[:at]}{'A' if body[at] != 'A' else 'B'}{body[at + 1 :]}" for at in (0, 20, len(body) // 2)]
    for wrong in (*changed, f"2026-11-19.{body}", f"{day}.{body[:-8]}"):
        with pytest.raises(StartAgain):
            unseal(wrong, keys, now=NOW)


def test_another_hosts_key_does_not_open_it(keys: DailyKeys, tmp_path: Path) -> None:
    with pytest.raises(StartAgain):
        unseal(seal(CHAT, keys, now=NOW), DailyKeys(tmp_path / "others"), now=NOW)


@given(st.lists(st.tuples(st.text(max_size=3_000), st.text(max_size=400)), max_size=40))
def test_a_chat_never_outgrows_the_page_and_never_loses_what_was_said_last(turns: list[tuple[str, str]]) -> None:
    chat = Chat()
    for typed, reply in turns:
        chat = chat.and_then(typed, None, reply)
        if reply:
            assert chat.said[-1] == Said(False, reply)
        if typed:
            mine = [one.text for one in chat.said if one.by_person]
            assert mine and mine[-1].removesuffix("…") == typed[:SHOWN_CHARACTERS].removesuffix("…")
    assert len(chat.said) <= MOST_SAID
    assert sum(len(one.text) for one in chat.said) <= MOST_CARRIED_CHARACTERS


def test_silence_adds_only_what_was_typed() -> None:
    assert Chat().and_then("stop", None, "").said == (Said(True, "stop"),)
    assert Chat().and_then("", None, "Call 999").said == (Said(False, "Call 999"),)
