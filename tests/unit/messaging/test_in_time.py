"""Work that must not keep anybody waiting."""

from __future__ import annotations

import threading
import time

import pytest

from community.messaging.in_time import InTime, TooSlow


def test_work_that_is_quick_gives_what_it_returns_or_raises() -> None:
    places = InTime(2)
    assert places.run(lambda: 7, 1) == 7
    with pytest.raises(ZeroDivisionError):
        places.run(lambda: 1 // 0, 1)
    with pytest.raises(TimeoutError):  # its own, not ours
        places.run(_times_out, 1)


def _times_out() -> None:
    raise TimeoutError


def test_work_that_hangs_is_left_behind() -> None:
    places, over = InTime(2), threading.Event()
    began = time.monotonic()
    with pytest.raises(TooSlow):
        places.run(lambda: over.wait(30), 0.05)
    assert time.monotonic() - began < 1
    over.set()


def test_where_every_place_hangs_the_next_is_told_at_once_and_served_again_later() -> None:
    places, over = InTime(2), threading.Event()
    for _ in range(2):
        with pytest.raises(TooSlow):
            places.run(lambda: over.wait(30), 0.01)
    began = time.monotonic()
    with pytest.raises(TooSlow):
        places.run(lambda: True, 5)
    assert time.monotonic() - began < 0.5
    over.set()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            assert places.run(lambda: 1, 1) == 1
            return
        except TooSlow:
            time.sleep(0.01)
    raise AssertionError("a place that fell free was never used again")
