"""What is remembered, for how long, and that nothing of it is left afterwards, on the disk too."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from community.bot.store import Answered, Said, Store
from community.bot.talk import Talk
from community.bot.wording import say
from tests.unit.bot.desk import TUESDAY_NOON as NOW

PHONE, YESTERDAYS, MESSAGE = b"p" * 32, b"q" * 32, b"m" * 32
REPLY = say("closing", number="0808 2000 247")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "talks.sqlite")


def _talk() -> Talk:
    return Talk(at=int(NOW.timestamp()), helped=True, needs=("domestic_abuse",), facets=frozenset({"man"}), age=41)


def _bytes(store: Store) -> bytes:
    return b"".join(path.read_bytes() for path in store.file.path.parent.glob(f"{store.file.path.name}*"))


def _rows(store: Store, query: str) -> list[Any]:
    return store.file.connection().execute(query).fetchall()


def _kept(store: Store) -> list[bytes]:
    """The sealed values, as they lie in the file."""
    return [kept.encode() for (kept,) in _rows(store, "select state from talk union all select reply from said")]


def test_a_talk_is_remembered_by_its_phone(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    assert store.talk([PHONE], NOW) == _talk()
    assert store.talk([b"x" * 32], NOW) is None


def test_a_talk_is_not_remembered_after_thirty_minutes(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    assert store.talk([PHONE], NOW + timedelta(minutes=30)) == _talk()
    assert store.talk([PHONE], NOW + timedelta(minutes=30, seconds=1)) is None


def test_a_talk_is_found_under_yesterdays_hash_and_goes_on_under_todays(store: Store) -> None:
    store.keep(MESSAGE, [YESTERDAYS], _talk(), REPLY, NOW)
    assert store.talk([PHONE, YESTERDAYS], NOW) == _talk()
    store.keep(b"n" * 32, [PHONE, YESTERDAYS], _talk(), REPLY, NOW)
    assert store.talk([YESTERDAYS], NOW) is None
    assert store.talk([PHONE], NOW) == _talk()


def test_a_talk_that_ended_is_forgotten(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    store.keep(b"n" * 32, [PHONE], None, None, NOW)
    assert store.talk([PHONE], NOW) is None


def test_a_message_is_answered_once_and_said_again_in_the_same_words(store: Store) -> None:
    assert store.said([MESSAGE], NOW) is None
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    assert store.said([b"x" * 32, MESSAGE], NOW) == Said(REPLY.text)
    with pytest.raises(Answered):
        store.keep(MESSAGE, [PHONE], None, None, NOW)
    assert store.talk([PHONE], NOW) == _talk(), "the second time changes nothing"


def test_silence_is_said_again_as_silence(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], None, None, NOW)
    assert store.said([MESSAGE], NOW) == Said("")


@pytest.mark.parametrize(("seconds", "words"), [(299, REPLY.text), (300, REPLY.text), (301, "")])
def test_a_reply_older_than_300_seconds_is_not_said_again(store: Store, seconds: int, words: str) -> None:
    store.keep(MESSAGE, [PHONE], None, REPLY, NOW)
    assert store.said([MESSAGE], NOW + timedelta(seconds=seconds)) == Said(words)


def test_of_many_at_once_one_answers_a_message(store: Store) -> None:
    refused: list[int] = []
    gate = threading.Barrier(6)

    def answer(number: int) -> None:
        gate.wait()
        try:
            store.note(MESSAGE, say("closing", number=f"0800 000 00{number}"), NOW)
        except Answered:
            refused.append(number)

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 5
    said = store.said([MESSAGE], NOW)
    assert said is not None and f"0800 000 00{({*range(6)} - {*refused}).pop()}" in said.text


def test_nothing_of_a_talk_or_a_reply_can_be_read_in_the_file(store: Store) -> None:
    survey = {"ticket": "Becontree Station", "shown": ["barking-station"]}
    talk = replace(_talk(), survey=survey)
    for number, reply in enumerate((REPLY, say("haven_outside", place="Romford"), None)):
        store.keep(bytes([number]) * 32, [PHONE], talk, reply, NOW)
    assert store.talk([PHONE], NOW) == talk, "who writes again is known"
    left = _bytes(store)
    told = (b"domestic_abuse", b"Becontree", b"barking-station", b"0808 2000 247", b"Romford", b"closing", b"haven_")
    assert not [words for words in (*told, PHONE, MESSAGE) if words in left]


def test_what_was_sealed_for_one_message_or_phone_opens_for_no_other(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    store.keep(b"n" * 32, [YESTERDAYS], replace(_talk(), age=15), REPLY, NOW)
    for table, row, kept in (("talk", "phone", "state"), ("said", "message", "reply")):
        (one, _), (other, _) = found = _rows(store, f"select {row}, {kept} from {table}")
        for name, (_, value) in zip((other, one), found, strict=True):
            store.file.connection().execute(f"update {table} set {kept} = ? where {row} = ?", (value, name))
    assert store.talk([PHONE], NOW) is store.talk([YESTERDAYS], NOW) is None
    assert store.said([MESSAGE], NOW) == store.said([b"n" * 32], NOW) == Said("")


def test_talks_are_gone_from_the_file_and_its_log_thirty_minutes_later(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    rows = _kept(store)
    assert len(rows) == 2 and all(row in _bytes(store) for row in rows)
    assert store.purge(NOW + timedelta(minutes=30, seconds=1)) == 1
    assert not [row for row in rows if row in _bytes(store)]
    assert store.said([MESSAGE], NOW + timedelta(minutes=31)) == Said("")


def test_what_is_past_its_time_goes_with_the_next_message_without_the_job_consumer(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    store.keep(b"n" * 32, [YESTERDAYS], None, REPLY, NOW + timedelta(seconds=301))
    assert [bool(kept) for (kept,) in _rows(store, "select reply from said order by at")] == [False, True]
    store.keep(b"o" * 32, [YESTERDAYS], None, None, NOW + timedelta(minutes=30, seconds=1))
    assert _rows(store, "select * from talk") == []
    store.keep(b"p" * 32, [YESTERDAYS], None, None, NOW + timedelta(hours=24, seconds=1))
    assert len(_rows(store, "select * from said")) == 3


def test_that_a_message_was_answered_is_forgotten_after_a_day(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], None, REPLY, NOW)
    store.purge(NOW + timedelta(hours=23, minutes=59))
    assert store.said([MESSAGE], NOW) is not None
    store.purge(NOW + timedelta(hours=24, seconds=1))
    assert store.said([MESSAGE], NOW) is None and _rows(store, "select * from said") == []


def test_a_talk_in_hand_outlives_the_purge(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    assert store.purge(NOW + timedelta(minutes=29)) == 0
    assert store.talk([PHONE], NOW) == _talk()


def test_the_file_is_ours_alone(store: Store) -> None:
    store.purge(NOW)
    assert {path.stat().st_mode & 0o777 for path in store.file.path.parent.glob("talks.sqlite*")} == {0o600}


def test_what_another_version_wrote_is_no_talk(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], _talk(), REPLY, NOW)
    for state in ('{"at": 1, "mood": "low"}', "not json", "ü"):
        store.file.connection().execute("update talk set state = ?", (state,))
        assert store.talk([PHONE], NOW) is None


def test_what_another_version_kept_in_clear_is_silence(store: Store) -> None:
    store.keep(MESSAGE, [PHONE], None, REPLY, NOW)
    store.file.connection().execute("update said set reply = ?", ('["closing", 1, {"number": "0808 2000 247"}]',))
    assert store.said([MESSAGE], NOW) == Said("")
