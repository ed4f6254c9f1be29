"""Counted journeys per second, beside a bare Flask application on the same server, database and durability."""

from __future__ import annotations

from threading import Timer

from sqlalchemy import create_engine

from bench import processes
from bench.driving import Journey, Load, drive
from bench.figures import Report, middle, number
from bench.machine import wait_until_quiet
from bench.workshop import OurJourney, Running, Workshop

DURABILITY = {"sqlite": "SQLite FULL", "postgres": "PostgreSQL, synchronous_commit on"}
LEAST_RATIO, MOST_P95_RATIO, MOST_RESIDENT_MB = 0.5, 2.0, 150
ANOTHER_PER_S = 6.5
"""LimeSurvey 6.4 on such a machine, measured before: 5 to 6.5 journeys a second. We want to be 60 times as fast."""
CLIENTS = (8, 16)
WARM_UP_SECONDS = 1.0
MOST_OTHERS, MOST_TRIES = 0.08, 3


def measure(
    shop: Workshop, say: Report, *, engines: tuple[str, ...], repeats: int, seconds: float, quiet: float
) -> None:
    """Floor, ours, floor again, as often as asked; quiet: seconds to wait at most for a quiet machine before each."""
    for engine in engines:
        say.begin("journeys", f"page, tap and thanks on {DURABILITY[engine]}; {repeats} times {seconds:g} s")
        with shop.floor(engine) as floor, shop.ours(engine) as ours:
            before = _stored(ours)
            for one in (floor, ours):
                drive(one.site.url, one.journey, 8, WARM_UP_SECONDS, users={}, seed=99)
            for clients in CLIENTS:
                rounds = [one_round(floor, ours, clients, seconds, quiet, n) for n in range(repeats)]
                _tell(say, f"{engine}, {clients} clients", rounds)
            _memory(say, engine, ours, seconds)
            assert isinstance(ours.journey, OurJourney)
            missing = len(ours.journey.thanked) - (_stored(ours) - before)
            say.figure(f"{engine}: taps that were thanked and are not stored", max(0, missing), at_most=0,
                       limit=f"{len(ours.journey.thanked):,} were thanked")  # fmt: skip


def _stored(ours: Running) -> int:
    """Responses in the database."""
    engine = create_engine(ours.site.environ["DATABASE_URL"])
    with engine.connect() as on:
        count: int = on.exec_driver_sql("select count(*) from response").scalar_one()
    engine.dispose()
    return count


def one_round(
    floor: Running, ours: Running, clients: int, seconds: float, quiet: float, n: int, *,
    floors: Journey | None = None, own: Journey | None = None,
) -> tuple[Load, Load, Load]:  # fmt: skip
    """Floor, ours, floor, on the journeys given or each on its own. A run in which others took much of the machine is
    made again, a few times at most."""

    def run(one: Running, given: Journey | None) -> Load:
        tries, journey = [], given or one.journey
        for _ in range(MOST_TRIES if quiet else 1):
            wait_until_quiet(quiet)
            tries.append(drive(one.site.url, journey, clients, seconds, users=one.users, seed=n))
            if tries[-1].others <= MOST_OTHERS:
                break
        return min(tries, key=lambda load: load.others)

    return run(floor, floors), run(ours, own), run(floor, floors)


def _tell(say: Report, which: str, rounds: list[tuple[Load, Load, Load]]) -> None:
    floors = [load for before, _, after in rounds for load in (before, after)]
    ours = [load for _, load, _ in rounds]
    rates = [load.per_second for load in ours]
    floor_rates = [load.per_second for load in floors]
    ratios = [our.per_second / ((a.per_second + b.per_second) / 2) for a, our, b in rounds]
    slower = [our.at(95) / ((a.at(95) + b.at(95)) / 2) for a, our, b in rounds]
    limit = f"bare Flask {number(middle(floor_rates))} ({number(min(floor_rates))} to {number(max(floor_rates))})"
    say.figure(f"{which}: journeys", middle(rates), "/s", spread=rates, limit=limit)
    say.figure(f"{which}: share of bare Flask's journeys", middle(ratios), at_least=LEAST_RATIO, spread=ratios)
    say.figure(f"{which}: times another system's {ANOTHER_PER_S}/s", middle(rates) / ANOTHER_PER_S, at_least=60)
    for percent, name in ((50, "p50"), (95, "p95"), (99, "p99"), (100, "longest")):
        values, theirs = [load.at(percent) for load in ours], [load.at(percent) for load in floors]
        say.figure(
            f"{which}: {name}", middle(values), "ms", spread=values, limit=f"bare Flask {number(middle(theirs))}"
        )
    say.figure(f"{which}: p95 as a multiple of bare Flask's", middle(slower), at_most=MOST_P95_RATIO, spread=slower)
    say.note("CPU ms a journey: ours " + _cpu(ours) + "; bare Flask " + _cpu(floors))
    failures = sum(sum(load.failures.values()) for load in ours + floors)
    others = max(load.others for load in ours + floors)
    say.note(f"failed journeys: {failures}; others took up to {others:.0%} of the machine meanwhile")
    for load in ours + floors:
        for why, times in load.failures.items():
            say.note(f"failed {times} times: {why}")


def _cpu(loads: list[Load]) -> str:
    names = list(loads[0].cpu_ms)
    return ", ".join(f"{name} {number(middle([load.cpu_ms[name] for load in loads]))}" for name in names)


def _memory(say: Report, engine: str, ours: Running, seconds: float) -> None:
    """What every process of the server holds while 16 clients are at it."""
    seen: list[processes.Memory] = []

    def look() -> None:
        seen.extend(processes.memory(pid) for pid in processes.tree(ours.pid))

    timer = Timer(seconds * 0.8, look)
    timer.start()
    drive(ours.site.url, ours.journey, 16, seconds, users={}, seed=7)
    timer.join()
    resident = [one.resident_mb for one in seen]
    together = f"{len(seen)} processes share pages and hold {number(sum(one.share_mb for one in seen))} MB in all"
    say.figure(f"{engine}: resident memory of the largest server process", max(resident), "MB",
               at_most=MOST_RESIDENT_MB, spread=resident, limit=together)  # fmt: skip
    say.figure(f"{engine}: server processes with pandas loaded", sum(m.has_pandas for m in seen), at_most=0)
