"""The whole of tests/durability: 1,000 answers under 50 kills of the service and 10 of PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from bench.figures import Report
from tests.rig.server import ROOT


def measure(say: Report) -> None:
    """Run the tests in full; what they find wrong is printed."""
    say.begin("durability", "1,000 answers under 50 kills of the service on each engine, and under 10 of PostgreSQL")
    began = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "tests/durability"]
    environ = {**os.environ, "DURABILITY": "full"}
    done = subprocess.run(command, check=False, cwd=ROOT, env=environ, capture_output=True, text=True)
    failed = 0 if done.returncode == 0 else max(1, done.stdout.count("\nFAILED "))
    say.figure("durability tests that fail", failed, at_most=0, limit=f"{time.perf_counter() - began:.0f} s")
    say.note(done.stdout.strip().splitlines()[-1])
    if failed:
        say.note(done.stdout[-3000:])
