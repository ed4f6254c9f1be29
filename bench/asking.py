"""`insights results` and live pages where few and where many have answered; loading as many; counting them anew."""

from __future__ import annotations

import json
import resource
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

from bench import live
from bench.figures import Report, middle, number
from bench.machine import wait_until_quiet
from bench.workshop import Workshop
from community.extensions import db, reading
from community.insights.service.results import results
from community.insights.service.selection import BY
from community.shared.clock import london_today
from tests.rig.databases import dispose
from tests.rig.server import Site

FEW = 10_000
MOST_RATIO, MOST_SECONDS, LOAD_SECONDS_PER_MILLION = 1.5, 1.0, 300
PLACE, AREA = "barking-station", "barking-town-centre"
ATTRIBUTES = tuple(name for name in BY if name not in ("place", "area", "ward", "date", "week", "wave"))
"""One attribute of a respondent or a response at a time; the rest of BY are places and days."""
_ROWS = """select a."option", g."option", count(*) from response r join answer a on a.response_id = r.id
join answer g on g.response_id = r.id and g.question = 'age' where a.question = 'safe_here' and r.place_id =
(select id from place where slug = :place) and r.answered_on between :first and :last group by 1, 2"""


@dataclass(frozen=True)
class Loaded:
    """A database with so many responses. seconds: how long loading them took."""

    responses: int
    app: Flask
    site: Site
    seconds: float


def measure(shop: Workshop, say: Report, *, engines: tuple[str, ...], many: int, repeats: int, quiet: float) -> None:
    """Load few and many, ask both the same, count both anew."""
    for engine in engines:
        say.begin("insights", f"results at {FEW:,} and at {many:,} responses, {engine}")
        wait_until_quiet(quiet)
        few, lots = _load(shop, engine, FEW), _load(shop, engine, many)
        limit = ""
        if engine == "sqlite":
            limit = f"one plain row each, {_plain_rows(shop.folder, many):.1f} s"
        say.figure(f"{engine}: demo load --responses {many}", lots.seconds, "s", limit=limit,
                   at_most=LOAD_SECONDS_PER_MILLION * many / 1e6)  # fmt: skip
        for when in ("before the first night", "after the night's roll-up"):
            _ask(say, f"{engine}, {when}", few, lots, repeats)
            live.measure(say, f"{engine}, {when}", few.app, lots.app, max(5, repeats // 2))
            _by_rows(say, engine, lots)
            for one in (few, lots):
                one.site.flask("insights", "roll-up")
        for one in (few, lots):
            began = time.perf_counter()
            found = json.loads(one.site.flask("insights", "verify", "--json"))
            took = time.perf_counter() - began
            say.figure(f"{engine}: tallies that differ from the recount of {one.responses:,}", found["differing"],
                       at_most=0, limit=f"counted anew in {number(took)} s")  # fmt: skip
            dispose(one.app)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
        say.note(f"largest command (load, roll-up or verify) held {number(peak)} MB")


def _load(shop: Workshop, engine: str, responses: int) -> Loaded:
    address = shop.databases.migrated(engine)
    environ = shop.databases.environ(address)
    site = Site(environ, shop.folder / "load.log")
    began = time.perf_counter()
    site.flask("demo", "load", "--responses", str(responses))
    took = time.perf_counter() - began
    return Loaded(responses, shop.databases.app(address, RUNTIME_DIR=environ["RUNTIME_DIR"]), site, took)


def _ask(say: Report, which: str, few: Loaded, lots: Loaded, repeats: int) -> None:
    today = london_today()
    dates: dict[str, Any] = {"first": today - timedelta(days=100), "last": today - timedelta(days=9)}
    taken = {
        by: _in_turns(lambda by=by: results("safety", by=by, place=PLACE, **dates), few, lots, repeats)  # type: ignore[misc]
        for by in BY
    }
    # The fastest of each: a few milliseconds are at the mercy of whatever else the machine does.
    ratios = {by: min(b) / min(a) for by, (a, b) in taken.items()}
    worst = max(ATTRIBUTES, key=lambda by: ratios[by])
    say.figure(f"{which}: slowest attribute, {lots.responses:,} against {few.responses:,}", ratios[worst],
               at_most=MOST_RATIO, spread=[ratios[by] for by in ATTRIBUTES],
               limit=f"by {worst}: {_ms(*taken[worst])}; fastest of {repeats} each",
               ratios={by: round(ratio, 3) for by, ratio in ratios.items()})  # fmt: skip
    say.note("; ".join(f"{by} x{ratio:.2f} {_ms(*taken[by])}" for by, ratio in ratios.items()))
    filters: dict[str, dict[str, Any]] = {"nothing": {}, "a place": {"place": PLACE}, "an area": {"place": AREA}}
    filters |= {"dates": dates, "a place and dates": {"place": PLACE, **dates}}
    slow = {
        f"{name}, by {by or 'nothing'}": middle(
            _in_turns(lambda by=by, f=f: results("safety", by=by, **f), few, lots, max(2, repeats // 3))[1]  # type: ignore[misc]
        )
        for name, f in filters.items()
        for by in (None, *BY)
    }
    slowest = max(slow, key=lambda name: slow[name])
    say.figure(f"{which}: slowest of {len(slow)} filters and splits", slow[slowest], "s", at_most=MOST_SECONDS,
               limit=f"filtered by {slowest}")  # fmt: skip


def _ms(few: list[float], lots: list[float]) -> str:
    """Fastest at few and at many, and the middle at many."""
    return f"{number(min(few) * 1e3)} and {number(min(lots) * 1e3)} ms (middle {number(middle(lots) * 1e3)})"


def _in_turns(ask: Callable[[], object], few: Loaded, lots: Loaded, repeats: int) -> tuple[list[float], list[float]]:
    """Seconds at few and at many, asked in turns; the first of each, which reads from the disk, is left out."""
    taken: dict[int, list[float]] = {few.responses: [], lots.responses: []}
    token = reading.set(True)
    for n in range(repeats + 1):
        for one in (few, lots):
            with one.app.app_context():
                db.session.connection()
                began = time.perf_counter()
                ask()
                if n:
                    taken[one.responses].append(time.perf_counter() - began)
    reading.reset(token)
    return taken[few.responses], taken[lots.responses]


def _by_rows(say: Report, engine: str, lots: Loaded) -> None:
    """The same by counting rows: what every question would cost without tallies."""
    today = london_today()
    days = {"first": (today - timedelta(days=100)).isoformat(), "last": (today - timedelta(days=9)).isoformat()}
    token = reading.set(True)
    with lots.app.app_context():
        began = time.perf_counter()
        db.session.execute(text(_ROWS), {"place": PLACE, **days}).all()
        took = time.perf_counter() - began
    reading.reset(token)
    say.note(f"by age at one place, counted from the rows instead ({engine}, {lots.responses:,}): {number(took)} s")


def _plain_rows(folder: Path, rows: int) -> float:
    """Seconds that plain rows of a response's width take, one table, one transaction."""
    file = folder / "plain.sqlite"
    file.unlink(missing_ok=True)
    connection = sqlite3.connect(file)
    connection.execute("pragma synchronous = full")
    connection.execute("create table plain (id blob primary key, a, b, c, d, e, f, g, h) without rowid")
    began = time.perf_counter()
    values = ((n.to_bytes(16, "big"), 1, 2, 3, "2026-11-20", "15-19", "demo", "en", 0) for n in range(rows))
    connection.executemany("insert into plain values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    connection.commit()
    took = time.perf_counter() - began
    connection.close()
    file.unlink()
    return took
