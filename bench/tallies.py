"""What the tallies, written in the same transaction as the answer, cost a tap in CPU."""

from __future__ import annotations

from sqlalchemy import create_engine, text

from bench.driving import drive
from bench.figures import Report, middle, number
from bench.machine import wait_until_quiet
from bench.workshop import WITHOUT_TALLIES, Running, Workshop

MOST_SHARE = 0.25
CLIENTS = 8


def measure(
    shop: Workshop, say: Report, *, engines: tuple[str, ...], repeats: int, seconds: float, quiet: float
) -> None:
    """With and without, in turns."""
    for engine in engines:
        say.begin("tallies", f"CPU of a journey with and without, {engine}; {repeats} times {seconds:g} s each")
        spent: dict[str, list[float]] = {"with": [], "without": []}
        with shop.ours(engine) as on, shop.ours(engine, WITHOUT_TALLIES) as off:
            both = {"with": on, "without": off}
            for one in both.values():
                drive(one.site.url, one.journey, CLIENTS, 1.0, users={}, seed=99)
            for n in range(repeats):
                for name, one in both.items():
                    wait_until_quiet(quiet)
                    load = drive(one.site.url, one.journey, CLIENTS, seconds, users=one.users, seed=n)
                    spent[name].append(load.cpu_ms["server"] + load.cpu_ms.get("database", 0.0))
            assert _counted(on) > 0 and _counted(off) == 0, "the switch does not switch"
        more = [a / b - 1 for a, b in zip(spent["with"], spent["without"], strict=True)]
        say.figure(f"{engine}: CPU of a journey with tallies", middle(spent["with"]), "ms", spread=spent["with"],
                   limit=f"without {number(middle(spent['without']))}")  # fmt: skip
        say.figure(f"{engine}: more CPU with tallies than without", middle(more), at_most=MOST_SHARE, spread=more)


def _counted(one: Running) -> int:
    """Answers that came by web and stand in the tallies."""
    engine = create_engine(one.site.environ["DATABASE_URL"])
    with engine.connect() as connection:
        query = text("select coalesce(sum(n), 0) from tally where attribute = 'channel' and grp = 'web'")
        found = int(connection.execute(query).scalar_one())
    engine.dispose()
    return found
