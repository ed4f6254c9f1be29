"""`python -m bench`: see the package."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import bench
from bench import asking, bot, durability, havens, journeys, machine, tallies, weight
from bench.figures import Report
from bench.workshop import Workshop
from tests.rig.databases import ENGINES

SECTIONS = ("weight", "journeys", "bot", "havens", "tallies", "insights", "durability")


def main() -> int:
    """0 when every target was met."""
    parser = argparse.ArgumentParser("bench", description=bench.__doc__, formatter_class=argparse.RawTextHelpFormatter)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="under two minutes: few repeats, 100,000 responses, SQLite")
    size.add_argument("--full", action="store_true", help="1,000,000 responses on both engines, and durability in full")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="these sections (repeat the option)")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="these engines")
    parser.add_argument("--repeats", type=int, help="rounds of each measurement")
    parser.add_argument("--seconds", type=float, help="of each run of journeys")
    parser.add_argument("--responses", type=int, help="how many is many, for insights")
    parser.add_argument("--quiet-wait", type=float, help="seconds to wait at most for a quiet machine before each run")
    parser.add_argument("--dir", type=Path, help="folder for the databases, on a real disk")
    parser.add_argument("--json", action="store_true", help="one JSON document a line")
    asked = parser.parse_args()
    repeats = asked.repeats or (2 if asked.quick else 5)
    seconds = asked.seconds or (1.5 if asked.quick else 5.0)
    quiet = asked.quiet_wait if asked.quiet_wait is not None else (0.0 if asked.quick else 10.0)
    engines = tuple(asked.engine or ENGINES)
    sections = asked.only or [s for s in SECTIONS if s != "durability" or asked.full]
    say, began = Report(as_json=asked.json), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=asked.dir) as folder:
        shop = Workshop(Path(folder))
        say.begin("machine", "this one, now")
        say.note("before", **machine.note(shop.folder))
        if "weight" in sections:
            weight.measure(shop, say)
        if "journeys" in sections:
            journeys.measure(shop, say, engines=engines, repeats=repeats, seconds=seconds, quiet=quiet)
        if "bot" in sections:
            bot.measure(shop, say, engines=engines, repeats=repeats, seconds=seconds, quiet=quiet)
        if "havens" in sections:
            havens.measure(shop, say, engines=engines, repeats=repeats, quiet=quiet)
        if "tallies" in sections:
            tallies.measure(shop, say, engines=engines, repeats=repeats, seconds=seconds, quiet=quiet)
        if "insights" in sections:
            many = asked.responses or (1_000_000 if asked.full else 100_000)
            asked_of = ("sqlite",) if asked.quick and not asked.engine else engines
            asking.measure(shop, say, engines=asked_of, many=many, repeats=max(9, repeats * 3), quiet=quiet)
        if "durability" in sections:
            durability.measure(say)
        say.begin("machine", "this one, afterwards")
        say.note("after", **machine.note(shop.folder), run_s=round(time.monotonic() - began))
    say.end()
    return 1 if say.missed else 0


if __name__ == "__main__":
    sys.exit(main())
