"""Looked up once in a few seconds, and never for longer."""

from __future__ import annotations

import time

import pytest

from community.shared.recent import Recent


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    clock = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    return clock


def test_what_was_just_looked_up_is_not_looked_up_again(now: list[float]) -> None:
    recent, asked = Recent(2), []
    for _ in range(3):
        assert recent.get("a", lambda: asked.append(1) or len(asked)) == 1
        now[0] += 0.9
    assert recent.get("a", lambda: asked.append(1) or len(asked)) == 2


def test_nothing_found_is_remembered_too(now: list[float]) -> None:
    recent = Recent(2)
    assert recent.get("a", lambda: None) is None
    assert recent.get("a", lambda: 1 / 0) is None


def test_a_failure_is_not_remembered(now: list[float]) -> None:
    recent = Recent(2)
    with pytest.raises(ZeroDivisionError):
        recent.get("a", lambda: 1 / 0)
    assert recent.get("a", lambda: 5) == 5


def test_with_no_seconds_nothing_is_remembered(now: list[float]) -> None:
    recent, found = Recent(0), iter(range(3))
    assert [recent.get("a", lambda: next(found)) for _ in range(3)] == [0, 1, 2]


def test_it_never_holds_more_than_it_may(now: list[float]) -> None:
    recent = Recent(60, most=10)
    for n in range(1_000):
        recent.get(n, lambda: "row")
        assert len(vars(recent)["_kept"]) <= 10
