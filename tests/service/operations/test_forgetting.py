"""Asking the provider to forget a message: by its id alone, a few times at most, and without a word in the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from community.operations import jobs
from tests.rig.databases import Databases, dispose
from tests.rig.twilio_standin import Standin, inbound_form, new_sid


@pytest.fixture
def provider() -> Iterator[Standin]:
    with Standin() as standin:
        yield standin


@pytest.fixture
def queue(databases: Databases, provider: Standin) -> Iterator[Any]:
    app = databases.app(databases.migrated("sqlite"), **provider.environ)
    yield jobs.build(app)
    dispose(app)


def kept(provider: Standin, status: str = "received") -> str:
    """The id of a message that the provider keeps."""
    sid = new_sid()
    provider.records[sid] = {**inbound_form("+447700900123", "he hit me", sid), "status": status, "body": "he hit me"}
    return sid


def waiting(queue: Any) -> list[tuple[Any, ...]]:
    return [task.args for task in queue.pending()]


def test_a_message_is_emptied_and_deleted(queue: Any, provider: Standin) -> None:
    sid = kept(provider)
    queue.forget_message.call_local(sid)
    assert provider.records == {} and waiting(queue) == []


@pytest.mark.parametrize("mood", [429, 500, "cut", 201])
def test_one_that_cannot_be_forgotten_yet_is_asked_for_again_a_few_times(
    queue: Any, provider: Standin, mood: int | str, caplog: pytest.LogCaptureFixture
) -> None:
    sid = kept(provider, status="sending")
    provider.answers_with(mood)
    queue.forget_message.call_local(sid)
    assert waiting(queue) == [(sid, jobs.FORGET_TRIES - 1)]
    queue.flush()
    queue.forget_message.call_local(sid, 1)
    assert waiting(queue) == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "the provider keeps a message that it was asked to forget"
    ]


def test_what_happens_each_minute_does_not_wait_behind_a_flood_of_messages(queue: Any) -> None:
    for _ in range(5):
        queue.forget_message(new_sid())
    each_minute = next(task for task in queue._registry.periodic_tasks if task.name == "each_minute")
    queue.enqueue(each_minute)
    assert queue.dequeue().name == "each_minute"


def test_the_queue_holds_the_id_and_nothing_else_of_a_message(databases: Databases, provider: Standin) -> None:
    app = databases.app(databases.migrated("sqlite"), **provider.environ)
    sid = kept(provider)
    forget = jobs.forgetting(app)
    forget(sid, 60)
    files = Path(app.config["SETTINGS"].runtime_dir).glob("jobs.sqlite*")
    content = b"".join(path.read_bytes() for path in files)
    assert sid.encode() in content
    assert b"7700" not in content and b"hit" not in content
    dispose(app)
