"""What the tallies, written in the same transaction as the answer, cost a tap in CPU."""

from __future__ import annotations

from bench.driving import drive
from bench.figures import Report, middle, number
from bench.machine import wait_until_quiet
from bench.workshop import WITHOUT_TALLIES, Workshop

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
        more = [a / b - 1 for a, b in zip(spent["with"], spent["without"], strict=True)]
        say.figure(f"{engine}: CPU of a journey with tallies", middle(spent["with"]), "ms", spread=spent["with"],
                   limit=f"without {number(middle(spent['without']))}")  # fmt: skip
        say.figure(f"{engine}: more CPU with tallies than without", middle(more), at_most=MOST_SHARE, spread=more)
