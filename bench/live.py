"""What a live page costs the server where few and where many have answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bench.figures import Report, middle, number
from community.insights.service.selection import BY
from community.shared.runtime import Runtime
from tests.rig.staff import client_of

MOST_RATIO, MOST_MS = 1.5, 100.0
PLACE = "barking-station"
LIVE = "/staff/insights/safety"
PAGES = {f"by {by}": f"{LIVE}?by={by}" for by in BY} | {
    "reasons, by age": f"{LIVE}?question=why&by=age",
    "a place, by age": f"{LIVE}?place={PLACE}&by=age",
    "a place's own page": f"{LIVE}/places/{PLACE}",
    "pulse": f"{LIVE}/pulse",
}
FIRST = "by place"
"""The page as it opens."""


def measure(say: Report, which: str, few: Flask, many: Flask, repeats: int) -> None:
    """Every page in turns at few and at many: put together anew each time, as after an answer; then as it is served
    while nothing changes."""
    for how, seconds in (("anew", 0.0), ("as served", 2.0)):
        with _remembering(few, seconds), _remembering(many, seconds):
            taken = _taken(few, many, repeats)
        # The fastest of each, as for the commands: some milliseconds are at the mercy of what else the machine does.
        ratios = {name: min(b) / min(a) for name, (a, b) in taken.items()}
        at_few, at_many = taken[FIRST]
        slowest = max(taken, key=lambda name: min(taken[name][1]))
        say.figure(f"{which}: live page {how}, server time", min(at_many), "ms", at_most=MOST_MS, spread=at_many)
        say.figure(f"{which}: live page {how}, many against few", ratios[FIRST],
                   at_most=MOST_RATIO,
                   limit=f"{number(min(at_few))} and {number(min(at_many))} ms",
                   ratios={name: round(ratio, 3) for name, ratio in ratios.items()})  # fmt: skip
        say.figure(f"{which}: slowest of {len(PAGES)} live pages {how}", min(taken[slowest][1]), "ms", limit=slowest)
        said = (
            f"{name} x{ratios[name]:.2f} {number(min(a))} and {number(min(b))} ms (middle {number(middle(b))})"
            for name, (a, b) in taken.items()
        )
        say.note("; ".join(said))


def _taken(few: Flask, many: Flask, repeats: int) -> dict[str, tuple[list[float], list[float]]]:
    """Page -> milliseconds at few and at many; the first of each, which reads from the disk, is left out."""
    asks = [_asker(app) for app in (few, many)]
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in PAGES}
    for name, address in PAGES.items():
        for n in range(repeats + 1):
            for ask, into in zip(asks, taken[name], strict=True):
                began = time.perf_counter()
                ask(address)
                if n:
                    into.append((time.perf_counter() - began) * 1e3)
    return taken


@contextmanager
def _remembering(app: Flask, seconds: float) -> Iterator[None]:
    """While inside, the application keeps what it looked up for so long."""
    before: Runtime = app.extensions["community"]
    app.extensions["community"] = replace(before, settings=replace(before.settings, cache_seconds=seconds))
    yield
    app.extensions["community"] = before


def _asker(app: Flask) -> Callable[[str], Any]:
    """Asks as a browser in which an analyst is signed in; what comes back is not checked, only sent."""
    cookie = app.extensions.get("bench_cookie") or client_of(app, "analyst").get_cookie("staff", path="/staff")
    app.extensions["bench_cookie"] = cookie
    assert cookie is not None
    browser = FlaskClient(app)
    browser.set_cookie("staff", cookie.value, path="/staff")

    def ask(address: str) -> None:
        answer = browser.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code in (200, 304), address  # a pulse that is told too often answers 304

    return ask
