"""The nearest open Safe Haven among ten thousand, as the service answers it: the question whether the list has changed
included. Beside the machine's own limit: one row read by the same session, and one bare pass over as many positions."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, datetime

import numpy as np
from flask import Flask
from sqlalchemy import insert, text

from bench.figures import Report, number
from bench.machine import wait_until_quiet
from bench.workshop import Workshop
from community.extensions import db, reading
from community.safe_havens.models import SafeHaven
from community.safe_havens.service.answer import open_near
from community.safe_havens.service.listing import directory
from community.shared.clock import LONDON
from tests.rig.databases import dispose

VENUES, ASKED = 10_000, 300
MOST_MS = 10.0
SOUTH, NORTH, WEST, EAST = 51.28, 51.69, -0.51, 0.33
"""Greater London, in degrees."""
MOMENTS = {
    "in the evening": datetime(2026, 11, 20, 21, 20, tzinfo=LONDON),
    "in the night, where none is open near": datetime(2026, 11, 22, 4, 0, tzinfo=LONDON),
}
HOURS = (
    "Mo-Sa 09:00-17:30; PH off", "Mo-Su 08:00-20:00", "Mo-Th 11:00-23:00; Fr,Sa 11:00-02:00; Su 12:00-22:30",
    "Mo-Fr 07:00-12:00,13:00-18:00; PH off", "Mo-Su 16:00-23:30",
)  # fmt: skip


def measure(shop: Workshop, say: Report, *, engines: tuple[str, ...], repeats: int, quiet: float) -> None:
    """Ten thousand venues, asked for near a few hundred points of London."""
    for engine in engines:
        say.begin("havens", f"the nearest open of {VENUES:,} Safe Havens, {engine}, {ASKED} points {repeats} times")
        address = shop.databases.migrated(engine)
        app = shop.databases.app(address)
        with app.app_context():
            _fill()
        wait_until_quiet(quiet)
        limit = _limit(app)
        for when, at in MOMENTS.items():
            _ask(app, say, f"{engine}, {when}", at, repeats, limit)
        dispose(app)
        shop.databases.drop(address)


def _fill() -> None:
    rng, same = random.Random(3), date(2026, 7, 1)
    always = {
        "kind": "cafe", "status": "approved", "address": "A road", "least_staff": 2, "offers": [],
        "languages": ["English"], "keeps_out": False, "consents": True, "applied_on": same, "checked_on": same,
        "trained_on": same, "approved_on": same, "team_version": 1, "demo": True,
    }  # fmt: skip
    rows = [
        {
            **always,
            "slug": f"venue-{n}",
            "reference": f"SH-{n:05}",
            "serial": f"{n:08}",
            "name": f"Venue {n}",
            "lat": rng.uniform(SOUTH, NORTH),
            "lon": rng.uniform(WEST, EAST),
            "opening": rng.choice(HOURS),
        }
        for n in range(VENUES)
    ]
    db.session.execute(insert(SafeHaven), rows)
    db.session.commit()


def _ask(app: Flask, say: Report, when: str, at: datetime, repeats: int, limit: str) -> None:
    rng = random.Random(4)
    points = [(rng.uniform(SOUTH, NORTH), rng.uniform(WEST, EAST)) for _ in range(ASKED)]
    with app.app_context():
        reading.set(True)
        began = time.perf_counter()
        directory(at)
        first = (time.perf_counter() - began) * 1e3
        taken: list[float] = []
        for _ in range(repeats):
            for lat, lon in points:
                taken.append(_ms(lambda here=(lat, lon): open_near(*here, at, most=3)))
                db.session.rollback()  # each request begins with a session of its own
    taken.sort()
    say.figure(f"{when}: middle", taken[len(taken) // 2], "ms", at_most=MOST_MS, limit=limit)
    say.figure(f"{when}: 95 of 100 within", taken[int(len(taken) * 0.95)], "ms", at_most=MOST_MS)
    say.figure(f"{when}: the longest", taken[-1], "ms")
    say.figure(f"{when}: the first, the list read anew", first, "ms")


def _limit(app: Flask) -> str:
    """What the machine takes for one row and for one pass over as many positions."""
    lat = np.random.default_rng(5).uniform(0.9, 0.91, VENUES)
    far = sorted(
        _ms(lambda: np.argmin(np.sin((lat - 0.9) / 2) ** 2 + np.cos(lat) * np.sin(lat) ** 2)) for _ in range(99)
    )
    with app.app_context():
        rows = []
        for _ in range(99):
            rows.append(_ms(lambda: db.session.execute(text("select n from safe_haven_edition")).scalar()))
            db.session.rollback()
    return f"one row {number(sorted(rows)[49])} ms, one bare pass {number(far[49])} ms"


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1e3
